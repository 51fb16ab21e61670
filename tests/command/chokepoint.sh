#!/usr/bin/env bash
# chokepoint.sh COMMAND SOURCE: `entente chokepoint` as met at the terminal: rankings, blocs, matrices, files, exit codes,
# sentences.
# SPDX-License-Identifier: MIT
# shellcheck source-path=SCRIPTDIR source=terminal.sh
source "$(dirname "$0")/terminal.sh"
# columns of chokepoints.csv: sender target sector sector_label kind trade share import_share formula exact loss own% own ratio others
truce=examples/lancaster-house/truce.yaml
header="sender,target,sector,sector_label,kind,trade_musd,share,import_share,formula_percent,exact_percent,loss_musd,own_percent,own_musd,per_dollar,others_musd"

law=cut_offs_are_ranked_by_loss
exits 0 chokepoint --target EUU --sender CHN
fits
prints "baseline2022, blueprint default, at the benchmark"
prints "What European Union (27) depends on"
prints "Cut-offs, one-way, by what the target loses"
prints "What diversification would buy"
exits 0 chokepoint --target EUU --sender CHN --format csv
if [[ $(head -1 "$place/out") == "$header" ]]; then good; else fail "other columns"; fi
if [[ $(wc -l <"$place/out") -eq 25 ]]; then good; else fail "$(wc -l <"$place/out") lines, not a header and 24 products"; fi
if sed 1d "$place/out" | sed 's/"[^"]*"/x/g' | awk -F, 'NR > 1 && $10 > last { exit 1 } { last = $10 }'; then good; else fail "losses do not fall"; fi

law=a_share_is_that_of_suppliers_csv
exits 0 chokepoint --target EUU --sender CHN --product ELE,EEQ -o "$place/files"
for file in chokepoints threats suppliers dependence reliance remedies; do
    if [[ -s $place/files/$file.csv ]]; then good; else fail "no $file.csv"; fi
done
if [[ ! -e $place/files/joint.csv && -s $place/files/report.html && -s $place/files/manifest.json ]]; then good; else fail "other files"; fi
share=$(sed 's/"[^"]*"/x/g' "$place/files/suppliers.csv" | awk -F, '$1 == "EUU" && $2 == "ELE" { all += $6; if ($4 == "CHN") one = $6 } END { printf "%.9f", one / all }')
row=$(sed 's/"[^"]*"/x/g' "$place/files/chokepoints.csv" | awk -F, '$1 == "CHN" && $2 == "EUU" && $3 == "ELE" { printf "%.9f", $7 }')
if [[ $share == "$row" ]]; then good; else fail "share $row, not $share"; fi
if sed 's/"[^"]*"/x/g' "$place/files/reliance.csv" | awk -F, 'NR > 1 { face[$1 $2] += $4; look[$1 $2] += $5 } END { for (k in face) if (face[k] < 1 - 1e-12 || face[k] > 1 + 1e-12 || look[k] < 1 - 1e-12 || look[k] > 1 + 1e-12) exit 1 }'; then good; else fail "reliance does not sum to one"; fi

law=a_bloc_acts_together
exits 0 chokepoint --sender USA,JPN,EUU --target CHN --together
fits
prints "Together and one by one"
exits 0 chokepoint --sender USA,JPN,EUU --target CHN --together --format json
if [[ $(grep -c '"complementarity_exact"' "$place/out") -eq 1 ]]; then good; else fail "no joint threat"; fi

law=the_threat_matrix_is_shown
exits 0 chokepoint --matrix --together --two-way --product ELE,MIN
fits
prints "Cut-offs, two-way, by what the target loses"
prints "Who can hurt whom"
prints "The same: loss of the row itself"

law=the_formula_alone_solves_nothing
exits 0 chokepoint --formula --sender CHN --matrix
fits
prints "by what the target loses at fixed wages"
exits 0 chokepoint --formula --sender CHN --target USA --product ELE --format csv
formula=$(sed 1d "$place/out" | sed 's/"[^"]*"/x/g' | cut -d, -f9)
exits 0 chokepoint --exact --sender CHN --target USA --product ELE --format csv
if [[ $(sed 1d "$place/out" | sed 's/"[^"]*"/x/g' | cut -d, -f9) == "$formula" ]]; then good; else fail "another formula with the exact loss beside it"; fi

law=a_cut_off_is_the_ban_of_a_scenario
cat >"$place/ban.yaml" <<YAML
name: no chips
actions:
  - ban: {exporter: CHN, importer: USA, sector: ELE}
YAML
exact=$(sed 1d "$place/out" | sed 's/"[^"]*"/x/g' | cut -d, -f10)
exits 0 run "$place/ban.yaml" -o "$place/run" -q
ratio=$(grep ',USA,[^,]*,*.*real_income,' "$place/run/regions.csv" | head -1 | awk -F, '{ print $NF }')
if awk -v a="$exact" -v b="$ratio" 'BEGIN { d = a - 100 * (1 - b); exit !(d < 1e-7 && d > -1e-7) }'; then good; else fail "a loss of $exact %, and a scenario's ratio of $ratio"; fi
exits 0 chokepoint "$place/ban.yaml" --sender CHN --target USA --product ELE
prints "nothing is traded between those who were asked for"

law=threads_and_repetition_change_no_byte
"$entente" chokepoint "$truce" --target MEX --format json >"$place/one"
"$entente" chokepoint "$truce" --target MEX --format json --threads 3 | sed 's/ --threads 3//' >"$place/two"
if cmp -s "$place/one" "$place/two"; then good; else fail "two answers differ"; fi

law=wrong_words_are_refused_with_the_nearest
refused() { # SENTENCE words...
    local sentence=$1
    shift
    exits 2 chokepoint "$@"
    says "$sentence"
    prints_nothing
}
refused "baseline2022 has no region called CHM; did you mean CHN?" --sender CHM
refused "baseline2022 has no region called EUUU; did you mean EUU?" --target USA,EUUU
refused "baseline2022 has no product or sector called ELX; did you mean ELE?" --product ELX
refused "--formula leaves out what --exact asks for" --formula --exact
refused "chokepoint stands at one scenario, not at 2" "$truce" "$truce"
refused "--subsidy 10: is that percent? write 10% or 1000%" --subsidy 10
refused "--channel 120%: a rate from 0% to less than 100% was expected, such as 10%" --channel 120%
refused "--stock takes 0 days or more and --days more than 0, not 90 and 0" --days 0

ends
