// late.test.mjs: the served page where answers come late, in another order than they were asked for, or not at first: what the
// hand did last counts, nothing that was typed or pinned is lost, and the page says that it is not done.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./page.mjs";
import { barsOf, hold, openServed, preset, serve, settled } from "./served.mjs";

let browser, server;
before(async () => {
  server = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const worldOf = (page) => page.locator(".model-fields select").first();
const busy = (page) => page.getAttribute("#answers", "aria-busy");
const api = (what) => `**/api/v1/${what}`;
const steel = (percent) => `name: Steel ${percent}\nactions:\n  - duty: {importer: USA, exporter: CHN, sector: STE, add: ${percent}%}\n`;
const opened = async () => {
  const all = await openServed(browser, server.address);
  await all.page.locator(".model summary").click();
  return all;
};
const pin = (page) => page.getByRole("button", { name: "Pin", exact: true }).click();
const notices = (page) => page.locator(".notice, .refusal, .wrong-words").allTextContents();

test("from the hand's touch to the whole answer the page says that it is busy", async () => {
  const { page } = await opened();
  const checks = await hold(page, api("scenario/check")), runs = await hold(page, api("run"));
  const was = await barsOf(page);
  await page.locator(".yaml").fill(steel(80));
  assert.equal(await busy(page), "true"); // typed, not even asked for
  await checks.waitFor(1);
  assert.equal(await busy(page), "true");
  await checks.release();
  for (const k of [1, 2]) { // the picture of a moving hand, then the whole answer
    await runs.waitFor(1);
    assert.equal(await busy(page), "true", `answer ${k}`);
    await runs.release(1);
  }
  await settled(page);
  assert.notDeepEqual(await barsOf(page), was);
  assert.equal(await page.textContent("h1"), "Steel 80");
  await page.close();
});

test("what is typed while an earlier text is being looked at stays", async () => {
  const { page } = await opened();
  const checks = await hold(page, api("scenario/check")), yaml = page.locator(".yaml");
  await yaml.fill(steel(30));
  await checks.waitFor(1);
  const heard = page.waitForResponse(api("scenario/check"));
  await yaml.fill(steel(70));
  await checks.release(1);
  await heard;
  assert.equal(await yaml.inputValue(), steel(70));
  await checks.release();
  await settled(page);
  assert.equal(await yaml.inputValue(), steel(70));
  assert.equal(await page.textContent("h1"), "Steel 70");
  await page.close();
});

test("of two worlds chosen one after the other the second counts, in rules and answers, whichever comes first", async () => {
  const { page } = await opened();
  const pages = await hold(page, api("worlds/critical-inputs"));
  await worldOf(page).selectOption("critical-inputs");
  await pages.waitFor(1);
  await worldOf(page).selectOption("baseline2022");
  await settled(page);
  await pages.release();
  await page.waitForLoadState("networkidle");
  await settled(page);
  assert.equal(await worldOf(page).inputValue(), "baseline2022");
  assert.match(await page.textContent(".base"), /^baseline2022/);
  await page.close();
});

test("a rule that is moved while another world is on its way moves there, and the world comes", async () => {
  const { page } = await opened();
  await pin(page);
  await settled(page);
  const checks = await hold(page, api("scenario/check"));
  await worldOf(page).selectOption("critical-inputs");
  await checks.waitFor(1);
  await page.locator(".rule[data-rule='18'] .number").fill("42");
  await checks.release();
  await settled(page);
  assert.match(await page.textContent(".base"), /^critical-inputs/);
  assert.equal(await worldOf(page).inputValue(), "critical-inputs");
  assert.equal(await page.locator(".rule[data-rule='18'] .number").inputValue(), "42");
  assert.equal(await page.locator(".pin.away").count(), 1);
  assert.deepEqual(await notices(page), []);
  await page.close();
});

test("a pin outlives what is pressed while another world is on its way, and what is pinned then is what is shown", async () => {
  const { page } = await opened();
  await pin(page);
  await settled(page);
  const checks = await hold(page, api("scenario/check"));
  await worldOf(page).selectOption("critical-inputs");
  await checks.waitFor(1);
  await pin(page);
  await checks.release();
  await settled(page);
  assert.equal(await page.locator(".pin.away").count(), 2); // both are of the world that was shown
  assert.deepEqual(await notices(page), []);
  await worldOf(page).selectOption("baseline2022");
  await settled(page);
  assert.equal(await page.locator(".pin:not(.away)").count(), 2);
  assert.equal(await page.locator(".bars .row[data-region='MEX'] .other").count(), 2);
  assert.deepEqual(await notices(page), []);
  await page.close();
});

test("what is pressed beside a text that cannot be read is answered for the last one that could", async () => {
  const { page } = await opened();
  const checks = await hold(page, api("scenario/check"));
  await page.locator(".yaml").fill("actions: [");
  await checks.waitFor(1);
  await page.getByRole("button", { name: "± elasticities" }).click();
  await checks.release();
  await page.locator(".bars .whisker").first().waitFor();
  await settled(page);
  assert.equal(await page.locator(".bars .whisker").count(), 19);
  assert.equal(await page.locator(".yaml").inputValue(), "actions: [");
  assert.equal(await page.locator(".refusal").count(), 1);
  await page.close();
});

test("a server without time is asked again, for a text as for an answer", async () => {
  const { page } = await opened();
  const refused = { check: 0, run: 0, lever: 0 };
  const once = (what, pattern) => page.route(pattern, (route) => {
    if (refused[what]++ > 0) return route.fallback();
    return route.fulfill({ status: 503, contentType: "application/json", body: JSON.stringify({ error: { status: 503, sentence: "all workers are busy" } }) });
  });
  await once("check", api("scenario/check"));
  await once("run", api("run"));
  await once("lever", api("lever"));
  await page.locator(".yaml").fill(steel(55));
  await settled(page);
  assert.equal(await page.textContent("h1"), "Steel 55");
  assert.deepEqual(await notices(page), []);
  await page.getByRole("tab", { name: "Leverage" }).click();
  await settled(page);
  assert.equal(await page.locator("#rank, #leverage, #exposure").count(), 3);
  assert.deepEqual(await notices(page), []);
  for (const [what, count] of Object.entries(refused)) assert.ok(count > 1, `${what}: asked ${count} times`);
  await page.close();
});

test("two runs that are compared one right after the other are both pinned", async () => {
  const { page } = await opened();
  for (const percent of [21, 22]) {
    await page.locator(".yaml").fill(steel(percent));
    await settled(page);
    await page.getByRole("button", { name: "Keep", exact: true }).click();
    await settled(page);
  }
  await page.getByRole("tab", { name: "Runs" }).click();
  await settled(page);
  const runs = await hold(page, /\/api\/v1\/runs\/[0-9a-f]+$/);
  for (const percent of [21, 22]) await page.getByRole("button", { name: `Compare with Steel ${percent}` }).first().click();
  await runs.waitFor(2);
  await runs.release();
  await settled(page);
  assert.deepEqual((await page.locator(".pin-name").allTextContents()).sort(), ["Steel 21", "Steel 22"]);
  await page.close();
});

test("against a pin: the difference is to that pin also while pins before it go, and stays with it", async () => {
  const { page } = await opened();
  for (const percent of [21, 22]) {
    await page.locator(".yaml").fill(steel(percent));
    await settled(page);
    await pin(page);
  }
  await page.locator(".yaml").fill(steel(60));
  await settled(page);
  await page.getByLabel("Against").selectOption({ label: "Steel 22" });
  const seen = await barsOf(page), unit = await page.textContent("#income .unit");
  assert.match(unit, /Steel 22/);
  const runs = await hold(page, api("run"));
  await page.getByRole("button", { name: "Unpin Steel 21" }).click();
  await runs.waitFor(1);
  assert.deepEqual([await barsOf(page), await page.textContent("#income .unit")], [seen, unit]);
  await runs.release();
  await settled(page);
  assert.deepEqual([await barsOf(page), await page.textContent("#income .unit")], [seen, unit]);
  await page.close();
});

test("flows by sector are said to be old until those of the new answer are there", async () => {
  const { page } = await opened();
  await page.getByRole("tab", { name: "Trade" }).click();
  await page.locator("#diversion").getByLabel("Of what").selectOption({ label: "Motor vehicles and parts" });
  await settled(page);
  const files = await hold(page, "**/flows.csv");
  await page.getByLabel("Start from").selectOption({ label: "Breakdown, 145 % and 125 %" });
  await files.waitFor(1);
  for (const id of ["diversion", "duties"]) assert.equal(await page.getAttribute(`#${id}`, "aria-busy"), "true", id);
  const old = await page.locator("#diversion tbody").innerHTML();
  await files.release();
  await settled(page);
  assert.notEqual(await page.locator("#diversion tbody").innerHTML(), old);
  await page.close();
});

test("a pane with a sector of one world chosen goes over to a world without it", async () => {
  const { page, heard } = await opened();
  await worldOf(page).selectOption("critical-inputs");
  await settled(page);
  await page.getByRole("tab", { name: "Trade" }).click();
  await settled(page);
  const sectors = page.locator("#diversion").getByLabel("Of what");
  await sectors.selectOption({ index: (await sectors.locator("option").count()) - 1 });
  await settled(page);
  await worldOf(page).selectOption("baseline2022");
  await settled(page);
  assert.match(await page.textContent(".base"), /^baseline2022/);
  assert.match(await page.textContent("#diversion .unit"), /all trade/);
  assert.deepEqual(heard.messages, []);
  await page.close();
});

test("Stop counts also before the server has given the job its name", async () => {
  const { page } = await opened();
  await page.getByRole("tab", { name: "Chokepoints" }).click();
  await page.locator(".question").getByLabel("Product").selectOption("each");
  const jobs = await hold(page, api("jobs"), "POST");
  await page.getByRole("button", { name: "Rank the cut-offs" }).click();
  await jobs.waitFor(1);
  await page.locator(".progress").getByRole("button", { name: "Stop" }).click();
  await jobs.release();
  await page.waitForFunction(() => !document.querySelector(".progress"));
  await page.waitForFunction(async () => (await (await fetch("api/v1/jobs")).json()).jobs.every((j) => j.state === "cancelled"));
  assert.equal(await page.locator("#chokepoints").count(), 0);
  await page.close();
});

test("a pin that the server will not have beside the new policy is said and goes, and the answer comes without it", async () => {
  const { page } = await opened();
  await pin(page);
  await settled(page);
  await page.route(api("run"), (route) => {
    if (route.request().postDataJSON().scenarios.length < 2) return route.fallback();
    return route.fulfill({ status: 422, contentType: "application/json", body: JSON.stringify({ error: { status: 422, sentence: "it is of another kind", scenario: 1 } }) });
  });
  await preset(page, "Breakdown, 145 % and 125 %");
  assert.equal(await page.locator(".pin").count(), 0);
  assert.match((await notices(page)).join(), /Truce of June 2025 can no longer be shown beside this one: it is of another kind/);
  assert.equal(await page.textContent("h1"), "Breakdown, 145 % and 125 %");
  await page.close();
});
