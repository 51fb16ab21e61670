// bars.jsx: regions ranked by the shown scenario's change; small marks say where the other scenarios put them.
// SPDX-License-Identifier: MIT
import { useState } from "preact/hooks";
import { classOf } from "../colour.js";
import { percent } from "../format.js";

const most = 24;

export function RankedBars({ report, s, variable, breaks, selected, onSelect }) {
  const [all, setAll] = useState(false);
  const changes = report.percents(variable).filter(Number.isFinite);
  const least = Math.min(0, ...changes), largest = Math.max(0, ...changes);
  const span = largest - least || 1;
  const place = (x) => (100 * (x - least)) / span;
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
          return (
            <li key={n} class={cut && i === most / 2 ? "gap" : undefined}>
              <button type="button" class={n === selected ? "row on" : "row"} aria-pressed={n === selected} data-region={report.regions[n].code} onClick={() => onSelect(n)}>
                <span class="row-label">{report.label(n)}</span>
                <span class="track">
                  <span class="zero" style={{ left: `${place(0)}%` }} />
                  {Number.isFinite(x) && <span class={`fill ${classOf(x, breaks)}`} style={{ left: `${from}%`, width: `${to - from}%` }} />}
                  {report.scenarios.map((_, t) => {
                    const other = report.percent(t, variable, n);
                    return t === s || !Number.isFinite(other) ? null : <span key={t} class="other" style={{ left: `${place(other)}%` }} title={`${report.scenarios[t].name}: ${percent(other, decimals)}`} />;
                  })}
                </span>
                <span class="row-value">{percent(x, decimals)}</span>
              </button>
            </li>
          );
        })}
      </ol>
      {order.length > most && <button type="button" class="more-button" onClick={() => setAll(!all)}>{all ? "Show the ends only" : `Show all ${order.length} regions`}</button>}
      {report.scenarios.length > 1 && <p class="key-line"><span class="other static" /> the other scenarios</p>}
    </div>
  );
}
