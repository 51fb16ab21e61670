// sectors.jsx: small multiples, one panel a sector, the main regions in each.
// SPDX-License-Identifier: MIT
import { ascending, quantileSorted } from "d3-array";
import { useState } from "preact/hooks";
import { percent } from "../format.js";

const first = 12;
export const measures = { real_output: "volume of output", cost: "producer price", employment: "employment" };

// Sectors by the largest change among the shown regions, weighed by how much is made there.
function ordered(report, s, measure, regions) {
  const weight = (j) => regions.reduce((sum, n) => {
    const x = report.sectorPercent(s, measure, n, j) * Math.sqrt(report.outputBefore(s, n, j));
    return sum + (Number.isFinite(x) ? Math.abs(x) : 0);
  }, 0);
  const weights = report.sectors.map((_, j) => weight(j));
  return report.sectors.map((_, j) => j).sort((a, b) => weights[b] - weights[a] || a - b);
}

export function SectorPanels({ report, s, measure, regions, selected }) {
  const [all, setAll] = useState(false);
  const order = ordered(report, s, measure, regions);
  const shown = all ? order : order.slice(0, first);
  const sizes = order.flatMap((j) => regions.map((n) => Math.abs(report.sectorPercent(s, measure, n, j)))).filter(Number.isFinite).sort(ascending);
  const limit = Math.max(quantileSorted(sizes, 0.96) ?? 0, 1e-6);
  return (
    <div>
      <div class="panels">
        {shown.map((j) => (
          <div class="panel" key={j}>
            <h3>{report.sectors[j].label}</h3>
            <ul>
              {regions.map((n) => {
                const x = report.sectorPercent(s, measure, n, j);
                const size = Math.min(Math.abs(x), limit), beyond = Math.abs(x) > limit;
                const width = (50 * size) / limit;
                return (
                  <li key={n} class={n === selected ? "on" : undefined} title={`${report.sectors[j].label} in ${report.label(n)}: ${percent(x, 2)}`}>
                    <span class="panel-label">{report.label(n)}</span>
                    <span class="track">
                      <span class="zero" style={{ left: "50%" }} />
                      {Number.isFinite(x) && <span class={`fill ${x < 0 ? "neg-4" : "pos-4"}${beyond ? " beyond" : ""}`} style={{ left: `${x < 0 ? 50 - width : 50}%`, width: `${width}%` }} />}
                    </span>
                    <span class="row-value">{percent(x, Math.abs(x) >= 9.95 ? 0 : 1)}</span>
                  </li>
                );
              })}
            </ul>
          </div>
        ))}
      </div>
      {order.length > first && <button type="button" class="more-button" onClick={() => setAll(!all)}>{all ? `Show the ${first} that change most` : `Show all ${order.length} sectors`}</button>}
    </div>
  );
}
