#!/usr/bin/env bash
# run.sh COMMAND SOURCE: what a person at the terminal meets: exit codes, sentences on stderr, what is left on disk, and the
# same bytes each time. Each case names the law it holds; the last line counts them.
# SPDX-License-Identifier: MIT
# shellcheck source-path=SCRIPTDIR source=terminal.sh
source "$(dirname "$0")/terminal.sh"
unset NO_COLOR

mentions() {
    if grep -qF -- "$1" "$place/err"; then good; else fail "does not mention \"$1\": $(cat "$place/err")"; fi
}
same() {
    if cmp -s "$1" "$2"; then good; else fail "$1 and $2 differ"; fi
}
absent() {
    if [[ ! -e $1 ]]; then good; else fail "$1 is there: $(ls -A "$1")"; fi
}

# ---- the command itself ----
law=version_and_help_are_answers
exits 0 --version
prints "entente $(sed -n 's/^#define ENT_VERSION "\(.*\)"/\1/p' include/entente/base.h)"
for words in help --help -h "help run" "run --help" "run -h"; do
    # shellcheck disable=SC2086 # several words
    exits 0 $words
    prints "usage: entente"
done
law=every_command_helps
"$entente" help | sed -n '/^commands:/,/^$/p' | awk '/^  / { print $1 }' >"$place/commands"
while read -r name; do
    exits 0 help "$name"
    prints "usage: entente $name"
    exits 0 "$name" --help
    exits 2 "$name" --no-such-option-at-all
done <"$place/commands"
law=help_fits_a_terminal
while read -r name; do "$entente" help "$name"; done <"$place/commands" >"$place/pages"
"$entente" help >>"$place/pages"
if awk 'length($0) > 120 { bad = 1; print } END { exit bad }' "$place/pages"; then good; else fail "lines past 120 columns"; fi

law=a_wrong_word_is_refused_with_its_nearest
exits 2
says "a command is missing; \`entente help\` lists them"
exits 2 rnu
says "there is no command rnu; did you mean \`entente run\`?"
exits 2 xylophone
says "there is no command xylophone; \`entente help\` lists the commands"
exits 2 --verison
says "there is no option --verison; did you mean \`entente --version\`?"
exits 2 help runn
says "there is no command runn; did you mean \`entente run\`?"
exits 2 run x.yaml --tolerence 1e-8
says "run has no option --tolerence; did you mean --tolerance?"
exits 2 run x.yaml --tolerence=1e-8
says "run has no option --tolerence; did you mean --tolerance?"
exits 2 run x.yaml -z
says "run has no option -z; \`entente help run\` lists what it takes"
exits 2 run x.yaml --out
says "--out needs a value: --out DIR"
exits 2 run x.yaml --quiet=yes
says "--quiet takes no value, but was given \`yes\`"
exits 2 run x.yaml --format xml
says "--format xml: is not one of text|json|csv"
exits 2 run x.yaml --threads two
says "--threads two: is not a whole number"
exits 2 run x.yaml --tolerance small
says "--tolerance small: is not a number"
exits 2 run x.yaml --tolerance 7
mentions "tolerance"
exits 2 run x.yaml --threads 0
mentions "threads"
exits 2 run
says "run needs a scenario file; \`entente help run\` shows how"
exits 2 run -- --quiet
says "--quiet: No such file or directory"

law=a_full_disk_is_no_success
"$entente" help >/dev/full 2>"$place/err"
if [[ $? -eq 1 ]]; then good; else fail "a full disk looks like success"; fi
says "standard output: No space left on device"

# ---- a run ----
cat >"$place/small.yaml" <<'YAML'
name: ten points more
actions:
  - duty: {importer: USA, exporter: CHN, add: 10%}
YAML
cat >"$place/second.yaml" <<'YAML'
name: twenty points more
actions:
  - duty: {importer: USA, exporter: CHN, add: 20%}
YAML

law=an_absent_or_wrong_file_is_named
exits 2 run "$place/absent.yaml"
says "$place/absent.yaml: No such file or directory"
exits 2 run "$place"
says "$place: is a folder; name a file in it"
exits 2 run "$place/small.yaml" --world "$place/absent.nc"
mentions "$place/absent.nc"
prints_nothing
exits 2 run "$place/small.yaml" --world baseline2202
mentions "baseline2022"
prints_nothing
printf 'name: x\nactions:\n  - duty: {importer: USA, exporter: CHN, add: 10}\n' >"$place/bare.yaml"
exits 2 run "$place/bare.yaml"
mentions "$place/bare.yaml:3:"
prints_nothing
printf 'name: x\nactions:\n  - duty: {importer: USA, exporter: CHM, add: 10%%}\n' >"$place/region.yaml"
exits 2 run "$place/region.yaml" --out "$place/none"
mentions "CHN"
prints_nothing
absent "$place/none"

law=a_setting_is_checked_and_counts
exits 2 run "$place/small.yaml" --set sourcng=common
mentions "sourcing"
exits 2 run "$place/small.yaml" --set sourcing
mentions "sourcing"
exits 0 run "$place/small.yaml" --set sourcing=common --quiet
cp "$place/out" "$place/common"
exits 0 run "$place/small.yaml" --set sourcing=two-tier --quiet
if cmp -s "$place/out" "$place/common"; then fail "two-tier sourcing changes nothing"; else good; fi

law=a_run_prints_its_answer_in_each_format
exits 0 run "$place/small.yaml" --quiet
prints "ten points more"
if awk '{ if (length($0) > 100) bad = 1 } END { exit bad }' <(sed 's/[^ -~]/x/g' "$place/out"); then good; else fail "text is wider than 100 columns"; fi
if grep -q $'\033' "$place/out"; then fail "colour outside a terminal"; else good; fi
exits 0 run "$place/small.yaml" --quiet --format json
if command -v node >/dev/null; then
    if node -e 'JSON.parse(require("fs").readFileSync(0, "utf8"))' <"$place/out"; then good; else fail "JSON does not parse"; fi
fi
exits 0 run "$place/small.yaml" --quiet --format csv
if head -n 1 "$place/out" | grep -q '^scenario,'; then good; else fail "CSV begins with $(head -n 1 "$place/out")"; fi

law=real_income_is_taken_apart_where_it_was_not_forbidden
exits 2 run "$place/small.yaml" --decompose yes
says "--decompose yes: is not one of auto|always|never"
exits 0 run "$place/small.yaml" --quiet
prints "What it is made of"
exits 0 run "$place/small.yaml" --quiet --format csv
cp "$place/out" "$place/parts"
if awk -F, '$4 == "exact_sum" && $2 == "USA" && $7 != "" { found = 1 } END { exit !found }' "$place/parts"; then good; else fail "no exact_sum of USA"; fi
exits 0 run "$place/small.yaml" --quiet --format csv --decompose always
same "$place/parts" "$place/out"
exits 0 run "$place/small.yaml" --quiet --format csv --decompose never
if awk -F, '$4 ~ /^exact_/ && $7 != "" { bad = 1 } END { exit bad }' "$place/out"; then good; else fail "parts that were forbidden"; fi
if cmp -s <(grep -v ',exact_' "$place/parts") <(grep -v ',exact_' "$place/out"); then good; else fail "the parts move other numbers"; fi

law=several_scenarios_stand_side_by_side
exits 0 run "$place/small.yaml" "$place/second.yaml" --quiet
prints "ten points more"
prints "twenty points more"
law=an_answer_does_not_depend_on_its_company
exits 0 run "$place/second.yaml" --quiet --format csv
cp "$place/out" "$place/alone"
exits 0 run "$place/small.yaml" "$place/second.yaml" --quiet --format csv
grep '^twenty points more,' "$place/out" >"$place/together.rows"
grep '^twenty points more,' "$place/alone" >"$place/alone.rows"
if [[ -s $place/alone.rows ]]; then good; else fail "no rows"; fi
same "$place/alone.rows" "$place/together.rows"

law=scenarios_on_two_worlds_are_not_mixed
cp "$place/second.yaml" "$place/elsewhere.yaml"
echo 'world: other.nc' >>"$place/elsewhere.yaml"
exits 2 run "$place/small.yaml" "$place/elsewhere.yaml"
says "$place/small.yaml stands on the world baseline2022, but $place/elsewhere.yaml on $place/other.nc; scenarios shown side by side share one world: give --world, or run them one by one"
exits 0 run "$place/small.yaml" "$place/elsewhere.yaml" --world baseline2022 --quiet

law=what_is_not_converged_has_no_result
exits 1 run "$place/small.yaml" --tolerance 1e-14 --passes 1 --steps 1 --method fixed-point --out "$place/never"
prints_nothing
mentions "not converged"
absent "$place/never"
exits 1 run "$place/small.yaml" --set closure=balanced --tolerance 1e-14 --passes 1 --steps 1 --method fixed-point
prints_nothing
mentions "converge"

law=out_leaves_all_files_and_the_same_bytes
exits 0 run "$place/small.yaml" "$place/second.yaml" --out "$place/one" --quiet
for name in manifest.json regions.csv sectors.csv flows.csv results.nc report.html; do
    if [[ -s $place/one/$name ]]; then good; else fail "$name is missing"; fi
done
if compgen -G "$place/one/*.part-*" >/dev/null; then fail "a temporary file is left"; else good; fi
cp -r "$place/one" "$place/kept"
exits 0 run "$place/small.yaml" "$place/second.yaml" --out "$place/one" --quiet
for name in regions.csv sectors.csv flows.csv results.nc report.html; do same "$place/one/$name" "$place/kept/$name"; done
law=threads_do_not_change_a_bit
exits 0 run "$place/small.yaml" "$place/second.yaml" --out "$place/two" --threads 2 --quiet
for name in regions.csv sectors.csv flows.csv; do same "$place/two/$name" "$place/kept/$name"; done

law=uncertain_elasticities_give_errors_and_draws
exits 0 run "$place/small.yaml" --uncertain default
prints "How sure"
prints "±"
exits 2 run "$place/small.yaml" --draws 10
says "--draws, --seed, --correlation and --second-order say how elasticities vary; --uncertain FILE (or default) says how much, and is missing"
exits 2 run "$place/small.yaml" --uncertain default --draws -1
says "--draws and --seed take whole numbers from 0 up"
exits 2 run "$place/small.yaml" --uncertain default --correlation 2
says "--correlation 2: it must be between 0 and 1"
printf 'sector,se\nAGRI,1\n' >"$place/se.csv"
exits 2 run "$place/small.yaml" --uncertain "$place/se.csv" --draws 5 --out "$place/never"
says "$place/se.csv:2:1: 'AGRI' is no sector; is 'AGR' meant?"
absent "$place/never"
law=a_run_of_draws_that_was_killed_goes_on
exits 0 run "$place/small.yaml" --uncertain default --draws 600 --threads 2 --out "$place/drawn" --quiet
"$entente" run "$place/small.yaml" --uncertain default --draws 600 --out "$place/killed" --quiet >/dev/null 2>&1 &
for _ in $(seq 600); do
    if [[ -e $place/killed/draws-1.partial ]] || ! kill -0 $! 2>/dev/null; then break; fi
    sleep 0.05
done
kill -9 $! 2>/dev/null
wait $! 2>/dev/null
exits 0 run "$place/small.yaml" --uncertain default --draws 600 --out "$place/killed" --quiet
for name in draws.csv regions.csv; do same "$place/drawn/$name" "$place/killed/$name"; done
absent "$place/killed/draws-1.partial"

law=colours_are_for_terminals_and_NO_COLOR_is_obeyed
if command -v script >/dev/null; then
    script -qec "'$entente' run '$place/small.yaml' --quiet" /dev/null >"$place/terminal" 2>&1 </dev/null
    if grep -q $'\033\[' "$place/terminal"; then good; else fail "no colours on a terminal"; fi
    NO_COLOR=1 script -qec "'$entente' run '$place/small.yaml' --quiet" /dev/null >"$place/terminal" 2>&1 </dev/null
    if grep -q $'\033\[' "$place/terminal"; then fail "NO_COLOR is not obeyed"; else good; fi
fi

law=an_unwritable_place_is_named
touch "$place/file"
exits 2 run "$place/small.yaml" --out "$place/file" --quiet
mentions "$place/file"
prints_nothing
exits 2 run "$place/small.yaml" --out "$place/file/below" --quiet
mentions "$place/file"

law=the_readme_shows_what_the_program_prints
awk '/^```console$/ { on = 1; next } /^```$/ { on = 0 } on' README.md >"$place/readme"
read -r -a words < <(sed -n 's/^\$ entente //p' "$place/readme")
exits 0 "${words[@]}" --quiet
grep -vE '^(\$|…|$)|residual|Walras|passes' "$place/readme" >"$place/shown" # seconds and last digits are a machine's own
if [[ $(wc -l <"$place/shown") -gt 10 ]]; then good; else fail "README.md shows no run"; fi
while IFS= read -r line; do
    if grep -qxF -- "$line" "$place/out"; then good; else fail "README.md shows \"$line\""; fi
done <"$place/shown"

law=the_examples_run
for example in examples/*.yaml examples/*/*.yaml; do
    [[ $example == examples/games/* ]] && continue # war.sh plays them
    grep -q '^world: .*[./]' "$example" || exits 0 run "$example" --quiet
done
law=the_examples_on_imported_worlds_run # as their README.md says
data=${ENTENTE_DATA:-../shared/data}
if [[ -d $data/cp2015 ]]; then
    cp examples/nafta/nafta.yaml "$data/cp2015/tariffs.csv" "$place"
    exits 0 import caliendo-parro "$data/cp2015/base_nodeficit" -o "$place/world.nc"
    exits 0 run "$place/nafta.yaml" --quiet
    prints "Mexico"
    exits 0 world check "$place/world.nc"
elif [[ -n ${CI:-} ]]; then
    fail "the data set cp2015 is absent, and in CI it must be there"
else
    echo "skipped $law: the data set cp2015 is absent (set ENTENTE_DATA to the folder that holds it)"
fi

ends
