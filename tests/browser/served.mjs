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

// Until the whole answer of what is asked for stands.
export async function settled(page) {
  await page.waitForTimeout(350); // longer than a resting slider waits
  await page.waitForFunction(() => document.getElementById("answers").getAttribute("aria-busy") === "false");
}

export const preset = async (page, name) => {
  await page.getByLabel("Start from").selectOption({ label: name });
  await settled(page);
};

export const barsOf = (page) => page.$$eval(".bars .row", (rows) => rows.map((r) => [r.dataset.region, r.querySelector(".row-value").textContent]));
export { chromium };
