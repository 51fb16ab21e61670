// numbers.test.mjs: what the page shows is what regions.csv and flows.csv say.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { choose, lancaster, launch, makeReport, open, readCsv, shows } from "./page.mjs";

let report, browser, page, regions, scenarios;
before(async () => {
  report = makeReport(lancaster);
  regions = readCsv(report.folder, "regions.csv");
  scenarios = [...new Set(regions.map((r) => r.scenario))];
  browser = await launch();
  ({ page } = await open(browser, report.page));
});
after(async () => {
  await browser?.close();
  report?.close();
});

const row = (scenario, region, variable) => regions.find((r) => r.scenario === scenario && r.region === region && r.variable === variable);
const percent = (r) => 100 * (Number(r.ratio) - 1);

test("ranked bars show the change in real income of regions.csv, largest first, in every scenario", async () => {
  assert.equal(scenarios.length, 4);
  for (const scenario of scenarios) {
    await choose(page, scenario);
    const bars = await page.$$eval(".bars .row", (rows) => rows.map((r) => [r.dataset.region, r.querySelector(".row-value").textContent]));
    assert.equal(bars.length, 19);
    for (const [code, text] of bars) assert.ok(shows(text, percent(row(scenario, code, "real_income"))), `${scenario} ${code} shows ${text}`);
    const values = bars.map(([code]) => percent(row(scenario, code, "real_income")));
    assert.deepEqual(values, [...values].sort((a, b) => b - a));
  }
});

test("another variable shows its own numbers", async () => {
  await choose(page, scenarios[0]);
  for (const variable of ["price_index", "exports", "terms_of_trade"]) {
    await page.selectOption("#income select", variable);
    const bars = await page.$$eval(".bars .row", (rows) => rows.map((r) => [r.dataset.region, r.querySelector(".row-value").textContent]));
    for (const [code, text] of bars) assert.ok(shows(text, percent(row(scenarios[0], code, variable))), `${variable} ${code} shows ${text}`);
  }
  await page.selectOption("#income select", "real_income");
});

test("the table behind the map has every scenario, the world and the dollars", async () => {
  const table = await page.$$eval("#income table tbody tr", (rows) => rows.map((r) => [r.dataset.code, ...[...r.cells].slice(1).map((c) => c.textContent)]));
  assert.equal(table.length, 20);
  for (const [code, ...cells] of table)
    scenarios.forEach((scenario, s) => {
      assert.ok(shows(cells[s], percent(row(scenario, code, "real_income"))), `${code} ${cells[s]}`);
      assert.ok(shows(cells[4 + s], Number(row(scenario, code, "equivalent_variation").value) / 1e3), `${code} ${cells[4 + s]}`);
    });
});

test("the headline's world is the world of regions.csv", async () => {
  for (const scenario of scenarios) {
    await choose(page, scenario);
    const keys = await page.$$eval(".key", (keys) => keys.map((k) => [k.querySelector("dt").textContent, k.querySelector("dd").textContent]));
    assert.ok(shows(keys[0][1], percent(row(scenario, "WLD", "real_income"))), keys[0].join(" "));
    assert.equal(keys[4][0], "Trade United States – China");
  }
});

test("trade of the United States and China is that of flows.csv, sector by sector", async () => {
  const flows = readCsv(report.folder, "flows.csv").filter((f) => f.scenario === scenarios[2] && f.importer === "USA" && f.exporter === "CHN");
  await choose(page, scenarios[2]);
  const table = await page.$$eval("#pair details:first-of-type tbody tr", (rows) => rows.map((r) => [r.dataset.code ?? "ALL", ...[...r.cells].slice(1).map((c) => c.textContent)]));
  assert.equal(table.length, 25);
  for (const [sector, was, is, , dutyWas, dutyIs] of table) {
    const cell = (variable) => flows.find((f) => f.sector === sector && f.variable === variable);
    assert.ok(shows(was, Number(cell("value").benchmark) / 1e3), `${sector} before ${was}`);
    assert.ok(shows(is, Number(cell("value").value) / 1e3), `${sector} after ${is}`);
    assert.ok(shows(dutyWas, 100 * Number(cell("duty").benchmark)), `${sector} duty before ${dutyWas}`);
    assert.ok(shows(dutyIs, 100 * Number(cell("duty").value)), `${sector} duty after ${dutyIs}`);
  }
});

test("the waterfall shows the exact parts of regions.csv, for the region that is chosen, and they end where real income is", async () => {
  await page.emulateMedia({ reducedMotion: "reduce" }); // bars glide otherwise
  const named = { "Terms of trade": "exact_terms_of_trade", "Duties × volumes": "exact_duty_wedges", "Trade costs, bans": "exact_trade_costs", "Real income": "exact_sum" };
  for (const scenario of scenarios) {
    await choose(page, scenario);
    for (const code of ["USA", "KOR"]) {
      await page.selectOption("#causes select", { label: row(scenario, code, "exact_sum").label });
      const steps = await page.$$eval(".waterfall li", (rows) => rows.map((r) => [r.dataset.part, r.querySelector(".row-value").textContent, r.querySelector(".fall").getBoundingClientRect().toJSON()]));
      assert.deepEqual(steps.map(([part]) => part), Object.keys(named));
      for (const [part, text] of steps) assert.ok(shows(text, Number(row(scenario, code, named[part]).value)), `${scenario} ${code} ${part} shows ${text}`);
      assert.ok(Math.abs(Number(row(scenario, code, "exact_sum").value) - 100 * Math.log(Number(row(scenario, code, "real_income").value))) < 1e-6);
      const [, , last] = steps.at(-2), [, , total] = steps.at(-1);
      const ends = (box) => [box.left, box.right];
      assert.ok(ends(last).some((x) => ends(total).some((y) => Math.abs(x - y) < 1.5)), `${scenario} ${code} ends elsewhere`);
    }
  }
  await page.click(".bars .row.on");
});
