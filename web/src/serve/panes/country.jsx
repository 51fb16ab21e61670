// country.jsx: one region's page: incomes, prices and wages; what its change is made of; its sectors; its partners.
// SPDX-License-Identifier: MIT
import { change, decimalsFor, growth, money, moneyChange, percent, plusMinus, rate } from "../../format.js";
import { Choice, Figure } from "../../parts/figure.jsx";
import { Causes } from "../../sections.jsx";

// more of these is better, whoever asks; of the others it depends
const better = new Set(["real_income", "real_wage", "real_gdp", "employment", "terms_of_trade"]);
const rows = ["real_income", "real_wage", "wage", "price_index", "terms_of_trade", "real_gdp", "employment", "income", "exports", "imports", "trade_balance", "tariff_revenue", "average_duty"];

function levelWords(variable, x) {
  if (!Number.isFinite(x)) return "–";
  return variable.unit === "rate" ? rate(x, 2) : money(x);
}

function Numbers({ report, s, n }) {
  const shown = rows.filter((name) => report.variables.has(name));
  const line = (name) => {
    const v = report.variables.get(name), level = v.kind === "level", before = level ? report.before(s, name, n) : NaN, after = level ? report.after(s, name, n) : NaN;
    const points = name === "average_duty" ? 100 * (after - (report.against >= 0 ? report.after(report.against, name, n) : before)) : NaN;
    const own = name === "trade_balance" ? after - (report.against >= 0 ? report.after(report.against, name, n) : before) : NaN;
    return { name, v, level, before, after, change: Number.isFinite(points) ? points : Number.isFinite(own) ? own : report.percent(s, name, n), words: Number.isFinite(points) ? `${change(points, 2)} points` : Number.isFinite(own) ? moneyChange(own) : percent(report.percent(s, name, n), decimalsFor(Math.abs(report.percent(s, name, n)))) };
  };
  const lines = shown.map(line);
  const sheet = {
    name: "country", caption: `${report.label(n)}: levels (million US dollars; rates) and changes`,
    columns: [{ label: "Variable" }, { label: "before", show: String }, { label: "after", show: String }, { label: report.changeUnit, show: (x) => change(x, 3) }],
    rows: lines.map((l) => ({ key: l.name, code: l.name, label: `${l.v.label}, ${l.level ? l.v.unit : "ratio"}`, cells: [l.before, l.after, l.change] })),
  };
  return (
    <Figure id="country" title={report.label(n)} unit={`${report.changeUnit}; money in US dollars a year`} sheets={[sheet]}>
      <dl class="facts">
        {lines.map((l) => (
          <div key={l.name} class="fact" data-variable={l.name}>
            <dt>{l.v.label.replace(/ \(.*\)$/, "")}</dt>
            <dd class={!better.has(l.name) || !/[1-9]/.test(l.words) ? "fact-value" : l.change < 0 ? "fact-value loss" : "fact-value gain"}>{l.words}{plusMinus(report.error(s, l.name, n), decimalsFor(Math.abs(l.change)))}</dd>
            <dd class="fact-more">{l.level ? `${levelWords(l.v, l.before)} → ${levelWords(l.v, l.after)}` : l.name === "real_income" ? `${moneyChange(report.worth(s, "equivalent_variation", n))} a year` : ""}</dd>
          </div>
        ))}
      </dl>
    </Figure>
  );
}

const columns = [["real_output", "output"], ["cost", "price"], ["employment", "jobs"]];

function SectorsOf({ report, s, n }) {
  const values = columns.map(([measure]) => report.sectors.map((_, j) => report.sectorPercent(s, measure, n, j)));
  const largest = values.map((v) => Math.max(...v.map(Math.abs).filter(Number.isFinite), 1e-9));
  const order = report.sectors.map((_, j) => j).filter((j) => report.outputBefore(s, n, j) > 0).sort((a, b) => report.outputBefore(s, n, b) - report.outputBefore(s, n, a));
  const sheet = {
    name: "country-sectors", caption: `${report.label(n)}: sectors; output before in million US dollars, changes as above`,
    columns: [{ label: "Sector" }, { label: "output before", show: money }, ...columns.map(([, label]) => ({ label: `${label}, ${report.against >= 0 ? "points" : "%"}`, show: (x) => change(x, 2) }))],
    rows: order.map((j) => ({ key: j, code: report.sectors[j].code, label: report.sectors[j].label, cells: [report.outputBefore(s, n, j), ...values.map((v) => v[j])] })),
  };
  return (
    <Figure id="country-sectors" title="Its sectors" unit={`${report.changeUnit}: volume of output, producer price, employment`} sheets={[sheet]} note="Largest sector first. Each column has its own scale.">
      <ul class="sector-rows">
        <li class="sector-row head"><span /><span class="row-value">output before</span>{columns.map(([, label]) => <span key={label} class="column-name">{label}</span>)}</li>
        {order.map((j) => (
          <li key={j} class="sector-row" data-sector={report.sectors[j].code}>
            <span class="row-label" title={report.sectors[j].label}>{report.sectors[j].label}</span>
            <span class="row-value soft">{money(report.outputBefore(s, n, j))}</span>
            {columns.map(([measure], i) => {
              const x = values[i][j], width = (50 * Math.abs(x)) / largest[i];
              return (
                <span key={measure} class="mini">
                  <span class="track"><span class="zero" style={{ left: "50%" }} />{Number.isFinite(x) && <span class={`fill ${x < 0 ? "neg-4" : "pos-4"}`} style={{ left: `${x < 0 ? 50 - width : 50}%`, width: `${width}%` }} />}</span>
                  <span class="row-value">{percent(x, Math.abs(x) >= 9.95 ? 0 : 1)}</span>
                </span>
              );
            })}
          </li>
        ))}
      </ul>
    </Figure>
  );
}

function Partners({ report, s, n }) {
  const place = report.main.indexOf(n);
  if (place < 0) return <p class="hint">This region is not among the {report.main.length} largest, whose trade by partner the page shows; flows.csv of the command has all.</p>;
  const list = report.main.map((x, p) => ({ n: x, sells: report.bilateral(s, p, place), buys: report.bilateral(s, place, p) })).filter((p) => p.n !== n);
  const order = [...list].sort((a, b) => b.sells.before + b.buys.before - a.sells.before - a.buys.before);
  const largest = Math.max(...list.flatMap((p) => [p.sells.before, p.sells.after, p.buys.before, p.buys.after]).filter(Number.isFinite), 1e-9) * 1.03;
  const at = (x) => `${(100 * x) / largest}%`;
  const way = (label, key) => (
    <div class="pair-way">
      <h3>{label}</h3>
      <ul class="dumbbells" aria-label={label}>
        {order.map((p) => {
          const { before, after } = p[key], down = after < before;
          return (
            <li key={p.n} title={`${report.label(p.n)}: ${money(before)} before, ${money(after)} after`}>
              <span class="row-label">{report.label(p.n)}</span>
              <span class="track"><span class={down ? "span down" : "span up"} style={{ left: at(Math.min(before, after)), width: at(Math.abs(after - before)) }} /><span class="dot before" style={{ left: at(before) }} /><span class={down ? "dot after down" : "dot after up"} style={{ left: at(after) }} /></span>
              <span class="row-value">{growth(after / before)}</span>
            </li>
          );
        })}
      </ul>
      <p class="axis"><span>$0</span><span>{money(largest)}</span></p>
    </div>
  );
  const bn = (x) => money(x);
  const sheet = {
    name: "partners", caption: `${report.label(n)}: trade by partner, million US dollars a year at the border, before duty`,
    columns: ["Partner", "sells, before", "sells, after", "buys, before", "buys, after"].map((label) => ({ label, show: bn })),
    rows: order.map((p) => ({ key: p.n, code: report.regions[p.n].code, label: report.label(p.n), cells: [p.sells.before, p.sells.after, p.buys.before, p.buys.after] })),
  };
  return (
    <Figure id="partners" title="Its partners" unit={`Value at the border before duty, US dollars a year, ${report.against >= 0 ? `under ${report.base}` : "before"} and after`} sheets={[sheet]}>
      <p class="dumbbell-key"><span class="dot before static" /> {report.against >= 0 ? report.base : "before"} <span class="dot after static down" /> after (less) <span class="dot after static up" /> after (more)</p>
      <div class="pair">{way("It sells to", "sells")}{way("It buys from", "buys")}</div>
    </Figure>
  );
}

export function Country({ report, s, region, setRegion }) {
  const n = region >= 0 ? region : 0;
  return (
    <>
      <div class="pane-head"><Choice label="Region" value={n} onChange={(x) => setRegion(Number(x))} options={report.regions.map((x, i) => ({ value: i, label: x.label }))} /></div>
      <Numbers {...{ report, s, n }} />
      <Causes report={report} s={s} selected={n} setSelected={setRegion} fixed />
      <SectorsOf {...{ report, s, n }} />
      <Partners {...{ report, s, n }} />
    </>
  );
}
