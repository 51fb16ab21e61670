// page.mjs: a report made by the command under test, opened in headless Chromium; what tests share.
// SPDX-License-Identifier: MIT
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const { chromium: driver } = createRequire(path.join(root, "web/package.json"))("playwright-core");

const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
export const chromium = places.find((place) => place && existsSync(place));

export const command = process.env.ENTENTE ?? path.join(root, "build/entente");
export const lancaster = ["truce", "deal", "breakdown", "decoupling"].map((name) => path.join(root, `examples/lancaster-house/${name}.yaml`));

// A report of these scenario files, with further options, in a folder of its own; `close` removes it.
export function makeReport(scenarios, options = []) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "entente-browser-"));
  execFileSync(command, ["run", ...scenarios, ...options, "--out", folder, "--quiet"], { stdio: ["ignore", "ignore", "inherit"] });
  return { folder, page: pathToFileURL(path.join(folder, "report.html")).href, close: () => rmSync(folder, { recursive: true }) };
}

export function launch() {
  return driver.launch({
    executablePath: chromium,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

// ENTENTE_SLOWER=10: tabs run as on a machine that many times slower, and every answer of a server comes so much later.
const slower = Number(process.env.ENTENTE_SLOWER ?? 1);
async function slowDown(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
  await page.route("**/api/**", async (route) => {
    await new Promise((done) => setTimeout(done, 50 * slower * Math.random()));
    await route.continue().catch(() => {}); // asked no longer
  });
}

// What has not come by then will not come. Tests wait for what a page says and are not told when, so that this is said once.
const patience = 240000; // ms

// A tab with the report open, and what it said or asked for on the way.
export async function open(browser, url, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  const heard = { messages: [], requests: [], dialogs: [] };
  page.on("console", (m) => heard.messages.push(`${m.type()}: ${m.text()}`));
  page.on("pageerror", (e) => heard.messages.push(`error: ${e.message}`));
  page.on("request", (r) => r.url().startsWith("data:") || heard.requests.push(r.url()));
  page.on("dialog", (d) => { heard.dialogs.push(d.message()); d.dismiss(); });
  page.setDefaultTimeout(patience);
  if (slower > 1) await slowDown(page);
  await page.goto(url);
  await page.waitForSelector("main");
  return { page, heard };
}

export const choose = (page, name) => page.getByRole("radio", { name, exact: true }).check({ force: true });

// CSV with quotes, as records by column name.
export const readCsv = (folder, file) => parseCsv(readFileSync(path.join(folder, file), "utf8"));

export function parseCsv(text) {
  const rows = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const row = rows[rows.length - 1], c = text[i];
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') row[row.length - 1] += text[++i];
      else if (c === '"') quoted = false;
      else row[row.length - 1] += c;
    } else if (c === '"') quoted = true;
    else if (c === ",") row.push("");
    else if (c === "\n") rows.push([""]);
    else row[row.length - 1] += c;
  }
  const [names, ...records] = rows.filter((row) => row.length > 1);
  return records.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
}

// "−0.41%" -> -0.41 and its decimals; "$1.2tn" -> 1.2e6 million is not needed: tables carry billions
export function readNumber(text) {
  const plain = text.replace("−", "-").replace("+", "").replaceAll(",", "").replace("%", "").trim();
  return { value: Number(plain), decimals: (plain.split(".")[1] ?? "").length };
}

// What is shown is the exact number, rounded to the decimals shown.
export function shows(text, exact) {
  const { value, decimals } = readNumber(text);
  return Number.isFinite(value) && Math.abs(value - exact) <= 0.5000001 * 10 ** -decimals;
}
