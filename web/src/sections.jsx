// sections.jsx: the figures that report.html and the page of `entente serve` both show: each with its choice, its note, its
// sheets of numbers.
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
import { Legend } from "./parts/legend.jsx";

// What each variable is, in a sentence a reader can repeat.
export const meanings = {
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
const sizeOfParts = (report, s, n) => parts.reduce((sum, [name]) => sum + (report.variables.has(name) ? Math.abs(report.after(s, name, n)) : 0), 0);
export const title = (report, name) => report.variables.get(name).label.replace(/ \(.*\)$/, "");
const changeOf = (report) => (report.against >= 0 ? "difference in percentage points" : "change in %");

function incomeSheet(report, s, variable) {
  const decimals = report.decimals(variable), money = variable === "real_income";
  const some = report.scenarios.some((_, t) => Number.isFinite(report.error(t, variable, 0)));
  const columns = [{ label: "Region" }];
  report.scenarios.forEach((x, t) => {
    const show = (v) => change(v, decimals);
    columns.push({ label: `${x.name}, ${report.against >= 0 ? "points" : "%"}`, show });
    if (some) columns.push({ label: `± ${x.name}, points`, show: (v) => plusMinus(v, decimals).trim() });
  });
  if (money) report.scenarios.forEach((x) => columns.push({ label: `${x.name}, $bn a year`, show: (v) => billions(1e3 * v) }));
  const row = (n) => ({
    key: n, code: n === report.worldIndex ? "WLD" : report.regions[n].code, total: n === report.worldIndex, label: report.label(n),
    cells: [...report.scenarios.flatMap((_, t) => [report.percent(t, variable, n), ...(some ? [report.error(t, variable, n)] : [])]),
      ...(money ? report.scenarios.map((_, t) => report.worth(t, "equivalent_variation", n) / 1e3) : [])],
  });
  return { name: "income", caption: `${title(report, variable)} by region, ${changeOf(report)}`, columns, rows: [...report.ranked(s, variable), report.worldIndex].map(row) };
}

// One column of one scenario, as the page of `entente serve` saves what is seen.
export function Income({ report, map, s, variable, setVariable, selected, setSelected, controls, id = "income" }) {
  const breaks = useMemo(() => makeBreaks(report.percents(variable)), [report, variable]);
  const mapped = useMemo(() => countriesOf(report, map) > 0, [report, map]);
  const shared = { report, s, variable, breaks, selected, onSelect: (n) => setSelected(n === selected ? -1 : n) };
  return (
    <Figure id={id} title={title(report, variable)} unit={report.changeUnit} sheets={[incomeSheet(report, s, variable)]}
      controls={<>{controls}<Choice label="Show" value={variable} onChange={setVariable} options={report.choices.map((name) => ({ value: name, label: title(report, name) }))} /></>}>
      <div class="map-and-bars">
        <div>
          {mapped ? <WorldMap map={map} {...shared} /> : <p class="meaning">The regions of this world name no countries, so there is no map.</p>}
          {mapped && <Legend breaks={breaks} unit={report.against >= 0 ? `difference in ${lower(title(report, variable))}, points` : `change in ${lower(title(report, variable))}, %`} noData />}
          <p class="meaning">{meanings[variable]}</p>
        </div>
        <RankedBars {...shared} />
      </div>
    </Figure>
  );
}

function pairSheet(report, s, p, way) {
  const [a, b] = report.pairs[p];
  const [seller, buyer] = way === 1 ? [b, a] : [a, b];
  const cells = (r) => [r.before / 1e3, r.after / 1e3, 100 * (r.after / r.before - 1), r.dutyBefore, r.dutyAfter];
  const rows = sectorsOf(report, s, p, way).map((r) => ({ key: r.j, code: report.sectors[r.j].code, label: r.label, cells: cells(r) }));
  const flow = report.way(s, p, way), last = (key) => flow[key].at(-1);
  rows.push({ key: "all", total: true, label: "All sectors", cells: cells({ before: last("before"), after: last("after"), dutyBefore: last("duty_before"), dutyAfter: last("duty_after") }) });
  const bn = (x) => billions(1e3 * x, 2);
  return {
    name: `pair-${way}`, caption: `${report.label(seller)} to ${report.label(buyer)}, by sector`, rows,
    columns: [{ label: "Sector" }, { label: "before, $bn", show: bn }, { label: "after, $bn", show: bn }, { label: "change, %", show: (x) => percent(x, 1) }, { label: "duty before", show: (x) => rate(x) }, { label: "duty after", show: (x) => rate(x) }],
  };
}

export function Pair({ report, s, setScenario, pair, setPair }) {
  const [own, setOwn] = useState(0);
  const p = Math.min(pair ?? own, report.pairs.length - 1);
  if (report.pairs.length === 0) return null;
  return (
    <Figure id="pair" title={`${report.pairLabel(p).replace(" – ", " and ")}: trade before and after`} unit="Value at the border before duty, US dollars a year" sheets={[1, 0].map((way) => pairSheet(report, s, p, way))}
      controls={report.pairs.length > 1 && <Choice label="Pair" value={p} onChange={(x) => (setPair ?? setOwn)(Number(x))} options={report.pairs.map((_, i) => ({ value: i, label: report.pairLabel(i) }))} />}
      note="Average duties are weighted by benchmark trade. Small sectors are in the tables only. Both sides share one scale.">
      <PairTrade report={report} s={s} p={p} onScenario={setScenario} />
    </Figure>
  );
}

function matrixSheet(report, s) {
  const places = report.main.map((_, i) => i);
  return {
    name: "matrix", caption: "change in exports in %, exporters down, importers across",
    columns: [{ label: "Exporter" }, ...places.map((m) => ({ label: report.regions[report.main[m]].code, show: (x) => (x === "" ? "" : change(x, 1)) }))],
    rows: places.map((x) => ({ key: x, code: report.regions[report.main[x]].code, label: report.label(report.main[x]), cells: places.map((m) => (m === x ? "" : bilateralPercent(report, s, m, x))) })),
  };
}

export function Matrix({ report, s, selected }) {
  const breaks = useMemo(() => {
    const places = report.main.map((_, i) => i);
    return makeBreaks(report.scenarios.flatMap((_, t) => places.flatMap((x) => places.map((m) => (m === x ? NaN : bilateralPercent(report, t, m, x))))));
  }, [report]);
  if (report.main.length < 3) return null;
  return (
    <Figure id="matrix" title="Who sells more, who sells less, to whom" unit={`Change in the value of exports against ${report.base}, exporters down and importers across, %`} sheets={[matrixSheet(report, s)]}>
      <TradeMatrix report={report} s={s} breaks={breaks} selected={selected} />
      <Legend breaks={breaks} unit="change in exports, %" />
    </Figure>
  );
}

function sectorSheet(report, s, measure) {
  return {
    name: "sectors", caption: `${measures[measure]} by sector and region, ${changeOf(report)}`,
    columns: [{ label: "Sector" }, ...report.main.map((n) => ({ label: report.regions[n].code, show: (x) => change(x, 2) }))],
    rows: report.sectors.map((sector, j) => ({ key: j, code: sector.code, label: sector.label, cells: report.main.map((n) => report.sectorPercent(s, measure, n, j)) })),
  };
}

export function Sectors({ report, s, selected }) {
  const [measure, setMeasure] = useState("real_output");
  if (report.sectors.length < 2) return null;
  const regions = report.main.slice(0, 6);
  if (selected >= 0 && !regions.includes(selected)) regions.push(selected);
  return (
    <Figure id="sectors" title="Sector by sector" unit={report.changeUnit.replace(/^(Change|Difference)/, `$1 in ${measures[measure]}`)} sheets={[sectorSheet(report, s, measure)]}
      controls={<Choice label="Show" value={measure} onChange={setMeasure} options={Object.entries(measures).map(([value, label]) => ({ value, label }))} />}
      note="All panels share one scale; a bar with a broken end runs beyond it. Choose a region in the map to add it here.">
      <SectorPanels report={report} s={s} measure={measure} regions={regions} selected={selected} />
    </Figure>
  );
}

function causesSheet(report, s) {
  const shown = partsShown(report), decimals = Math.max(2, report.decimals("exact_sum"));
  const names = [...shown, ["exact_sum", "sum"], ["terms_of_trade_linear", "linear: terms"], ["volume_of_trade_linear", "linear: volume"]];
  return {
    name: "causes", caption: "exact parts for every region, 100 × log points; the linear formula, %",
    columns: [{ label: "Region" }, ...names.map(([, label]) => ({ label, show: (x) => change(x, decimals) }))],
    rows: report.regions.map((x, n) => ({ key: n, code: x.code, label: x.label, cells: names.map(([name]) => report.after(s, name, n)) })),
  };
}

// The region whose parts are largest.
export const mostMoved = (report, s) => report.regions.map((_, n) => n).reduce((a, b) => (sizeOfParts(report, s, b) > sizeOfParts(report, s, a) ? b : a));

export function Causes({ report, s, selected, setSelected, fixed }) {
  if (!isDecomposed(report, s)) return null;
  const region = selected >= 0 ? selected : mostMoved(report, s);
  return (
    <Figure id="causes" title={`What the change is made of: ${short(report.label(region))}`} unit={`Exact parts of the change in real income against the ${report.world.year || ""} benchmark, 100 × log points`.replace("  ", " ")} sheets={[causesSheet(report, s)]}
      controls={!fixed && <Choice label="Region" value={region} onChange={(n) => setSelected(Number(n))} options={report.regions.map((x, n) => ({ value: n, label: x.label }))} />}
      note="Each part is added up along the way from the benchmark to the scenario, on which all wedges change together; the parts sum to the logarithm of real income. Terms of trade: prices of what is sold abroad less prices of what is bought there. Duties × volumes: what is lost where a duty keeps out what was worth more than it cost, or gained where it lets it in.">
      <Waterfall report={report} s={s} region={region} />
    </Figure>
  );
}

function linearSheet(report, s) {
  const show = (x) => change(x, 3), linear = ["welfare_linear", "terms_of_trade_linear", "volume_of_trade_linear"];
  return {
    name: "linear", caption: "exact and linear for every region, change in %",
    columns: ["Region", "real income", "real wage", "linear: welfare", "of it terms of trade", "of it volume of trade"].map((label) => ({ label, show })),
    rows: report.regions.map((region, n) => ({ key: n, code: region.code, label: region.label, cells: [report.ownPercent(s, "real_income", n), report.ownPercent(s, "real_wage", n), ...linear.map((name) => report.after(s, name, n))] })),
  };
}

export function Linear({ report, s }) {
  const regions = grossRegions(report, s);
  if (regions.length === 0) return null;
  return (
    <Figure id="linear" title="Exact and linear" unit="Real income and the first-order formula, change in %" sheets={[linearSheet(report, s)]}
      note="The linear formula adds up terms and volume of trade at benchmark prices. Where it misses the exact change in real income by much, both stand here under their own names.">
      <ExactLinear report={report} s={s} regions={regions} />
    </Figure>
  );
}
