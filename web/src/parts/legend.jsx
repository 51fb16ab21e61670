// legend.jsx: the ten classes with their breaks and unit.
// SPDX-License-Identifier: MIT
import { minus } from "../format.js";

// `only`: "pos" or "neg" where nothing lies on the other side of nought.
export function Legend({ breaks, unit, noData, only }) {
  if (only) return <HalfLegend {...{ breaks, unit, only }} />;
  const down = [...breaks].reverse().map((b) => `${minus}${b}`);
  const marks = [...down, "0", ...breaks.map((b) => `+${b}`)];
  const every = Math.max(...marks.map((m) => m.length)) > 5 ? 2 : 1; // long numbers: every other one, nought among them
  const classes = [5, 4, 3, 2, 1].map((k) => `neg-${k}`).concat([1, 2, 3, 4, 5].map((k) => `pos-${k}`));
  return (
    <div class="legend">
      <div class="legend-scale">
        <div class="legend-swatches">{classes.map((c) => <span key={c} class={`swatch ${c}`} />)}</div>
        <div class="legend-marks">{marks.map((m, i) => (i - breaks.length) % every === 0 && <span key={i} style={{ left: `${10 * (i + 1)}%` }}>{m}</span>)}</div>
      </div>
      <span class="legend-unit">{unit}</span>
      {noData && <span class="legend-none"><span class="swatch none" /> no data</span>}
    </div>
  );
}

function HalfLegend({ breaks, unit, only }) {
  const classes = only === "pos" ? [1, 2, 3, 4, 5].map((k) => `pos-${k}`) : [5, 4, 3, 2, 1].map((k) => `neg-${k}`);
  const marks = only === "pos" ? breaks.map(String) : [...breaks].reverse().map((b) => `${minus}${b}`);
  return (
    <div class="legend">
      <div class="legend-scale half">
        <div class="legend-swatches">{classes.map((c) => <span key={c} class={`swatch ${c}`} />)}</div>
        <div class="legend-marks">{marks.map((m, i) => <span key={i} style={{ left: `${20 * (i + 1)}%` }}>{m}</span>)}</div>
      </div>
      <span class="legend-unit">{unit}</span>
    </div>
  );
}
