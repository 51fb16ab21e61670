// leverage.jsx: derivatives at the benchmark or at the scenario: which instrument moves an outcome, who can hurt whom, who
// depends on whom.
// SPDX-License-Identifier: MIT
import { useEffect, useRef, useState } from "preact/hooks";
import { Exposure, LeverMatrix, levers, Rank } from "../../leverage.jsx";
import { Choice } from "../../parts/figure.jsx";
import { patiently, post } from "../api.js";

// The answer to a question, asked anew when it changes; what was answered last stays until then.
function useLever(question) {
  const key = JSON.stringify(question);
  const [state, setState] = useState({ answer: null, failed: null, key: null });
  const last = useRef(null);
  useEffect(() => {
    if (!question) return;
    last.current = key;
    const stop = new AbortController();
    patiently(() => post("/lever", question, stop.signal), stop.signal).then((answer) => last.current === key && setState({ answer, failed: null, key }), (e) => e.name !== "AbortError" && last.current === key && setState({ answer: null, failed: e.message, key }));
    return () => stop.abort();
  }, [key]);
  return { ...state, stale: state.key !== key };
}

const objectives = [["real_income", "Real income"], ["real_wage", "Real wage"], ["price_index", "Consumer prices"], ["income", "Income"], ["tariff_revenue", "Tariff revenue"]];

function Ranked({ report, base }) {
  const [of, setOf] = useState("real_income"), [whom, setWhom] = useState(1), [by, setBy] = useState("others"), [kind, setKind] = useState("");
  const region = report.regions[Math.min(whom, report.regions.length - 1)];
  const { answer, failed, stale } = useLever({ ...base, question: "rank", objective: `${of}:${region.code}`, ...(by ? { by } : {}), ...(kind ? { levers: [kind] } : {}), top: 25 });
  return (
    <Rank data={answer} title={`What moves ${region.label}: ${objectives.find(([k]) => k === of)[1].toLowerCase()}`} regions={report.regions} sectors={report.sectors} failed={failed} stale={stale}
      controls={<>
        <Choice label="Of" value={whom} onChange={(x) => setWhom(Number(x))} options={report.regions.map((r, n) => ({ value: n, label: r.label }))} />
        <Choice label="What" value={of} onChange={setOf} options={objectives.map(([value, label]) => ({ value, label }))} />
        <Choice label="Whose" value={by} onChange={setBy} options={[{ value: "others", label: "all others'" }, { value: "", label: "everyone's" }, ...report.regions.map((r) => ({ value: r.code, label: r.label }))]} />
        <Choice label="Instrument" value={kind} onChange={setKind} options={[{ value: "", label: "all" }, ...Object.entries(levers).map(([value, label]) => ({ value, label }))]} />
      </>} />
  );
}

// Real incomes, in benchmark dollars, at the place where the question stands.
const withIncome = (report, codes, scenario) => codes.map((code) => {
  const n = report.regions.findIndex((r) => r.code === code);
  return { code, label: report.label(n), income: report.before(0, "income", n) * (scenario ? report.after(0, "real_income", n) : 1) };
});

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
      <Ranked report={report} base={base} />
      {matrix.failed && <p class="refusal" role="alert">{matrix.failed}</p>}
      {!matrix.answer && matrix.stale && <p class="hint" aria-busy="true">who can hurt whom: being worked out…</p>}
      {matrix.answer?.matrices && <LeverMatrix stale={matrix.stale} data={{ regions: withIncome(report, matrix.answer.regions, at === "scenario"), matrices: matrix.answer.matrices }} where={matrix.answer.where} selected={selected} definition={matrix.answer.definition} />}
      {exposure.failed && <p class="refusal" role="alert">{exposure.failed}</p>}
      {!exposure.answer && exposure.stale && <p class="hint" aria-busy="true">who depends on whom: being worked out…</p>}
      {exposure.answer?.welfare && <Exposure stale={exposure.stale} data={{ regions: withIncome(report, exposure.answer.regions, at === "scenario"), exposures: [{ sector, label: sectors.find((x) => x.value === sector).label, welfare: exposure.answer.welfare, model: exposure.answer.model }] }} where={exposure.answer.where} selected={selected} sector={sector} setSector={setSector} sectors={sectors} definition={exposure.answer.definition} />}
    </>
  );
}
