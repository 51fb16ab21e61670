// trade.jsx: who loses the sale and who gains it; who sells more to whom; duties; a pair in detail.
// SPDX-License-Identifier: MIT
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { makeBreaks, oneSide } from "../../colour.js";
import { Diversion, diversionOf } from "../../figures/diversion.jsx";
import { Heat } from "../../figures/heat.jsx";
import { change, money, moneyChange, rate, short } from "../../format.js";
import { Choice, Figure } from "../../parts/figure.jsx";
import { Legend } from "../../parts/legend.jsx";
import { Matrix, Pair } from "../../sections.jsx";
import { flowsOf } from "../flows.js";

// Flows by sector of what is shown, once they are wanted and whenever it has settled anew; `of`: of which question they are.
function useFlows(report, request, wanted) {
  const [flows, setFlows] = useState({ of: null, data: null, failed: null });
  const asked = useRef(null);
  useEffect(() => {
    if (!wanted || asked.current === request) return;
    asked.current = request;
    flowsOf(request, report).then((data) => asked.current === request && setFlows({ of: request, data, failed: null }), (e) => asked.current === request && setFlows({ of: request, data: null, failed: e.message }));
  }, [wanted, request]);
  return flows;
}

// What is shown against what it is shown against: the benchmark (null), or a pinned scenario. Until both are there, those that
// were there last, and that they are stale.
function useTogether(report, request, base) {
  const shown = useFlows(report, request, Boolean(request)), other = useFlows(report, base, Boolean(base));
  const fresh = request && shown.of === request && (!base || other.of === base), last = useRef(null);
  const data = useMemo(() => {
    if (!fresh) return last.current;
    const pair = base && shown.data && other.data && { cell: (...at) => ({ before: other.data.cell(...at).after, after: shown.data.cell(...at).after }) };
    return (last.current = base ? pair : shown.data);
  }, [fresh, shown.data, base, other.data]);
  return { data, failed: fresh ? shown.failed ?? (base ? other.failed : null) : null, stale: !fresh };
}

function partnersOf(report, s, place, selling, sector, flows) {
  return report.main.map((n, p) => {
    if (p === place) return null;
    const [m, x] = selling ? [p, place] : [place, p];
    const flow = sector < 0 ? report.bilateral(s, m, x) : flows ? flows.cell("value", report.main[m], report.main[x], sector) : { before: NaN, after: NaN };
    return { key: report.regions[n].code, label: report.label(n), before: flow.before, after: flow.after };
  }).filter(Boolean);
}

// Who moves most, for a first look.
function mostDiverted(report, s) {
  const moved = (m) => report.main.reduce((sum, _, x) => { const f = x === m ? null : report.bilateral(s, m, x); return sum + (f ? Math.max(0, f.before - f.after) : 0); }, 0);
  return report.main.map((_, m) => m).reduce((a, b) => (moved(b) > moved(a) ? b : a));
}

function Diverted({ report, s, region, sector, setSector, flows, failed, stale }) {
  const [selling, setSelling] = useState(false), [chosen, setChosen] = useState(-1);
  const first = useMemo(() => mostDiverted(report, s), [report.main.length]);
  const place = chosen >= 0 ? chosen : report.main.indexOf(region) >= 0 ? report.main.indexOf(region) : first;
  const name = short(report.label(report.main[place])), what = sector < 0 ? "all trade" : report.sectors[sector].label;
  const partners = partnersOf(report, s, place, selling, sector, flows);
  const moved = diversionOf(partners, selling ? ["not sold abroad any more", "sold abroad anew"] : ["made at home or not bought", "bought anew, not made at home"]);
  const sheet = {
    name: "diversion", caption: `${name}, ${what}: ${selling ? "sales by buyer" : "purchases by seller"}, million US dollars a year at the border`,
    columns: [{ label: selling ? "Buyer" : "Seller" }, { label: "before", show: money }, { label: "after", show: money }, { label: "change", show: moneyChange }],
    rows: [...partners].sort((a, b) => a.after - a.before - (b.after - b.before)).map((p) => ({ key: p.key, code: p.key, label: p.label, cells: [p.before, p.after, p.after - p.before] })),
  };
  return (
    <Figure id="diversion" stale={sector >= 0 && stale} title={selling ? `Where ${name} sells instead` : `Who sells to ${name} instead`} unit={`Change in the value of ${what} against ${report.base}, at the border before duty, US dollars a year`} sheets={[sheet]}
      note="An equilibrium knows who sells less and who sells more, not which sale went to whom: each loss is shared among the gains in proportion."
      controls={<>
        <Choice label="As" value={selling ? "seller" : "buyer"} onChange={(x) => setSelling(x === "seller")} options={[{ value: "buyer", label: "buyer" }, { value: "seller", label: "seller" }]} />
        <Choice label="Region" value={place} onChange={(x) => setChosen(Number(x))} options={report.main.map((n, p) => ({ value: p, label: report.label(n) }))} />
        <Choice label="Of what" value={sector} onChange={(x) => setSector(Number(x))} options={[{ value: -1, label: "all trade" }, ...report.sectors.map((x, j) => ({ value: j, label: x.label }))]} />
      </>}>
      {sector >= 0 && !flows ? <p class="hint">{failed ?? "reading the flows by sector…"}</p> : moved.total > 0 ? <Diversion flows={moved} words={selling ? ["buys less", "buys more"] : ["sells less", "sells more"]} /> : <p class="hint">Nothing moves.</p>}
    </Figure>
  );
}

function Duties({ report, sector, setSector, flows, failed, stale }) {
  const [how, setHow] = useState("after");
  const regions = report.main.map((n) => report.regions[n]);
  const j = Math.max(sector, 0);
  const cell = (r, c) => (flows && r !== c ? flows.cell("duty", report.main[c], report.main[r], j) : { before: NaN, after: NaN });
  const value = (r, c) => { const d = cell(r, c); return 100 * (how === "after" ? d.after : how === "before" ? d.before : d.after - d.before); };
  const places = regions.map((_, i) => i);
  const numbers = useMemo(() => places.flatMap((r) => places.map((c) => value(r, c))), [flows, j, how]);
  const breaks = useMemo(() => makeBreaks(numbers), [numbers]);
  const before = report.against >= 0 ? `under ${report.base}` : "before";
  const labels = { after: "duty after, %", before: `duty ${before}, %`, change: "change, points" };
  const sheet = {
    name: "duties", caption: `${report.sectors[j].label}: ${labels[how]}; exporters down, importers across`,
    columns: [{ label: "Exporter" }, ...regions.map((r) => ({ label: r.code, show: (x) => change(x, 1).replace("+", "") }))],
    rows: regions.map((r, i) => ({ key: i, code: r.code, label: r.label, cells: places.map((c) => value(i, c)) })),
  };
  return (
    <Figure id="duties" stale={stale} title="Duties" unit={`${report.sectors[j].label}: import duty that the column levies on the row; ${labels[how]}`} sheets={flows ? [sheet] : []}
      controls={<>
        <Choice label="Of what" value={j} onChange={(x) => setSector(Number(x))} options={report.sectors.map((x, k) => ({ value: k, label: x.label }))} />
        <Choice label="Show" value={how} onChange={setHow} options={Object.entries(labels).map(([v, label]) => ({ value: v, label }))} />
      </>}>
      {flows ? <>
        <Heat rows={regions} columns={regions} corner="on ↓   levied by →" label="Duties by exporter and importer" value={value} breaks={breaks} show={(x) => (Math.abs(x) < 0.05 ? "0" : change(x, Math.abs(x) < 9.95 ? 1 : 0).replace("+", ""))}
          words={(r, c) => ({ title: `${regions[c].label} on ${regions[r].label}`, lines: [`${rate(cell(r, c).before)} ${before}, ${rate(cell(r, c).after)} after`] })} />
        <Legend breaks={breaks} only={oneSide(numbers)} unit={labels[how]} />
      </> : <p class="hint">{failed ?? "reading the duties…"}</p>}
    </Figure>
  );
}

export function Trade({ report, s, region, request, base, setScenario }) {
  const [sector, setSector] = useState(-1), [pair, setPair] = useState(0);
  const { data, failed, stale } = useTogether(report, request, base);
  if (report.main.length < 2) return <p class="hint">This world has one region: there is no trade to show.</p>;
  return (
    <>
      <Diverted {...{ report, s, region, sector, setSector, failed, stale }} flows={data} />
      <Matrix report={report} s={s} selected={region} />
      <Pair report={report} s={s} setScenario={setScenario} pair={pair} setPair={setPair} />
      <Duties {...{ report, sector, setSector, failed, stale }} flows={data} />
    </>
  );
}
