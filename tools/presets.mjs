// presets.mjs EXAMPLES OUT: the scenarios of examples/ that stand on an embedded world, as JSON for the page. The page's texts may name no
// files, so an action with a file becomes one action for each value of the file: `exporter` and `sector` from its columns, its value as `set`
// or `add`. All else stays as it was written; tests/command/serve.sh runs both and compares.
// SPDX-License-Identifier: MIT
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const [examples, out] = process.argv.slice(2);

const walk = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(path.join(folder, entry.name)) : entry.name.endsWith(".yaml") ? [path.join(folder, entry.name)] : []);

// The members of `{key: value, key: [a, b], key: {not: [a]}}`, values as they are written.
function members(braces) {
  const found = new Map();
  let depth = 0, start = 1;
  const take = (end) => {
    const piece = braces.slice(start, end), colon = piece.indexOf(":");
    if (colon > 0) found.set(piece.slice(0, colon).trim(), piece.slice(colon + 1).trim());
    start = end + 1;
  };
  for (let c = 1; c < braces.length - 1; c++) {
    if ("[{".includes(braces[c])) depth++;
    if ("]}".includes(braces[c])) depth--;
    if (braces[c] === "," && depth === 0) take(c);
  }
  take(braces.length - 1);
  return found;
}

function rows(file) {
  const [head, ...lines] = readFileSync(file, "utf8").trim().split(/\r?\n/).map((line) => line.split(","));
  if (lines.some((cells) => cells.length !== head.length)) throw new Error(`${file}: this reader knows no quotes`);
  return lines.map((cells) => Object.fromEntries(head.map((name, c) => [name.trim(), cells[c].trim()])));
}

// Is this code chosen? `rest`: anybody but the other side; `{not: [...]}`; a list; one.
function chooses(choice, code, other) {
  if (choice === undefined || choice === "all") return true;
  if (choice === "rest") return code !== other;
  const names = (text) => text.replace(/[[\]\s]/g, "").split(",");
  const not = choice.match(/^\{\s*not:\s*(.*)\}$/);
  if (not) return !names(not[1]).includes(code);
  if (/^[a-z]/.test(choice)) throw new Error(`a group (${choice}) beside a column of its own`);
  return names(choice).includes(code);
}

// 16.5320 -> 16.532, 10.00 -> 10
const short = (value) => (value.includes(".") ? value.replace(/\.?0+$/, "") : value);

function unfold(where, indent, kind, braces, rest) {
  const action = members(braces);
  const column = action.get("column"), mode = action.get("mode") ?? "set";
  if (!column?.endsWith("_pct") || action.has("unit")) throw new Error(`${where}: only columns that end in _pct`);
  const sides = ["importer", "exporter", "sector"];
  const values = new Map();
  for (const row of rows(path.join(path.dirname(where), action.get("file")))) {
    const own = sides.filter((side) => row[side] !== undefined);
    const other = action.get(own.includes("exporter") ? "importer" : "exporter");
    if (row[column] === "" || !own.every((side) => chooses(action.get(side), row[side], other))) continue;
    const key = JSON.stringify([row[column], ...sides.slice(0, 2).map((side) => row[side]).slice(0, own.includes("sector") ? 2 : 0)]);
    if (!values.has(key)) values.set(key, { value: row[column], own, rows: [] });
    values.get(key).rows.push(row);
  }
  // One side varies within a line: the sector where there is one, else the partner.
  return [...values.values()].map(({ value, own, rows: same }) => {
    const varies = own.includes("sector") ? "sector" : own[0];
    const said = sides.filter((side) => action.has(side) || own.includes(side)).map((side) => {
      if (!own.includes(side)) return `${side}: ${action.get(side)}`;
      const names = [...new Set(same.map((row) => row[side]))];
      if (side !== varies && names.length > 1) throw new Error(`${where}: ${side} varies beside ${varies}`);
      return `${side}: ${names.length > 1 ? `[${names.join(", ")}]` : names[0]}`;
    });
    return `${indent}- ${kind}: {${said.join(", ")}, ${mode}: ${short(value)}%}${rest}`;
  });
}

function preset(file) {
  const text = readFileSync(file, "utf8"), lines = text.split("\n");
  if (!/^actions:/m.test(text) || /^(players|concepts):/m.test(text)) return [];
  const world = text.match(/^world:\s*(\S+)/m)?.[1];
  if (world !== undefined && /[./]/.test(world)) return [];
  const comment = lines.slice(0, lines.findIndex((line) => !line.startsWith("#")));
  const body = lines.slice(comment.length).flatMap((line) => {
    if (!/\bfile:/.test(line)) return [line];
    const action = line.match(/^(\s*)- (\w+): +(\{.*\})(\s*(#.*)?)$/);
    if (!action) throw new Error(`${file}: an action with a file must stand on one line, in braces: ${line}`);
    return unfold(file, action[1], action[2], action[3], action[4]);
  });
  const description = comment.map((line) => line.replace(/^# ?/, "")).join("\n").trim();
  const field = (name) => {
    const folded = text.match(new RegExp(`^${name}: >-\\n((?:  .*\\n)+)`, "m"));
    if (folded) return folded[1].trim().split("\n").map((line) => line.trim()).join(" ");
    return text.match(new RegExp(`^${name}: *(.*)$`, "m"))?.[1].replace(/^(["'])(.*)\1$/, "$2") ?? "";
  };
  const id = path.relative(examples, file).replace(/\.yaml$/, "").split(path.sep).join("/");
  return [{ id, name: field("name"), dated: field("dated"), description, source: field("source"), yaml: body.join("\n").trimStart() }];
}

const presets = walk(examples).sort().flatMap(preset);
writeFileSync(out, JSON.stringify({ presets }) + "\n");
