// durable.test.mjs: what was acknowledged is there after kill −9, at whatever moment it comes.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { copyFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Server, folder, pause, steel } from "./server.mjs";

// Ask for many runs, several at a time; remember what was acknowledged.
async function ask(server, count, acknowledged, first = 0) {
  let next = 0;
  const one = async () => {
    while (next < count) {
      const percent = 1 + first + next++;
      try {
        const { status, json } = await server.post("run", { yaml: steel(percent) });
        if (status === 200) acknowledged.set(json.id, percent);
      } catch {
        return; // killed meanwhile
      }
    }
  };
  await Promise.all([one(), one(), one(), one()]);
}

async function kept(server) {
  const found = new Map();
  for (let before = ""; ; ) {
    const { runs, next } = (await server.api(`runs?limit=500${before}`)).json;
    for (const run of runs) found.set(run.id, run);
    if (next === null) return found;
    before = `&before=${next}`;
  }
}

test("kill −9 in the middle of 100 runs loses none that was acknowledged", async () => {
  const store = path.join(folder, "killed.sqlite"), acknowledged = new Map();
  for (const many of [3, 17, 40, 71]) {
    const server = await Server.start("--store", store, "--quiet");
    const here = acknowledged.size, asking = ask(server, 100, acknowledged, here);
    while (acknowledged.size < here + many) await pause(3);
    await server.kill("SIGKILL");
    await asking;
    const again = await Server.start("--store", store, "--quiet");
    const found = await kept(again);
    for (const id of acknowledged.keys()) assert.ok(found.has(id), `lost ${id}`);
    const [id] = acknowledged.keys();
    if (id) assert.equal((await again.api(`runs/${id}`)).json.same, true);
    await again.kill("SIGKILL");
  }
  assert.ok(acknowledged.size >= 3 + 17 + 40 + 71);
});

test("a journal that was cut anywhere loses at most its end, and the store opens", async () => {
  const store = path.join(folder, "cut.sqlite"), acknowledged = new Map();
  const server = await Server.start("--store", store, "--quiet");
  await ask(server, 12, acknowledged);
  const base = readFileSync(store), journal = readFileSync(`${store}-wal`);
  await server.kill("SIGKILL");
  assert.equal(acknowledged.size, 12);
  let fewest = 12;
  for (const part of [1, 0.97, 0.71, 0.33, 0.05]) {
    const copy = path.join(folder, `cut-${part}.sqlite`);
    writeFileSync(copy, base);
    writeFileSync(`${copy}-wal`, journal);
    truncateSync(`${copy}-wal`, Math.floor(journal.length * part));
    const again = await Server.start("--store", copy, "--quiet");
    const found = await kept(again);
    if (part === 1) assert.deepEqual(new Set(found.keys()), new Set(acknowledged.keys()));
    assert.ok(found.size <= fewest);
    fewest = found.size;
    assert.equal((await again.post("run", { yaml: steel(99) })).json.kept, true);
    await again.kill();
  }
});

test("a clean end leaves one file, and the next server has all of it", async () => {
  const store = path.join(folder, "clean.sqlite");
  const first = await Server.start("--store", store, "--quiet");
  const { id } = (await first.post("run", { yaml: steel() })).json;
  await first.api(`runs/${id}`, { method: "PATCH", body: { pinned: true, note: "½ % – 中国" } });
  assert.deepEqual(await first.kill(), { code: 0, signal: null });
  assert.equal(existsSync(`${store}-wal`), false);
  assert.equal(statSync(store).mode & 0o077, 0); // its owner's alone
  const copy = path.join(folder, "copy.sqlite");
  copyFileSync(store, copy);
  const second = await Server.start("--store", copy, "--quiet");
  const row = (await kept(second)).get(id);
  assert.deepEqual([row.pinned, row.note], [true, "½ % – 中国"]);
  await second.kill();
});

test("a full store says so, and still gives what it has", async () => {
  const server = await Server.start("--store", path.join(folder, "full.sqlite"), "--store-limit", "1", "--quiet");
  const long = (k) => `name: ${k}\ndescription: ${"x".repeat(200000)}\nactions: []\n`;
  let answer;
  for (let k = 0; k < 10; k++) {
    answer = await server.post("run", { yaml: long(k) });
    if (answer.status !== 200) break;
  }
  assert.deepEqual(answer.json, { error: { status: 507, sentence: "the store is full: delete runs, or start the server with a larger --store-limit" } });
  const [first] = [...(await kept(server)).keys()];
  assert.equal((await server.api(`runs/${first}`)).status, 200);
  assert.equal((await server.api(`runs/${first}`, { method: "DELETE" })).status, 204);
  assert.equal((await server.post("run", { yaml: long(20) })).status, 200);
  await server.kill();
});
