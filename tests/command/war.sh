#!/usr/bin/env bash
# war.sh COMMAND SOURCE: `entente war` as met at the terminal: text, tables, policies as scenarios, exit codes, sentences.
# SPDX-License-Identifier: MIT
# shellcheck source-path=SCRIPTDIR source=terminal.sh
source "$(dirname "$0")/terminal.sh"
game=examples/games/us-china.yaml

law=a_war_is_shown
exits 0 war "$game"
fits
prints "US–China trade war"
prints "baseline2022, 19 regions, 24 sectors"
prints "United States"
prints "Certificates"
prints ", a summit"
exits 0 help war
fits

law=files_are_written
exits 0 war "$game" --out "$place/one" --quiet
for file in games.csv regions.csv duties.csv manifest.json policies/nash.yaml policies/nash.csv; do
    if [[ -s $place/one/$file ]]; then good; else fail "no $file"; fi
done
if [[ $(head -1 "$place/one/games.csv") == "concept,point,code,label,variable,unit,value" ]]; then good; else fail "other columns"; fi

law=the_same_command_line_gives_the_same_bytes
line=$(sed -n 's/^  "command": "entente \(.*\)",$/\1/p' "$place/one/manifest.json")
cp -r "$place/one" "$place/kept"
# shellcheck disable=SC2086 # words of a command line
"$entente" $line >"$place/again" 2>/dev/null
if diff -r "$place/one" "$place/kept" >/dev/null; then good; else fail "other bytes: $(diff -rq "$place/one" "$place/kept")"; fi
exits 0 war "$game" --quiet
if cmp -s "$place/again" "$place/out"; then good; else fail "another text"; fi

law=a_policy_that_was_found_is_a_scenario_with_the_same_welfare
for point in nash equal-gain optimum-USA; do
    "$entente" run "$place/one/policies/$point.yaml" --format csv --quiet --tolerance 1e-12 --decompose never >"$place/run"
    if node "$source/tests/command/same_welfare.mjs" "$point" "$place/one/games.csv" "$place/run" 2>"$place/err"; then good; else fail "$point: $(grep -m1 Error "$place/err")"; fi
done

law=regions_of_every_point_are_those_of_the_games_table
if node - "$place/one/games.csv" "$place/one/regions.csv" 2>"$place/err" <<'CHECK'
const fs = require("fs"), rows = (file) => fs.readFileSync(file, "utf8").trim().split("\n").map((line) => line.match(/("[^"]*"|[^,]*)(,|$)/g).map((cell) => cell.replace(/,$/, "")));
const games = rows(process.argv[2]).filter((r) => r[4] === "real_income"), regions = new Map(rows(process.argv[3]).filter((r) => r[3] === "real_income").map((r) => [`${r[0]} ${r[1]}`, r[7]]));
if (games.length < 100) throw new Error("too few");
for (const r of games) if (!(Math.abs(100 * (regions.get(`${r[1]} ${r[2]}`) - 1) - r[6]) < 1e-9)) throw new Error(`${r[1]} ${r[2]}: ${regions.get(`${r[1]} ${r[2]}`)}, ${r[6]}`);
CHECK
then good; else fail "$(grep -m1 Error "$place/err")"; fi

law=what_a_policy_was_made_for_is_found_in_it
printf 'players: [{region: USA, instruments: [import_duty: {least: -40%%}], objective: {lobby: {AGR: 1.3, TEX: 0.9}}}]\nconcepts: [optimum]\n' >"$place/lobby.yaml"
exits 0 war "$place/lobby.yaml" --quick --quiet --out "$place/lobby"
printf 'actions: [duty: {file: lobby/policies/optimum-USA.csv, column: duty_rate}]\nplayers: [{region: USA, instruments: [import_duty: {least: -50%%}]}]\nconcepts: [motive]\n' >"$place/motive.yaml"
exits 0 war "$place/motive.yaml" --quiet --format csv
if awk -F, '$5 ~ /,?lobby_weight/ || /lobby_weight/ {w[$3] = $NF} END {exit !(w["AGR"] / w["ELE"] > 1.29999 && w["AGR"] / w["ELE"] < 1.30001 && w["TEX"] / w["ELE"] > 0.89999 && w["TEX"] / w["ELE"] < 0.90001)}' "$place/out"; then good; else fail "other weights"; fi
exits 0 war "$place/motive.yaml" --quiet
fits
prints "What USA must want"

law=json_is_json
exits 0 war "$game" --format json --quiet
if node -e 'const d = JSON.parse(require("fs").readFileSync(process.argv[1])); if (!(d.answers.length > 0 && d.certificates.length > 0)) throw new Error("empty")' "$place/out" 2>"$place/err"; then good; else fail "$(grep -m1 Error "$place/err")"; fi

law=a_war_says_whether_it_is_stable
exits 0 war "$game" --quiet
prints "Nash: stable under adjustment, where all answer at once: radius 0."
exits 0 war "$game" --quick --quiet
if grep -q "under adjustment" "$place/out"; then fail "quick, and yet the radius was found"; else good; fi

law=the_examples_are_played
for example in examples/games/*.yaml; do # ossa/ needs a world that is imported first
    exits 0 war "$example" --quiet ${ENT_SANITIZED:+--quick} # certificates take longest, and are the library's tests
    fits
done

law=clubs_are_shown
exits 0 war examples/games/chip-club.yaml --quick --quiet --out "$place/club"
fits
for line in "Round 1     European Union (27), Japan, Korea, Chinese Taipei / Taiwan join" "No member gains by leaving, and nobody who may join gains by joining." \
    "stays out" "The last level that keeps all: tax of 20 percent"; do
    prints "$line"
done
for point in club-ban club-tax-of-20-percent; do # what members do, and their duties
    "$entente" run "$place/club/policies/$point.yaml" --format csv --quiet --tolerance 1e-12 --decompose never >"$place/run"
    if node "$source/tests/command/same_welfare.mjs" "$point" "$place/club/games.csv" "$place/run" 2>"$place/err"; then good; else fail "$point: $(grep -m1 Error "$place/err")"; fi
done
if node -e 'const d = JSON.parse(require("fs").readFileSync(process.argv[1])); if (!(d.clubs.length === 3 && d.clubs.every((c) => c.nash_in_membership))) throw new Error("no clubs")' "$place/club/manifest.json" 2>"$place/err"; then good; else fail "$(grep -m1 Error "$place/err")"; fi
cp -r "$place/club" "$place/clubbed"
exits 0 war examples/games/chip-club.yaml --quick --quiet --out "$place/club" --threads 1
# only the manifest and the page say the command line
if diff -r -x manifest.json -x report.html "$place/club" "$place/clubbed" >/dev/null; then good; else fail "threads change: $(diff -rq "$place/club" "$place/clubbed")"; fi

law=partitions_have_foresight_and_shares
printf 'world: baseline2022\nplayers: [{region: USA, instruments: [import_duty: {freedom: uniform}]}, {region: CHN, instruments: [import_duty: {freedom: uniform}]}, {region: EUU, instruments: [import_duty: {freedom: uniform}]}]\nconcepts: [blocs]\n' >"$place/three.yaml"
exits 0 war "$place/three.yaml" --quiet --out "$place/three"
fits
prints "last where everybody looks to the end"
prints "nucleolus"
if [[ $(head -1 "$place/three/partitions.csv") == *,stable,farsighted,* ]]; then good; else fail "other columns"; fi
# both divide what all together are worth
if awk -F, '$5 ~ /^(shapley|nucleolus)_others_alone$/ { sum[$5] += $NF } END { d = sum["shapley_others_alone"] - sum["nucleolus_others_alone"]; exit !(sum["shapley_others_alone"] > 0 && d < 1e-3 && d > -1e-3) }' "$place/three/games.csv"; then good; else fail "shares do not sum alike"; fi

law=what_was_not_reached_has_no_column
exits 1 war "$game" --rounds 2 --quick --quiet
if grep -q "Nash" "$place/out"; then fail "shows a point that was not reached"; else good; fi
if grep -q "did not come to rest" "$place/err"; then good; else fail "says: $(cat "$place/err")"; fi

law=wrong_words_are_refused
refused() { # SENTENCE words...
    local sentence=$1
    shift
    exits 2 war "$@"
    says "$sentence"
    prints_nothing
}
refused "war needs a game file; \`entente help war\` shows how"
refused "war plays one game at a time, not 2" a.yaml b.yaml
refused "--tolerance 1: must be from 1e-13 to 0.001" "$game" --tolerance 1
refused "--rounds 0: must be from 1 to 100000" "$game" --rounds 0
refused "war has no option --ronds; did you mean --rounds?" "$game" --ronds 3
printf 'players: [USA, CHX]\n' >"$place/wrong.yaml"
refused "$place/wrong.yaml:1:16: baseline2022 has no region or group called CHX; did you mean CHN?" "$place/wrong.yaml"

ends
