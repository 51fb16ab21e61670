// chokepoints.jsx: who can cut off whom, from what, and what diversification would buy: long work, so it is asked for by a
// button, as a job that says how far it is and can be stopped.
// SPDX-License-Identifier: MIT
import { useContext, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ChokepointFigures } from "../../chokepoint_app.jsx";
import { Choice, Tools } from "../../parts/figure.jsx";
import { job } from "../api.js";
import { shellLines } from "../shell.js";

export function Progress({ state, onStop }) {
  const { what, done, all } = state ?? {};
  return (
    <p class="progress" role="status">
      <progress value={all > 0 ? done : undefined} max={all > 0 ? all : 1} aria-label="how far" /> <span>{all > 0 ? `${what}: ${done} of ${all}` : "waiting for the server…"}</span> <button type="button" class="tool" onClick={onStop}>Stop</button>
    </p>
  );
}

// The answer of the API as report.html of the command has it, which is what its figures draw.
function asReport(answer, report, world, asked) {
  const threat = (r) => ({ ...r, vital: r.kind === "no_equilibrium", trade: r.trade_musd, formula: r.formula_percent, exact: r.exact_percent, loss_usd: r.loss_musd, own: r.own_percent, own_usd: r.own_musd, ratio: r.per_dollar });
  const income = (n) => report.before(0, "income", n);
  const used = new Set((answer.rows ?? []).map((r) => r.sender));
  return {
    ...answer,
    version: report.version, title: report.world.title, kind: "chokepoint", most_regions: 80, cut_days: 365,
    two_way: asked.two_way ?? false, formula_only: asked.formula ?? false, together: asked.together ?? false,
    bloc: used.has(null), senders: asked.senders ?? "all", targets: asked.targets ?? "all", products: asked.products ?? "all",
    regions: report.regions.map((r, n) => ({ ...r, income: income(n) })), sectors: report.sectors, uses: world.uses,
    rows: answer.rows.map(threat), pairs: (answer.pairs ?? []).map(threat),
    joint: (answer.joint ?? []).map((x) => ({ target: x.target, sector: x.sector, single_formula: x.sum_of_single_formula, joint_formula: x.joint_formula, single: x.sum_of_single_exact, joint: x.joint_exact })),
    remedied: (answer.remedies ?? []).map((m) => ({ row: m.row, kind: m.remedy, partner: m.partner, size: m.size, premium: m.premium_percent, without: m.without_percent, left: m.left_percent, with: m.with_percent, even: m.even })),
    markets: (answer.markets ?? []).map((m) => ({ ...m, foreign: m.foreign_share })),
  };
}

// A job under way, one at a time; it ends with the pane.
export function useJob() {
  const [state, setState] = useState({ running: false, progress: null, result: null, failed: null, refusal: null });
  const stop = useRef(null);
  useEffect(() => () => stop.current?.abort(), []);
  const start = async (kind, request) => {
    stop.current?.abort();
    const mine = (stop.current = new AbortController());
    const put = (next) => stop.current === mine && setState((old) => ({ ...old, ...next }));
    put({ running: true, progress: null, failed: null, refusal: null });
    try {
      const result = await job(kind, request, (progress) => put({ progress }), mine.signal);
      put({ running: false, result });
    } catch (e) {
      put({ running: false, failed: e.name === "AbortError" ? null : e.message, refusal: e });
    }
  };
  return { ...state, start, stop: () => stop.current?.abort() };
}

export function Chokepoints({ report, map, world, yaml }) {
  const asked = useRef({});
  const { running, progress, result, failed, start, stop } = useJob();
  const [at, setAt] = useState("scenario"), [product, setProduct] = useState(report.sectors.some((x) => x.code === "ELE") ? "ELE" : ""), [sender, setSender] = useState(""), [target, setTarget] = useState(""), [way, setWay] = useState("one"), [how, setHow] = useState("exact");
  const outer = useContext(Tools);
  const regions = report.regions.map((r) => ({ value: r.code, label: r.label }));
  const ask = () => start("chokepoint", (asked.current = {
    ...(at === "scenario" ? { yaml } : { world: report.world.name }),
    ...(product === "each" ? {} : product === "" ? { together: true } : { products: [product] }),
    ...(sender ? { senders: [sender] } : {}), ...(target ? { targets: [target] } : {}),
    ...(way === "two" ? { two_way: true } : {}), matrix: true, markets: true, ...(how === "formula" ? { formula: true } : { remedies: true }), top: 25,
  }));
  const data = useMemo(() => result && asReport(result, report, world, asked.current), [result]);
  const tools = result && { ...outer, command: () => shellLines(result), foot: () => [`Chokepoints, ${data.where} · ${data.title || data.world}`, `Entente ${data.version}`] };
  return (
    <>
      <div class="pane-head question">
        <Choice label="At" value={at} onChange={setAt} options={[{ value: "scenario", label: `the scenario: ${report.scenarios[0].name}` }, { value: "benchmark", label: "the benchmark" }]} />
        <Choice label="Product" value={product} onChange={setProduct} options={[{ value: "", label: "everything together" }, { value: "each", label: "each alone (long)" }, ...report.sectors.map((x) => ({ value: x.code, label: x.label }))]} />
        <Choice label="Who cuts off" value={sender} onChange={setSender} options={[{ value: "", label: "everyone" }, ...regions]} />
        <Choice label="whom" value={target} onChange={setTarget} options={[{ value: "", label: "everyone" }, ...regions]} />
        <Choice label="Way" value={way} onChange={setWay} options={[{ value: "one", label: "no sales to the target" }, { value: "two", label: "no trade either way" }]} />
        <Choice label="How" value={how} onChange={setHow} options={[{ value: "exact", label: "general equilibrium" }, { value: "formula", label: "formula, fixed wages" }]} />
        <button type="button" class="tool go" disabled={running} onClick={ask}>Rank the cut-offs</button>
      </div>
      {running && <Progress state={progress} onStop={stop} />}
      {failed && <p class="refusal" role="alert">{failed}</p>}
      {!result && !running && <p class="hint">For every pair of regions: what the target loses when the sender stops selling the product to it, what that costs the sender, who else supplies it, and what a subsidy, a green channel or a stock would buy.</p>}
      {result && <Tools.Provider value={tools}><div class={running ? "stale" : undefined}><ChokepointFigures key={result.command} data={data} map={map} /></div></Tools.Provider>}
    </>
  );
}
