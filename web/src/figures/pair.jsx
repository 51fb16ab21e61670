// pair.jsx: trade of two regions, both ways, before and after: totals in every scenario, then sector by sector.
// SPDX-License-Identifier: MIT
import { number } from "../data.js";
import { growth, money, rate } from "../format.js";

const shortest = 0.004, most = 24; // sectors below this share of the way's trade, or past so many, are in the table only

function Totals({ report, s, p, way, largest, onScenario }) {
  const rows = [{ name: "Before", value: number(report.way(s, p, way).before.at(-1)), duty: number(report.way(s, p, way).duty_before.at(-1)) }];
  report.scenarios.forEach((scenario, t) => rows.push({ name: scenario.name, t, value: number(report.way(t, p, way).after.at(-1)), duty: number(report.way(t, p, way).duty_after.at(-1)) }));
  return (
    <ul class="totals">
      {rows.map((row, i) => (
        <li key={i} class={row.t === s ? "on" : row.t === undefined ? "base" : undefined} onClick={() => row.t !== undefined && onScenario(row.t)}>
          <span class="total-name" title={row.name}>{row.name}</span>
          <span class="track"><span class="total-fill" style={{ width: `${(100 * row.value) / largest}%` }} /></span>
          <span class="total-value">{money(row.value)}</span>
          <span class="total-duty" title="average duty">{rate(row.duty)}</span>
        </li>
      ))}
    </ul>
  );
}

export function sectorsOf(report, s, p, way) {
  const flow = report.way(s, p, way);
  return report.sectors.map((sector, j) => ({ j, label: sector.label, before: number(flow.before[j]), after: number(flow.after[j]), dutyBefore: number(flow.duty_before[j]), dutyAfter: number(flow.duty_after[j]) }))
    .filter((row) => row.before > 0 || row.after > 0)
    .sort((a, b) => b.before - a.before);
}

function Dumbbells({ rows, largest, seller, buyer }) {
  const at = (x) => `${(100 * x) / largest}%`;
  return (
    <ul class="dumbbells" aria-label={`Sectors, ${seller} to ${buyer}`}>
      {rows.map((row) => {
        const low = Math.min(row.before, row.after), high = Math.max(row.before, row.after), down = row.after < row.before;
        const words = `${row.label}: ${money(row.before)} before, ${money(row.after)} after; duty ${rate(row.dutyBefore)} before, ${rate(row.dutyAfter)} after`;
        return (
          <li key={row.j} title={words}>
            <span class="row-label">{row.label}</span>
            <span class="track">
              <span class={down ? "span down" : "span up"} style={{ left: at(low), width: at(high - low) }} />
              <span class="dot before" style={{ left: at(row.before) }} />
              <span class={down ? "dot after down" : "dot after up"} style={{ left: at(row.after) }} />
            </span>
            <span class="row-value">{growth(row.after / row.before)}</span>
          </li>
        );
      })}
    </ul>
  );
}

export function PairTrade({ report, s, p, onScenario }) {
  const [a, b] = report.pairs[p];
  const ways = [{ way: 1, seller: b, buyer: a }, { way: 0, seller: a, buyer: b }];
  const totals = ways.flatMap(({ way }) => report.scenarios.flatMap((_, t) => [number(report.way(t, p, way).before.at(-1)), number(report.way(t, p, way).after.at(-1))]));
  const largestTotal = Math.max(...totals.filter(Number.isFinite), 1e-9);
  const rows = ways.map(({ way }) => sectorsOf(report, s, p, way));
  const largest = Math.max(...rows.flat().flatMap((r) => [r.before, r.after]).filter(Number.isFinite), 1e-9) * 1.03;
  return (
    <div class="pair">
      {ways.map(({ way, seller, buyer }, i) => {
        const total = rows[i].reduce((sum, r) => sum + r.before, 0);
        const kept = rows[i].filter((r) => Math.max(r.before, r.after) > shortest * total).slice(0, most);
        return (
          <div class="pair-way" key={way}>
            <h3>{report.label(seller)} <span class="arrow">→</span> {report.label(buyer)}</h3>
            <p class="totals-head"><span>total</span><span>average duty</span></p>
            <Totals report={report} s={s} p={p} way={way} largest={largestTotal} onScenario={onScenario} />
            {report.sectors.length > 1 && <>
            <p class="dumbbell-key"><span class="dot before static" /> before <span class="dot after static down" /> after (less) <span class="dot after static up" /> after (more)</p>
            <Dumbbells rows={kept} largest={largest} seller={report.label(seller)} buyer={report.label(buyer)} />
            <p class="axis"><span>$0</span><span>{money(largest)}</span></p>
            </>}
          </div>
        );
      })}
    </div>
  );
}
