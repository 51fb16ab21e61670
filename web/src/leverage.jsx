// leverage.jsx: who can hurt whom, who depends on whom, and which instrument moves an outcome: figures of the report of
// `entente lever` and of the served page.
// SPDX-License-Identifier: MIT
import { useMemo, useState } from "preact/hooks";
import { makeBreaks } from "./colour.js";
import { Heat } from "./figures/heat.jsx";
import { change, minus, missing, moneyChange } from "./format.js";
import { Choice, Figure } from "./parts/figure.jsx";
import { Legend } from "./parts/legend.jsx";

export const levers = { duty: "Import duty", export_tax: "Export tax", trade_cost: "Trade cost", subsidy: "Production subsidy" };
const onWhat = {
  duty: "one point more on all that the row buys from the column",
  export_tax: "one point more on all that the row sells to the column",
  trade_cost: "one percent more, which nobody collects, on all that the row buys from the column",
};
const three = (x) => { const size = Math.abs(x); return size < 0.005 ? "0" : (x < 0 ? minus : "") + size.toFixed(size < 9.995 ? (size < 0.995 ? 2 : 1) : 0); };
const amount = (x) => (Number.isFinite(x) ? moneyChange(x) : missing);
const ratioWords = (x) => (Number.isFinite(x) ? `${three(x)} dollars for a dollar of its own` : "the holder does not lose");

// data: { regions: [{ code, label, income }], matrices: [{ lever, loss_usd, own_usd, ratio, best, best_ratio, free }] }, with
// null where a number is not defined; million USD.
export function LeverMatrix({ data, where, selected, definition }) {
  const [kind, setKind] = useState(data.matrices[0]?.lever), [measure, setMeasure] = useState("loss");
  const m = data.matrices.find((x) => x.lever === kind) ?? data.matrices[0];
  const number = (table, r, c) => { const x = table?.[r]?.[c]; return x === null || x === undefined ? NaN : x; };
  // a loss is negative, as everywhere on the page; hundredths of a percent of the other's real income
  const value = (r, c) => (measure === "loss" ? (-1e4 * number(m.loss_usd, r, c)) / data.regions[c].income : -number(m.ratio, r, c));
  const places = data.regions.map((_, i) => i);
  const breaks = useMemo(() => makeBreaks(places.flatMap((r) => places.map((c) => (r === c ? NaN : value(r, c))))), [data, m, measure]);
  const words = (r, c) => ({
    title: `${levers[m.lever]}: ${data.regions[r].label} on ${data.regions[c].label}`,
    lines: [`${data.regions[c].label}: ${amount(-number(m.loss_usd, r, c))} a year`, `${data.regions[r].label}: ${amount(-number(m.own_usd, r, c))}`, ratioWords(number(m.ratio, r, c)),
      ...(m.best?.[r]?.[c] ? [`most for a dollar: ${m.best[r][c]}, ${three(number(m.best_ratio, r, c))}`] : [])],
  });
  const unit = measure === "loss" ? "real income of the column, hundredths of a percent" : "dollars of the column for each dollar that the row loses (empty: the row does not lose)";
  const sheet = {
    name: `leverage-${m.lever}`, caption: `${levers[m.lever]}: ${onWhat[m.lever]}; losses, million US dollars a year`,
    columns: ["Whose", "on", "loss, million USD", "own loss, million USD", "loss per dollar of own", "best sector", "there, per dollar"].map((label) => ({ label, show: (x) => (typeof x === "number" ? (Number.isFinite(x) ? three(x) : missing) : x) })),
    rows: places.flatMap((r) => places.filter((c) => c !== r).map((c) => ({ key: `${r}-${c}`, code: `${data.regions[r].code}-${data.regions[c].code}`, label: data.regions[r].label, cells: [data.regions[c].label, number(m.loss_usd, r, c), number(m.own_usd, r, c), number(m.ratio, r, c), m.best?.[r]?.[c] ?? "", number(m.best_ratio, r, c)] }))),
  };
  return (
    <Figure id="leverage" title="Who can hurt whom" unit={`${levers[m.lever]}, ${where}: ${onWhat[m.lever]}; ${unit}`} sheets={[sheet]} note={definition}
      controls={<><Choice label="Instrument" value={m.lever} onChange={setKind} options={data.matrices.map((x) => ({ value: x.lever, label: levers[x.lever] }))} /><Choice label="Show" value={measure} onChange={setMeasure} options={[{ value: "loss", label: "the other's loss" }, { value: "ratio", label: "loss per dollar of own" }]} /></>}>
      <Heat rows={data.regions} columns={data.regions} corner="whose ↓   on →" label={`Who can hurt whom: ${levers[m.lever]}`} {...{ value, breaks, words, selected }} show={three} />
      <Legend breaks={breaks} unit={measure === "loss" ? "loss (−) or gain (+) of the other, 0.01 %" : "loss (−) of the other per dollar"} />
    </Figure>
  );
}

// data: { regions, exposures: [{ sector, label, welfare, model }] }: d log real income of the row by d log productivity of the
// column; `model` in the whole network.
export function Exposure({ data, where, selected, sector, setSector, sectors, definition }) {
  const [own, setOwn] = useState(data.exposures[0]?.sector ?? ""), [which, setWhich] = useState("welfare");
  const chosen = sector ?? own, choose = setSector ?? setOwn;
  const x = data.exposures.find((e) => e.sector === chosen) ?? data.exposures[0];
  const places = data.regions.map((_, i) => i);
  const table = which === "model" && x.model ? x.model : x.welfare;
  const value = (r, c) => { const v = table?.[r]?.[c]; return v === null || v === undefined ? NaN : 100 * v; };
  const breaks = useMemo(() => makeBreaks(places.flatMap((r) => places.map((c) => (r === c ? NaN : value(r, c))))), [x, which]);
  const words = (r, c) => ({ title: `${data.regions[r].label} on ${data.regions[c].label}`, lines: [`${change(value(r, c) / 100, 5)} % of real income for 1 % of productivity`] });
  const sheet = {
    name: "exposure", caption: `${x.label}: real income of the row, hundredths of a percent for one percent of productivity in the column`,
    columns: [{ label: "Who" }, ...data.regions.map((r) => ({ label: r.code, show: (v) => change(v, 3) }))],
    rows: data.regions.map((r, i) => ({ key: i, code: r.code, label: r.label, cells: places.map((c) => value(i, c)) })),
  };
  const choices = sectors ?? data.exposures.map((e) => ({ value: e.sector, label: e.label }));
  return (
    <Figure id="exposure" title="Who depends on whom" unit={`${x.label}, ${where}: real income of the row, hundredths of a percent for one percent of productivity in the column`} sheets={[sheet]} note={definition}
      controls={<>{choices.length > 1 && <Choice label="Sector" value={x.sector} onChange={choose} options={choices} />}{x.model && <Choice label="As" value={which} onChange={setWhich} options={[{ value: "welfare", label: "trade of this sector alone" }, { value: "model", label: "in the whole network" }]} />}</>}>
      <Heat rows={data.regions} columns={data.regions} corner="who ↓   on whom →" label="Who depends on whom" own {...{ value, breaks, words, selected }} show={three} />
      <Legend breaks={breaks} unit="real income of the row, 0.01 %" />
    </Figure>
  );
}
