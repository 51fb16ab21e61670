// format.js: numbers as a reader wants them. Changes carry their sign, a true minus; what rounds to nought has none.
// SPDX-License-Identifier: MIT
import { format } from "d3-format";

export const minus = "−";
export const missing = "–";

// Three digits that count for the largest of a column, between 1 and 4 decimals (as src/text/number.c).
export function decimalsFor(largest) {
  if (!(largest < 10)) return 1;
  if (largest >= 1) return 2;
  if (largest >= 0.1) return 3;
  return largest > 0 ? 4 : 2;
}

function signed(x, text) {
  if (!/[1-9]/.test(text)) return text;
  return (x < 0 ? minus : "+") + text;
}

export function change(x, decimals = 2) {
  return Number.isFinite(x) ? signed(x, format(`,.${decimals}f`)(Math.abs(x))) : missing;
}

// Behind a change: its standard error, unsigned; nothing where it is not known.
export function plusMinus(e, decimals = 2) {
  return Number.isFinite(e) ? ` ± ${format(`.${decimals}f`)(e)}` : "";
}

export function percent(x, decimals = 2) {
  return Number.isFinite(x) ? change(x, decimals) + "%" : missing;
}

export function rate(x, decimals = 1) {
  return Number.isFinite(x) ? format(`.${decimals}f`)(100 * x).replace("-", minus) + "%" : missing;
}

// Million dollars in, "$612bn" or "$1.2tn" or "$85m" out.
export function money(million) {
  if (!Number.isFinite(million)) return missing;
  const size = Math.abs(million);
  const sign = million < 0 ? minus : "";
  const three = (x) => format(",." + (x >= 100 ? 0 : x >= 10 ? 1 : 2) + "f")(x);
  if (size >= 999500) return `${sign}$${three(size / 1e6)}tn`;
  if (size >= 999.5) return `${sign}$${three(size / 1e3)}bn`;
  return `${sign}$${format(",.0f")(size)}m`;
}

export function moneyChange(million) {
  if (!Number.isFinite(million)) return missing;
  const text = money(Math.abs(million));
  return /[1-9]/.test(text) ? (million < 0 ? minus : "+") + text : text;
}

export function billions(million, decimals = 1) {
  return Number.isFinite(million) ? format(`,.${decimals}f`)(million / 1e3).replace("-", minus) : missing;
}

// A change in per cent with two digits or so; what grows more than tenfold says how many times.
export function growth(ratio) {
  if (Number.isFinite(ratio) && ratio >= 10.5) return `×${format(",.0f")(ratio)}`;
  return percent(100 * (ratio - 1), Math.abs(ratio - 1) < 0.0995 ? 1 : 0);
}

// A label without what stands in brackets at its end.
export const short = (label) => label.replace(/\s*\([^()]*\)$/, "");

// 2.5e-12 as 2.5×10⁻¹²
export function power(x, decimals = 1) {
  if (!Number.isFinite(x)) return missing;
  if (x === 0) return "0";
  const [digits, exponent] = x.toExponential(decimals).split("e");
  const raised = [...String(Number(exponent))].map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)])).join("");
  return `${digits.replace("-", minus)}×10${raised}`;
}
