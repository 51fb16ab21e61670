// policy.js: what rules are made of, for people: keys of an action by what they choose, amounts with their units and the
// range of a slider. Which actions there are, the server says; an amount or choice that this file does not know is a text field.
// SPDX-License-Identifier: MIT
import { change } from "../format.js";

// Amounts: how a number is written, what unit it has, how far a slider reaches.
export const amounts = {
  add: { label: "add", unit: "points", after: "%", least: -50, largest: 150, step: 1, first: 10 },
  set: { label: "set to", unit: "%", after: "%", least: 0, largest: 150, step: 1, first: 10 },
  scale: { label: "times", unit: "×", after: "", least: 0, largest: 3, step: 0.05, first: 1 },
  change: { label: "change by", unit: "%", after: "%", least: -50, largest: 100, step: 1, first: 10 },
  rate: { label: "rate", unit: "%", after: "%", least: -50, largest: 50, step: 1, first: 10 },
  amount: { label: "amount", unit: "bn USD", after: " bn USD", least: 0, largest: 500, step: 5, first: 10 },
  to: { label: "at most", unit: "% of before", after: "%", least: 0, largest: 150, step: 1, first: 50 },
  at_least: { label: "at least", unit: "% of before", after: "%", least: 0, largest: 150, step: 1, first: 100 },
  price: { label: "price", unit: "% of value", after: "%", least: 0, largest: 150, step: 1, first: 10 },
};

const regional = new Set(["importer", "exporter", "region", "from"]);
const known = { rent: ["exporter", "importer", "shared", "wasted"], mode: ["set", "add"] };

// What a key of that action chooses: "regions", "sectors", "amount", "word" (one of a few) or "text".
export function kindOf(action, key) {
  if (regional.has(key) || (action === "transfer" && key === "to")) return "regions";
  if (key === "sector") return "sectors";
  if (key in amounts) return "amount";
  return key in known ? "word" : "text";
}

export const wordsOf = (key) => known[key];

export const kindAndBody = (action) => Object.entries(action)[0];
export const amountKey = (kind, body) => Object.keys(body).find((key) => kindOf(kind, key) === "amount");

// "30%" -> 30; "10 bn USD" -> 10; "2.5e9 USD" -> 2.5; "50%" of scale -> 0.5
export function amountNumber(key, text) {
  const t = String(text).trim(), value = parseFloat(t);
  if (key === "amount") {
    const unit = (t.match(/^[-+\d.eE]+\s*([a-z]*)/) ?? [])[1];
    const billions = { tn: 1e3, trillion: 1e3, bn: 1, billion: 1, mn: 1e-3, million: 1e-3 }[unit] ?? 1e-9;
    return value * billions;
  }
  return key === "scale" && t.endsWith("%") ? value / 100 : value;
}

export const amountText = (key, number) => `${Math.round(number * 1e6) / 1e6}${amounts[key].after}`;

// How an amount reads behind a rule: "+30 points"
export function amountWords(key, text) {
  const x = amountNumber(key, text), digits = (String(Math.abs(x)).split(".")[1] ?? "").length;
  if (key === "add") return `${change(x, Math.min(digits, 2))} points`;
  if (key === "change") return `${change(x, Math.min(digits, 2))} %`;
  if (amounts[key].after === "%") return `${x} %`;
  if (key === "scale") return `× ${x}`;
  return `${x} bn USD`;
}

// ---- choices: "USA", ["USA", "CAN"], { not: … }, { of: …, not: … } ----

const list = (x) => (Array.isArray(x) ? x : x === undefined ? [] : [x]);

export function choiceWords(choice, labelOf, all = "all") {
  if (choice === undefined) return all;
  if (typeof choice === "string") return labelOf(choice);
  if (Array.isArray(choice)) return choice.length === 0 ? "nobody" : choice.length > 3 ? `${choice.slice(0, 2).map(labelOf).join(", ")} and ${choice.length - 2} more` : choice.map(labelOf).join(", ");
  const of = choice.of === undefined ? "all" : choiceWords(choice.of, labelOf);
  return `${of} but ${list(choice.not).map(labelOf).join(", ")}`;
}

// What a new rule begins with.
export function newAction(about, world) {
  const largest = world.regions.slice(0, 2).map((r) => r.code);
  const body = {};
  for (const key of about.needs ?? about.takes) {
    const kind = kindOf(about.name, key);
    if (kind === "regions") body[key] = key === "exporter" || key === "to" ? (about.name === "duty" || key === "to" ? largest[1] : largest[0]) : largest[0];
    if (kind === "sectors") body[key] = "all";
  }
  if (about.takes.includes("importer") && body.importer === body.exporter) body.importer = largest[1];
  const preferred = ["add", "change", "rate", "amount", "to", "at_least", "price", "set"].find((key) => about.takes.includes(key) && kindOf(about.name, key) === "amount");
  if (preferred) body[preferred] = amountText(preferred, amounts[preferred].first);
  return { [about.name]: body };
}

// Runs of rules that differ in one choice and the amount alone become one group: [{ from, to, varying }], `to` excluded. Only
// the first `grouped` rules: what is added by hand stays a card of its own while it is worked on.
const fewest = 4;
export function groupsOf(actions, grouped) {
  const groups = [];
  for (let k = 0; k < actions.length; ) {
    const end = k < grouped ? alike(actions.slice(0, grouped), k) : { to: k + 1, varying: null };
    groups.push({ from: k, to: end.to, varying: end.varying });
    k = end.to;
  }
  return groups;
}

function alike(actions, k) {
  for (const varying of ["exporter", "importer", "sector", "region"]) {
    const form = (action) => {
      const [kind, body] = kindAndBody(action), key = amountKey(kind, body);
      if (!(varying in body) || typeof body[varying] !== "string" || !key) return null;
      return JSON.stringify([kind, { ...body, [varying]: null, [key]: null }, key]);
    };
    const first = form(actions[k]);
    if (first === null) continue;
    let to = k + 1;
    while (to < actions.length && form(actions[to]) === first) to++;
    if (to - k >= fewest) return { to, varying };
  }
  return { to: k + 1, varying: null };
}
