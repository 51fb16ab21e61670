// waterfall.jsx: how a region's real income comes to its change: each exact part (E14) begins where the one before it ended.
// SPDX-License-Identifier: MIT
import { change } from "../format.js";

export const parts = [
  ["exact_terms_of_trade", "Terms of trade"],
  ["exact_duty_wedges", "Duties × volumes"],
  ["exact_tax_wedges", "Other taxes × volumes"],
  ["exact_licences", "Licences"],
  ["exact_trade_costs", "Trade costs, bans"],
  ["exact_productivity", "Productivity"],
  ["exact_scale", "Scale and variety"],
  ["exact_transfers", "Transfers"],
  ["exact_factor_supply", "Labour supplied"],
];

// Parts that some region of some scenario has; the first two always; licences only where the page has them.
export function partsShown(report) {
  return parts.filter(([name], i) => report.variables.has(name) && (i < 2 || report.percents(name).some((x) => Math.abs(x) >= 5e-4)));
}

// A scenario may have been left without parts.
export const isDecomposed = (report, s) => report.variables.has("exact_sum") && report.regions.some((_, n) => Number.isFinite(report.after(s, "exact_sum", n)));

export function Waterfall({ report, s, region }) {
  let from = 0;
  const steps = partsShown(report).map(([name, label]) => {
    const size = report.after(s, name, region), step = { label, size, from, to: from + size };
    from += size;
    return step;
  });
  const sum = report.after(s, "exact_sum", region);
  const ends = [0, sum, ...steps.flatMap((x) => [x.from, x.to])].filter(Number.isFinite);
  const least = Math.min(...ends), largest = Math.max(...ends), span = largest - least || 1;
  const at = (x) => 2 + (96 * (x - least)) / span;
  const decimals = Math.max(2, report.decimals("exact_sum"));
  const row = ({ label, size, from: a, to: b }, total) => (
    <li key={label} class={total ? "whole-row" : undefined} data-part={label}>
      <span class="row-label">{label}</span>
      <span class="track">
        <span class="zero" style={{ left: `${at(0)}%` }} />
        {!total && <span class="step" style={{ left: `${at(b)}%` }} />}
        <span class={`fall ${size < 0 ? "down" : "up"}`} style={{ left: `${at(Math.min(a, b))}%`, width: `${at(Math.max(a, b)) - at(Math.min(a, b))}%` }} />
      </span>
      <span class="row-value">{change(size, decimals)}</span>
    </li>
  );
  return (
    <ol class="waterfall">
      {steps.map((step) => row(step, false))}
      {row({ label: "Real income", size: sum, from: 0, to: sum }, true)}
    </ol>
  );
}
