// chokepoint_app.jsx: report.html of `entente chokepoint`: who can cut whom off from what, on a map, as a matrix, ranked; where
// the product comes from and who uses it; what allies add, and what diversification would buy.
// SPDX-License-Identifier: MIT
import { useMemo, useState } from "preact/hooks";
import { classOf, makeBreaks, oneSide } from "./colour.js";
import { RankedBars } from "./figures/bars.jsx";
import { Heat } from "./figures/heat.jsx";
import { countriesOf, WorldMap } from "./figures/map.jsx";
import { Suppliers } from "./figures/suppliers.jsx";
import { change, decimalsFor, minus, missing, money, power, rate, short } from "./format.js";
import { About } from "./parts/about.jsx";
import { Choice, Figure, Tools } from "./parts/figure.jsx";
import { Legend } from "./parts/legend.jsx";

const nan = (x) => (x === null || x === undefined ? NaN : x);
const some = (x, digits = 4) => (Number.isFinite(x) ? Number(x.toPrecision(digits)).toString().replace("-", minus) : missing);
const three = (x) => { const size = Math.abs(x); return size < 0.005 ? "0" : (x < 0 ? minus : "") + size.toFixed(size < 9.995 ? (size < 0.995 ? 2 : 1) : 0); };
const plainColumns = (...labels) => labels.map((label) => ({ label, show: (x) => (typeof x === "number" ? some(x) : x) }));

// What the ranked bars and the map of every report ask for, of one sender or one target: changes are losses with a minus.
class Losses {
  constructor(data, value, title) {
    Object.assign(this, { regions: data.regions, scenarios: [{ name: title }], value });
    this.variables = new Map([["loss", { label: "Real income" }]]);
  }
  label(n) { return this.regions[n].label; }
  percent(_s, _v, n) { return this.value(n); }
  percents() { return this.regions.map((_, n) => this.value(n)); }
  error() { return NaN; }
  decimals() { return decimalsFor(Math.max(...this.percents().map(Math.abs).filter(Number.isFinite), 0)); }
  ranked() {
    const key = (n) => (Number.isFinite(this.value(n)) ? this.value(n) : Infinity);
    return this.regions.map((_, n) => n).sort((a, b) => key(a) - key(b) || a - b);
  }
}

// The answer by names: pairs[sender][target].
function read(data) {
  const at = new Map(data.regions.map((r, n) => [r.code, n]));
  const pair = data.regions.map(() => []);
  data.pairs.forEach((p) => { pair[at.get(p.sender)][at.get(p.target)] = p; });
  const label = (code) => data.regions[at.get(code)]?.label ?? code;
  const product = (code) => (code === null ? "all together" : data.sectors.find((x) => x.code === code)?.label ?? code);
  return { ...data, at, pair, labelOf: label, productOf: product, bloc: data.bloc ? data.senders : null };
}

// Nothing is lost where nothing is traded; where nobody asked, nothing is known.
const asked = (list, code) => list === "all" || list.includes(code);
const pairLoss = (d, sender, target) => {
  if (sender === target || !asked(d.senders, sender) || !asked(d.targets, target)) return NaN;
  const p = d.pair[d.at.get(sender)]?.[d.at.get(target)];
  return p ? lossOf(d, p) : 0;
};

const senderOf = (d, row) => (row.sender === null ? d.bloc.join(", ") : short(d.labelOf(row.sender)));
const lossOf = (d, row) => (row.vital ? NaN : nan(d.formula_only ? row.formula : row.exact));
const scope = (d) => `${Array.isArray(d.products) ? d.products.join(", ") : "everything"} that is sold${d.two_way ? ", both ways," : ""} stops`;
const how = (d) => (d.formula_only ? "at fixed wages" : "in general equilibrium");

function cutoffSheet(d, name, caption, rows) {
  return {
    name, caption,
    columns: plainColumns("Sender", "target", "product", "trade, $m", "share of purchases", "share of imports", "loss by formula, %", "loss, exact, %", "loss, $m", "sender's loss, $m", "per dollar of it"),
    rows: rows.map((r, i) => ({ key: i, code: `${r.sender ?? "bloc"}-${r.target}-${r.sector ?? "all"}`, label: senderOf(d, r), cells: [short(d.labelOf(r.target)), d.productOf(r.sector), nan(r.trade), nan(r.share), nan(r.import_share), nan(r.formula), nan(r.exact), nan(r.loss_usd), nan(r.own_usd), nan(r.ratio)] })),
  };
}

function Threats({ d, map, selected, setSelected }) {
  const [side, setSide] = useState("sender");
  const place = d.at.get(selected);
  const value = (n) => { const other = d.regions[n].code; return -(side === "sender" ? pairLoss(d, selected, other) : pairLoss(d, other, selected)); };
  const title = side === "sender" ? `Who loses when ${short(d.labelOf(selected))} cuts them off` : `Who can hurt ${short(d.labelOf(selected))}`;
  const report = useMemo(() => new Losses(d, value, title), [d, side, selected]);
  const breaks = useMemo(() => makeBreaks(report.percents()), [report]);
  const shared = { report, s: 0, variable: "loss", breaks, selected: place, onSelect: (n) => setSelected(d.regions[n].code) };
  const rows = d.pairs.filter((p) => (side === "sender" ? p.sender : p.target) === selected);
  return (
    <Figure id="threats" title={title} unit={`${side === "sender" ? "Real income of each target" : `Real income of ${short(d.labelOf(selected))}, by who cuts it off`}, ${how(d)}, %: ${scope(d)}`} sheets={[cutoffSheet(d, "threats", title, rows)]}
      controls={<><Choice label="Show" value={side} onChange={setSide} options={[{ value: "sender", label: "what it can do" }, { value: "target", label: "what can be done to it" }]} /><Choice label="Region" value={selected} onChange={setSelected} options={d.regions.map((r) => ({ value: r.code, label: r.label }))} /></>}>
      <div class="map-and-bars">
        <div>
          {countriesOf(report, map) > 0 ? <WorldMap map={map} {...shared} /> : <p class="meaning">The regions of this world name no countries, so there is no map.</p>}
          <Legend breaks={breaks} only={oneSide(report.percents())} unit="real income, %" noData />
        </div>
        <RankedBars {...shared} />
      </div>
    </Figure>
  );
}

const measures = { exact: "loss of the column", formula: "the same by formula, at fixed wages", own: "loss of the row itself", ratio: "loss per dollar of the row's own" };

function Matrix({ d, selected }) {
  const [measure, setMeasure] = useState(d.formula_only ? "formula" : "exact");
  const shown = useMemo(() => [...d.regions].sort((a, b) => b.income - a.income).slice(0, d.most_regions), [d]);
  const regions = d.regions.filter((r) => shown.includes(r));
  const cell = (r, c) => d.pair[d.at.get(regions[r].code)]?.[d.at.get(regions[c].code)];
  const value = (r, c) => {
    const p = cell(r, c);
    if (!p) return measure === "ratio" ? NaN : pairLoss(d, regions[r].code, regions[c].code);
    return measure === "ratio" ? -nan(p.ratio) : -100 * nan(p[measure]);
  };
  const numbers = regions.flatMap((_, r) => regions.map((__, c) => (r === c ? NaN : value(r, c))));
  const breaks = useMemo(() => makeBreaks(numbers), [d, measure]);
  const words = (r, c) => {
    const p = cell(r, c);
    return { title: `${regions[r].label} cuts off ${regions[c].label}`, lines: p ? [`${money(p.trade)} of trade`, `${regions[c].label} loses ${some(nan(p.exact))} % (formula ${some(nan(p.formula))} %)`, ...(Number.isFinite(nan(p.own)) ? [`${regions[r].label} loses ${some(nan(p.own))} %`, Number.isFinite(nan(p.ratio)) ? `${some(p.ratio, 2)} dollars for each of its own` : "it does not lose itself"] : [])] : ["nothing is traded"] };
  };
  const unit = measure === "ratio" ? "dollars that the column loses for each dollar that the row loses" : `real income of the ${measure === "own" ? "row" : "column"}, hundredths of a percent`;
  const options = Object.entries(measures).filter(([value]) => value === "formula" || !d.formula_only).map(([value, label]) => ({ value, label }));
  return (
    <Figure id="matrix" title="Who can cut off whom" unit={`${scope(d)}: ${unit}, ${measure === "formula" ? "at fixed wages" : how(d)}`} sheets={[cutoffSheet(d, "matrix", "every sender with every target", d.pairs)]} note={regions.length < d.regions.length ? `The ${regions.length} regions with the largest incomes; threats.csv has all.` : undefined}
      controls={<Choice label="Show" value={measure} onChange={setMeasure} options={options} />}>
      <Heat rows={regions} columns={regions} corner="sender ↓   target →" label="Threat matrix: who can cut off whom" {...{ value, breaks, words, selected }} show={three} />
      <Legend breaks={breaks} only={oneSide(numbers)} unit={measure === "ratio" ? "loss (−) per dollar of own" : "real income, 0.01 %"} />
    </Figure>
  );
}

function Ranking({ d, row, setRow }) {
  const largest = Math.max(...d.rows.map((r) => lossOf(d, r)).filter(Number.isFinite), 1e-300);
  const breaks = makeBreaks(d.rows.map((r) => lossOf(d, r)));
  return (
    <Figure id="chokepoints" title="Chokepoints, by what the target loses" unit={`Real income of the target when it is cut off from one product${d.two_way ? ", both ways" : ""}, ${how(d)}, %; ${d.rows.length} of ${d.count}`} sheets={[cutoffSheet(d, "chokepoints", "ranked cut-offs", d.rows)]} note={d.definition}>
      <ol class="rank chokepoints">
        {d.rows.map((r, i) => (
          <li key={i}>
            <button type="button" class={i === row ? "rank-row choke-row on" : "rank-row choke-row"} aria-pressed={i === row} data-cut={`${r.sender ?? "bloc"}:${r.target}:${r.sector ?? "all"}`} onClick={() => setRow(i)}>
              <span class="row-label">{senderOf(d, r)} → {short(d.labelOf(r.target))} <span class="soft">{d.productOf(r.sector)}</span></span>
              <span class="track"><span class={`fill ${classOf(-lossOf(d, r), breaks)}`} style={{ left: 0, width: `${(100 * (r.vital ? largest : lossOf(d, r))) / largest}%` }} /></span>
              <span class="row-value">{r.vital ? "vital" : change(-lossOf(d, r), 3)}</span>
              <span class="row-value soft">{d.formula_only ? "" : money(nan(r.loss_usd))}</span>
              <span class="row-value soft">{d.formula_only ? "" : Number.isFinite(nan(r.ratio)) ? `${some(r.ratio, 2)} : 1` : "free"}</span>
            </button>
          </li>
        ))}
      </ol>
      {!d.formula_only && <p class="key-line">real income of the target, % · in US dollars a year · dollars for each dollar that the sender loses (free: it does not lose). Choose a row to see its suppliers and remedies.</p>}
    </Figure>
  );
}

// The market of a row; of rows of all products together the target's largest import.
const marketOf = (d, r) => d.markets.find((m) => m.target === r.target && m.sector === r.sector) ?? d.markets.find((m) => m.target === r.target);

function Sources({ d, row }) {
  const r = d.rows[row], market = marketOf(d, r);
  if (!market) return null;
  const cut = new Set(r.sender === null ? d.bloc : [r.sender]), who = short(d.labelOf(market.target)), product = d.productOf(market.sector);
  const suppliers = Object.entries(market.suppliers).map(([code, size]) => ({ key: code, label: code === market.target ? `${d.labelOf(code)} itself` : d.labelOf(code), size, marked: cut.has(code) }));
  const users = [...market.by_sector.map((size, j) => ({ key: d.sectors[j].code, label: d.sectors[j].label, size: nan(size) })), ...market.by_final.map((size, u) => ({ key: `use-${d.uses[u].code}`, label: d.uses[u].label, size: nan(size) }))];
  const total = suppliers.reduce((sum, n) => sum + n.size, 0);
  const sheet = (name, caption, nodes) => ({ name, caption, columns: plainColumns("Name", "$m a year", "share"), rows: nodes.filter((n) => n.size > 0).sort((a, b) => b.size - a.size).map((n) => ({ key: n.key, code: n.key, label: n.label, cells: [n.size, n.size / total] })) });
  return (
    <Figure id="suppliers" title={`${product} in ${who}: where it comes from, who uses it`} unit="Purchases at buyer prices, US dollars a year" sheets={[sheet("suppliers", "suppliers", suppliers), sheet("users", "users", users)]}
      note={`Concentration of foreign suppliers (Herfindahl) ${some(nan(market.herfindahl), 3)}; imports ${rate(nan(market.foreign))} of purchases; imports over exports ${some(nan(market.cover), 3)}: by the European Union's three tests (above 0.4, 50 %, 1) it ${market.depends ? "depends" : "does not depend"} on imports.`}>
      <Suppliers {...{ suppliers, users, product }} words={{ suppliers: "Suppliers", users: "Users", who }} />
    </Figure>
  );
}

const remedyWords = {
  home_subsidy: (d, m) => `${short(d.labelOf(m.partner))} subsidises its own production by ${some(100 * m.size)} %`,
  partner_subsidy: (d, m) => `imports from ${short(d.labelOf(m.partner))} are subsidised by ${some(100 * m.size)} %`,
  green_channel: (d, m) => `green channel with ${short(d.labelOf(m.partner))}: trade costs ${some(100 * m.size)} %`,
  stock: (d, m) => `a stock of ${some(m.size)} days against a cut-off of ${some(d.cut_days)}`,
};

function Remedies({ d, row }) {
  const list = d.remedied.filter((m) => m.row === row);
  if (list.length === 0) return null;
  const r = d.rows[row], largest = Math.max(...list.flatMap((m) => [nan(m.without), nan(m.left)]).filter(Number.isFinite), 1e-300);
  const odds = (m) => { const e = nan(m.even); return Number.isFinite(e) ? (e === 0 ? "always" : rate(e)) : missing; };
  const sheet = { name: "remedies", caption: "remedies, percent of the target's real income", columns: plainColumns("Remedy", "premium in calm", "loss today", "loss that is left", "premium and loss", "worth it from odds of"), rows: list.map((m, i) => ({ key: i, code: m.kind, label: remedyWords[m.kind](d, m), cells: [nan(m.premium), nan(m.without), nan(m.left), nan(m.with), nan(m.even)] })) };
  return (
    <Figure id="remedies" title={`What diversification would buy ${short(d.labelOf(r.target))}`} unit={`Loss of its real income from this cut-off today and with the remedy, %; what the remedy costs while nothing is cut`} sheets={[sheet]}
      note="Premium: what the remedy costs in real income while nothing is cut; negative, it pays by itself. Worth it from odds of: the probability of the cut-off above which what it saves outweighs its premium; a dash: it never does.">
      <ol class="remedies">
        <li class="exact-head"><span /><span>loss that is left, of the loss today</span><span class="row-value">left</span><span class="row-value">premium</span><span class="row-value">from odds</span></li>
        {list.map((m, i) => (
          <li key={i} data-remedy={m.kind}>
            <span class="row-label">{remedyWords[m.kind](d, m)}</span>
            <span class="track"><span class="fill none" style={{ left: 0, width: `${(100 * nan(m.without)) / largest}%` }} /><span class="fill neg-4" style={{ left: 0, width: `${(100 * Math.max(0, nan(m.left))) / largest}%` }} /></span>
            <span class="row-value">{change(-nan(m.left), 3)}</span>
            <span class="row-value soft">{change(-nan(m.premium), 3)}</span>
            <span class="row-value soft">{odds(m)}</span>
          </li>
        ))}
      </ol>
    </Figure>
  );
}

function Joint({ d }) {
  if (d.joint.length === 0) return null;
  const pick = (x, name) => nan(d.formula_only ? x[`${name}_formula`] : x[name]);
  const rows = [...d.joint].sort((a, b) => pick(b, "joint") - pick(a, "joint")).slice(0, 30), largest = Math.max(...rows.map((x) => pick(x, "joint")), 1e-300);
  const sheet = { name: "joint", caption: "joint threats, log points times 100", columns: plainColumns("Target", "product", "sum of single threats", "joint threat", "gained by union"), rows: rows.map((x, i) => ({ key: i, code: `${x.target}-${x.sector ?? "all"}`, label: d.labelOf(x.target), cells: [d.productOf(x.sector), pick(x, "single"), pick(x, "joint"), pick(x, "joint") - pick(x, "single")] })) };
  return (
    <Figure id="joint" title={`What ${d.bloc.join(", ")} gain by acting together`} unit={`Loss of the target, ${how(d)}, log points times 100: the sum of what each can do alone, and what union adds`} sheets={[sheet]}
      note="Who has lost one supplier needs the others more: at fixed wages and without inputs the joint threat is never less than the sum.">
      <ol class="joint">
        {rows.map((x, i) => (
          <li key={i} data-joint={`${x.target}:${x.sector ?? "all"}`}>
            <span class="row-label">{short(d.labelOf(x.target))} <span class="soft">{x.sector === null ? "" : d.productOf(x.sector)}</span></span>
            <span class="track"><span class="fill neg-2" style={{ left: 0, width: `${(100 * Math.min(pick(x, "single"), pick(x, "joint"))) / largest}%` }} />{pick(x, "joint") > pick(x, "single") && <span class="fill neg-5" style={{ left: `${(100 * pick(x, "single")) / largest}%`, width: `${(100 * (pick(x, "joint") - pick(x, "single"))) / largest}%` }} />}</span>
            <span class="row-value">{some(pick(x, "joint"))}</span>
            <span class="row-value soft">{change(pick(x, "joint") - pick(x, "single"), 4)}</span>
          </li>
        ))}
      </ol>
    </Figure>
  );
}

export function ChokepointFigures({ data, map }) {
  const d = useMemo(() => read(data), [data]);
  const [row, setRow] = useState(0);
  const [selected, setSelected] = useState(d.rows[0]?.sender ?? d.pairs[0]?.sender ?? d.regions[0].code);
  return (
    <>
      {d.pairs.length > 0 && <Threats {...{ d, map, selected, setSelected }} />}
      {d.rows.length > 0 && <Ranking {...{ d, row, setRow }} />}
      {d.rows.length > 0 && <Sources {...{ d, row }} />}
      <Remedies {...{ d, row }} />
      <Joint d={d} />
      {d.pairs.length > 0 && <Matrix {...{ d, selected }} />}
    </>
  );
}

export function ChokepointApp({ data, map }) {
  const title = "Chokepoints", c = data.certificate;
  const tools = {
    foot: () => [`${title}, ${data.where} · ${data.title || data.world}`, `Entente ${data.version}; residual ${power(Math.max(Math.abs(c.excess), Math.abs(c.price)))} within ${power(c.tolerance, 0)}`],
    link: (id) => new URL(`#${id}`, document.location).href,
    command: () => data.command,
  };
  return (
    <Tools.Provider value={tools}>
      <div class="bar-top"><div class="bar-inner"><span class="wordmark">Entente</span><span class="alone">{data.where}</span><a class="seal" href="#data">✓ certified</a></div></div>
      <main>
        <header>
          <p class="kicker">{data.world}{data.year ? ` · ${data.year}` : ""} · {data.regions.length} regions, {data.sectors.length} sectors</p>
          <h1>{title}: who can cut off whom, and what it costs</h1>
          {data.actions.length > 0 && <ul class="actions">{data.actions.map((line, i) => <li key={i}>{line}</li>)}</ul>}
        </header>
        <ChokepointFigures data={data} map={map} />
        <footer><About data={data} /></footer>
      </main>
    </Tools.Provider>
  );
}
