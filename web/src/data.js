// data.js: the report's numbers by name, as src/report/page_data.c wrote them. Computes changes and nothing else.
// SPDX-License-Identifier: MIT
import { decimalsFor, short } from "./format.js";

// Region variables a reader can choose to see, all as a change in percent.
const choices = ["real_income", "real_wage", "price_index", "real_gdp", "exports", "imports", "terms_of_trade", "wage"];

// `against`: the scenario that all changes are taken against, in place of the benchmark; they are differences in points then.
export class Report {
  constructor(raw, against = -1) {
    Object.assign(this, { version: raw.version, command: raw.command, world: raw.world, regions: raw.regions, sectors: raw.sectors, main: raw.main, pairs: raw.pairs, scenarios: raw.scenarios, against });
    this.variables = new Map(raw.variables.map((v, index) => [v.name, { ...v, index }]));
    this.choices = choices.filter((name) => this.variables.has(name));
    this.worldIndex = raw.regions.length;
  }

  label(n) {
    return n === this.worldIndex ? "World" : this.regions[n].label;
  }

  // What a change is a change of, for the line of units below a title.
  get base() {
    if (this.against >= 0) return `“${this.scenarios[this.against].name}”`;
    return this.world.year ? `the ${this.world.year} benchmark` : "the benchmark"; // a table may come without a year; it is 0 then
  }

  get changeUnit() {
    return this.against >= 0 ? `Difference to ${this.base}, percentage points` : `Change against ${this.base}, %`;
  }

  before(s, name, n) {
    return number((this.scenarios[s].before ?? this.scenarios[0].before)[this.variables.get(name).index][n]);
  }

  after(s, name, n) {
    return number(this.scenarios[s].after[this.variables.get(name).index][n]);
  }

  // A variable that is a change itself, as money: against what all changes are taken against.
  worth(s, name, n) {
    return this.after(s, name, n) - (this.against >= 0 ? this.after(this.against, name, n) : 0);
  }

  ownPercent(s, name, n) {
    const kind = this.variables.get(name).kind;
    if (kind === "change") return this.after(s, name, n);
    return 100 * (kind === "index" ? this.after(s, name, n) - 1 : this.after(s, name, n) / this.before(s, name, n) - 1);
  }

  // Change against the benchmark in percent; or less that of `against`, in points.
  percent(s, name, n) {
    const own = this.ownPercent(s, name, n);
    return this.against >= 0 ? own - this.ownPercent(this.against, name, n) : own;
  }

  // One standard error of that change, in points, where elasticities were said to be uncertain; else NaN. That of a difference
  // is not known: both are uncertain for the same reason.
  error(s, name, n) {
    return this.against >= 0 ? NaN : number(this.scenarios[s].errors?.[name]?.[n]);
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
    const own = (t) => 100 * (number(this.scenarios[t].sectors[measure][n * this.sectors.length + j]) - 1);
    return this.against >= 0 ? own(s) - own(this.against) : own(s);
  }

  outputBefore(s, n, j) {
    const sectors = this.scenarios[s].sectors.output_before ?? this.scenarios[0].sectors.output_before;
    return number(sectors[n * this.sectors.length + j]);
  }

  // What exporter sells to importer, among the main regions (places in `main`): before, or under what changes are taken
  // against, and after.
  bilateral(s, importer, exporter) {
    const at = importer * this.main.length + exporter;
    const benchmark = (this.scenarios[s].matrix.before ?? this.scenarios[0].matrix.before)[at];
    return { before: number(this.against >= 0 ? this.scenarios[this.against].matrix.after[at] : benchmark), after: number(this.scenarios[s].matrix.after[at]) };
  }

  // One way of a pair by sector: way 0 what a sells to b, way 1 the other; the last of each array is the total.
  way(s, p, way) {
    return this.scenarios[s].pairs[p][way];
  }

  pairLabel(p) {
    return this.pairs[p].map((n) => short(this.label(n))).join(" – ");
  }
}

export function number(x) {
  return x === null || x === undefined ? NaN : x;
}
