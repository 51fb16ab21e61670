// flows.js: every flow of a run that the store keeps, from its flows.csv: by importer, exporter and sector, before and after.
// SPDX-License-Identifier: MIT
import { patiently, post, text } from "./api.js";

const wanted = ["value", "duty"];

// A field in quotes may hold commas and quotes; no field holds a line break.
function fieldsOf(line) {
  if (!line.includes('"')) return line.split(",");
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => (m[1] === undefined ? m[2] : m[1].replaceAll('""', '"')));
}

export function readFlows(csv, regions, sectors) {
  const lines = csv.split("\n"), names = fieldsOf(lines[0]);
  const column = Object.fromEntries(names.map((name, i) => [name, i]));
  const R = new Map(regions.map((r, i) => [r.code, i])), J = new Map(sectors.map((x, j) => [x.code, j]));
  const size = regions.length ** 2 * sectors.length;
  const out = Object.fromEntries(wanted.map((v) => [v, { before: new Float64Array(size).fill(NaN), after: new Float64Array(size).fill(NaN) }]));
  const number = (x) => (x === "" || x === undefined ? NaN : Number(x));
  for (let i = 1; i < lines.length; i++) {
    const f = fieldsOf(lines[i]), variable = out[f[column.variable]];
    const m = R.get(f[column.importer]), x = R.get(f[column.exporter]), j = J.get(f[column.sector]);
    if (!variable || m === undefined || x === undefined || j === undefined) continue; // totals have codes of their own
    const at = (m * regions.length + x) * sectors.length + j;
    variable.before[at] = number(f[column.benchmark]);
    variable.after[at] = number(f[column.value]);
  }
  const cell = (v, m, x, j) => { const at = (m * regions.length + x) * sectors.length + j; return { before: out[v].before[at], after: out[v].after[at] }; };
  return { cell };
}

export async function flowsOf(body, report) {
  const run = await patiently(() => post("/run", { ...body, keep: true, decompose: "never" }));
  return readFlows(await text(`/runs/${run.id}/flows.csv`), report.regions, report.sectors);
}
