// chokepoint.test.mjs: report.html of `entente chokepoint` shows the numbers of its CSV: threats on the map, cut-offs as bars,
// the threat matrix, suppliers and users of what is cut, remedies, joint threats.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { command, launch, open, readCsv, readNumber, shows } from "./page.mjs";

let browser, alone, bloc;
function makeFolder(...options) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "entente-chokepoint-"));
  execFileSync(command, ["chokepoint", ...options, "--out", folder, "--quiet"], { stdio: ["ignore", "ignore", "inherit"] });
  return folder;
}
const address = (folder) => pathToFileURL(path.join(folder, "report.html")).href;
before(async () => {
  alone = makeFolder("--product", "ELE,EEQ", "--top", "30");
  bloc = makeFolder("--sender", "CHN,KOR", "--target", "VNM,MEX", "--product", "ELE,MIN");
  browser = await launch();
});
after(async () => {
  await browser?.close();
  [alone, bloc].forEach((folder) => folder && rmSync(folder, { recursive: true }));
});

test("the matrix is threats.csv, in hundredths of a percent, by every measure", async () => {
  const { page, heard } = await open(browser, address(alone));
  const rows = readCsv(alone, "threats.csv");
  for (const [measure, column] of [["exact", "exact_percent"], ["formula", "formula_percent"], ["own", "own_percent"]]) {
    await page.selectOption("#matrix select", measure);
    const cells = await page.$$eval("#matrix .cell[data-pair]", (all) => all.map((c) => [c.dataset.pair, c.textContent]));
    assert.equal(cells.length, 19 * 18);
    for (const [pair, text] of cells) {
      const [sender, target] = pair.split("-"), row = rows.find((r) => r.sender === sender && r.target === target);
      const exact = -100 * Number(row?.[column] ?? 0);
      assert.ok(shows(text, exact) || (text === "0" && Math.abs(exact) < 0.0051), `${measure} ${pair} shows ${text}, not ${exact}`);
    }
  }
  assert.deepEqual(heard.messages, []);
  assert.deepEqual(heard.requests, [address(alone)]);
  assert.ok(statSync(path.join(alone, "report.html")).size < 1.5e6);
  await page.close();
});

test("the map's bars are what one sender does to each target, and what each does to one target", async () => {
  const { page } = await open(browser, address(alone));
  const rows = readCsv(alone, "threats.csv");
  await page.selectOption("#threats select >> nth=1", "CHN");
  for (const side of ["sender", "target"]) {
    await page.selectOption("#threats select >> nth=0", side);
    const bars = await page.$$eval("#threats .row", (all) => all.map((b) => [b.dataset.region, b.querySelector(".row-value").textContent]));
    assert.equal(bars.length, 19);
    for (const [region, text] of bars.filter(([code]) => code !== "CHN")) {
      const row = rows.find((r) => (side === "sender" ? r.sender === "CHN" && r.target === region : r.target === "CHN" && r.sender === region));
      assert.ok(shows(text, -Number(row?.exact_percent ?? 0)), `${side} ${region} shows ${text}, not ${row?.exact_percent}`);
    }
    assert.ok(bars.some(([code, text]) => code === "CHN" && !/[0-9]/.test(text)));
  }
  await page.close();
});

test("ranked cut-offs are the first of chokepoints.csv, and choosing one shows its suppliers and remedies", async () => {
  const { page } = await open(browser, address(alone));
  const rows = readCsv(alone, "chokepoints.csv"), suppliers = readCsv(alone, "suppliers.csv"), remedies = readCsv(alone, "remedies.csv");
  const shown = await page.$$eval(".choke-row", (all) => all.map((r) => [r.dataset.cut, r.querySelector(".row-value").textContent]));
  assert.equal(shown.length, 30);
  shown.forEach(([name, text], i) => {
    assert.equal(name, [rows[i].sender, rows[i].target, rows[i].sector].join(":"));
    assert.ok(shows(text, -Number(rows[i].exact_percent)), `${name} shows ${text}`);
  });
  for (const i of [0, 3]) {
    await page.click(`.choke-row >> nth=${i}`);
    const { sender, target, sector } = rows[i];
    assert.equal(await page.locator(`#suppliers .node.lost`).count(), 1);
    assert.equal(await page.locator(`#suppliers [data-node="${sender}"] .node.lost`).count(), 1);
    const table = await page.$$eval("#suppliers table >> nth=0 >> tbody tr", (all) => all.map((r) => [r.dataset.code, r.children[1].textContent]));
    for (const [code, text] of table) {
      const row = suppliers.find((r) => r.importer === target && r.sector === sector && r.exporter === code);
      const exact = Number(row.purchases_musd), { value } = readNumber(text);
      assert.ok(Math.abs(value - exact) <= 6e-4 * exact, `${code} sells ${text}, not ${exact}`);
    }
    const mine = remedies.filter((r) => r.sender === sender && r.target === target && r.sector === sector);
    const lines = await page.$$eval("#remedies [data-remedy]", (all) => all.map((r) => [r.dataset.remedy, ...[...r.querySelectorAll(".row-value")].map((v) => v.textContent)]));
    assert.equal(lines.length, mine.length);
    lines.forEach(([kind, left, premium], k) => {
      assert.equal(kind, mine[k].remedy);
      assert.ok(shows(left, -Number(mine[k].left_percent)), `${kind} leaves ${left}`);
      assert.ok(mine[k].premium_percent === "" || shows(premium, -Number(mine[k].premium_percent)), `${kind} costs ${premium}`);
    });
  }
  await page.close();
});

test("a bloc: joint threats beside the sum, its members marked among the suppliers", async () => {
  const { page, heard } = await open(browser, address(bloc));
  const rows = readCsv(bloc, "joint.csv");
  const lines = await page.$$eval("[data-joint]", (all) => all.map((r) => [r.dataset.joint, r.querySelector(".row-value").textContent]));
  assert.equal(lines.length, rows.length);
  for (const [name, text] of lines) {
    const exact = Number(rows.find((r) => `${r.target}:${r.sector}` === name).joint_exact);
    assert.ok(Math.abs(readNumber(text).value - exact) <= 6e-4 * Math.abs(exact), `${name} shows ${text}, not ${exact}`);
  }
  assert.equal(await page.locator("#suppliers .node.lost").count(), 2);
  assert.deepEqual(heard.messages, []);
  await page.close();
});

test("a phone scrolls one way only; all is reached by keyboard", async () => {
  for (const width of [360, 390]) {
    const { page } = await open(browser, address(bloc), { viewport: { width, height: 780 } });
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
    await page.close();
  }
  const { page } = await open(browser, address(alone));
  await page.focus(".choke-row >> nth=5");
  await page.keyboard.press("Enter");
  assert.equal(await page.getAttribute(".choke-row >> nth=5", "aria-pressed"), "true");
  await page.close();
});
