# terminal.sh COMMAND SOURCE: what the tests of commands have in common; they source it. A case sets `law`, the law that it
# holds; ends() counts them.
# shellcheck shell=bash disable=SC2034 # used by those who source it
# SPDX-License-Identifier: MIT
set -uo pipefail
entente=$1 source=$2
cd "$source" || exit 1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
passed=0 failed=0 law=

fail() { echo "FAILED $law: $*"; failed=$((failed + 1)); }
good() { passed=$((passed + 1)); }
exits() { # exits CODE [words of the command]: runs it, keeps what it says in $place/out and $place/err
    local code=$1 got
    shift
    "$entente" "$@" >"$place/out" 2>"$place/err" </dev/null
    got=$?
    if [[ $got -eq $code ]]; then good; else fail "exit status $got, not $code; stderr: $(head -c 400 "$place/err")"; fi
}
says() { if [[ $(cat "$place/err") == "entente: $1" ]]; then good; else fail "says: $(cat "$place/err")"; fi; } # the whole of stderr
prints() { if grep -qF -- "$1" "$place/out"; then good; else fail "does not print \"$1\""; fi; }
prints_nothing() { if [[ ! -s $place/out ]]; then good; else fail "prints $(head -c 200 "$place/out")"; fi; }
fits() { # every line within 100 characters, and none ends in blanks
    if LC_ALL=C.UTF-8 grep -nE '^.{101,}$| $' "$place/out"; then fail "lines past 100 columns, or with blanks at their end"; else good; fi
}
ends() {
    echo "$passed passed, $failed failed"
    [[ $failed -eq 0 ]]
}
