// api.test.mjs: every route: what it answers, and what it says where it can't.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Server, steel } from "./server.mjs";

let server;
before(async () => {
  server = await Server.start("--store", ":memory:", "--quiet");
});
after(() => server.kill());

const failure = async (answer, status, sentence, place = {}) => {
  const { json, status: got } = await answer;
  assert.deepEqual(json, { error: { status, sentence, ...place } });
  assert.equal(got, status);
};

test("the program says what it is, and what it can do", async () => {
  const { json, status, headers } = await server.api("");
  assert.equal(status, 200);
  assert.equal(json.program, "entente");
  assert.equal(json.api, 1);
  assert.deepEqual(json.store, { lasting: false, runs: json.store.runs, pinned: 0, bytes: json.store.bytes });
  assert.ok(json.features.includes("run") && json.features.includes("lever"));
  assert.equal(headers["cache-control"], "no-store");
  assert.equal(headers["x-content-type-options"], "nosniff");
  assert.equal(headers["access-control-allow-origin"], undefined);
});

test("worlds: a list, and one with sums that agree with each other", async () => {
  const { json } = await server.api("worlds");
  assert.deepEqual(json.worlds.map((w) => [w.name, w.default])[0], ["baseline2022", true]);
  const world = (await server.api("worlds/baseline2022")).json;
  assert.equal(world.sha256, json.worlds[0].sha256);
  assert.equal(world.regions.length, json.worlds[0].regions);
  assert.equal(world.sectors.length, json.worlds[0].sectors);
  const sum = (rows, key) => rows.reduce((total, row) => total + row[key], 0);
  const near = (a, b) => assert.ok(Math.abs(a - b) <= 1e-8 * Math.abs(b), `${a} is not ${b}`);
  near(sum(world.regions, "output"), world.totals.output);
  near(sum(world.sectors, "output"), world.totals.output);
  near(sum(world.regions, "value_added"), world.totals.value_added);
  near(sum(world.regions, "exports"), sum(world.regions, "imports"));
  near(sum(world.sectors, "trade"), sum(world.regions, "exports"));
  assert.deepEqual(world.sector_groups.find((g) => g.code === "goods").members, world.sectors.filter((s) => s.good).map((s) => s.code));
  assert.ok(world.region_groups.find((g) => g.code === "EAST").members.includes("CHN"));
  await failure(server.api("worlds/baseline202"), 404, "there is no world baseline202 here; did you mean baseline2022?");
});

test("actions, presets and blueprints are lists", async () => {
  const actions = (await server.api("actions")).json.actions;
  const duty = actions.find((a) => a.name === "duty");
  assert.deepEqual(duty, { name: "duty", label: "Import duty", takes: ["importer", "exporter", "sector", "set", "add", "scale"], needs: ["importer", "exporter"] });
  const presets = (await server.api("presets")).json.presets;
  assert.ok(presets.some((p) => p.id === "lancaster-house/breakdown"));
  const blueprints = (await server.api("blueprints")).json;
  assert.ok(blueprints.keys.some((k) => k.key === "sourcing") && blueprints.presets.some((p) => p.name === "armington"));
});

test("every preset is a scenario that can be run, and needs no file", async () => {
  for (const preset of (await server.api("presets")).json.presets) {
    assert.doesNotMatch(preset.yaml, /\bfile:/, preset.id);
    const { status, json } = await server.post("scenario/check", { yaml: preset.yaml });
    assert.equal(status, 200, `${preset.id}: ${JSON.stringify(json.error)}`);
    assert.equal(json.scenario.name, preset.name);
  }
});

test("a scenario's text becomes rows and a text again, and both mean the same", async () => {
  const texts = [
    steel(),
    'name: "A: b # c"\nsource: >-\n  two\n  lines\nblueprint: {sourcing: two-tier, elasticities: {ELE: 4.5}}\nactions: []\n',
    "actions:\n  - duty: {importer: [USA, EUU], exporter: {not: [CHN, IND]}, sector: goods, set: -2.5%}\n  - transfer: {from: EUU, to: ROW, amount: 10e9 USD}\n",
  ];
  for (const yaml of texts) {
    const first = (await server.post("scenario/check", { yaml })).json;
    const again = await server.post("scenario/yaml", { scenario: first.scenario });
    assert.equal(again.status, 200);
    const second = (await server.post("scenario/check", { yaml: again.json.yaml })).json;
    assert.deepEqual(second.scenario, first.scenario);
    assert.deepEqual(second.lines, first.lines);
  }
  const { json } = await server.post("scenario/check", { yaml: steel() });
  assert.deepEqual(json.places, [{ line: 3, column: 5 }]);
});

test("mistakes in a scenario come with their line and column", async () => {
  await failure(server.post("scenario/check", { yaml: steel().replace("CHN", "CHM") }), 422, "baseline2022 has no region or group called CHM; did you mean CHN?", { line: 3, column: 37 });
  await failure(server.post("run", { yaml: "name: x\nactionss: []\n" }), 422, "no key of a scenario is called `actionss`; did you mean `actions`?", { line: 2, column: 1 });
  const two = await server.post("run", { scenarios: [steel(), steel().replace("25%", "25")] });
  assert.equal(two.status, 422);
  assert.equal(two.json.error.scenario, 1);
  assert.equal(two.json.error.line, 3);
});

test("no text from a client opens a file", async () => {
  const tries = [
    { yaml: "actions:\n  - duty: {importer: USA, exporter: CHN, file: /etc/passwd, column: x_pct}\n" },
    { yaml: "world: /etc/passwd\nactions: []\n" },
    { yaml: "blueprint: /etc/passwd\nactions: []\n" },
    { yaml: "blueprint: {elasticities: /etc/passwd}\nactions: []\n" },
  ];
  for (const body of tries) {
    const { status, json } = await server.post("run", body);
    assert.equal(status, 422);
    assert.match(json.error.sentence, /may not read files/);
  }
  const game = "players:\n  - region: USA\n    instruments: [import_duty: {partner: CHN}]\n";
  for (const yaml of [`actions:\n  - duty: {importer: USA, exporter: CHN, file: /etc/passwd, column: x_pct}\n${game}`, `world: ../x.nc\n${game}`])
    for (const kind of ["war", "talks"]) assert.match((await server.post(kind, { yaml })).json.error.sentence, /may not read files/);
  await failure(server.post("run", { yaml: steel(), set: ["elasticities=/etc/passwd"] }), 422,
    "--set elasticities=/etc/passwd: this text may not read files; write the numbers in place of /etc/passwd");
  await failure(server.post("run", { yaml: steel(), blueprint: "/etc/passwd" }), 400, "there is no blueprint /etc/passwd; GET /api/v1/blueprints lists them");
  await failure(server.post("run", { yaml: steel(), world: "/etc/passwd" }), 422, "there is no world /etc/passwd here; GET /api/v1/worlds lists them");
  for (const target of ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc%2fpasswd", "/etc/passwd"])
    assert.equal((await server.ask(target)).status, 404, target);
});

test("bodies are read strictly", async () => {
  await failure(server.post("run", '{"yaml": "name'), 400, "a string that begins here has no closing quote", { line: 1, column: 10 });
  await failure(server.post("run", "[]"), 400, "the body must be an object, {...}", { line: 1, column: 1 });
  await failure(server.post("run", { yamls: "x" }), 400, "there is no member `yamls`; did you mean `yaml`?", { line: 1, column: 10 });
  await failure(server.post("run", '{"yaml":\n 5}'), 400, "`yaml` must be a text", { line: 2, column: 2 });
  await failure(server.post("run", {}), 400, "there is no scenario: `yaml` is its text, or `scenarios` a list of several", { line: 1, column: 1 });
  await failure(server.post("run", { yaml: steel(), options: { tolerance: 7 } }), 400, "option tolerance is 7; it lies between 1e-14 and 0.001 (share of sales: largest residual accepted, E3-E11)");
  const body = JSON.stringify({ yaml: steel(), detail: "all" });
  await failure(server.post("run", body), 400, "`detail` is all, but must be one of full|regions", { line: 1, column: 1 + body.indexOf('"all"') });
  await failure(server.post("run", ""), 400, "nothing stands here, and a JSON value was expected", { line: 1, column: 1 });
  await failure(server.post("run", { yaml: steel() }, { type: "text/plain" }), 415, "the body must be JSON, with `Content-Type: application/json`");
});

test("unknown addresses are 404, wrong methods 405 with what is allowed", async () => {
  await failure(server.api("nix"), 404, "there is nothing at this address; docs/API.md lists what there is");
  for (const [method, target, allow] of [["GET", "run", "POST"], ["POST", "runs", "GET"], ["PUT", "runs/0123", "GET, PATCH, DELETE"], ["DELETE", "worlds", "GET"], ["OPTIONS", "run", "POST"]]) {
    const { status, headers } = await server.api(target, { method });
    assert.equal(status, 405, `${method} ${target}`);
    assert.equal(headers.allow, allow);
  }
  assert.equal((await server.ask("/index.html", { method: "POST", body: {} })).headers.allow, "GET");
});

test("a scenario without an answer gets a sentence, not a table", async () => {
  const { status, json } = await server.post("run", { yaml: steel(), options: { passes: 1, steps: 1, method: "newton", tolerance: 1e-14 } });
  assert.equal(status, 422);
  assert.match(json.error.sentence, /^not converged: the largest residual is/);
});

test("a run: report, files, command; the light one has regions alone", async () => {
  const { status, json } = await server.post("run", { yaml: steel(), blueprint: "armington", set: ["elasticities.ELE=4.5"], options: { tolerance: 1e-11 } });
  assert.equal(status, 200);
  assert.equal(json.command, "entente run steel.yaml --blueprint armington --set elasticities.ELE=4.5 --tolerance 1e-11 --out answers");
  assert.deepEqual(json.files, [{ name: "steel.yaml", yaml: steel() }]);
  assert.equal(json.kept, true);
  assert.equal(json.report.scenarios[0].certificate.converged, true);
  assert.ok(json.report.pairs.length > 0 && json.report.scenarios[0].sectors);
  const light = (await server.post("run", { yaml: steel(), detail: "regions" })).json;
  const full = (await server.post("run", { yaml: steel() })).json;
  assert.equal(light.kept, false);
  assert.equal(light.id, full.id);
  assert.deepEqual(light.report.main, []);
  assert.equal(light.report.scenarios[0].sectors, undefined);
  const v = full.report.variables.findIndex((x) => x.name === "real_income");
  assert.deepEqual(light.report.scenarios[0].after[v], full.report.scenarios[0].after[v]);
});

test("the order of members does not change a run's id, its question does", async () => {
  const id = async (body) => (await server.post("run", { detail: "regions", ...body })).json.id;
  const one = await id({ yaml: steel(), world: "baseline2022" });
  assert.equal(await id({ world: "baseline2022", yaml: steel(), keep: false }), one);
  assert.notEqual(await id({ yaml: steel(26), world: "baseline2022" }), one);
  assert.notEqual(await id({ yaml: steel(), world: "baseline2022", options: { tolerance: 1e-9 } }), one);
});

test("runs are kept once, listed newest first, marked and dropped", async () => {
  const ids = [];
  for (const percent of [31, 32, 33]) ids.push((await server.post("run", { yaml: steel(percent) })).json.id);
  await server.post("run", { yaml: steel(31) });
  const page = (await server.api("runs?limit=2")).json;
  assert.deepEqual(page.runs.map((r) => r.id), [ids[2], ids[1]]);
  assert.equal(page.next, ids[1]);
  const rest = (await server.api(`runs?limit=1&before=${page.next}`)).json;
  assert.equal(rest.runs[0].id, ids[0]);
  assert.equal(rest.runs[0].scenarios[0].lines[0], "Import duty of USA on CHN, ELE: +31 percentage points");
  const marked = await server.api(`runs/${ids[0]}`, { method: "PATCH", body: { pinned: true, note: "look at this" } });
  assert.deepEqual([marked.json.pinned, marked.json.note], [true, "look at this"]);
  assert.deepEqual((await server.api("runs?pinned=true")).json.runs.map((r) => r.id), [ids[0]]);
  const again = (await server.api(`runs/${ids[0]}`)).json;
  assert.equal(again.same, true);
  assert.equal(again.request.scenarios[0], steel(31));
  assert.equal((await server.api(`runs/${ids[1]}`, { method: "DELETE" })).status, 204);
  await failure(server.api(`runs/${ids[1]}`), 404, "there is no such run");
  await failure(server.api(`runs/${ids[1]}`, { method: "DELETE" }), 404, "there is no such run");
  await failure(server.api(`runs/${ids[0]}/passwd`), 404, "a run has no such file; it has regions.csv, sectors.csv, flows.csv, results.nc, report.html, manifest.json, and draws.csv where draws were made");
  await failure(server.api("runs?limit=0"), 400, "`limit` must be a whole number from 1 to 500");
});

test("levers: rank, matrix and exposure", async () => {
  const rank = (await server.post("lever", { question: "rank", objective: "real_income:CHN", by: "USA", levers: ["duty"], top: 3, yaml: steel() })).json;
  assert.equal(rank.command, "entente lever steel.yaml --objective real_income:CHN --by USA --lever duty --top 3");
  assert.equal(rank.rows.length, 3);
  assert.ok(Math.abs(rank.rows[0].effect) >= Math.abs(rank.rows[1].effect));
  const matrix = (await server.post("lever", { question: "matrix" })).json;
  assert.deepEqual(matrix.matrices.map((m) => m.lever), ["duty", "export_tax"]);
  assert.equal(matrix.matrices[0].loss_usd.length, matrix.regions.length);
  const exposure = (await server.post("lever", { question: "exposure", sector: "ELE" })).json;
  for (const row of exposure.share) assert.ok(Math.abs(row.reduce((a, b) => a + b, 0) - 1) < 1e-8); // shares of spending
  await failure(server.post("lever", { question: "rank", objective: "real_income:CHX" }), 422, "objective real_income:CHX: baseline2022 has no region called CHX; did you mean CHN?");
  await failure(server.post("lever", { objective: "real_income:CHN" }), 400, 'there is no `question`: "rank", "matrix" or "exposure"', { line: 1, column: 1 });
});

test("the page's files have types, tags and a policy without inline code", async () => {
  const { status, headers } = await server.ask("/");
  assert.equal(status, 200);
  assert.equal(headers["content-type"], "text/html; charset=utf-8");
  assert.match(headers["content-security-policy"], /^default-src 'self';/);
  assert.doesNotMatch(headers["content-security-policy"], /unsafe/);
  assert.equal((await server.ask("/", { headers: { "If-None-Match": headers.etag } })).status, 304);
  assert.equal((await server.ask("/", { headers: { "If-None-Match": '"other", W/' + headers.etag } })).status, 304);
  assert.equal((await server.ask("/page.js")).headers["content-type"], "text/javascript; charset=utf-8");
  const head = await server.ask("/page.css", { method: "HEAD" });
  assert.deepEqual([head.status, head.text], [200, ""]);
});
