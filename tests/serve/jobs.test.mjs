// jobs.test.mjs: long work: progress as it comes, the same answer as asked directly, cancelled, and taken up again.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { Server, folder, pause, steel } from "./server.mjs";

let server;
before(async () => {
  server = await Server.start("--store", ":memory:", "--quiet", "--seconds", "300");
});
after(() => server.kill());

const draws = (count, percent = 25) => ({ kind: "run", request: { yaml: steel(percent), uncertain: { draws: count } } });

test("a job answers what the question answers", async () => {
  const { status, json, headers } = await server.post("jobs", draws(20));
  assert.equal(status, 202);
  assert.equal(headers.location, `/api/v1/jobs/${json.job}`);
  const events = await server.events(`/api/v1/jobs/${json.job}/events`);
  const last = events.at(-1);
  assert.equal(last.event, "done");
  const direct = (await server.post("run", draws(20).request)).json;
  assert.deepEqual(last.data.result.report, direct.report);
  assert.equal(last.data.result.id, direct.id);
  assert.deepEqual((await server.events(`/api/v1/jobs/${json.job}/events`)).map((e) => e.event), ["done"]); // who comes late
  const state = (await server.api(`jobs/${json.job}`)).json;
  assert.equal(state.state, "done");
  assert.equal(state.result.id, direct.id);
});

test("progress comes while it works, and a cancelled job ends", async () => {
  const { job } = (await server.post("jobs", draws(1000000))).json;
  let seen = 0;
  const events = await server.events(`/api/v1/jobs/${job}/events`, async (event) => {
    if (event.event === "progress" && event.data.what === "draws" && event.data.done > 0 && ++seen === 2) assert.equal((await server.api(`jobs/${job}`, { method: "DELETE" })).status, 204);
  });
  assert.equal(events.at(-1).event, "cancelled");
  const done = events.filter((e) => e.data.what === "draws").map((e) => e.data.done);
  assert.ok(done.every((d, k) => k === 0 || d >= done[k - 1]));
  assert.equal((await server.api(`jobs/${job}`)).json.state, "cancelled");
});

test("a job that waits can be cancelled; an ended one forgotten", async () => {
  const first = (await server.post("jobs", draws(1000000))).json.job;
  const second = (await server.post("jobs", draws(1000000, 26))).json.job;
  assert.equal((await server.api(`jobs/${second}`)).json.state, "waiting");
  assert.equal((await server.api(`jobs/${second}`, { method: "DELETE" })).status, 204);
  assert.equal((await server.api(`jobs/${second}`)).json.state, "cancelled");
  await server.api(`jobs/${first}`, { method: "DELETE" });
  await server.events(`/api/v1/jobs/${first}/events`);
  assert.equal((await server.api(`jobs/${first}`, { method: "DELETE" })).status, 204);
  assert.equal((await server.api(`jobs/${first}`)).status, 404);
  assert.ok(!(await server.api("jobs")).json.jobs.some((j) => j.job === first));
});

test("a job with a mistake fails with the sentence of the question", async () => {
  const { job } = (await server.post("jobs", { kind: "run", request: { yaml: steel().replace("CHN", "CHM") } })).json;
  const last = (await server.events(`/api/v1/jobs/${job}/events`)).at(-1);
  assert.equal(last.event, "failed");
  assert.deepEqual(last.data.error, { status: 422, sentence: "baseline2022 has no region or group called CHM; did you mean CHN?", line: 3, column: 37 });
  assert.equal((await server.post("jobs", { kind: "riot", request: {} })).status, 400);
  assert.equal((await server.api("jobs/0000/events")).status, 404);
});

test("talks are asked for as a job, and what is wrong is said by place", async () => {
  const side = (mine, other) => `  - region: ${mine}\n    instruments: [import_duty: {partner: ${other}, least: 0%, greatest: 300%}]\n`;
  const right = { yaml: `players:\n${side("USA", "CHN")}${side("CHN", "USA")}concepts: [nash]\n`, quick: true };
  const asked = (await server.post("jobs", { kind: "talks", request: right })).json.job;
  const done = (await server.events(`/api/v1/jobs/${asked}/events`)).at(-1);
  assert.equal(done.event, "done");
  assert.ok(done.data.result.tables.length >= 2);
  assert.deepEqual(done.data.result.implied, (await server.post("talks", right)).json.implied);
  const wrong = "players:\n  - region: USA\n    instruments: [import_duty: {partner: CHM}]\n";
  const direct = await server.post("talks", { yaml: wrong });
  assert.equal(direct.status, 422);
  assert.equal(direct.json.error.line, 3);
  const { job } = (await server.post("jobs", { kind: "talks", request: { yaml: wrong } })).json;
  const last = (await server.events(`/api/v1/jobs/${job}/events`)).at(-1);
  assert.equal(last.event, "failed");
  assert.equal(last.data.error.sentence, direct.json.error.sentence);
});

test("a job that was acknowledged outlives its server, killed or ended", async () => {
  // How long the jobs must be to be under way when the server ends is the machine's matter: longer ones where they were not.
  const lives = async (signal, count) => {
    const store = path.join(folder, `jobs-${signal}-${count}.sqlite`);
    const first = await Server.start("--store", store, "--quiet");
    const jobs = [];
    for (const percent of [11, 12]) jobs.push((await first.post("jobs", draws(count, percent))).json.job);
    while ((await first.api(`jobs/${jobs[0]}`)).json.state === "waiting") await pause(20);
    await first.kill(signal);
    const second = await Server.start("--store", store, "--quiet");
    const open = await Promise.all(jobs.map(async (job) => (await second.api(`jobs/${job}`)).json.state !== "done"));
    for (const job of jobs) {
      const events = await second.events(`/api/v1/jobs/${job}/events`);
      assert.equal(events.at(-1).event, "done");
    }
    await second.kill();
    return open.every(Boolean);
  };
  for (const signal of ["SIGKILL", "SIGTERM"]) {
    let count = 400;
    while (!(await lives(signal, count))) assert.ok((count *= 2) < 100000, "no job is ever under way");
  }
});

test("a job under which the server dies again and again is given up", async () => {
  const store = path.join(folder, "deadly.sqlite");
  let job;
  for (let k = 0; k < 3; k++) {
    const server = await Server.start("--store", store, "--quiet");
    job ??= (await server.post("jobs", draws(1000000))).json.job;
    while ((await server.api(`jobs/${job}`)).json.state !== "running") await pause(20);
    await server.kill("SIGKILL");
  }
  const last = await Server.start("--store", store, "--quiet");
  const event = (await last.events(`/api/v1/jobs/${job}/events`)).at(-1);
  assert.equal(event.data.error.sentence, "the server ended several times while it worked on this job; it is not tried again");
  await last.kill();
});
