// app.jsx: the page from top to bottom.
// SPDX-License-Identifier: MIT
import { useMemo, useState } from "preact/hooks";
import { makeBreaks } from "./colour.js";
import { RankedBars } from "./figures/bars.jsx";
import { ExactLinear, grossRegions } from "./figures/exact_linear.jsx";
import { countriesOf, WorldMap } from "./figures/map.jsx";
import { bilateralPercent, TradeMatrix } from "./figures/matrix.jsx";
import { PairTrade, sectorsOf } from "./figures/pair.jsx";
import { measures, SectorPanels } from "./figures/sectors.jsx";
import { isDecomposed, parts, partsShown, Waterfall } from "./figures/waterfall.jsx";
import { billions, change, percent, plusMinus, rate, short } from "./format.js";
import { Choice, Figure } from "./parts/figure.jsx";
import { Headline } from "./parts/headline.jsx";
import { Legend } from "./parts/legend.jsx";
import { Foot } from "./parts/foot.jsx";
import { Switcher } from "./parts/switcher.jsx";
import { Table } from "./parts/table.jsx";

// A table may come without a year; it is 0 then.
const benchmark = (report) => (report.world.year ? `the ${report.world.year} benchmark` : "the benchmark");

// What each variable is, in a sentence a reader can repeat.
const meanings = {
  real_income: "What a region's income buys at its own consumer prices: wages and other factor incomes, duties collected and transfers. The dollar figure is what the change is worth at benchmark income.",
  real_wage: "What an hour of work buys at the region's own consumer prices; duties collected are not in it.",
  price_index: "What the region's basket of the benchmark year costs, after substitution; relative to world GDP, which is held constant in dollars.",
  real_gdp: "Volume of value added at factor cost.",
  exports: "Value of goods and services sold abroad, at the border.",
  imports: "Value of goods and services bought abroad, at the border before duty.",
  terms_of_trade: "Prices of what the region sells abroad over prices of what it buys there, before duty.",
  wage: "Wages in dollars, relative to world GDP, which is held constant.",
};

const lower = (words) => (/^[A-Z]{2}/.test(words) ? words : words[0].toLowerCase() + words.slice(1));
const sizeOfParts = (report, s, n) => parts.reduce((sum, [name]) => sum + Math.abs(report.after(s, name, n)), 0);
const title = (report, name) => report.variables.get(name).label.replace(/ \(.*\)$/, "");

function IncomeTable({ report, s, variable }) {
  const decimals = report.decimals(variable);
  const money = variable === "real_income";
  const columns = ["Region", ...report.scenarios.map((x) => `${x.name}, %`), ...(money ? report.scenarios.map((x) => `${x.name}, $bn a year`) : [])];
  const row = (n) => ({
    key: n, code: n === report.worldIndex ? "WLD" : report.regions[n].code, total: n === report.worldIndex,
    cells: [report.label(n), ...report.scenarios.map((_, t) => change(report.percent(t, variable, n), decimals) + plusMinus(report.error(t, variable, n), decimals)),
      ...(money ? report.scenarios.map((_, t) => billions(report.after(t, "equivalent_variation", n))) : [])],
  });
  return <Table caption={`${title(report, variable)} by region, change in %`} columns={columns} rows={[...report.ranked(s, variable), report.worldIndex].map(row)} />;
}

function PairTables({ report, s, p }) {
  const [a, b] = report.pairs[p];
  return [1, 0].map((way) => {
    const [seller, buyer] = way === 1 ? [b, a] : [a, b];
    const rows = sectorsOf(report, s, p, way).map((r) => ({ key: r.j, code: report.sectors[r.j].code, cells: [r.label, billions(r.before, 2), billions(r.after, 2), percent(100 * (r.after / r.before - 1), 1), rate(r.dutyBefore), rate(r.dutyAfter)] }));
    const flow = report.way(s, p, way);
    rows.push({ key: "all", total: true, cells: ["All sectors", billions(flow.before.at(-1), 2), billions(flow.after.at(-1), 2), percent(100 * (flow.after.at(-1) / flow.before.at(-1) - 1), 1), rate(flow.duty_before.at(-1)), rate(flow.duty_after.at(-1))] });
    return <Table key={way} caption={`${report.label(seller)} to ${report.label(buyer)}, by sector`} columns={["Sector", "before, $bn", "after, $bn", "change", "duty before", "duty after"]} rows={rows} />;
  });
}

function MatrixTable({ report, s }) {
  const places = report.main.map((_, i) => i);
  return <Table caption="change in exports in %, exporters down, importers across" columns={["Exporter", ...places.map((m) => report.regions[report.main[m]].code)]}
    rows={places.map((x) => ({ key: x, cells: [report.label(report.main[x]), ...places.map((m) => (m === x ? "" : change(bilateralPercent(report, s, m, x), 1)))] }))} />;
}

function SectorTable({ report, s, measure }) {
  return <Table caption={`${measures[measure]} by sector and region, change in %`} columns={["Sector", ...report.main.map((n) => report.regions[n].code)]}
    rows={report.sectors.map((sector, j) => ({ key: j, code: sector.code, cells: [sector.label, ...report.main.map((n) => change(report.sectorPercent(s, measure, n, j), 2))] }))} />;
}

function Income({ report, map, s, variable, setVariable, selected, setSelected }) {
  const breaks = useMemo(() => makeBreaks(report.percents(variable)), [report, variable]);
  const mapped = useMemo(() => countriesOf(report, map) > 0, [report, map]);
  const shared = { report, s, variable, breaks, selected, onSelect: (n) => setSelected(n === selected ? -1 : n) };
  return (
    <Figure id="income" title={title(report, variable)} unit={`Change against ${benchmark(report)}, %`}
      controls={<Choice label="Show" value={variable} onChange={setVariable} options={report.choices.map((name) => ({ value: name, label: title(report, name) }))} />}>
      <div class="map-and-bars">
        <div>
          {mapped ? <WorldMap map={map} {...shared} /> : <p class="meaning">The regions of this world name no countries, so there is no map.</p>}
          {mapped && <Legend breaks={breaks} unit={`change in ${lower(title(report, variable))}, %`} noData />}
          <p class="meaning">{meanings[variable]}</p>
          <IncomeTable report={report} s={s} variable={variable} />
        </div>
        <RankedBars {...shared} />
      </div>
    </Figure>
  );
}

function Pair({ report, s, setScenario }) {
  const [p, setPair] = useState(0);
  if (report.pairs.length === 0) return null;
  const [a, b] = report.pairs[p];
  return (
    <Figure id="pair" title={`${short(report.label(a))} and ${short(report.label(b))}: trade before and after`} unit="Value at the border before duty, US dollars a year"
      controls={report.pairs.length > 1 && <Choice label="Pair" value={p} onChange={(x) => setPair(Number(x))} options={report.pairs.map(([x, y], i) => ({ value: i, label: `${short(report.label(x))} – ${short(report.label(y))}` }))} />}
      note="Average duties are weighted by benchmark trade. Small sectors are in the tables only. Both sides share one scale.">
      <PairTrade report={report} s={s} p={p} onScenario={setScenario} />
      <PairTables report={report} s={s} p={p} />
    </Figure>
  );
}

function Matrix({ report, s, selected }) {
  const breaks = useMemo(() => {
    const places = report.main.map((_, i) => i);
    return makeBreaks(report.scenarios.flatMap((_, t) => places.flatMap((x) => places.map((m) => (m === x ? NaN : bilateralPercent(report, t, m, x))))));
  }, [report]);
  if (report.main.length < 3) return null;
  return (
    <Figure id="matrix" title="Who sells more, who sells less, to whom" unit="Change in the value of exports, exporters down and importers across, %">
      <TradeMatrix report={report} s={s} breaks={breaks} selected={selected} />
      <Legend breaks={breaks} unit="change in exports, %" />
      <MatrixTable report={report} s={s} />
    </Figure>
  );
}

function Sectors({ report, s, selected }) {
  const [measure, setMeasure] = useState("real_output");
  if (report.sectors.length < 2) return null;
  const regions = report.main.slice(0, 6);
  if (selected >= 0 && !regions.includes(selected)) regions.push(selected);
  return (
    <Figure id="sectors" title="Sector by sector" unit={`Change in ${measures[measure]} against ${benchmark(report)}, %`}
      controls={<Choice label="Show" value={measure} onChange={setMeasure} options={Object.entries(measures).map(([value, label]) => ({ value, label }))} />}
      note="All panels share one scale; a bar with a broken end runs beyond it. Choose a region in the map to add it here.">
      <SectorPanels report={report} s={s} measure={measure} regions={regions} selected={selected} />
      <SectorTable report={report} s={s} measure={measure} />
    </Figure>
  );
}

function Causes({ report, s, selected, setSelected }) {
  if (!isDecomposed(report, s)) return null;
  const largest = report.regions.map((_, n) => n).reduce((a, b) => (sizeOfParts(report, s, b) > sizeOfParts(report, s, a) ? b : a));
  const region = selected >= 0 ? selected : largest;
  const shown = partsShown(report), decimals = Math.max(2, report.decimals("exact_sum"));
  const linear = [["terms_of_trade_linear", "linear: terms"], ["volume_of_trade_linear", "linear: volume"]];
  return (
    <Figure id="causes" title={`What the change is made of: ${short(report.label(region))}`} unit={`Exact parts of the change in real income against ${benchmark(report)}, 100 × log points`}
      controls={<Choice label="Region" value={region} onChange={(n) => setSelected(Number(n))} options={report.regions.map((x, n) => ({ value: n, label: x.label }))} />}
      note="Each part is added up along the way from the benchmark to the scenario, on which all wedges change together; the parts sum to the logarithm of real income. Terms of trade: prices of what is sold abroad less prices of what is bought there. Duties × volumes: what is lost where a duty keeps out what was worth more than it cost, or gained where it lets it in.">
      <Waterfall report={report} s={s} region={region} />
      <Table caption="exact parts for every region, 100 × log points; the linear formula, %" columns={["Region", ...shown.map(([, label]) => label), "sum", ...linear.map(([, label]) => label)]}
        rows={report.regions.map((x, n) => ({ key: n, code: x.code, cells: [x.label, ...[...shown.map(([name]) => name), "exact_sum", ...linear.map(([name]) => name)].map((name) => change(report.after(s, name, n), decimals))] }))} />
    </Figure>
  );
}

function Linear({ report, s }) {
  const regions = grossRegions(report, s);
  if (regions.length === 0) return null;
  return (
    <Figure id="linear" title="Exact and linear" unit="Real income and the first-order formula, change in %"
      note="The linear formula adds up terms and volume of trade at benchmark prices. Where it misses the exact change in real income by much, both stand here under their own names.">
      <ExactLinear report={report} s={s} regions={regions} />
      <Table caption="exact and linear for every region, change in %" columns={["Region", "real income", "real wage", "linear: welfare", "of it terms of trade", "of it volume of trade"]}
        rows={report.regions.map((region, n) => ({ key: n, code: region.code, cells: [region.label, change(report.percent(s, "real_income", n), 3), change(report.percent(s, "real_wage", n), 3),
          ...["welfare_linear", "terms_of_trade_linear", "volume_of_trade_linear"].map((name) => change(report.after(s, name, n), 3))] }))} />
    </Figure>
  );
}

export function App({ report, map }) {
  const [s, setScenario] = useState(0);
  const [variable, setVariable] = useState("real_income");
  const [selected, setSelected] = useState(-1);
  const scenario = report.scenarios[s];
  return (
    <>
      <Switcher report={report} s={s} onChange={setScenario} />
      <main>
        <header>
          <p class="kicker">{report.world.name}{report.world.year ? ` · ${report.world.year}` : ""} · {report.regions.length} regions, {report.sectors.length} sectors</p>
          <h1>{scenario.name}</h1>
          <ul class="actions">{scenario.actions.length > 0 ? scenario.actions.map((line, i) => <li key={i}>{line}</li>) : <li>no action: the benchmark itself</li>}</ul>
          <Headline report={report} s={s} />
          <p class={scenario.certificate.converged ? "certificate-line" : "certificate-line bad"}>{scenario.certificate_words}</p>
        </header>
        <Income {...{ report, map, s, variable, setVariable, selected, setSelected }} />
        <Pair {...{ report, s, setScenario }} />
        <Matrix {...{ report, s, selected }} />
        <Sectors {...{ report, s, selected }} />
        <Causes {...{ report, s, selected, setSelected }} />
        <Linear {...{ report, s }} />
        <Foot report={report} />
      </main>
    </>
  );
}
