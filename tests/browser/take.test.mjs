// take.test.mjs: what a reader takes away from a figure of the report: the data are those of the command, the picture is what
// is seen, as SVG and as PNG.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { lancaster, launch, makeReport, open, parseCsv, readCsv } from "./page.mjs";

let report, browser, page;
before(async () => {
  report = makeReport(lancaster.slice(0, 2));
  browser = await launch();
  ({ page } = await open(browser, report.page));
});
after(async () => {
  await browser?.close();
  report?.close();
});

async function take(figure, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(`#${figure}`).getByRole("button", { name: button, exact: true }).click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test("data (CSV) has the numbers of regions.csv, to ten digits", async () => {
  const { name, bytes } = await take("income", "Data (CSV)");
  assert.equal(name, "entente-income.csv");
  const rows = parseCsv(bytes.toString()), regions = readCsv(report.folder, "regions.csv");
  assert.equal(rows.length, 20);
  for (const row of rows)
    for (const scenario of ["Truce of June 2025", "A deal"]) {
      const exact = regions.find((r) => r.scenario === scenario && r.region === row.code && r.variable === "real_income");
      assert.ok(Math.abs(Number(row[`${scenario}, %`]) - 100 * (Number(exact.ratio) - 1)) < 1e-7, `${row.code} ${row[`${scenario}, %`]}`);
    }
});

test("picture (SVG) is well-formed and has every region's name and number as text", async () => {
  const { name, bytes } = await take("income", "Picture (SVG)");
  assert.equal(name, "entente-income.svg");
  const texts = await page.evaluate((text) => {
    const svg = new DOMParser().parseFromString(text, "image/svg+xml");
    if (svg.querySelector("parsererror")) return null;
    return { texts: [...svg.querySelectorAll("text")].map((t) => t.textContent), paths: svg.querySelectorAll("path").length };
  }, bytes.toString());
  assert.ok(texts, "not well-formed");
  assert.ok(texts.paths > 230);
  const bars = await page.$$eval(".bars .row", (rows) => rows.map((r) => [r.querySelector(".row-label").textContent, r.querySelector(".row-value").textContent]));
  for (const [label, value] of bars) {
    assert.ok(texts.texts.some((t) => t === label || (t.endsWith("…") && label.startsWith(t.slice(0, -1)))), label);
    assert.ok(texts.texts.includes(value), value);
  }
  assert.ok(texts.texts.some((t) => t.startsWith("Truce of June 2025")) && texts.texts.some((t) => /residual/.test(t)), "says what it shows, with its certificate");
});

test("picture (PNG) of every figure has its size and more than its ground", async () => {
  for (const figure of ["income", "pair", "matrix", "sectors", "causes"]) {
    const { name, bytes } = await take(figure, "PNG");
    assert.equal(name, `entente-${figure}.png`);
    assert.equal(bytes.subarray(1, 4).toString(), "PNG");
    assert.ok(bytes.readUInt32BE(16) > 1600 && bytes.length > 20000, `${figure}: ${bytes.readUInt32BE(16)} px, ${bytes.length} bytes`);
  }
});

test("the command is the line that makes the report", async () => {
  await page.locator("#income").getByRole("button", { name: "Command", exact: true }).click();
  const line = await page.locator("#income .taken textarea").inputValue();
  assert.match(line, /^entente run .*truce\.yaml .*deal\.yaml --out /);
  await page.locator("#income .taken textarea").press("Escape");
  assert.equal(await page.locator("#income .taken").count(), 0);
});
