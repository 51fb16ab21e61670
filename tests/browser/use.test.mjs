// use.test.mjs: the page by keyboard and pointer: switching scenarios, choosing regions and pairs, opening tables.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { lancaster, launch, makeReport, open } from "./page.mjs";

let report, browser, page;
before(async () => {
  report = makeReport(lancaster);
  browser = await launch();
  ({ page } = await open(browser, report.page));
});
after(async () => {
  await browser?.close();
  report?.close();
});

const heading = () => page.textContent("h1");
const bars = () => page.$$eval(".bars .row", (rows) => rows.map((r) => r.textContent).join());

test("arrow keys switch the scenario", async () => {
  const first = [await heading(), await bars()];
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  assert.equal(await heading(), await page.$eval(".tab.on", (tab) => tab.textContent));
  assert.notEqual(await heading(), first[0]);
  assert.notEqual(await bars(), first[1]);
  await page.keyboard.press("ArrowLeft");
  assert.deepEqual([await heading(), await bars()], first);
});

test("the certificate stays in sight, whatever is scrolled to", async () => {
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  const seal = await page.locator(".seal").boundingBox();
  assert.ok(seal.y >= 0 && seal.y < 60);
  assert.match(await page.textContent(".seal"), /^✓ certified/);
  assert.match(await page.textContent(".certificate-line"), /^converged: largest residual \d\.\de-\d+ at .+ \(within 1e-10\), Walras .+; .+, \d+ passes/);
  await page.evaluate(() => scrollTo(0, 0));
});

test("a region chosen in the map is marked in the bars and added to the sectors", async () => {
  await page.click("path[data-country='KOR']");
  assert.equal(await page.getAttribute(".bars .row[data-region='KOR']", "aria-pressed"), "true");
  assert.ok(await page.locator(".panel").first().getByText("Korea").isVisible());
  await page.click(".bars .row[data-region='KOR']");
  assert.equal(await page.getAttribute(".bars .row[data-region='KOR']", "aria-pressed"), "false");
});

test("pointing at a country says its number", async () => {
  await page.hover("path[data-country='AUS']");
  const shown = await page.textContent(".tooltip");
  const value = await page.textContent(".bars .row[data-region='ANZ'] .row-value");
  assert.ok(shown.includes("Australia and New Zealand") && shown.includes(value), shown);
});

test("every country has a shape with its name and number, in the colour of its region", async () => {
  const shapes = await page.$$eval(".countries path", (paths) => paths.map((p) => ({ country: p.dataset.country, region: p.dataset.region, title: p.querySelector("title").textContent, drawn: p.getAttribute("d").length > 3, colour: getComputedStyle(p).fill })));
  assert.ok(shapes.length > 230);
  for (const shape of shapes) assert.ok(shape.drawn && /: [−+]?\d/.test(shape.title), shape.title);
  const of = (code) => shapes.find((s) => s.country === code);
  for (const [country, region] of [["DEU", "EUU"], ["HKG", "CHN"], ["SGP", "ASE"], ["KAZ", "RUS"], ["ARG", "ROW"], ["FJI", "ROW"], ["TWN", "TWN"]]) assert.equal(of(country).region, region);
  const members = await page.evaluate(() => JSON.parse(document.getElementById("entente-data").textContent).regions.flatMap((r) => r.members));
  for (const code of members) if (code !== "ROW") assert.ok(of(code), `${code} is drawn`);
  assert.equal(of("DEU").colour, of("MLT").colour);
  assert.ok(of("DEU").title.startsWith("Germany (European Union (27)): "));
});

test("each picture has a table behind it, opened by keyboard", async () => {
  const pictures = await page.$$eval(".figure", (figures) => figures.map((f) => f.id));
  for (const id of ["income", "pair", "matrix", "sectors"]) assert.ok(pictures.includes(id));
  for (const id of pictures.filter((x) => !["assumed", "certificate", "data"].includes(x))) {
    const details = page.locator(`#${id} details`).first();
    await details.locator("summary").focus();
    await page.keyboard.press("Enter");
    assert.ok(await details.locator("table").isVisible(), `${id} has its table`);
    assert.ok((await details.locator("tbody tr").count()) > 10);
    assert.ok((await details.locator("caption").textContent()).length > 10);
    await page.keyboard.press("Enter");
  }
});

test("another pair, another measure", async () => {
  const was = await page.textContent("#pair h2");
  await page.selectOption("#pair select", "1");
  assert.notEqual(await page.textContent("#pair h2"), was);
  await page.selectOption("#sectors select", "employment");
  assert.match(await page.textContent("#sectors .unit"), /employment/);
  const panels = await page.locator(".panel").count();
  await page.click("#sectors .more-button");
  assert.ok((await page.locator(".panel").count()) > panels);
});

test("the page says where its numbers come from and how to make them again", async () => {
  const foot = await page.textContent("footer");
  for (const words of ["OECD", "entente run", "SHA-256", "Licence", "Blueprint"]) assert.ok(foot.includes(words), words);
});
