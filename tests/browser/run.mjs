// run.mjs: the browser tests, or one sentence why they are skipped (77 for CTest). ENTENTE: the command under test.
// SPDX-License-Identifier: MIT
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "./page.mjs";

if (!chromium) {
  const why = "chromium is not installed (apt-get install chromium, or set CHROMIUM)";
  console.log(`${process.env.CI ? "failed" : "skipped"} browser: ${why}`);
  process.exit(process.env.CI ? 1 : 77);
}
const here = path.dirname(fileURLToPath(import.meta.url));
const files = readdirSync(here).filter((f) => f.endsWith(".test.mjs")).sort().map((f) => path.join(here, f));
const done = spawnSync(process.execPath, ["--test", "--test-concurrency=2", ...files], { stdio: "inherit" });
process.exit(done.status ?? 1);
