// lever.test.mjs: report.html of `entente lever` shows the numbers of its CSV: matrices as heat maps, instruments as bars.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { command, launch, open, readCsv, shows } from "./page.mjs";

let browser;
const folders = [];
before(async () => { browser = await launch(); });
after(async () => {
  await browser?.close();
  folders.forEach((folder) => rmSync(folder, { recursive: true }));
});

async function leverReport(...options) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "entente-lever-"));
  folders.push(folder);
  execFileSync(command, ["lever", ...options, "--out", folder, "--quiet"], { stdio: ["ignore", "ignore", "inherit"] });
  return { folder, ...(await open(browser, pathToFileURL(path.join(folder, "report.html")).href)) };
}

test("who can hurt whom: each cell is the loss of leverage.csv, as a share of the other's real income", async () => {
  const { folder, page, heard } = await leverReport("--matrix");
  const rows = readCsv(folder, "leverage.csv");
  for (const instrument of ["duty", "export_tax"]) {
    await page.selectOption("#leverage select >> nth=0", instrument);
    const cells = await page.$$eval(".heat .cell[data-pair]", (all) => all.map((c) => [c.dataset.pair, c.textContent]));
    assert.equal(cells.length, 19 * 18);
    for (const [pair, text] of cells) {
      const [whose, on] = pair.split("-"), row = rows.find((r) => r.instrument === instrument && r.whose === whose && r.on === on);
      assert.ok(shows(text, -100 * Number(row.loss_percent)) || (text === "0" && Math.abs(Number(row.loss_percent)) < 5e-5), `${instrument} ${pair} shows ${text}, not ${-100 * Number(row.loss_percent)}`);
    }
  }
  await page.hover(".heat .cell[data-pair='USA-CHN']");
  assert.match(await page.textContent(".tooltip"), /United States on China/);
  assert.deepEqual(heard.messages, []);
  await page.close();
});

test("who depends on whom: each cell is U of exposure.csv, in hundredths of a percent", async () => {
  const { folder, page } = await leverReport("--exposure", "--sector", "ELE");
  const rows = readCsv(folder, "exposure.csv").filter((r) => r.sector === "ELE");
  const cells = await page.$$eval(".heat .cell[data-pair]", (all) => all.map((c) => [c.dataset.pair, c.textContent]));
  assert.equal(cells.length, 19 * 19);
  for (const [pair, text] of cells) {
    const [region, on] = pair.split("-"), exact = 100 * Number(rows.find((r) => r.region === region && r.on === on).U);
    assert.ok(shows(text, exact) || (text === "0" && Math.abs(exact) < 0.0051), `${pair} shows ${text}, not ${exact}`);
  }
  await page.close();
});

test("ranked instruments are the first of levers.csv", async () => {
  const { folder, page } = await leverReport("--objective", "real_income:CHN", "--by", "others", "--top", "12");
  const rows = readCsv(folder, "levers.csv");
  const shown = await page.$$eval(".rank-row", (all) => all.map((r) => [r.dataset.lever, r.querySelector(".row-value").textContent]));
  assert.equal(shown.length, 12);
  shown.forEach(([name, text], i) => {
    assert.equal(name.split(":").slice(0, 2).join(), [rows[i].instrument, rows[i].whose].join());
    assert.ok(shows(text, 1e4 * Number(rows[i].effect)), `${name} shows ${text}`);
  });
  await page.close();
});
