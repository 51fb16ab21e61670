// same_welfare.mjs POINT GAMES.csv RUN.csv: the real incomes of a point of games.csv are those of the scenario that was run.
// SPDX-License-Identifier: MIT
import { readFileSync } from "node:fs";

const [point, games, run] = process.argv.slice(2);
const cells = (line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((m) => m[1]).slice(0, -1);
const table = (path) => {
  const [head, ...rows] = readFileSync(path, "utf8").trim().split("\n").map(cells);
  return rows.map((row) => Object.fromEntries(head.map((name, c) => [name, row[c]])));
};
const got = new Map(table(run).filter((r) => r.variable === "real_income").map((r) => [r.region, Number(r.value)]));
const wanted = table(games).filter((r) => r.point === point && r.variable === "real_income");
if (wanted.length !== 19) throw new Error(`${wanted.length} regions in games.csv`);
for (const row of wanted) {
  const other = 1 + Number(row.value) / 100;
  if (!(Math.abs(got.get(row.code) - other) < 1e-10)) throw new Error(`${row.code}: ${got.get(row.code)} and ${other}`);
}
