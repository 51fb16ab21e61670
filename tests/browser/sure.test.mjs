// sure.test.mjs: the page's ± are the standard errors of regions.csv, and nothing stands where nobody asked.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { lancaster, launch, makeReport, open, readCsv } from "./page.mjs";

let sure, plain, browser;
before(async () => {
  sure = makeReport(lancaster.slice(0, 1), ["--uncertain", "default"]);
  plain = makeReport(lancaster.slice(0, 1));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  sure?.close();
  plain?.close();
});

test("bars carry one standard error, in points of the change, for variables that have one", async () => {
  const regions = readCsv(sure.folder, "regions.csv");
  const value = (region, variable, column) => Number(regions.find((r) => r.region === region && r.variable === variable)[column]);
  const { page } = await open(browser, sure.page);
  for (const variable of ["real_income", "exports"]) {
    await page.selectOption("#income select", variable);
    const bars = await page.$$eval(".bars .row", (rows) => rows.map((r) => [r.dataset.region, r.querySelector(".whisker").title]));
    assert.equal(bars.length, 19);
    for (const [code, title] of bars) {
      const points = (100 * value(code, `${variable}_se`, "value")) / (variable === "exports" ? value(code, "exports", "benchmark") : 1);
      const [, said, decimals] = /^± (\d+\.(\d+)) points: one standard error$/.exec(title);
      assert.ok(Math.abs(Number(said) - points) <= 0.5001 * 10 ** -decimals.length, `${variable} ${code} says ${title}, not ${points}`);
    }
  }
  await page.selectOption("#income select", "terms_of_trade"); // not a headline
  assert.equal(await page.locator(".bars .row .whisker").count(), 0);
});

test("a report without errors has no whiskers and no ±", async () => {
  const { page } = await open(browser, plain.page);
  assert.equal(await page.locator(".whisker").count(), 0);
  assert.ok(!(await page.locator("#income").innerText()).includes("±"));
});
