// exact_linear.jsx: the exact real income beside the first-order formula, on one line a region.
// SPDX-License-Identifier: MIT
import { percent } from "../format.js";

// As ent_view_differs_grossly of src/report/view.c.
export function differsGrossly(exact, linear) {
  const gap = Math.abs(exact - linear), larger = Math.max(Math.abs(exact), Math.abs(linear));
  if (!Number.isFinite(gap)) return false;
  return (gap > 0.25 && gap > 0.5 * larger) || (gap > 0.1 && exact * linear < 0);
}

export function grossRegions(report, s) {
  return report.regions.map((_, n) => n).filter((n) => differsGrossly(report.percent(s, "real_income", n), report.after(s, "welfare_linear", n)));
}

export function ExactLinear({ report, s, regions }) {
  const values = regions.flatMap((n) => [report.percent(s, "real_income", n), report.after(s, "welfare_linear", n), 0]);
  const least = Math.min(...values), largest = Math.max(...values), span = largest - least || 1;
  const at = (x) => `${2 + (96 * (x - least)) / span}%`;
  return (
    <ul class="exact">
      <li class="exact-head"><span /><span class="track"><span class="dot exact-dot static" /> exact &nbsp; <span class="dot linear-dot static" /> linear formula</span><span class="row-value">exact</span><span class="row-value">linear</span></li>
      {regions.map((n) => {
        const exact = report.percent(s, "real_income", n), linear = report.after(s, "welfare_linear", n);
        return (
          <li key={n}>
            <span class="row-label">{report.label(n)}</span>
            <span class="track">
              <span class="zero" style={{ left: at(0) }} />
              <span class="dot linear-dot" style={{ left: at(linear) }} />
              <span class="dot exact-dot" style={{ left: at(exact) }} />
            </span>
            <span class="row-value">{percent(exact, 2)}</span>
            <span class="row-value">{percent(linear, 2)}</span>
          </li>
        );
      })}
    </ul>
  );
}
