// guard.test.mjs: strangers: other hosts' pages, networks, clients that are slow, many, huge or talk nonsense.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { after, before, test } from "node:test";
import { Server, entente, folder, pause, steel } from "./server.mjs";

let server;
before(async () => {
  server = await Server.start("--store", ":memory:", "--quiet");
});
after(() => server.kill());

const status = async (headers, target = "/api/v1/") => (await server.ask(target, { headers })).status;

test("a page under a name that was bent to this address gets nothing", async () => {
  const port = server.url.port;
  for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1.evil.example", "169.254.1.1"]) {
    assert.equal(await status({ Host: host }), 403, host);
    assert.equal(await status({ Host: host }, "/"), 403, host);
  }
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, "[::1]"]) assert.equal(await status({ Host: host }), 200, host);
  for (const host of ["a b", "[::1", "x:99999", "x:", "[x]"]) assert.equal(await status({ Host: host }), 400, host);
  assert.match(await server.bytes("GET / HTTP/1.1\r\nHost:\r\n\r\n"), /^HTTP\/1.1 400 /);
  assert.match(await server.bytes("GET / HTTP/1.1\r\n\r\n"), /^HTTP\/1.1 400 /);
});

test("a page from elsewhere gets nothing, ours does", async () => {
  const host = `127.0.0.1:${server.url.port}`;
  assert.equal(await status({ Host: host, Origin: `http://${host}` }), 200);
  for (const origin of ["http://evil.example", "null", `http://localhost:${server.url.port}`, `http://${host}.evil.example`])
    assert.equal(await status({ Host: host, Origin: origin }), 403, origin);
  assert.equal(await status({ Host: host, "Sec-Fetch-Site": "cross-site" }), 403);
  assert.equal(await status({ Host: host, "Sec-Fetch-Site": "same-origin" }), 200);
});

test("another address than this machine's own needs a token; links let a browser in once", async () => {
  const refused = spawnSync(entente, ["serve", "--listen", "0.0.0.0", "--port", "0", "--store", ":memory:"], { encoding: "utf8" });
  assert.equal(refused.status, 2);
  assert.equal(refused.stderr, "entente: --listen 0.0.0.0: whoever reaches that address could ask; --token-file FILE with a secret of at least 16 characters keeps strangers out\n");
  const short = path.join(folder, "short.txt"), long = path.join(folder, "long.txt");
  writeFileSync(short, "secret\n");
  writeFileSync(long, "0123456789abcdef0123\nanother line\n");
  const weak = spawnSync(entente, ["serve", "--token-file", short, "--port", "0", "--store", ":memory:"], { encoding: "utf8" });
  assert.equal(weak.status, 2);
  assert.match(weak.stderr, /short.txt: its first line has 6 characters; a token has at least 16/);

  const open = await Server.start("--listen", "0.0.0.0", "--token-file", long, "--store", ":memory:", "--quiet", "--host", "Analysis.Example.org");
  open.url.hostname = "127.0.0.1";
  try {
    assert.equal((await open.api("")).status, 401);
    assert.equal((await open.ask("/")).status, 401);
    const bearer = (token) => ({ headers: { Authorization: `Bearer ${token}` } });
    assert.equal((await open.api("", bearer("0123456789abcdef012"))).status, 401);
    assert.equal((await open.api("", bearer("0123456789abcdef0123"))).status, 200);
    const named = { Authorization: "Bearer 0123456789abcdef0123", Host: "analysis.example.org" };
    assert.equal((await open.api("", { headers: named })).status, 200);
    assert.equal((await open.api("", { headers: { ...named, Host: "other.example.org" } })).status, 403);
    const entered = await open.ask(open.url.pathname);
    assert.equal(entered.status, 303);
    assert.match(entered.headers["set-cookie"][0], /; HttpOnly; SameSite=Strict$/);
    const cookie = entered.headers["set-cookie"][0].split(";")[0];
    assert.equal((await open.ask("/", { headers: { Cookie: `a=b; ${cookie}` } })).status, 200);
    assert.equal((await open.ask("/", { headers: { Cookie: `${cookie}x` } })).status, 401);
    assert.equal((await open.ask(open.url.pathname)).status, 401);
    const { link } = (await open.api("link", { method: "POST", ...bearer("0123456789abcdef0123") })).json;
    assert.equal((await open.ask(link)).status, 303);
  } finally {
    await open.kill();
  }
});

test("a port that is taken, a store that is another's: one sentence each", async () => {
  const taken = spawnSync(entente, ["serve", "--port", server.url.port, "--store", ":memory:"], { encoding: "utf8" });
  assert.deepEqual([taken.status, taken.stderr], [2, `entente: port ${server.url.port} of 127.0.0.1 is taken; --port N names another, --port 0 takes any\n`]);
  const store = path.join(folder, "held.sqlite");
  const holder = await Server.start("--store", store, "--quiet");
  const second = spawnSync(entente, ["serve", "--port", "0", "--store", store], { encoding: "utf8" });
  await holder.kill();
  assert.equal(second.status, 2);
  assert.equal(second.stderr, `entente: ${store}: another \`entente serve\` holds this store; give this one its own with --store FILE, or --store :memory:\n`);
  const text = path.join(folder, "text.txt");
  writeFileSync(text, "this is no database, but long enough to be taken for something else ".repeat(20));
  const wrong = spawnSync(entente, ["serve", "--port", "0", "--store", text], { encoding: "utf8" });
  assert.deepEqual([wrong.status, wrong.stderr], [2, `entente: ${text}: is no store of runs; --store FILE names another\n`]);
});

test("bodies over the limit are refused, whether they say their size or not", async () => {
  const huge = await server.post("run", { yaml: "x".repeat(1 << 20) });
  assert.equal(huge.status, 413);
  assert.match(huge.json.error.sentence, /^the body has 10485\d\d bytes, more than the 1048576 that are read$/);
  const chunk = "x".repeat(65536), chunks = `10000\r\n${chunk}\r\n`.repeat(20);
  const head = `POST /api/v1/run HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
  assert.match(await server.bytes(head + chunks + "0\r\n\r\n"), /^HTTP\/1.1 413 /);
  const endless = await server.bytes(head + `10000\r\n${chunk}\r\n`.repeat(200));
  assert.ok(endless === "" || endless.startsWith("HTTP/1.1 413 "));
});

test("nonsense is refused and breaks nothing", async () => {
  const noise = ["\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    `GET /${"a".repeat(4000)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`, `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${"a".repeat(60000)}\r\n\r\n`, "POST /api/v1/run HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"];
  const answers = await Promise.all(noise.map((bytes) => server.bytes(bytes)));
  for (const [k, bytes] of noise.entries()) {
    const back = answers[k];
    assert.ok(back === "" || /^HTTP\/1\.[01] [45]\d\d /.test(back), JSON.stringify([bytes.slice(0, 40), back.slice(0, 60)]));
  }
  assert.equal((await server.api("")).status, 200);
});

test("slow clients hold nobody up, and are let go in time", async () => {
  const slow = Array.from({ length: 100 }, () => {
    const socket = net.connect(Number(server.url.port), "127.0.0.1");
    socket.on("error", () => {});
    socket.write("POST /api/v1/run HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
    return socket;
  });
  let dripped = 0;
  const drips = setInterval(() => { dripped++; slow.forEach((s) => s.writable && s.write(" ")); }, 1000);
  await Promise.all(slow.map((s) => s.connecting && new Promise((resolve) => s.once("connect", resolve))));
  assert.equal((await server.post("run", { yaml: steel(), detail: "regions" })).status, 200);
  assert.ok(slow.some((s) => !s.closed)); // an answer while they are still at it
  await Promise.all(slow.map((s) => new Promise((resolve) => s.on("close", resolve)))); // a byte a second: within some 20 seconds
  clearInterval(drips);
  assert.ok(dripped < 200, `${dripped} bytes of 999 were waited for`); // by the clock that drips
});

test("a flood gets answers or 503 with Retry-After, and memory stays", async () => {
  const flood = async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, (_, k) => server.post("run", { yaml: steel(k + 1), keep: false }).catch(() => ({ status: 0 }))));
    for (const { status: s, headers } of answers) {
      assert.ok([200, 503, 0].includes(s), `${s}`); // 0: more connections than are open at once
      if (s === 503) assert.equal(headers["retry-after"], "1");
    }
    return answers.filter((a) => a.status === 200).length;
  };
  assert.ok((await flood()) > 0);
  await flood();
  const before = await server.memory();
  for (let k = 0; k < 4; k++) await flood();
  const grown = (await server.memory()) - before;
  assert.ok(grown < 40, `grew by ${grown} MB`);
  await pause(100);
  assert.equal((await server.api("")).status, 200);
});
