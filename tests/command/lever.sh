#!/usr/bin/env bash
# lever.sh COMMAND SOURCE: `entente lever` as met at the terminal: its three questions, files, exit codes, sentences.
# SPDX-License-Identifier: MIT
# shellcheck source-path=SCRIPTDIR source=terminal.sh
source "$(dirname "$0")/terminal.sh"
truce=examples/lancaster-house/truce.yaml

law=instruments_are_ranked
exits 0 lever --objective real_income:CHN --by USA
fits
prints "baseline2022, blueprint default, at the benchmark"
prints "What moves the real income of CHN, by instruments of USA"
exits 0 lever "$truce" --objective "imports:USA:CHN:ELE" --top 3 --lever duty
fits
prints "after: Truce of June 2025"
prints "imports of ELE of USA from CHN"
# the importer's own duty on it comes first, and lowers it
if [[ $(sed -n '/^whose/,$p' "$place/out" | sed -n 3p) == "USA    duty       CHN    ELE Computers"*" -"* ]]; then good; else fail "another duty is first"; fi
exits 0 lever --objective real_income:CHN --by others --format csv
if grep -q '^[a-z_]*,CHN,' "$place/out"; then fail "others hold CHN's instruments"; else good; fi
if [[ $(head -1 "$place/out") == "instrument,whose,on,sector,sector_label,effect,effect_musd,effect_percent,own_musd,per_dollar" ]]; then good; else fail "other columns"; fi

law=who_can_hurt_whom_is_shown
for kind in duty export_tax trade_cost; do
    exits 0 lever --matrix --lever $kind
    fits
    prints "Who can hurt whom"
    prints "Largest losses in money"
done
exits 0 lever "$truce" --matrix -o "$place/files"
if [[ $(wc -l <"$place/files/leverage.csv") -eq $((1 + 2 * 19 * 18)) ]]; then good; else fail "rows: $(wc -l <"$place/files/leverage.csv")"; fi
if [[ $(grep -o '{"lever": *"\(duty\|export_tax\)", *"loss_usd"' "$place/files/report.html" | wc -l) -eq 2 && ! -e $place/files/leverage.html ]]; then good; else fail "report.html has no two maps"; fi
if grep -q '"scenario": "Truce of June 2025"' "$place/files/manifest.json"; then good; else fail "the manifest names no scenario"; fi

law=exposure_is_shown_and_its_rows_sum_to_one
exits 0 lever --exposure
fits
exits 0 lever --exposure --sector ELE
fits
exits 0 lever --exposure --format csv
if awk -F, 'NR > 1 { u[$1 "," $2] += $10 } END { for (k in u) if (u[k] < 0.999999999 || u[k] > 1.000000001) exit 1 }' "$place/out"; then good; else fail "a row of U does not sum to one"; fi

law=the_same_question_has_the_same_bytes
"$entente" lever "$truce" --objective real_income:USA --format json >"$place/one"
"$entente" lever "$truce" --objective real_income:USA --format json --threads 2 | sed 's/ --threads 2//' >"$place/two"
if cmp -s "$place/one" "$place/two"; then good; else fail "two answers differ"; fi

law=wrong_words_are_refused_with_the_nearest
refused() { # SENTENCE words...
    local sentence=$1
    shift
    exits 2 lever "$@"
    says "$sentence"
    prints_nothing
}
refused "lever needs a question: --objective real_income:CHN, --matrix or --exposure"
refused "lever answers one question at a time: --objective, --matrix or --exposure" --matrix --exposure
refused "objective real_incom:CHN: nothing is called real_incom; did you mean real_income?" -O real_incom:CHN
refused "objective real_income:CHX: baseline2022 has no region called CHX; did you mean CHN?" -O real_income:CHX
refused "baseline2022 has no region called USB; did you mean USA?" -O real_income:CHN --by USB
refused "there is no instrument dutty; did you mean duty?" -m -l dutty
refused "--matrix takes instruments at borders; a subsidy is inside a region" -m -l subsidy
refused "baseline2022 has no sector called ELL; did you mean ELE?" -e --sector ELL
refused "--by goes with --objective" -m --by USA
refused "lever stands at one scenario, not at 2" "$truce" "$truce" -m

ends
