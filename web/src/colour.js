// colour.js: a diverging scale of ten classes, five a side of nought, on steps 1-2-5. Colours themselves stand in
// style.css (.neg-5 … .pos-5), so that light and dark are one question for the style sheet.
// SPDX-License-Identifier: MIT
import { ascending, quantileSorted } from "d3-array";

const steps = [];
for (let power = -6; power <= 6; power++) for (const digit of [1, 2, 5]) steps.push(Number(`${digit}e${power}`));

// Four breaks for the sizes of changes; the outermost class holds what lies beyond most of them.
export function makeBreaks(changes) {
  const sizes = changes.map(Math.abs).filter((x) => Number.isFinite(x) && x > 0).sort(ascending);
  const large = sizes.length > 0 ? Math.max(quantileSorted(sizes, 0.93), 4e-6) : 1;
  let top = steps.findIndex((x) => x >= large) - 1;
  if (top < 3) top = 3;
  return steps.slice(top - 3, top + 1);
}

// Four breaks for rates, which spread evenly: steps of 1, 2, 2.5 or 5 up to what most of them reach.
export function rateBreaks(rates) {
  const sizes = rates.map(Math.abs).filter((x) => Number.isFinite(x) && x > 0).sort(ascending);
  const wanted = sizes.length > 0 ? Math.max(quantileSorted(sizes, 0.93), 4e-6) / 4.5 : 1;
  const power = 10 ** Math.floor(Math.log10(wanted)), step = [1, 2, 2.5, 5, 10].find((s) => s * power >= wanted * 0.999) * power;
  return [1, 2, 3, 4].map((k) => Number((k * step).toPrecision(6)));
}

export function classOf(x, breaks) {
  if (!Number.isFinite(x)) return "none";
  const size = Math.abs(x);
  let k = 1;
  for (const b of breaks) if (size >= b) k++;
  return x === 0 ? "nil" : `${x < 0 ? "neg" : "pos"}-${k}`;
}

// "pos" or "neg" where no number lies on the other side of nought.
export function oneSide(numbers) {
  const some = numbers.filter(Number.isFinite);
  if (some.every((x) => x >= 0)) return "pos";
  return some.every((x) => x <= 0) ? "neg" : undefined;
}
