// look.test.mjs: the page fits a phone, can be read in light and dark, and keeps to itself.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { choose, lancaster, launch, makeReport, open } from "./page.mjs";
import { faintTexts } from "./readable.mjs";

let report, browser;
before(async () => {
  report = makeReport(lancaster);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  report?.close();
});

test("no message, no request: the file is all there is", async () => {
  assert.ok(statSync(path.join(report.folder, "report.html")).size < 1.5e6);
  const { page, heard } = await open(browser, report.page);
  for (const name of await page.$$eval(".tab", (tabs) => tabs.map((t) => t.textContent))) await choose(page, name);
  for (const summary of await page.locator("summary").all()) await summary.click();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))); // all that was pressed has been drawn
  assert.deepEqual(heard.messages, []);
  assert.deepEqual(heard.requests, [report.page]);
  await page.close();
});

test("the page's own policy lets nothing out and nothing foreign in", async () => {
  const { page } = await open(browser, report.page);
  const seen = await page.evaluate(async () => {
    const blocked = [];
    const both = new Promise((done) => document.addEventListener("securitypolicyviolation", (e) => blocked.push(e.effectiveDirective) === 2 && done()));
    await fetch("http://127.0.0.1:9/").catch(() => {});
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    await Promise.race([both, new Promise((done) => setTimeout(done, 20000))]); // both are said, or one of them never is
    return { blocked, ran: window.ran === true };
  });
  assert.ok(seen.blocked.includes("connect-src") && seen.blocked.some((d) => d.startsWith("script-src")), seen.blocked.join());
  assert.equal(seen.ran, false);
  await page.close();
});

test("a phone scrolls one way only", async () => {
  for (const width of [320, 360, 390, 768]) {
    const { page } = await open(browser, report.page, { viewport: { width, height: 780 } });
    for (const name of await page.$$eval(".tab", (tabs) => tabs.map((t) => t.textContent))) {
      await choose(page, name);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${width} px, ${name}`);
    }
    await page.close();
  }
});

test("texts can be read in light and in dark", async () => {
  const grounds = [];
  for (const colorScheme of ["light", "dark"]) {
    const { page } = await open(browser, report.page, { colorScheme });
    for (const summary of await page.locator("summary").all()) await summary.click();
    assert.deepEqual(await page.evaluate(faintTexts), [], colorScheme);
    grounds.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
    await page.close();
  }
  assert.notEqual(grounds[0], grounds[1]);
});

test("losses and gains differ in lightness and hue at every step of the map's scale", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { page } = await open(browser, report.page, { colorScheme });
    const colours = await page.$$eval("#income .legend-swatches .swatch", (s) => s.map((x) => getComputedStyle(x).backgroundColor));
    assert.equal(new Set(colours).size, 10);
    const blueness = colours.map((c) => { const [r, , b] = c.match(/\d+/g).map(Number); return b - r; });
    assert.ok(blueness.slice(0, 5).every((x) => x < 0) && blueness.slice(5).every((x) => x > 0)); /* red against blue: safe for all common kinds of colour blindness */
    await page.close();
  }
});

test("names that are code stay names", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "entente-names-"));
  const file = path.join(folder, "nasty.yaml");
  writeFileSync(file, "name: '<img src=x onerror=alert(1)></script><script>alert(2)</script>'\nsource: 'javascript:alert(3)'\nactions:\n  - duty: {importer: USA, exporter: CHN, sector: all, add: 10%}\n");
  const nasty = makeReport([file]);
  const { page, heard } = await open(browser, nasty.page);
  assert.equal(await page.textContent("h1"), "<img src=x onerror=alert(1)></script><script>alert(2)</script>");
  assert.equal(await page.title(), "<img src=x onerror=alert(1)></script><script>alert(2)</script>");
  assert.equal(await page.locator("img, a[href^='javascript']").count(), 0);
  assert.deepEqual([heard.messages, heard.dialogs], [[], []]);
  assert.ok(readFileSync(path.join(nasty.folder, "report.html"), "utf8").includes("\\u003cimg"));
  await page.close();
  nasty.close();
  rmSync(folder, { recursive: true });
});
