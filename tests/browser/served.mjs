// served.mjs: a server of the command under test, on a free port, with a store that ends with it; what its tests share.
// SPDX-License-Identifier: MIT
import { spawn } from "node:child_process";
import { chromium, command, open } from "./page.mjs";

export async function serve(...options) {
  if (process.env.ENTENTE_ADDRESS) return { address: process.env.ENTENTE_ADDRESS, close: () => {} }; // one that runs already
  const server = spawn(command, ["serve", "--port", "0", "--store", ":memory:", "--quiet", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((done, failed) => {
    let said = "";
    server.stdout.on("data", (text) => { said += text; if (said.includes("\n")) done(said.split("\n")[0].trim()); });
    server.on("exit", (code) => failed(new Error(`entente serve ended with ${code}`)));
  });
  return { address, close: () => new Promise((done) => { server.removeAllListeners("exit"); server.on("exit", done); server.kill("SIGTERM"); }) };
}

// The page, once its first answer stands.
export async function openServed(browser, address, options) {
  const opened = await open(browser, address, options);
  await opened.page.waitForSelector(".certificate b");
  await settled(opened.page);
  return opened;
}

// Until all that is asked for stands, in the answers, in every figure, and in the address. The page says so itself: from the
// hand's touch to the last answer something is aria-busy, so that no machine is too slow for this, and nothing is waited for.
export const settled = (page) => page.waitForFunction(() => {
  const main = document.getElementById("answers");
  return main?.getAttribute("aria-busy") === "false" && main.dataset.address === "written" && !document.querySelector("[aria-busy='true']");
});

// Requests that match are held back until `release(k)`, of the first k, or of all and of those that come after, too.
export async function hold(page, pattern, method = null) {
  const held = [];
  let open = false;
  await page.route(pattern, (route) => {
    if (method && route.request().method() !== method) return route.fallback();
    if (open) return route.continue();
    return new Promise((done) => held.push(() => route.continue().catch(() => {}).then(done))); // caught: given up meanwhile
  });
  return {
    async waitFor(count) { while (held.length < count) await page.waitForTimeout(5); },
    async release(count = Infinity) {
      if (count === Infinity) open = true;
      for (const go of held.splice(0, count)) await go();
    },
  };
}

export const preset = async (page, name) => {
  await page.getByLabel("Start from").selectOption({ label: name });
  await settled(page);
};

export const barsOf = (page) => page.$$eval(".bars .row", (rows) => rows.map((r) => [r.dataset.region, r.querySelector(".row-value").textContent]));
export { chromium };
