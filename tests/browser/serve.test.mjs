// serve.test.mjs: the page of `entente serve`: a policy built by hand gives the numbers that the command gives; pins, links,
// files, the keyboard, mistakes.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { command, lancaster, launch, makeReport, parseCsv, readCsv, shows } from "./page.mjs";
import { barsOf, openServed, preset, serve, settled } from "./served.mjs";

let browser, server, breakdown, truce;
const folders = [];
before(async () => {
  [truce, , breakdown] = lancaster.map((file) => makeReport([file]));
  server = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
  breakdown?.close();
  truce?.close();
  folders.forEach((folder) => rmSync(folder, { recursive: true }));
});

const incomes = (report) => new Map(readCsv(report.folder, "regions.csv").filter((r) => r.variable === "real_income").map((r) => [r.region, 100 * (Number(r.ratio) - 1)]));

async function same(page, exact, what) {
  const bars = await barsOf(page);
  assert.equal(bars.length, 19);
  for (const [code, text] of bars) assert.ok(shows(text, exact.get(code)), `${what}: ${code} shows ${text}, the command says ${exact.get(code)}`);
}

// Choose one member in a chooser.
async function choose(page, rule, key, label) {
  const button = rule.getByRole("button", { name: new RegExp(`^${key}:`) });
  await button.click();
  await page.locator(".chooser-panel").getByRole("button", { name: label, exact: true }).click();
  assert.equal(await button.textContent(), label);
}

async function amount(rule, value) {
  await rule.locator(".number").fill(String(value));
}

test("the breakdown of Lancaster House, built by clicks, has the numbers of the command", async () => {
  const { page, heard } = await openServed(browser, server.address);
  await preset(page, "An empty policy");
  assert.equal(await page.locator(".rule").count(), 0);
  const duties = parseCsv(readFileSync(path.join(path.dirname(lancaster[0]), "us_duties_2025-07.csv"), "utf8"));
  const farm = parseCsv(readFileSync(path.join(path.dirname(lancaster[0]), "china_farm_duties_2025-03.csv"), "utf8"));
  const labels = new Map(await page.evaluate(async () => (await (await fetch("api/v1/worlds/baseline2022")).json()).regions.map((r) => [r.code, r.label])));
  const sectors = new Map(await page.evaluate(async () => (await (await fetch("api/v1/worlds/baseline2022")).json()).sectors.map((r) => [r.code, r.label])));
  // the two great duties and the farm duties by hand; those on all others by the same hand, partner by partner
  const rows = [...duties.filter((d) => d.exporter !== "CHN").map((d) => ["USA", d.exporter, null, d.increase_pct]), ["USA", "CHN", null, 145], ["CHN", "USA", null, 125], ...farm.map((f) => ["CHN", "USA", f.sector, f.increase_pct])];
  for (const [importer, exporter, sector, points] of rows) {
    await page.locator(".add").getByRole("button", { name: "Import duty" }).click();
    const rule = page.locator(".rule").last();
    await choose(page, rule, "Importer", labels.get(importer));
    await choose(page, rule, "Exporter", labels.get(exporter));
    if (sector) await choose(page, rule, "Of what", sectors.get(sector));
    await amount(rule, points);
  }
  await settled(page);
  await same(page, incomes(breakdown), "breakdown");
  assert.match(await page.textContent(".certificate"), /✓ certified residual \d×10\S+ .*passes/);
  assert.deepEqual(heard.messages.filter((m) => !/status of 422/.test(m)), []); // half a rule may be refused on the way
  await page.close();
});

test("every example has the numbers of its file", async () => {
  const { page } = await openServed(browser, server.address);
  await same(page, incomes(truce), "truce"); // what is shown first
  await preset(page, "Breakdown, 145 % and 125 %");
  await same(page, incomes(breakdown), "breakdown");
  await page.close();
});

test("what is pinned is compared with: marks in the bars, and differences in points", async () => {
  const { page } = await openServed(browser, server.address);
  await page.getByRole("button", { name: "Pin", exact: true }).click();
  await preset(page, "Breakdown, 145 % and 125 %");
  assert.equal(await page.locator(".pin").count(), 1);
  assert.equal(await page.locator(".bars .row[data-region='MEX'] .other").count(), 1);
  await page.getByLabel("Against").selectOption({ label: "Truce of June 2025" });
  const a = incomes(breakdown), b = incomes(truce);
  await same(page, new Map([...a].map(([code, x]) => [code, x - b.get(code)])), "difference");
  assert.match(await page.textContent("#income .unit"), /Difference to “Truce of June 2025”, percentage points/);
  await page.getByRole("button", { name: "Unpin Truce of June 2025" }).click();
  await settled(page);
  await same(page, a, "unpinned");
  await page.close();
});

test("a link brings all of it back: policy, pins, pane, region, variable", async () => {
  const { page } = await openServed(browser, server.address);
  await page.getByRole("button", { name: "Pin", exact: true }).click();
  await preset(page, "Breakdown, 145 % and 125 %");
  await page.selectOption("#income select", "exports");
  await page.getByLabel("Against").selectOption({ label: "Truce of June 2025" });
  await page.click(".bars .row[data-region='VNM']"); // opens the country's page
  assert.equal(await page.textContent("#country h2"), "Viet Nam");
  await settled(page);
  await page.getByRole("tab", { name: "World" }).click();
  await settled(page);
  const link = page.url(), seen = await barsOf(page);
  assert.match(link, /#v1\.[A-Za-z0-9_-]+$/);
  assert.ok(link.length < 2000, `${link.length} letters`);
  await page.close();
  const { page: again } = await openServed(browser, link);
  assert.deepEqual(await barsOf(again), seen);
  assert.equal(await again.locator(".pin").count(), 1);
  assert.equal(await again.locator("#income select").first().inputValue(), "exports");
  await again.reload();
  await settled(again);
  await again.waitForSelector(".bars .row");
  assert.deepEqual(await barsOf(again), seen);
  await again.close();
  const { page: broken } = await openServed(browser, link.slice(0, -30));
  assert.match(await broken.textContent(".notice"), /This link is damaged/);
  await broken.close();
  const { page: newer } = await openServed(browser, link.replace("#v1.", "#v9."));
  assert.match(await newer.textContent(".notice"), /version v9; this page reads v1/);
  await newer.close();
});

test("the text and the rules are one: each changes the other, comments stay, a mistake is shown at its line", async () => {
  const { page } = await openServed(browser, server.address);
  const yaml = page.locator(".yaml");
  const text = "# why this is asked\nname: Steel\nactions:\n  # the first\n  - duty: {importer: USA, exporter: CHN, sector: STE, add: 25%}\n  # the second\n  - export_tax:\n      exporter: CHN\n      importer: USA\n      set: 5%\n";
  await yaml.fill(text);
  await settled(page);
  assert.deepEqual(await page.$$eval(".rule-kind", (kinds) => kinds.map((k) => k.textContent.trim())), ["Import duty", "Export tax"]);
  await page.locator(".rule").nth(1).locator(".number").fill("12.5");
  await settled(page);
  assert.equal(await yaml.inputValue(), text.replace(/ {2}- export_tax:[^]*5%\n/, "  - export_tax: {exporter: CHN, importer: USA, set: 12.5%}\n"));
  await page.getByRole("button", { name: "Rule 1, Import duty: later" }).click();
  await settled(page);
  assert.match(await yaml.inputValue(), /# the first\n {2}- export_tax: [^\n]*\n {2}# the second\n {2}- duty: /);
  const before = await barsOf(page);
  await yaml.fill("name: Steel\nactions:\n  - duty: {importer: USA, exporter: CHM, add: 25%}\n");
  await page.waitForSelector(".refusal");
  assert.match(await page.textContent(".refusal"), /line 3, column \d+ .*CHM.*did you mean CHN\?/);
  assert.equal(await page.textContent(".gutter .bad"), "3");
  assert.match(await page.textContent(".certificate"), /of the last valid policy/);
  assert.deepEqual(await barsOf(page), before);
  await page.locator(".refusal").getByRole("button").click();
  assert.ok(await yaml.evaluate((area) => area === document.activeElement && area.value.slice(0, area.selectionStart).split("\n").length === 3));
  await yaml.fill("name: Steel\nactions:\n  - duty: {importer: USA, exporter: CHN, add: 25%}\n");
  await settled(page);
  assert.equal(await page.locator(".refusal").count(), 0);
  assert.notDeepEqual(await barsOf(page), before);
  await page.close();
});

test("an amount that cannot be is refused at its rule, in the server's words", async () => {
  const { page } = await openServed(browser, server.address);
  await preset(page, "An empty policy");
  await page.locator(".add").getByRole("button", { name: "Import duty" }).click();
  await page.locator(".rule .number").fill("-150");
  await page.waitForSelector(".rule .wrong-words");
  assert.match(await page.textContent(".rule .wrong-words"), /must be above -100/);
  await page.locator(".rule .number").fill("15");
  await settled(page);
  assert.equal(await page.locator(".wrong-words").count(), 0);
  await page.close();
});

test("the command's lines, pasted into a shell, give the numbers that are seen", async () => {
  const { page } = await openServed(browser, server.address);
  await page.locator(".rule[data-rule='18'] .number").fill("42");
  await settled(page);
  await page.locator("#income").getByRole("button", { name: "Command", exact: true }).click();
  const lines = await page.locator("#income .taken textarea").inputValue();
  const folder = mkdtempSync(path.join(os.tmpdir(), "entente-lines-"));
  folders.push(folder);
  writeFileSync(path.join(folder, "lines.sh"), lines);
  execFileSync("bash", ["-e", "lines.sh"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, PATH: `${path.dirname(process.env.ENTENTE ?? "build/entente")}:${process.env.PATH}` } });
  await same(page, incomes({ folder: path.join(folder, "answers") }), "the shell");
  await page.close();
});

test("a run that is kept is listed, opened again, compared, and its files are those of the command", async () => {
  const { page } = await openServed(browser, server.address);
  await preset(page, "Breakdown, 145 % and 125 %");
  await Promise.all([page.waitForFunction(() => document.querySelector(".result-tools .said").textContent === "kept"), page.getByRole("button", { name: "Keep", exact: true }).click()]);
  await preset(page, "Truce of June 2025");
  await page.getByRole("tab", { name: "Runs" }).click();
  const row = page.locator("tr[data-run]").filter({ hasText: "Breakdown" }).first();
  await row.waitFor();
  await row.getByText("Files").click();
  const [download] = await Promise.all([page.waitForEvent("download"), row.getByRole("link", { name: "regions.csv" }).click()]);
  const kept = parseCsv(readFileSync(await download.path(), "utf8")), exact = incomes(breakdown);
  for (const r of kept) if (r.variable === "real_income") assert.equal(100 * (Number(r.ratio) - 1), exact.get(r.region), r.region);
  await row.getByRole("button", { name: /^Compare/ }).click();
  await settled(page);
  assert.match(await page.textContent(".pin"), /Breakdown/);
  await row.locator(".linked").click();
  await settled(page);
  await same(page, exact, "opened again");
  await page.close();
});

test("data, picture, link and command are at every figure of every pane", async () => {
  const { page } = await openServed(browser, server.address);
  for (const pane of ["World", "Country", "Trade", "Sectors", "Causes", "Leverage", "War and talks", "Chokepoints"]) {
    await page.getByRole("tab", { name: pane }).click();
    await settled(page);
    if (pane === "War and talks") {
      await page.getByRole("button", { name: "Play", exact: true }).click();
      await page.waitForSelector("#plane");
    }
    if (pane === "Chokepoints") {
      await page.getByRole("button", { name: "Rank the cut-offs" }).click();
      await page.waitForSelector("#chokepoints");
    }
    await settled(page);
    const figures = page.locator(".figure");
    const count = await figures.count();
    assert.ok(count >= 1, pane);
    for (let i = 0; i < count; i++) {
      const names = await figures.nth(i).locator(".tools .tool").allTextContents();
      for (const name of ["Data (CSV)", "Picture (SVG)", "PNG", "Link", "Command"]) assert.ok(names.includes(name), `${pane}: ${await figures.nth(i).getAttribute("id")} has no ${name}`);
      assert.ok((await figures.nth(i).locator("details table tbody tr").count()) > 2, `${pane}: ${await figures.nth(i).getAttribute("id")} has no table behind it`);
    }
  }
  await page.close();
});

test("who loses the sale: losses and gains of a market are those of flows.csv, for all trade and for a sector", async () => {
  const { page } = await openServed(browser, server.address);
  await page.getByRole("tab", { name: "Trade" }).click();
  const flows = readCsv(truce.folder, "flows.csv").filter((f) => f.importer === "USA" && f.variable === "value");
  const tableOf = () => page.$$eval("#diversion tbody tr", (rows) => rows.map((r) => [r.dataset.code, ...[...r.cells].slice(1, 3).map((c) => c.textContent)]));
  const million = (text) => Number(text.replace(/[−$,a-z]/g, "")) * { tn: 1e6, bn: 1e3, m: 1 }[text.match(/[a-z]+$/)[0]];
  const close = (text, exact) => Math.abs(million(text) - exact) <= Math.max(0.5, 0.005 * Math.abs(exact));
  await page.locator("#diversion").getByLabel("Region").selectOption({ label: "United States" });
  for (const [sector, option] of [[null, "all trade"], ["VEH", "Motor vehicles and parts"]]) {
    await page.locator("#diversion").getByLabel("Of what").selectOption({ label: option });
    await settled(page);
    assert.equal(await page.locator("#diversion .hint").count(), 0);
    assert.equal((await tableOf()).length, 18);
    for (const [code, was, is] of await tableOf()) {
      const rows = flows.filter((f) => f.exporter === code && (sector === null ? true : f.sector === sector) && f.sector !== "ALL");
      const sum = (column) => rows.reduce((s, f) => s + Number(f[column]), 0);
      assert.ok(close(was, sum("benchmark")) && close(is, sum("value")), `${option}, ${code}: ${was}, ${is} against ${sum("benchmark")}, ${sum("value")}`);
    }
  }
  // against a pinned scenario, "before" is what it was under that one
  await page.getByRole("button", { name: "Pin", exact: true }).click();
  await preset(page, "Breakdown, 145 % and 125 %");
  await page.getByLabel("Against").selectOption({ label: "Truce of June 2025" });
  await settled(page);
  const after = readCsv(breakdown.folder, "flows.csv").filter((f) => f.importer === "USA" && f.variable === "value" && f.sector === "VEH");
  for (const [code, was, is] of await tableOf()) {
    const value = (rows) => Number(rows.find((f) => f.exporter === code && f.sector === "VEH").value);
    assert.ok(close(was, value(flows)) && close(is, value(after)), `${code}: ${was}, ${is} against ${value(flows)}, ${value(after)}`);
  }
  await page.close();
});

test("± are the standard errors of the command, and go when they are no longer asked for", async () => {
  const sure = makeReport([lancaster[0]], ["--uncertain", "default"]);
  const { page } = await openServed(browser, server.address);
  await page.getByRole("button", { name: "± elasticities" }).click();
  await page.waitForSelector(".bars .whisker");
  const rows = readCsv(sure.folder, "regions.csv").filter((r) => r.variable === "real_income_se");
  const bars = await page.$$eval(".bars .row", (all) => all.map((r) => [r.dataset.region, r.querySelector(".whisker").title]));
  assert.equal(bars.length, 19);
  for (const [code, title] of bars) {
    const [, said, decimals] = /^± (\d+\.(\d+)) points/.exec(title), exact = 100 * Number(rows.find((r) => r.region === code).value);
    assert.ok(Math.abs(Number(said) - exact) <= 0.5001 * 10 ** -decimals.length, `${code} says ${title}, not ${exact}`);
  }
  await page.getByRole("button", { name: "± elasticities" }).click();
  await settled(page);
  assert.equal(await page.locator(".bars .whisker").count(), 0);
  sure.close();
  await page.close();
});

test("another model is another answer: blueprint and elasticities by hand are those of the command", async () => {
  const { page } = await openServed(browser, server.address);
  await page.locator(".model summary").click();
  await page.getByLabel("Blueprint").selectOption("gtap-like");
  await page.getByLabel("Trade elasticity of Computers, electronics, semiconductors, optical").fill("3.5");
  await page.keyboard.press("Tab");
  await settled(page);
  assert.match(await page.locator(".yaml").inputValue(), /^blueprint: \{preset: gtap-like, elasticities: \{ELE: 3\.5\}\}$/m);
  const other = makeReport([lancaster[0]], ["--blueprint", "gtap-like", "--set", "elasticities.ELE=3.5"]);
  await same(page, incomes(other), "gtap-like");
  other.close();
  await page.close();
});

test("chokepoints after a scenario are those of the command, found by a job that can be stopped", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "entente-choke-"));
  folders.push(folder);
  execFileSync(command, ["chokepoint", lancaster[0], "--product", "PHA", "--target", "WEST", "--out", folder, "--quiet"], { stdio: ["ignore", "ignore", "inherit"] });
  const exact = readCsv(folder, "chokepoints.csv");
  const { page } = await openServed(browser, server.address);
  await page.getByRole("tab", { name: "Chokepoints" }).click();
  await page.locator(".question").getByLabel("Product").selectOption("each"); // all products: long enough to be stopped
  await page.getByRole("button", { name: "Rank the cut-offs" }).click();
  await page.waitForFunction(() => /cut-offs: \d+ of \d+/.test(document.querySelector(".progress")?.textContent ?? ""));
  await page.locator(".progress").getByRole("button", { name: "Stop" }).click();
  await page.waitForFunction(() => !document.querySelector(".progress"));
  assert.equal(await page.locator("#chokepoints").count(), 0);
  await page.locator(".question").getByLabel("Product").selectOption("PHA");
  await page.getByRole("button", { name: "Rank the cut-offs" }).click();
  await page.waitForSelector("#chokepoints");
  const rows = await page.$$eval(".choke-row", (all) => all.map((r) => [r.dataset.cut, r.querySelector(".row-value").textContent]));
  assert.equal(rows.length, 25);
  for (const [cut, text] of rows) {
    const [sender, target, product] = cut.split(":"), row = exact.find((r) => r.sender === sender && r.target === target);
    assert.equal(product, "PHA");
    if (row) assert.ok(shows(text, -Number(row.exact_percent)), `${cut} shows ${text}, not ${row.exact_percent}`);
  }
  assert.ok(rows.filter(([cut]) => exact.some((r) => cut.startsWith(`${r.sender}:${r.target}:`))).length > 5);
  await page.close();
});

test("war and talks: every point of the plane, and the frontier, is that of the command on the game's file", async () => {
  const { page } = await openServed(browser, server.address);
  await page.getByRole("tab", { name: "War and talks" }).click();
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await page.waitForSelector("#plane");
  await page.locator("#plane").getByRole("button", { name: "Command", exact: true }).click();
  const lines = await page.locator("#plane .taken textarea").inputValue();
  const folder = mkdtempSync(path.join(os.tmpdir(), "entente-game-"));
  folders.push(folder);
  writeFileSync(path.join(folder, "lines.sh"), lines.replace(/(entente war [^\n]*)/, "$1 --out game --quiet"));
  execFileSync("bash", ["-e", "lines.sh"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, PATH: `${path.dirname(command)}:${process.env.PATH}` } });
  const games = readCsv(path.join(folder, "game"), "games.csv");
  const incomes = await page.$$eval("#incomes tbody tr", (rows) => rows.map((r) => [r.dataset.code, [...r.cells].slice(1).map((c) => c.textContent)]));
  const points = [...new Set(games.map((g) => g.point ?? g.concept))].filter((p) => p !== "status-quo");
  assert.ok(points.length >= 6 && incomes.length === 19);
  for (const [code, cells] of incomes)
    points.forEach((point, i) => {
      const row = games.find((g) => (g.point ?? g.concept) === point && g.region === code && g.variable === "real_income_gain");
      if (row) assert.ok(shows(cells[i], Number(row.value)), `${point} ${code} shows ${cells[i]}, not ${row.value}`);
    });
  assert.ok(games.some((g) => g.variable === "real_income_gain"));
  const frontier = readCsv(path.join(folder, "game"), "frontier.csv");
  const drawn = await page.$$eval("#plane details:nth-of-type(2) tbody tr", (rows) => rows.map((r) => [...r.cells].slice(1, 3).map((c) => c.textContent)));
  assert.equal(drawn.length, 11);
  drawn.forEach(([mine, other], k) => assert.ok(shows(mine, 100 * Number(frontier[k].gain)) && shows(other, 100 * Number(frontier[k].gain_of_other)), `point ${k + 1}: ${mine}, ${other}`));
  await page.close();
});

/* The number to the last digit that is shown, three of them at least where there are so many after the point. */
const isShown = (cell, value) => {
  const text = cell.replace("−", "-"), decimals = (text.match(/\.([0-9]+)$/) ?? ["", ""])[1].length;
  const digits = text.replace(/^[-0.]+/, "").replace(".", "").length;
  return Math.abs(Number(text) - value) <= 0.501 * 10 ** -decimals && (digits >= 3 || decimals >= 4 || Number(text) === value);
};
test("war and talks: what the model implies for talks is what the command says of the game's file", async () => {
  const { page, heard } = await openServed(browser, server.address);
  await page.getByRole("tab", { name: "War and talks" }).click();
  await page.getByText("What talks assume").click();
  await page.getByLabel("USA: discount factor a quarter").selectOption("0.97");
  await page.getByRole("button", { name: "Talk", exact: true }).click();
  await page.waitForSelector("#talks");
  assert.match(await page.textContent("#talks h2"), /model implies/);
  await page.locator("#talks").getByRole("button", { name: "Command", exact: true }).click();
  const folder = mkdtempSync(path.join(os.tmpdir(), "entente-talks-"));
  folders.push(folder);
  writeFileSync(path.join(folder, "lines.sh"), (await page.locator("#talks .taken textarea").inputValue()).replace(/(entente talks [^\n]*)/, "$1 --out talked --quiet"));
  execFileSync("bash", ["-e", "lines.sh"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, PATH: `${path.dirname(command)}:${process.env.PATH}` } });
  const exact = readCsv(path.join(folder, "talked"), "talks.csv");
  const shown = await page.$$eval("#talks tbody tr", (rows) => rows.map((r) => [...r.cells].slice(1).map((c) => c.textContent)));
  const cells = shown.flat();
  assert.equal(cells.length, exact.length);
  for (const name of ["zone", "truce", "offers", "attrition", "risk"]) assert.ok(exact.some((r) => r.table === name), name);
  exact.forEach((r, i) => {
    const value = Number(r.value), number = Number(cells[i].replace("−", "-"));
    if (r.value === "") assert.ok(cells[i] === r.text || !Number.isFinite(number), `${r.table} ${r.row} ${r.column} shows ${cells[i]}`);
    else assert.ok(isShown(cells[i], value), `${r.table} ${r.row} ${r.column} shows ${cells[i]}, not ${r.value}`);
  });
  const blank = await page.$$eval("#duties tbody td", (all) => all.filter((c) => !/[0-9]/.test(c.textContent)).length);
  assert.equal(blank, 0);
  assert.deepEqual(heard.messages, []);
  await page.close();
});

test("a game that is wrong is refused in the server's words, and another status quo is another game", async () => {
  const { page } = await openServed(browser, server.address);
  await page.getByRole("tab", { name: "War and talks" }).click();
  await page.getByText("The game as a file").click();
  const yaml = page.getByLabel("Game as YAML"), text = await yaml.inputValue();
  await yaml.fill(text.replace("region: USA", "region: USB"));
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await page.waitForSelector(".pane .refusal");
  assert.match(await page.locator(".pane .refusal").first().textContent(), /USB.*did you mean USA/);
  await page.locator(".question").getByLabel("Status quo").selectOption("scenario");
  const other = await yaml.inputValue();
  assert.match(other, /actions:\n {2}- duty: \{importer: USA, exporter: CHN, sector: goods, add: 28\.547%\}/);
  assert.match(other, /region: USA\n/);
  await page.close();
});

test("every kind of rule that the server knows can be added by one press, solves as it stands, and moves by its slider", async () => {
  const { page } = await openServed(browser, server.address);
  const kinds = await page.locator(".add .chip").allTextContents();
  assert.ok(kinds.length >= 10, kinds.join());
  for (const kind of kinds) {
    await preset(page, "An empty policy");
    await page.locator(".add").getByRole("button", { name: kind, exact: true }).click();
    await settled(page);
    assert.equal(await page.locator(".wrong-words, .refusal").count(), 0, `${kind}: ${await page.locator(".wrong-words, .refusal").allTextContents()}`);
    assert.equal(await page.textContent(".rule-kind"), kind);
    const before = await page.locator("#income tbody").innerHTML(), slider = page.locator(".rule .slider");
    if ((await slider.count()) === 0) continue; // a ban has no size
    await slider.focus();
    for (let i = 0; i < 9; i++) await page.keyboard.press("ArrowRight"); // upwards: a guarantee binds above what was traded
    await settled(page);
    assert.notEqual(await page.locator("#income tbody").innerHTML(), before, kind);
  }
  await page.close();
});

test("a pin of another world waits: the answers go on without it, and it is back with its world", async () => {
  const { page } = await openServed(browser, server.address);
  await page.getByRole("button", { name: "Pin", exact: true }).click();
  await page.locator(".model summary").click();
  const worlds = page.locator(".model-fields select").first(), was = await barsOf(page);
  await worlds.selectOption("critical-inputs");
  await settled(page);
  assert.match(await page.textContent(".base"), /critical-inputs/);
  assert.equal(await page.locator(".refusal, .wrong-words").count(), 0);
  assert.equal(await page.locator(".pin.away").count(), 1);
  assert.equal(await page.locator(".bars .other").count(), 0);
  assert.notDeepEqual(await barsOf(page), was);
  await worlds.selectOption("baseline2022");
  await settled(page);
  assert.equal(await page.locator(".pin.away").count(), 0);
  assert.equal(await page.locator(".bars .row .other").count(), 19);
  assert.deepEqual(await barsOf(page), was);
  await page.close();
});
