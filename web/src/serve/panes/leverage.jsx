// leverage.jsx: derivatives at the benchmark or at the scenario: which instrument moves an outcome, who can hurt whom, who
// depends on whom.
// SPDX-License-Identifier: MIT
import { useEffect, useRef, useState } from "preact/hooks";
import { change, missing, moneyChange, short } from "../../format.js";
import { Exposure, LeverMatrix, levers } from "../../leverage.jsx";
import { Choice, Figure } from "../../parts/figure.jsx";
import { post } from "../api.js";

// The answer to a question, asked anew when it changes; what was answered last stays until then.
function useLever(question) {
  const key = JSON.stringify(question);
  const [state, setState] = useState({ answer: null, failed: null, key: null });
  const last = useRef(null);
  useEffect(() => {
    if (!question) return;
    last.current = key;
    const stop = new AbortController();
    post("/lever", question, stop.signal).then((answer) => last.current === key && setState({ answer, failed: null, key }), (e) => e.name !== "AbortError" && last.current === key && setState({ answer: null, failed: e.message, key }));
    return () => stop.abort();
  }, [key]);
  return { ...state, stale: state.key !== key };
}

const objectives = [["real_income", "Real income"], ["real_wage", "Real wage"], ["price_index", "Consumer prices"], ["income", "Income"], ["tariff_revenue", "Tariff revenue"]];

function Rank({ report, base }) {
  const [of, setOf] = useState("real_income"), [whom, setWhom] = useState(1), [by, setBy] = useState("others"), [kind, setKind] = useState("");
  const region = report.regions[Math.min(whom, report.regions.length - 1)];
  const { answer, failed, stale } = useLever({ ...base, question: "rank", objective: `${of}:${region.code}`, ...(by ? { by } : {}), ...(kind ? { levers: [kind] } : {}), top: 25 });
  const rows = answer?.rows ?? [];
  const largest = Math.max(...rows.map((r) => Math.abs(r.effect)), 1e-300);
  const labelOf = (code) => report.regions.find((r) => r.code === code)?.label ?? code;
  const words = (r) => `${labelOf(r.holder)}: ${levers[r.lever].toLowerCase()}${r.target ? ` on ${short(labelOf(r.target))}` : ""}`;
  const sectorOf = (code) => report.sectors.find((x) => x.code === code)?.label ?? code ?? "";
  const sheet = {
    name: "rank", caption: `effects of one percentage point on ${region.label}; ${answer?.unit ?? ""}`,
    columns: ["Instrument", "whose", "on whom", "sector", `effect, ${answer?.unit ?? ""}`, "effect, million USD", "own, million USD", "per dollar of own loss"].map((label) => ({ label, show: (x) => (typeof x === "number" ? (Number.isFinite(x) ? Number(x.toPrecision(4)).toString() : missing) : x ?? "") })),
    rows: rows.map((r, i) => ({ key: i, code: `${r.lever}:${r.holder}:${r.target ?? ""}:${r.sector}`, label: levers[r.lever], cells: [r.holder, r.target ?? "", r.sector, r.effect, r.effect_usd ?? NaN, r.own_usd ?? NaN, r.ratio ?? NaN] })),
  };
  return (
    <Figure id="rank" title={`What moves ${region.label}`} unit={`Effect of one percentage point more of each instrument on ${objectives.find(([k]) => k === of)[1].toLowerCase()}, 0.01 %; first order, ${answer?.where ?? ""}`} sheets={rows.length ? [sheet] : []} note={answer?.definition}
      controls={<>
        <Choice label="Of" value={whom} onChange={(x) => setWhom(Number(x))} options={report.regions.map((r, n) => ({ value: n, label: r.label }))} />
        <Choice label="What" value={of} onChange={setOf} options={objectives.map(([value, label]) => ({ value, label }))} />
        <Choice label="Whose" value={by} onChange={setBy} options={[{ value: "others", label: "all others'" }, { value: "", label: "everyone's" }, ...report.regions.map((r) => ({ value: r.code, label: r.label }))]} />
        <Choice label="Instrument" value={kind} onChange={setKind} options={[{ value: "", label: "all" }, ...Object.entries(levers).map(([value, label]) => ({ value, label }))]} />
      </>}>
      {failed && <p class="refusal" role="alert">{failed}</p>}
      <ol class={stale ? "rank stale" : "rank"}>
        {rows.map((r, i) => {
          const width = (50 * Math.abs(r.effect)) / largest;
          return (
            <li key={i} class="rank-row">
              <span class="row-label" title={`${words(r)}, ${sectorOf(r.sector)}`}>{words(r)} <span class="soft">{sectorOf(r.sector)}</span></span>
              <span class="track"><span class="zero" style={{ left: "50%" }} /><span class={`fill ${r.effect < 0 ? "neg-4" : "pos-4"}`} style={{ left: `${r.effect < 0 ? 50 - width : 50}%`, width: `${width}%` }} /></span>
              <span class="row-value">{change(1e4 * r.effect, 2)}</span>
              <span class="row-value soft">{Number.isFinite(r.effect_usd) && r.effect_usd !== null ? moneyChange(r.effect_usd) : ""}</span>
              <span class="row-value soft">{r.ratio === null || r.ratio === undefined ? "free" : `${Number(Math.abs(r.ratio).toPrecision(2))} : 1`}</span>
            </li>
          );
        })}
      </ol>
      {rows.length > 0 && <p class="key-line">effect, 0.01 % · effect, US dollars a year · for each dollar of the holder's own loss (free: it does not lose)</p>}
    </Figure>
  );
}

const withIncome = (report, codes) => codes.map((code) => { const n = report.regions.findIndex((r) => r.code === code); return { code, label: report.label(n), income: report.before(0, "income", n) }; });

export function Leverage({ report, body, region }) {
  const [at, setAt] = useState("scenario"), [sector, setSector] = useState("");
  const base = at === "scenario" ? { yaml: body.scenarios[0] } : body.bare;
  const matrix = useLever({ ...base, question: "matrix", levers: ["duty", "export_tax", "trade_cost"] });
  const exposure = useLever({ ...base, question: "exposure", ...(sector ? { sector } : {}) });
  const selected = region >= 0 ? report.regions[region].code : undefined;
  const sectors = [{ value: "", label: "All trade together" }, ...report.sectors.map((x) => ({ value: x.code, label: x.label }))];
  return (
    <>
      <div class="pane-head"><Choice label="At" value={at} onChange={setAt} options={[{ value: "scenario", label: `the scenario: ${report.scenarios[0].name}` }, { value: "benchmark", label: "the benchmark" }]} /></div>
      <Rank report={report} base={base} />
      {matrix.failed && <p class="refusal" role="alert">{matrix.failed}</p>}
      {matrix.answer?.matrices && <LeverMatrix data={{ regions: withIncome(report, matrix.answer.regions), matrices: matrix.answer.matrices }} where={matrix.answer.where} selected={selected} definition={matrix.answer.definition} />}
      {exposure.failed && <p class="refusal" role="alert">{exposure.failed}</p>}
      {exposure.answer?.welfare && <Exposure data={{ regions: withIncome(report, exposure.answer.regions), exposures: [{ sector, label: sectors.find((x) => x.value === sector).label, welfare: exposure.answer.welfare, model: exposure.answer.model }] }} where={exposure.answer.where} selected={selected} sector={sector} setSector={setSector} sectors={sectors} definition={exposure.answer.definition} />}
    </>
  );
}
