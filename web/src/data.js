// data.js: the report's numbers by name, as src/report/page_data.c wrote them. Computes changes and nothing else.
// SPDX-License-Identifier: MIT
import { decimalsFor } from "./format.js";

// Region variables a reader can choose to see, all as a change in percent.
const choices = ["real_income", "real_wage", "price_index", "real_gdp", "exports", "imports", "terms_of_trade", "wage"];

export class Report {
  constructor(raw) {
    Object.assign(this, { version: raw.version, command: raw.command, world: raw.world, regions: raw.regions, sectors: raw.sectors, main: raw.main, pairs: raw.pairs, scenarios: raw.scenarios });
    this.variables = new Map(raw.variables.map((v, index) => [v.name, { ...v, index }]));
    this.choices = choices.filter((name) => this.variables.has(name));
    this.worldIndex = raw.regions.length;
  }

  label(n) {
    return n === this.worldIndex ? "World" : this.regions[n].label;
  }

  before(s, name, n) {
    return number((this.scenarios[s].before ?? this.scenarios[0].before)[this.variables.get(name).index][n]);
  }

  after(s, name, n) {
    return number(this.scenarios[s].after[this.variables.get(name).index][n]);
  }

  // Change against the benchmark in percent.
  percent(s, name, n) {
    const kind = this.variables.get(name).kind;
    if (kind === "change") return this.after(s, name, n);
    return 100 * (kind === "index" ? this.after(s, name, n) - 1 : this.after(s, name, n) / this.before(s, name, n) - 1);
  }

  // One standard error of that change, in points, where elasticities were said to be uncertain; else NaN.
  error(s, name, n) {
    return number(this.scenarios[s].errors?.[name]?.[n]);
  }

  // All changes of one variable: one scenario's, or those of all scenarios where s is left out.
  percents(name, s) {
    const which = s === undefined ? this.scenarios.keys() : [s];
    return [...which].flatMap((t) => this.regions.map((_, n) => this.percent(t, name, n)));
  }

  decimals(name) {
    return decimalsFor(Math.max(...this.percents(name).map(Math.abs).filter(Number.isFinite), 0));
  }

  // Regions from the largest change to the least; what has no value comes last.
  ranked(s, name) {
    const value = this.regions.map((_, n) => this.percent(s, name, n));
    const key = (n) => (Number.isFinite(value[n]) ? value[n] : -Infinity);
    return this.regions.map((_, n) => n).sort((a, b) => key(b) - key(a) || a - b);
  }

  sectorPercent(s, measure, n, j) {
    return 100 * (number(this.scenarios[s].sectors[measure][n * this.sectors.length + j]) - 1);
  }

  outputBefore(s, n, j) {
    const sectors = this.scenarios[s].sectors.output_before ?? this.scenarios[0].sectors.output_before;
    return number(sectors[n * this.sectors.length + j]);
  }

  // What exporter sells to importer, among the main regions (places in `main`).
  bilateral(s, importer, exporter) {
    const at = importer * this.main.length + exporter;
    const before = number((this.scenarios[s].matrix.before ?? this.scenarios[0].matrix.before)[at]);
    return { before, after: number(this.scenarios[s].matrix.after[at]) };
  }

  // One way of a pair by sector: way 0 what a sells to b, way 1 the other; the last of each array is the total.
  way(s, p, way) {
    return this.scenarios[s].pairs[p][way];
  }
}

export function number(x) {
  return x === null || x === undefined ? NaN : x;
}
