// game.test.mjs: report.html of `entente war` and `entente talks`: the plane has every point where games.csv puts it.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { command, launch, open, readCsv, shows } from "./page.mjs";

const usual = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../examples/games/us-china.yaml");
let browser;
const folders = [];
before(async () => { browser = await launch(); });
after(async () => {
  await browser?.close();
  folders.forEach((folder) => rmSync(folder, { recursive: true }));
});

async function report(what, game = usual) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "entente-game-"));
  folders.push(folder);
  execFileSync(command, [what, game, "--out", folder, "--quick", "--quiet"], { stdio: ["ignore", "ignore", "inherit"] });
  return { folder, ...(await open(browser, pathToFileURL(path.join(folder, "report.html")).href)) };
}

test("the plane has every point of games.csv, on one straight scale a side, and the frontier's points", async () => {
  const { folder, page, heard } = await report("war");
  const rows = readCsv(folder, "games.csv").filter((r) => r.variable === "objective_gain");
  const places = new Map(await page.$$eval(".plane-point", (all) => all.map((g) => [g.dataset.point, g.getAttribute("transform").match(/-?[\d.]+/g).map(Number)])));
  const names = [...new Set(rows.map((r) => r.point))];
  assert.deepEqual([...places.keys()].sort(), names.sort());
  const gain = (point, code) => Number(rows.find((r) => r.point === point && r.code === code).value);
  for (const [side, code] of [[0, "USA"], [1, "CHN"]]) {
    const x0 = places.get("status-quo")[side], x1 = places.get("nash")[side];
    const scale = (x1 - x0) / gain("nash", code);
    for (const name of names) assert.ok(Math.abs(x0 + scale * gain(name, code) - places.get(name)[side]) < 1, `${name} of ${code}`);
    assert.ok(side === 0 ? scale > 0 : scale < 0); // to the right, and up
  }
  assert.equal((await page.$$(".plane-dot")).length, readCsv(folder, "frontier.csv").length);
  assert.deepEqual(heard.messages, []);
  await page.close();
});

test("incomes of every point are those of games.csv", async () => {
  const { folder, page } = await report("war");
  const rows = readCsv(folder, "games.csv").filter((r) => r.variable === "real_income_gain");
  const points = [...new Set(rows.map((r) => r.point))].filter((p) => p !== "status-quo");
  const cells = await page.$$eval("#incomes .heat .cell[data-pair]", (all) => all.map((c) => [c.dataset.pair, c.textContent]));
  assert.equal(cells.length, 19 * points.length);
  for (const [pair, text] of cells) {
    const [region, column] = pair.split("-"), exact = Number(rows.find((r) => r.code === region && r.point === points[Number(column) - 1]).value);
    assert.ok(shows(text, exact) || (/^[0.]+$/.test(text) && Math.abs(exact) < 0.0051), `${pair} shows ${text}, not ${exact}`);
  }
  await page.close();
});

test("talks say their tables, as what the model implies", async () => {
  const { folder, page, heard } = await report("talks");
  const tables = new Set(readCsv(folder, "talks.csv").map((r) => r.table));
  assert.match(await page.textContent("#talks h2"), /model implies/);
  assert.equal((await page.$$("#talks .talk-table")).length, tables.size);
  assert.deepEqual(heard.messages, []);
  await page.close();
});

test("export taxes of a war, partitions that last and motives are drawn with the numbers of the tables", async () => {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), "entente-game-")), "game.yaml");
  folders.push(path.dirname(file));
  writeFileSync(file, `name: taxes both ways
world: baseline2022
players:
  - {region: USA, instruments: [import_duty: {partner: CHN, least: -30%}, export_tax: {partner: CHN, sector: [ELE, MAC], greatest: 80%}]}
  - {region: CHN, instruments: [export_tax: {partner: USA, sector: [MIN, ELE]}]}
  - {region: EUU, instruments: [import_duty: {partner: [USA, CHN], sector: [ELE, VEH], freedom: mfn}]}
concepts: [nash, blocs, motive: {player: USA, kind: security, cells: {CHN: [ELE, MAC]}}]
`);
  const { folder, page, heard } = await report("war", file);
  const rows = readCsv(folder, "duties.csv").filter((r) => r.point === "nash" && r.variable === "export_tax");
  assert.equal(rows.length, 4);
  for (const exporter of ["United States", "China"]) {
    await page.locator("#duties select").first().selectOption({ label: `${exporter}, export taxes` });
    const code = exporter === "China" ? "CHN" : "USA", own = rows.filter((r) => r.exporter === code);
    const cells = new Map(await page.$$eval("#duties .heat .cell[data-pair]", (all) => all.map((c) => [c.dataset.pair, c.textContent])));
    assert.equal(cells.size, own.length);
    for (const r of own) assert.ok(shows(cells.get(`${r.sector}-${r.importer}`), 100 * Number(r.rate)), `${r.sector}: ${cells.get(`${r.sector}-${r.importer}`)}, not ${r.rate}`);
  }
  const lasting = new Set(readCsv(folder, "partitions.csv").filter((r) => r.stable === "1").map((r) => r.partition));
  const drawn = await page.$$eval("#partitions .row-head", (all) => all.map((x) => x.textContent));
  for (const partition of lasting) assert.ok(drawn.includes(partition), partition);
  const weights = readCsv(folder, "games.csv").filter((r) => r.variable === "security_weight");
  const bars = await page.$$eval("#motive-security-USA .bars .row-value", (all) => all.map((x) => x.textContent));
  assert.equal(bars.length, 2);
  weights.forEach((r, k) => assert.ok(shows(bars[k], Number(r.value)), `${bars[k]}, not ${r.value}`));
  assert.deepEqual(heard.messages, []);
  await page.close();
});

test("a club's figure has the gains of games.csv, its rounds and whether it holds", async () => {
  const { folder, page, heard } = await report("war", path.join(path.dirname(usual), "chip-club.yaml"));
  const rows = readCsv(folder, "games.csv").filter((r) => r.concept === "club" && r.variable === "gain_by_choice");
  const points = [...new Set(rows.map((r) => r.point))];
  assert.equal(points.length, 3);
  for (const point of points) {
    const figure = await page.$(`[id="${point}"]`);
    const shown = await figure.$$eval("tbody tr", (all) => all.map((tr) => [tr.dataset.code, tr.children[3].textContent]));
    for (const [code, text] of shown) {
      const wanted = rows.find((r) => r.point === point && r.code === code).value;
      if (wanted === "") assert.match(text, /^[–-]$/);
      else assert.ok(Math.abs(Number(text.replace("−", "-")) - 100 * Number(wanted)) < 1e-4, `${point} ${code}: ${text} for ${wanted}`);
    }
    assert.match(await figure.textContent(), /Round 1: .* joins?\. .*No member gains by leaving/);
  }
  assert.deepEqual(heard.messages, []);
  await page.close();
});
