// same.test.mjs: what the server gives is, to the byte, what the command that it names gives.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Server, entente, folder, steel } from "./server.mjs";

let server;
before(async () => {
  server = await Server.start("--store", ":memory:", "--quiet", "--seconds", "300");
});
after(() => server.kill());

const examples = path.join(path.dirname(fileURLToPath(import.meta.url)), "../../examples");

// Save the files, run the command's line in a shell, as a person would.
function follow(run, name) {
  const here = path.join(folder, name);
  mkdirSync(here);
  for (const file of run.files) writeFileSync(path.join(here, file.name), file.yaml);
  const done = spawnSync("sh", ["-c", run.command.replace(/^entente /, `"$ENTENTE" `)], { cwd: here, encoding: "utf8", env: { ...process.env, ENTENTE: path.resolve(entente) } });
  assert.equal(done.status, 0, done.stderr);
  return (file) => readFileSync(path.join(here, "answers", file));
}

const bodies = {
  one: { yaml: steel() },
  several: { scenarios: [steel(), steel(50), "name: It's a \"deal\"\nactions:\n  - duty: {importer: all, exporter: all, scale: 0.5}\n"], set: ["sourcing=two-tier", "mobility={all: specific}"] },
  unsure: { yaml: steel(), uncertain: { correlation: 0.3, draws: 20, seed: 7 }, options: { tolerance: 1e-12, method: "newton" }, decompose: "always" },
  started: { yaml: "start:\n  - duty: {importer: USA, exporter: CHN, sector: goods, set: 40%}\nblueprint: {closure: balanced}\nactions:\n  - duty: {importer: USA, exporter: CHN, sector: goods, set: 0%}\n" },
};

for (const [name, body] of Object.entries(bodies))
  test(`the command of a run gives the same bytes: ${name}`, async () => {
    const answer = await server.post("run", body);
    assert.equal(answer.status, 200, answer.text.slice(0, 300));
    const run = answer.json, file = follow(run, name);
    const files = ["regions.csv", "sectors.csv", "flows.csv", "report.html", "results.nc", ...(body.uncertain ? ["draws.csv"] : [])];
    for (const f of files) {
      const { status, data, headers } = await server.api(`runs/${run.id}/${f}`);
      assert.equal(status, 200, f);
      assert.ok(data.equals(file(f)), `${f} differs`);
      assert.equal(headers["content-disposition"], `attachment; filename="${f}"`);
    }
    const manifest = (bytes) => ({ ...JSON.parse(bytes), seconds: undefined });
    assert.deepEqual(manifest((await server.api(`runs/${run.id}/manifest.json`)).text), manifest(file("manifest.json")));
    const inside = file("report.html").toString().match(/<script type="application\/json" id="entente-data">(.*?)<\/script>/s)[1];
    assert.ok(answer.text.includes(`"report":${inside}}`), "the page's data differs");
    const again = (await server.api(`runs/${run.id}`)).json;
    assert.equal(again.same, true);
    assert.deepEqual(again.report, run.report);
  });

test("the command of a lever gives the same numbers", async () => {
  for (const body of [{ question: "rank", objective: "real_income:CHN - 0.5*real_income:USA", by: "USA", top: 7 }, { question: "rank", objective: "tariff_revenue:USA", by: "others", yaml: steel() }]) {
    const { json } = await server.post("lever", body);
    const here = path.join(folder, `lever-${json.rows.length}`);
    mkdirSync(here);
    for (const file of json.files) writeFileSync(path.join(here, file.name), file.yaml);
    const line = `${json.command.replace(/^entente /, `"$ENTENTE" `)} --format json`;
    const done = spawnSync("sh", ["-c", line], { cwd: here, encoding: "utf8", maxBuffer: 1 << 26, env: { ...process.env, ENTENTE: path.resolve(entente) } });
    assert.equal(done.status, 0, done.stderr);
    const rows = JSON.parse(done.stdout).rows.slice(0, json.rows.length);
    assert.deepEqual(json.rows.map((r) => [r.holder, r.target, r.sector, r.effect, r.own_usd]), rows.map((r) => [r.whose, r.on, r.sector, r.effect, r.own_musd]));
  }
});

// Run a command's line beside its files, as JSON.
function json(answer, name, words = "") {
  const here = path.join(folder, name);
  mkdirSync(here);
  for (const file of answer.files) writeFileSync(path.join(here, file.name), file.yaml);
  const line = `${answer.command.replace(/^entente /, `"$ENTENTE" `)} ${words} --format json --quiet`;
  const done = spawnSync("sh", ["-c", line], { cwd: here, encoding: "utf8", maxBuffer: 1 << 26, env: { ...process.env, ENTENTE: path.resolve(entente) } });
  assert.equal(done.status, 0, done.stderr);
  return JSON.parse(done.stdout);
}

test("the command of a chokepoint gives the same numbers", async () => {
  const answer = (await server.post("chokepoint", { targets: ["CHN"], senders: ["USA", "JPN"], products: ["ELE", "CHE"], remedies: true, top: 2, yaml: steel() })).json;
  const command = json(answer, "chokepoint");
  const numbers = ["trade_musd", "share", "formula_percent", "exact_percent", "loss_musd", "own_musd", "per_dollar", "others_musd"];
  const row = (r) => [r.target, r.sector, r.kind, ...numbers.map((n) => r[n])];
  assert.deepEqual(answer.rows.map(row), command.rows.slice(0, 2).map(row));
  assert.deepEqual(answer.joint.map((j) => j.joint_exact), command.joint.map((j) => j.joint_exact));
  assert.deepEqual(answer.remedies.map((r) => [r.remedy, r.with_percent]), command.remedied.map((r) => [r.remedy, r.with_percent]));
});

test("the command of a war gives the same numbers", async () => {
  const game = "name: Two\nplayers:\n  - region: USA\n    instruments: [import_duty: {partner: CHN, least: 0%, greatest: 300%}]\n  - region: CHN\n    instruments: [import_duty: {partner: USA, least: 0%, greatest: 300%}]\nconcepts:\n  - nash\n";
  const answer = (await server.post("war", { yaml: game, quick: true, rates: true })).json;
  const command = json(answer, "war");
  const nash = answer.answers.find((a) => a.concept === "nash");
  const wanted = command.answers.filter((r) => r.concept === "nash" && r.variable === "real_income").map((r) => r.value);
  assert.deepEqual(nash.real_income, wanted);
  assert.ok(nash.certificate.slope <= 1e-11 && nash.duties.length > 10);
  const quo = new Map(answer.answers[0].duties.map(([m, x, j, before, after]) => [`${m}-${x}-${j}`, [before, after]]));
  for (const [m, x, j, before] of nash.duties) assert.deepEqual(quo.get(`${m}-${x}-${j}`), [before, before]);
  assert.ok(quo.size > nash.duties.length);
});

test("the command of a war gives the same clubs, and what each is due of all blocs", async () => {
  const side = (who) => `  - {region: ${who}, instruments: [import_duty: {freedom: uniform, greatest: 10%}]}\n`;
  const game = `name: Club\nplayers:\n${["USA", "CHN", "EUU"].map(side).join("")}concepts:\n  - blocs\n  - club: {core: USA, candidates: EUU, target: [ban: {exporter: member, importer: CHN, sector: ELE}]}\n`;
  const { status, json: answer, text } = await server.post("war", { yaml: game, quick: true });
  assert.equal(status, 200, text.slice(0, 300));
  const command = json(answer, "club");
  assert.deepEqual(answer.clubs, command.clubs);
  assert.equal(answer.clubs.length, 1);
  assert.deepEqual(answer.clubs[0].players.map((p) => p.place), ["core", "outside", answer.clubs[0].players[2].member ? "round 1" : "stays out"]);
  const rule = answer.partitions[0].shares.find((s) => s.others === "alone");
  const wanted = command.answers.filter((r) => r.variable === "nucleolus_others_alone").map((r) => r.value);
  assert.deepEqual(rule.nucleolus, wanted);
  assert.equal(answer.partitions[0].partitions.every((k) => typeof k.lasts_farsighted === "boolean"), true);
  const wrong = await server.post("war", { yaml: game.replace("ban: {exporter", "duty: {file: rates.csv, column: rate_pct, exporter") });
  assert.match(wrong.json.error.sentence, /may not read files/);
});

test("the command of talks gives the same tables and numbers", async () => {
  const side = (mine, other) => `  - region: ${mine}\n    instruments: [import_duty: {partner: ${other}, least: 0%, greatest: 300%}]\n`;
  const game = `name: Two talk\nplayers:\n${side("USA", "CHN")}${side("CHN", "USA")}concepts: [nash]\ntalks:\n  discount: {USA: 0.95, CHN: 0.97}\n  period: 0.25\n  stubborn: {USA: 5%, CHN: 3%}\n  packages:\n    - name: a \\"half\\" & more\n      actions:\n        - duty: {importer: USA, exporter: CHN, scale: 0.5}\n`;
  const { status, json: answer, text } = await server.post("talks", { yaml: game, quick: true });
  assert.equal(status, 200, text.slice(0, 300));
  assert.match(answer.command, /^entente talks /);
  const command = json(answer, "talks");
  assert.deepEqual(answer.tables, command.tables);
  assert.deepEqual(answer.implied, command.implied);
  const names = answer.tables.map((t) => t.name);
  for (const name of ["points", "packages", "zone", "truce", "offers"]) assert.ok(names.includes(name), `${name} of ${names}`);
  assert.equal(names.includes("attrition"), !answer.missing.some((m) => m.part === "attrition"));
  assert.ok(answer.answers.some((a) => a.concept === "package"));
  assert.equal(answer.frontiers.length, 1);
});

test("presets are the examples: without their files, with their numbers", async () => {
  for (const preset of (await server.api("presets")).json.presets) {
    const done = spawnSync(entente, ["run", path.join(examples, `${preset.id}.yaml`), "--format", "csv"], { encoding: "utf8", maxBuffer: 1 << 26 });
    assert.equal(done.status, 0, done.stderr);
    const { json } = await server.post("run", { yaml: preset.yaml });
    assert.equal((await server.api(`runs/${json.id}/regions.csv`)).text, done.stdout, preset.id);
  }
});
