#!/usr/bin/env bash
# talks.sh COMMAND SOURCE: `entente talks` as met at the terminal: what it says, tables, exit codes, sentences.
# SPDX-License-Identifier: MIT
# shellcheck source-path=SCRIPTDIR source=terminal.sh
source "$(dirname "$0")/terminal.sh"
game=examples/games/us-china.yaml

law=talks_are_shown
exits 0 talks "$game" --out "$place/talks" --quiet
fits
for line in "What the model implies; not a forecast" "Zone of agreement over the war: open" "Does the bargain over the war hold?" \
    "Offers in turn (Rubinstein)" "A war of attrition with reputation" "Frontier of USA and CHN" "Certificates"; do
    prints "$line"
done
for file in talks.csv frontier.csv report.html policies/bargain-over-war.yaml; do
    if [[ -s $place/talks/$file ]]; then good; else fail "no $file"; fi
done
cp -r "$place/talks" "$place/talked"
exits 0 talks "$game" --out "$place/talks" --quiet
if diff -r "$place/talks" "$place/talked" >/dev/null; then good; else fail "other bytes: $(diff -rq "$place/talks" "$place/talked")"; fi
exits 0 talks examples/games/chips-for-minerals.yaml --quiet
prints "minerals for licences"
cat >"$place/club.yaml" <<END
players:
  - {region: USA, instruments: [import_duty: {partner: [CHN, JPN], freedom: partner, greatest: 10%}]}
  - {region: JPN, instruments: [import_duty: {partner: [USA, CHN], freedom: partner, greatest: 10%}]}
concepts:
  - club: {core: USA, candidates: JPN, levels: [{name: low, actions: []}, {name: high, actions: [ban: {exporter: member, importer: CHN}]}]}
END
exits 0 talks "$place/club.yaml" --quick --quiet # talks play no clubs, and say nothing of them
if grep -qi "level" "$place/out"; then fail "says: $(grep -i level "$place/out")"; else good; fi
exits 0 help talks
fits

law=wrong_words_of_talks_are_refused
exits 2 talks
says "talks needs a game file; \`entente help talks\` shows how"
printf 'players: [USA]\n' >"$place/alone.yaml"
exits 2 talks "$place/alone.yaml"
says "$place/alone.yaml: talks are for two players or more, but one plays; write the others under \`players\`"

ends
