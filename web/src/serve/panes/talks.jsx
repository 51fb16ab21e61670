// talks.jsx: what two governments would do, and what both could accept: a game, by a small form or as its file's text, played by
// the server as `entente war` plays it, or talked over as by `entente talks`; the pay-off plane, what talks imply, who gains, the
// duties that are chosen, certificates.
// SPDX-License-Identifier: MIT
import { useContext, useMemo, useRef, useState } from "preact/hooks";
import { Certificates, Club, Duties, Incomes, Motive, Partitions, PlaneFigure, Shares, Talks } from "../../game_app.jsx";
import { Choice, Tools } from "../../parts/figure.jsx";
import { Editor } from "../editor.jsx";
import { shellLines } from "../shell.js";
import { actionText } from "../yaml.js";
import { Progress, useJob } from "./chokepoints.jsx";

const concepts = [["free-trade", "free trade"], ["optimum", "each one's optimum"], ["nash", "Nash war"], ["mfn-nash", "war of one rate for all"], ["equal-gain", "equal gain"], ["nash-bargaining", "Nash bargain"], ["frontier", "the frontier"]];
const patience = [0.8, 0.9, 0.95, 0.97, 0.99], priors = [0, 1, 3, 5, 10, 25], claims = [50, 60, 75, 90, 100], costs = [0, 0.02, 0.05, 0.1, 0.5]; // percent, but for patience
const taxes = { import_duty: "import duties", export_tax: "export taxes" };

function termsText({ players, discount, prior, claim, cost }) {
  const by = (what) => `{${players.map((code, p) => `${code}: ${what(p)}`).join(", ")}}`;
  return ["talks:", `  discount: ${by((p) => discount[p])}`, "  period: 0.25", "  punishment: [1, 4, forever]", `  stubborn: ${by((p) => `${prior[p]}%`)}`, `  claim: ${by(() => `${claim}%`)}`,
    ...(cost > 0 ? [`  cost: ${by(() => `[0%, ${cost}%]`)}`] : [])];
}

function gameText({ players, least, greatest, tax, asked, quo, name, ...terms }, world, tree) {
  const other = (p) => players[1 - p];
  const one = (kind, p) => `${kind}: {partner: ${other(p)}, least: ${least}%, greatest: ${greatest}%}`;
  const kinds = tax === "both" ? ["import_duty", "export_tax"] : [tax];
  const lines = [`name: ${JSON.stringify(name)}`, `world: ${world}`];
  if (quo && tree.actions.length > 0) lines.push("actions:", ...tree.actions.map((a) => `  - ${actionText(a)}`));
  lines.push("players:", ...players.flatMap((code, p) => [`  - region: ${code}`, `    instruments: [${kinds.map((k) => one(k, p)).join(", ")}]`]));
  lines.push("concepts:", ...asked.map((c) => (c === "frontier" ? "  - frontier: {points: 11}" : `  - ${c}`)), ...termsText({ players, ...terms }));
  return `${lines.join("\n")}\n`;
}

// One kind of tax at every point: [{ region, tax, partners: [{ partner, rates: [point][sector] }] }], percent, of governments and
// partners that some point moves; the status quo has all of them.
function ratesOf(answer, reached, tax, key, index, sectors) {
  const own = tax === "import" ? 0 : 1; // of [importer, exporter]
  const cells = new Map(); // "government-partner" -> [point][sector]
  const name = (row) => `${row[own]}-${row[1 - own]}`;
  const moved = new Set(reached.flatMap((a) => (a.concept === "status-quo" ? [] : a[key] ?? []).map(name)));
  reached.forEach((a, v) => (a[key] ?? []).forEach((row) => {
    if (!moved.has(name(row))) return;
    if (!cells.has(name(row))) cells.set(name(row), reached.map(() => new Array(sectors).fill(null)));
    const rates = cells.get(name(row)), [, , j, before, after] = row;
    rates.forEach((point) => { point[j] ??= 100 * before; });
    rates[v][j] = 100 * after;
  }));
  const partners = (n) => [...cells].map(([pair, rates]) => [...pair.split("-").map(Number), rates]).filter(([government]) => government === n).map(([, partner, rates]) => ({ partner, rates }));
  return answer.players.flatMap((p) => p.regions.map((code) => ({ region: index(code), tax, partners: partners(index(code)) }))).filter((d) => d.partners.length > 0);
}

// Those that last, the first (one bloc) and the last (everyone alone).
function partitionsOf({ regions, partitions, shares }, report) {
  const label = (bloc) => [...new Set(bloc)].sort((a, b) => a - b).map((b) => regions.filter((_, p) => bloc[p] === b).map((n) => report.regions[n].code).join("+")).join(" / ");
  const rows = partitions.filter((k, i) => k.lasts || i === 0 || i === partitions.length - 1);
  return { count: partitions.length, last: partitions.filter((k) => k.lasts).length, regions, rows: rows.map((k) => ({ label: label(k.bloc), stable: k.lasts, farsighted: k.lasts_farsighted, income: k.real_income_gain })), shares };
}

// The answer of the API as report.html of the command has it.
function asReport(answer, report) {
  const index = (code) => report.regions.findIndex((r) => r.code === code);
  const reached = answer.answers.filter((a) => a.reached), sectors = report.sectors.length;
  const points = reached.map((a) => ({
    name: a.name, label: a.label, concept: a.concept, income: a.real_income_gain, objective: a.players.map((p) => 100 * p.gain),
    found: a.certificate.found, starts: a.certificate.starts, rejected: a.certificate.rejected, free: a.certificate.free_rates, rounds: a.certificate.rounds, damped: a.certificate.damped, excess: a.certificate.excess, slope: a.certificate.slope, gain: a.certificate.gain_far, bend: a.certificate.second_order, stand: a.certificate.stand, doubt: a.certificate.doubt, radius: a.certificate.radius,
  }));
  const duties = Object.entries({ import: "duties", export: "export_taxes" }).flatMap(([tax, key]) => ratesOf(answer, reached, tax, key, index, sectors));
  return {
    ...answer, regions: report.regions, sectors: report.sectors, points, duties,
    players: answer.players.map((p) => ({ ...p, label: p.regions.length === 1 ? report.label(index(p.regions[0])) : p.name })),
    frontiers: answer.frontiers.map((f) => ({ ...f, points: f.points.map(([a, b, price]) => [100 * a, 100 * b, price]) })),
    partitions: answer.partitions.filter((t) => t.reached).map((t) => partitionsOf(t, report)),
    motives: answer.motives.filter((x) => x.reached).map((x) => ({
      ...x, without: x.slope_without,
      weights: x.weights.map(([n, j, weight]) => (x.kind === "lobby" ? { code: report.sectors[j].code, label: report.sectors[j].label, weight } : { code: `${report.regions[n].code}:${report.sectors[j].code}`, label: `${report.sectors[j].label} in ${report.label(n)}`, weight })),
    })),
    missing: [...answer.answers.filter((a) => !a.reached).map((a) => `${a.label}: ${a.why}`), ...[...answer.partitions.map((t) => ({ ...t, label: "blocs" })), ...answer.motives].filter((x) => !x.reached).map((x) => `${x.label}: ${x.why}`), ...(answer.missing ?? []).map((m) => `No ${m.part}: ${m.why}`)],
  };
}

export function TalksPane({ report, state }) {
  const { running, progress, result, failed, refusal, start, stop } = useJob();
  const codes = report.regions.map((r) => r.code);
  const [form, setForm] = useState({ players: [codes[0], codes[1]], least: 0, greatest: 300, tax: "import_duty", asked: concepts.map(([c]) => c), quo: false, discount: [0.95, 0.95], prior: [5, 5], claim: 75, cost: 0.05 });
  const name = `${form.players.join(" and ")}: war and talks`;
  const made = gameText({ ...form, name }, report.world.name, state.tree);
  const [own, setOwn] = useState(null);
  const outer = useContext(Tools), text = own ?? made;
  const change = (next) => { setForm({ ...form, ...next }); setOwn(null); };
  const regions = (p) => report.regions.filter((r) => r.code !== form.players[1 - p]).map((r) => ({ value: r.code, label: r.label }));
  const data = useMemo(() => result && asReport(result, report), [result]);
  const tools = result && { ...outer, command: () => shellLines(result), foot: () => [`${result.name} · ${report.world.title}`, `Entente ${report.version}; what the model implies, not a forecast`] };
  return (
    <>
      <div class="pane-head question">
        {[0, 1].map((p) => <Choice key={p} label={p === 0 ? "Between" : "and"} value={form.players[p]} onChange={(x) => change({ players: form.players.map((old, k) => (k === p ? x : old)) })} options={regions(p)} />)}
        <Choice label="with" value={form.tax} onChange={(x) => change({ tax: x })} options={[...Object.entries(taxes).map(([value, label]) => ({ value, label })), { value: "both", label: "both" }]} />
        <Choice label="Status quo" value={form.quo ? "scenario" : "benchmark"} onChange={(x) => change({ quo: x === "scenario" })} options={[{ value: "benchmark", label: "the benchmark" }, { value: "scenario", label: `the scenario: ${report.scenarios[0].name}` }]} />
        <button type="button" class="tool go" disabled={running} onClick={() => start("war", { yaml: text, rates: true })}>Play</button>
        <button type="button" class="tool" disabled={running} onClick={() => start("talks", { yaml: text, rates: true })}>Talk</button>
      </div>
      <fieldset class="concepts"><legend class="sr">What is asked</legend>{concepts.map(([c, label]) => <label key={c} class="box"><input type="checkbox" checked={form.asked.includes(c)} onChange={(e) => change({ asked: concepts.map(([x]) => x).filter((x) => (x === c ? e.currentTarget.checked : form.asked.includes(x))) })} /> {label}</label>)}</fieldset>
      <details class="behind"><summary>What talks assume</summary>
        <div class="question">
          {[0, 1].map((p) => <Choice key={p} label={`${form.players[p]}: discount factor a quarter`} value={form.discount[p]} onChange={(x) => change({ discount: form.discount.map((old, k) => (k === p ? Number(x) : old)) })} options={patience.map((d) => ({ value: d, label: String(d) }))} />)}
          {[0, 1].map((p) => <Choice key={p} label={`${form.players[p]}: prior that it cannot give in`} value={form.prior[p]} onChange={(x) => change({ prior: form.prior.map((old, k) => (k === p ? Number(x) : old)) })} options={priors.map((d) => ({ value: d, label: `${d} %` }))} />)}
          <Choice label="Each claims, of its largest gain" value={form.claim} onChange={(x) => change({ claim: Number(x) })} options={claims.map((d) => ({ value: d, label: `${d} %` }))} />
          <Choice label="Hidden cost of war, of real income" value={form.cost} onChange={(x) => change({ cost: Number(x) })} options={costs.map((d) => ({ value: d, label: d === 0 ? "none" : `up to ${d} %` }))} />
        </div>
        <p class="hint">Nobody has measured these; what talks imply is as good as they are. Patience and priors decide offers and dates; the zone of agreement and the prices of concessions do not need them.</p>
      </details>
      <details class="behind"><summary>The game as a file</summary><Editor text={text} name={name} label="Game as YAML" refusal={failed ? { message: failed, line: refusal?.line, column: refusal?.column } : null} onText={setOwn} /></details>
      {running && <Progress state={progress} onStop={stop} />}
      {failed && <p class="refusal" role="alert">{failed}</p>}
      {!result && !running && <p class="hint">Both sides choose their duties on each other, sector by sector: what each would do alone, in a war in which nobody would move, and what both could agree on. It is what the model implies, not a forecast.</p>}
      {data && (
        <Tools.Provider value={tools}>
          <div class={running ? "stale" : undefined} key={result.command}>
            {data.missing.map((line, i) => <p key={i} class="refusal">{line}</p>)}
            <PlaneFigure data={data} />
            <Talks data={data} />
            <Incomes data={data} />
            {data.duties.length > 0 && <Duties data={data} />}
            {data.partitions.map((all, i) => <Partitions key={i} all={all} regions={data.regions} />)}
            {data.partitions.map((all, i) => <Shares key={i} all={all} regions={data.regions} />)}
            {data.clubs.map((club) => <Club key={club.point} club={club} regions={data.regions} />)}
            {data.motives.map((motive) => <Motive key={motive.name} motive={motive} />)}
            <Certificates data={data} />
          </div>
        </Tools.Provider>
      )}
    </>
  );
}
