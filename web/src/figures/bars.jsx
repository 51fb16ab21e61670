// bars.jsx: regions ranked by the shown scenario's change; small marks say where the other scenarios put them.
// SPDX-License-Identifier: MIT
import { useState } from "preact/hooks";
import { classOf } from "../colour.js";
import { percent, plusMinus } from "../format.js";

const most = 24;

// The shown scenario fills the track; the others' marks may widen it to twice that, and lie at its edge beyond.
function extent(report, s, variable) {
  const sure = (n) => (Number.isFinite(report.error(s, variable, n)) ? report.error(s, variable, n) : 0);
  const ends = report.regions.flatMap((_, n) => [-1, 1].map((side) => report.percent(s, variable, n) + side * sure(n)));
  const own = ends.filter(Number.isFinite), all = report.percents(variable).filter(Number.isFinite);
  const room = 2 * Math.max(...own.map(Math.abs), 0);
  const most = room > 0 ? room : Infinity;
  return [Math.min(0, ...own, Math.max(Math.min(...all, 0), -most)), Math.max(0, ...own, Math.min(Math.max(...all, 0), most))];
}

export function RankedBars({ report, s, variable, breaks, selected, onSelect }) {
  const [all, setAll] = useState(false);
  const [least, largest] = extent(report, s, variable);
  const span = largest - least || 1;
  const place = (x) => (100 * (Math.min(Math.max(x, least), largest) - least)) / span;
  const decimals = report.decimals(variable);
  const order = report.ranked(s, variable);
  const cut = !all && order.length > most;
  const shown = cut ? [...order.slice(0, most / 2), ...order.slice(-most / 2)] : order;
  return (
    <div class="bars-box">
      <ol class="bars">
        {shown.map((n, i) => {
          const x = report.percent(s, variable, n);
          const from = place(Math.min(0, x)), to = place(Math.max(0, x));
          const e = report.error(s, variable, n);
          return (
            <li key={n} class={cut && i === most / 2 ? "gap" : undefined}>
              <button type="button" class={n === selected ? "row on" : "row"} aria-pressed={n === selected} data-region={report.regions[n].code} onClick={() => onSelect(n)}>
                <span class="row-label" title={report.label(n)}>{report.label(n)}</span>
                <span class="track">
                  <span class="zero" style={{ left: `${place(0)}%` }} />
                  {Number.isFinite(x) && <span class={`fill ${classOf(x, breaks)}`} style={{ left: `${from}%`, width: `${to - from}%` }} />}
                  {Number.isFinite(x) && Number.isFinite(e) && <span class="whisker" style={{ left: `${place(x - e)}%`, width: `${place(x + e) - place(x - e)}%` }} title={`${plusMinus(e, decimals).trim()} points: one standard error`} />}
                  {report.scenarios.map((_, t) => {
                    const other = report.percent(t, variable, n);
                    return t === s || !Number.isFinite(other) ? null : <span key={t} class={other < least || other > largest ? "other far" : "other"} style={{ left: `${place(other)}%` }} title={`${report.scenarios[t].name}: ${percent(other, decimals)}`} />;
                  })}
                </span>
                <span class="row-value">{percent(x, decimals)}</span>
              </button>
            </li>
          );
        })}
      </ol>
      {order.length > most && <button type="button" class="more-button" onClick={() => setAll(!all)}>{all ? "Show the ends only" : `Show all ${order.length} regions`}</button>}
      {Number.isFinite(report.error(s, variable, order[0])) && <p class="key-line"><span class="whisker static" /> ± one standard error, from {report.scenarios[s].errors_from}</p>}
      {report.scenarios.length > 1 && <p class="key-line"><span class="other static" /> the other scenarios</p>}
    </div>
  );
}
