// serve.mjs [SECONDS [A_SECOND]]: what `entente serve` bears: a steady stream of different runs on baseline2022 from one client, each with a
// request of its own (so that nothing is found in a memory of answers) and kept on disk. Prints answers, errors, latencies and the server's
// resident memory. ENTENTE: the command.
// SPDX-License-Identifier: MIT
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";

const seconds = Number(process.argv[2] ?? 60), rate = Number(process.argv[3] ?? 200);
const detail = process.argv[4] ?? "regions", keep = (process.argv[5] ?? "keep") === "keep", decompose = process.argv[6] ?? "auto";
const folder = mkdtempSync(path.join(os.tmpdir(), "entente-bench-")), store = path.join(folder, "runs.sqlite");
const child = spawn(process.env.ENTENTE ?? "build/entente", ["serve", "--port", "0", "--store", store, "--quiet"], { stdio: ["ignore", "pipe", "inherit"] });
const url = new URL(await new Promise((resolve) => child.stdout.once("data", (line) => resolve(String(line).trim()))));
const agent = new http.Agent({ keepAlive: true, maxSockets: 32 });
const memory = () => Number(readFileSync(`/proc/${child.pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/)[1]) / 1024;
const processor = () => readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1].split(" ").slice(11, 13).reduce((a, b) => a + Number(b), 0) / 100;

const run = (k) =>
  new Promise((resolve) => {
    const began = performance.now();
    const yaml = `name: Duty ${k}\nactions:\n  - duty: {importer: USA, exporter: CHN, sector: goods, add: ${(k % 14500) / 100}%}\n  - duty: {importer: CHN, exporter: USA, sector: goods, add: ${((7 * k) % 12500) / 100}%}\n`;
    const body = Buffer.from(JSON.stringify({ yaml, detail, keep, decompose }));
    const request = http.request({ agent, host: url.hostname, port: url.port, path: "/api/v1/run", method: "POST", headers: { "Content-Type": "application/json", "Content-Length": body.length } }, (response) => {
      let size = 0;
      response.on("data", (chunk) => (size += chunk.length));
      response.on("end", () => resolve({ status: response.statusCode, milliseconds: performance.now() - began, size }));
    });
    request.on("error", (why) => resolve({ status: why.code, milliseconds: performance.now() - began, size: 0 }));
    request.end(body);
  });

for (let k = 0; k < 50; k++) await run(k + 1); // benchmarks laid, room taken
const answers = [], began = performance.now(), used = processor(), first = memory();
let asked = 0, middle = first;
await new Promise((resolve) => {
  const timer = setInterval(() => {
    const due = Math.min(seconds * rate, Math.floor(((performance.now() - began) / 1000) * rate));
    while (asked < due) run(100 + asked++).then((answer) => answers.push(answer));
    if (asked < (seconds * rate) / 2) middle = memory();
    if (asked === seconds * rate && answers.length === asked) {
      clearInterval(timer);
      resolve();
    }
  }, 2);
});
const took = (performance.now() - began) / 1000;
const times = answers.map((a) => a.milliseconds).sort((a, b) => a - b), at = (q) => times[Math.floor(q * (times.length - 1))].toFixed(1);
const wrong = answers.filter((a) => a.status !== 200);
console.log(`${answers.length} runs (${detail}, ${keep ? "kept" : "not kept"}) in ${took.toFixed(1)} s: ${(answers.length / took).toFixed(0)} a second; ${wrong.length} errors ${JSON.stringify([...new Set(wrong.map((a) => a.status))])}`);
console.log(`latency, ms: median ${at(0.5)}, 95 % ${at(0.95)}, 99 % ${at(0.99)}, most ${at(1)}; ${(answers[0].size / 1024).toFixed(0)} kB an answer`);
console.log(`server: ${(1000 * (processor() - used) / answers.length).toFixed(1)} ms of the processor a run; memory ${first.toFixed(0)} MB, half way ${middle.toFixed(0)} MB, at the end ${memory().toFixed(0)} MB; store ${(statSync(store).size / 1048576).toFixed(0)} MB`);
child.kill();
await new Promise((resolve) => child.on("exit", resolve));
rmSync(folder, { recursive: true });
process.exit(wrong.length > 0 ? 1 : 0);
