// build.mjs OUT: bundles two pages from one set of figures.
//
// report.html, in pieces, between which the library puts the title and the data:
//   OUT/page_head.html   up to <title>          OUT/page_middle.html   styles, body, map, up to the data
//   OUT/page_tail.html   script and the end     OUT/page_found.html    the same for what other commands than run found
// Everything is in these pieces: no request leaves the page. The head's policy allows this style and these scripts by their
// hashes and nothing else.
//
// The page of `entente serve`, as files that the server sends from its own origin (nothing inline, so that its policy can be
// 'self'): OUT/site/ index.html page.js page.css map.json inter.woff2 serif.woff2 icon.svg licences.txt
// SPDX-License-Identifier: MIT
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { makeMap } from "./map.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? path.join(here, "dist");
const require = createRequire(import.meta.url);

async function bundle(entry, options = { loader: { ".woff2": "dataurl" } }) {
  const result = await build({
    entryPoints: [path.join(here, "src", entry)],
    bundle: true,
    write: false,
    minify: true,
    charset: "utf8",
    format: "iife",
    target: "es2020",
    jsx: "automatic",
    jsxImportSource: "preact",
    metafile: true,
    legalComments: "none",
    logLevel: "warning",
    outdir: out,
    ...options,
  });
  const text = (ending) => result.outputFiles.find((f) => f.path.endsWith(ending))?.text.trim();
  return { text: text(entry.endsWith(".css") ? ".css" : ".js"), style: text(".css"), inputs: Object.keys(result.metafile.inputs) };
}

// The licences of what was bundled, each text once, with the packages it covers.
function notices(inputs) {
  const packages = new Set(["world-atlas", "topojson-client"]);
  for (const input of inputs) {
    const match = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (match) packages.add(match[1]);
  }
  const texts = new Map();
  for (const name of [...packages].sort()) {
    const folder = path.join(here, "node_modules", name);
    const about = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((f) => /^licen[cs]e/i.test(f));
    const text = file ? readFileSync(path.join(folder, file), "utf8").trim() : `Licence: ${about.license}`;
    texts.set(text, [...(texts.get(text) ?? []), `${name} ${about.version}`]);
  }
  return [...texts].map(([text, names]) => `${names.join(", ")}\n\n${text}`).join("\n\n----\n\n");
}

const hash = (text) => `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
const inScript = (text) => text.replaceAll("<", "\\u003c");

const script = await bundle("main.jsx"), found = await bundle("main_found.jsx");
const style = await bundle("style.css");
if (/<\/script|<!--/i.test(script.text + found.text)) throw new Error("the script would end its own element");
if (/<\/style/i.test(style.text)) throw new Error("the style would end its own element");

const policy = [
  "default-src 'none'",
  `script-src ${hash(script.text)} ${hash(found.text)}`,
  `style-src ${hash(style.text)}`,
  "font-src data:",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const map = JSON.stringify(makeMap(require));
const page = readFileSync(path.join(here, "src", "page.html"), "utf8")
  .replace("{{policy}}", () => policy)
  .replace("{{style}}", () => style.text)
  .replace("{{map}}", () => inScript(map))
  .replace("{{notices}}", () => notices([...script.inputs, ...found.inputs, ...style.inputs]).replaceAll(/<(?=\/script|script|!--)/gi, "< "));
const [head, rest] = page.split("{{title}}");
const [middle, end] = rest.split("{{data}}");
const pieces = { head, middle, tail: end.replace("{{script}}", () => script.text), found: end.replace("{{script}}", () => found.text) };

if (!existsSync(out)) mkdirSync(out, { recursive: true });
for (const [name, text] of Object.entries(pieces)) writeFileSync(path.join(out, `page_${name}.html`), text);

// ---- the page of `entente serve` ----

const fonts = {
  "inter.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  "serif.woff2": "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2",
};
const bySelf = {
  name: "fonts lie beside the style sheet",
  setup(b) {
    b.onResolve({ filter: /\.woff2$/ }, (asked) => {
      const name = Object.keys(fonts).find((n) => asked.path.endsWith(path.basename(fonts[n])));
      if (!name) throw new Error(`no file for ${asked.path}`);
      return { path: name, external: true };
    });
  },
};
const served = await bundle("serve/main.jsx", { plugins: [bySelf] });
const site = path.join(out, "site");
mkdirSync(site, { recursive: true });
const source = (...names) => readFileSync(path.join(here, ...names));
const files = {
  "index.html": source("src/serve/index.html"),
  "icon.svg": source("src/serve/icon.svg"),
  "page.js": served.text,
  "page.css": served.style,
  "map.json": map,
  "licences.txt": notices([...served.inputs, ...script.inputs, ...found.inputs, ...style.inputs]),
  ...Object.fromEntries(Object.entries(fonts).map(([name, file]) => [name, source("node_modules", file)])),
};
for (const [name, text] of Object.entries(files)) writeFileSync(path.join(site, name), text);
