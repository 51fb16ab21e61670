// leverage.jsx: who can hurt whom, who depends on whom, and which instrument moves an outcome: figures of the report of
// `entente lever` and of the served page.
// SPDX-License-Identifier: MIT
import { useMemo, useState } from "preact/hooks";
import { makeBreaks, oneSide } from "./colour.js";
import { Heat } from "./figures/heat.jsx";
import { change, minus, missing, moneyChange, short } from "./format.js";
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

const notes = {
  matrix: "First-order losses of real income (equivalent variation) from one point more on everything that crosses the border from one region to the other, all sectors together. Per dollar: loss of the other side for each dollar that the holder loses.",
  exposure: "Exposure of first order of Kleinman, Liu and Redding: real income of the row for productivity in the column, from this sector's trade alone, as if it were the whole economy.",
  rank: "First-order effect of one point more of each instrument, alone, with everybody's prices, wages and incomes adjusting. Exact for small changes, misleading for large ones.",
};

// data: { regions: [{ code, label, income }], matrices: [{ lever, loss_usd, own_usd, ratio, best, best_ratio, free }] }, with
// null where a number is not defined; million USD.
export function LeverMatrix({ data, where, selected, definition, stale }) {
  const [kind, setKind] = useState(data.matrices[0]?.lever), [measure, setMeasure] = useState("loss");
  const m = data.matrices.find((x) => x.lever === kind) ?? data.matrices[0];
  const number = (table, r, c) => { const x = table?.[r]?.[c]; return x === null || x === undefined ? NaN : x; };
  // a loss is negative, as everywhere on the page; hundredths of a percent of the other's real income
  const value = (r, c) => (measure === "loss" ? (-1e4 * number(m.loss_usd, r, c)) / data.regions[c].income : -number(m.ratio, r, c));
  const places = data.regions.map((_, i) => i);
  const numbers = useMemo(() => places.flatMap((r) => places.map((c) => (r === c ? NaN : value(r, c)))), [data, m, measure]);
  const breaks = useMemo(() => makeBreaks(numbers), [numbers]);
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
    <Figure id="leverage" stale={stale} title="Who can hurt whom" unit={`${levers[m.lever]}, ${where}: ${onWhat[m.lever]}; ${unit}`} sheets={[sheet]} note={definition ?? notes.matrix}
      controls={<><Choice label="Instrument" value={m.lever} onChange={setKind} options={data.matrices.map((x) => ({ value: x.lever, label: levers[x.lever] }))} /><Choice label="Show" value={measure} onChange={setMeasure} options={[{ value: "loss", label: "the other's loss" }, { value: "ratio", label: "loss per dollar of own" }]} /></>}>
      <Heat rows={data.regions} columns={data.regions} corner="whose ↓   on →" label={`Who can hurt whom: ${levers[m.lever]}`} {...{ value, breaks, words, selected }} show={three} />
      <Legend breaks={breaks} only={oneSide(numbers)} unit={measure === "loss" ? "loss (−) or gain (+) of the other, 0.01 %" : "loss (−) of the other per dollar"} />
    </Figure>
  );
}

// data: { regions, exposures: [{ sector, label, welfare, model }] }: d log real income of the row by d log productivity of the
// column; `model` in the whole network.
export function Exposure({ data, where, selected, sector, setSector, sectors, definition, stale }) {
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
    <Figure id="exposure" stale={stale} title="Who depends on whom" unit={`${x.label}, ${where}: real income of the row, hundredths of a percent for one percent of productivity in the column`} sheets={[sheet]} note={definition ?? notes.exposure}
      controls={<>{choices.length > 1 && <Choice label="Sector" value={x.sector} onChange={choose} options={choices} />}{x.model && <Choice label="As" value={which} onChange={setWhich} options={[{ value: "welfare", label: "trade of this sector alone" }, { value: "model", label: "in the whole network" }]} />}</>}>
      <Heat rows={data.regions} columns={data.regions} corner="who ↓   on whom →" label="Who depends on whom" own {...{ value, breaks, words, selected }} show={three} />
      <Legend breaks={breaks} unit="real income of the row, 0.01 %" />
    </Figure>
  );
}

const points = (unit) => (unit.startsWith("log points") ? { factor: 1e4, words: "0.01 %", decimals: 2 } : { factor: 1, words: "million US dollars a year", decimals: 1 });

// Ranked instruments. data: { objective, unit, where, definition, rows: [{ lever, holder, target, sector, effect, effect_usd,
// own_usd, ratio }] }; names of regions and sectors by their codes.
export function Rank({ data, title, regions, sectors, controls, failed, stale }) {
  const rows = data?.rows ?? [], unit = points(data?.unit ?? "log points");
  const largest = Math.max(...rows.map((r) => Math.abs(r.effect)), 1e-300);
  const labelOf = (code) => regions.find((r) => r.code === code)?.label ?? code;
  const sectorOf = (code) => sectors.find((x) => x.code === code)?.label ?? code ?? "";
  const words = (r) => `${short(labelOf(r.holder))}: ${levers[r.lever].toLowerCase()}${r.target && r.target !== r.holder ? ` on ${short(labelOf(r.target))}` : ""}`;
  const sheet = {
    name: "rank", caption: `${title}: effects of one percentage point`,
    columns: ["Instrument", "whose", "on whom", "sector", `effect, ${data?.unit ?? ""}`, "effect, million USD", "own, million USD", "per dollar of own loss"].map((label) => ({ label, show: (x) => (typeof x === "number" ? (Number.isFinite(x) ? Number(x.toPrecision(4)).toString() : missing) : x ?? "") })),
    rows: rows.map((r, i) => ({ key: i, code: `${r.lever}:${r.holder}:${r.target ?? ""}:${r.sector}`, label: levers[r.lever], cells: [r.holder, r.target ?? "", r.sector, r.effect, r.effect_usd ?? NaN, r.own_usd ?? NaN, r.ratio ?? NaN] })),
  };
  return (
    <Figure id="rank" stale={stale} title={title} unit={`Effect of one percentage point more of each instrument, ${unit.words}; first order, ${data?.where ?? ""}`} sheets={rows.length ? [sheet] : []} note={data?.definition ?? notes.rank} controls={controls}>
      {failed && <p class="refusal" role="alert">{failed}</p>}
      <ol class="rank">
        {rows.map((r, i) => {
          const width = (50 * Math.abs(r.effect)) / largest;
          return (
            <li key={i} class="rank-row" data-lever={`${r.lever}:${r.holder}:${r.target ?? ""}:${r.sector}`}>
              <span class="row-label" title={`${words(r)}, ${sectorOf(r.sector)}`}>{words(r)} <span class="soft">{sectorOf(r.sector)}</span></span>
              <span class="track"><span class="zero" style={{ left: "50%" }} /><span class={`fill ${r.effect < 0 ? "neg-4" : "pos-4"}`} style={{ left: `${r.effect < 0 ? 50 - width : 50}%`, width: `${width}%` }} /></span>
              <span class="row-value">{change(unit.factor * r.effect, unit.decimals)}</span>
              <span class="row-value soft">{Number.isFinite(r.effect_usd) ? moneyChange(r.effect_usd) : ""}</span>
              <span class="row-value soft">{Number.isFinite(r.ratio) ? `${Number(Math.abs(r.ratio).toPrecision(2))} : 1` : "free"}</span>
            </li>
          );
        })}
      </ol>
      {rows.length > 0 && <p class="key-line">effect, {unit.words} · in US dollars a year · dollars for each dollar of the holder's own loss (free: it does not lose)</p>}
    </Figure>
  );
}
