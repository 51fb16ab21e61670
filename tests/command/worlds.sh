#!/usr/bin/env bash
# worlds.sh COMMAND SOURCE: `entente world` and `entente import` as met at the terminal: what is printed, exit codes, what is
# left on disk. The last line counts.
# SPDX-License-Identifier: MIT
# shellcheck source-path=SCRIPTDIR source=terminal.sh
source "$(dirname "$0")/terminal.sh"

law=the_embedded_world_is_listed_and_shown
exits 0 world list
prints "  baseline2022      The world economy in 2022: 19 regions, 24 sectors"
fits
exits 0 world show baseline2022
fits
prints "  output                     199,691.3 billion US dollars" # 199.69 trillion, as its source says
prints "25,281.7"                                                  # value added of the USA: 25282 in regions.csv
prints "VEH    Motor vehicles and parts"
prints "Fontagne, Guimbard and Orefice (2022)"
prints "http://oe.cd/icio"
prints "CC BY 4.0"
prints "collected over imports in 2024"
exits 0 world check baseline2022
fits
prints "  E1  sales are output"
prints "  E2  costs are output"
prints "The table balances: gaps within 1e-9 of output, no negative sales."

law=wrong_words_about_worlds_are_refused
exits 2 world
says "world wants one of list, show, check, save, refine; see \`entente help world\`"
exits 2 world shwo baseline2022
exits 2 world show
says "world show wants one world; \`entente world list\` names some"
exits 2 world list baseline2022
says "world list wants no further words"
exits 2 world show baseline2021
says "baseline2021: neither an embedded world nor a file; is 'baseline2022' meant? Other worlds are given by the path of their .nc file"
exits 2 world check "$place/absent.nc"
says "$place/absent.nc: No such file or directory"
echo "not a world" >"$place/text.nc"
exits 2 world check "$place/text.nc"
says "$place/text.nc: is no world file (netCDF-4); \`entente import\` makes one from a table in CSV"

law=the_embedded_world_is_saved_and_is_the_same
exits 0 world save baseline2022 "$place/saved.nc"
prints "baseline2022 written to $place/saved.nc"
"$entente" world show baseline2022 >"$place/one"
"$entente" world show "$place/saved.nc" >"$place/two"
if cmp -s "$place/one" "$place/two"; then good; else fail "it is shown differently"; fi
exits 2 world save baseline2022
says "world save wants a world and the path of the file to write"

law=a_tidy_table_is_imported_and_found_again
mkdir "$place/tidy"
cat >"$place/tidy/flows.csv" <<'END'
exporter,importer,sector,use,value_musd
MEX,MEX,VEH,VEH,3000
MEX,USA,VEH,HFCE,4000
MEX,MEX,VEH,HFCE,1000
USA,USA,VEH,HFCE,20000
USA,MEX,VEH,VEH,2000
END
printf 'importer,exporter,sector,rate_pct\nUSA,MEX,VEH,2.5\n' >"$place/tidy/duties.csv"
exits 0 import tidy "$place/tidy" --name vehicles --year 2020 -o "$place/v.nc"
prints "vehicles: 2 regions, 1 sector, 1 final use, 1 factor; 2020; output 30.0 billion US dollars"
prints "written to $place/v.nc"
fits
exits 0 world check "$place/v.nc"
prints "1 of 2 rates are not 0; highest 2.50 %, USA on VEH from MEX"
exits 0 world show "$place/v.nc"
prints "trade between regions           6.00 billion US dollars"
prints "No trade elasticities: the blueprint must bring them."
fits

law=what_is_wrong_is_not_imported_and_the_old_file_stays
cp "$place/v.nc" "$place/kept.nc"
sed -i 's/,4000$/,four/' "$place/tidy/flows.csv"
exits 2 import tidy "$place/tidy" -o "$place/v.nc"
prints_nothing
if grep -qF "flows.csv:3:" "$place/err"; then good; else fail "does not say where: $(cat "$place/err")"; fi
if cmp -s "$place/v.nc" "$place/kept.nc"; then good; else fail "the old world is spoilt"; fi
if compgen -G "$place/*.part*" >/dev/null; then fail "something is left beside it"; else good; fi
exits 2 import tidy "$place/tidy"
says "import wants to know where the world goes: -o WORLD.nc"
exits 2 import tydi "$place/tidy" -o "$place/v.nc"
says "import: 'tydi' is no layout; is 'tidy' meant?"
exits 2 import xlsx "$place/tidy" -o "$place/v.nc"
says "import: 'xlsx' is no layout; known are oecd-icio, wiod-2013, caliendo-parro, tidy"
exits 2 import tidy -o "$place/v.nc"
exits 2 import tidy "$place/tidy" --stocks sell -o "$place/v.nc"
says "--stocks sell: is not one of move|leontief|keep"
sed -i 's/,four$/,4000/' "$place/tidy/flows.csv"
exits 2 import tidy "$place/tidy" -o "$place/nowhere/v.nc"
says "$place/nowhere/v.nc: cannot be written: No such file or directory"

law=products_are_cut_out_and_the_refined_world_is_a_world
exits 0 world refine baseline2022 data/critical-inputs/products.yaml "$place/fine.nc"
exits 0 world check "$place/fine.nc"
exits 0 world show "$place/fine.nc"
prints "product: magnets (HS 8505.11) cut out of EEQ"
exits 2 world refine baseline2022 data/critical-inputs/products.yml "$place/fine.nc"
exits 2 world refine baseline2022 data/critical-inputs/products.yaml
says "world refine wants a world, a product file and the path of the file to write"

ends
