#!/usr/bin/env bash
# run.sh BUILD SOURCE [compiler flags]: an installed tree can be used. The C program printed in README.md is taken from there
# as it stands, compiled against an installation with what pkg-config says, shared and static, and run.
# SPDX-License-Identifier: MIT
set -euo pipefail
build=$1 source=$2 flags=${3-}
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

cmake --install "$build" --prefix "$place" >/dev/null
awk '/^```c$/ { on = 1; next } /^```$/ { on = 0 } on' "$source/README.md" >"$place/example.c"
[[ -s $place/example.c ]] || { echo "FAILED: README.md shows no C program"; exit 1; }

library=$(dirname "$(find "$place" -name entente.pc)")/..
export PKG_CONFIG_PATH=$library/pkgconfig
asked() { pkg-config "$@" entente; }
# shellcheck disable=SC2046,SC2086 # flags are words
compile() { cc -std=c17 -Wall -Wextra -Wpedantic -Werror $flags "$place/example.c" $(asked --cflags) "$@"; }
# shellcheck disable=SC2046
compile $(asked --libs) -o "$place/shared"
# shellcheck disable=SC2046
compile "$library/libentente.a" $(asked --static --libs | sed 's/-lentente//') -o "$place/static"
said=$(cd "$source" && LD_LIBRARY_PATH=$library "$place/shared")
also=$(cd "$source" && "$place/static")
[[ -n $said && $said == "$also" ]] || { echo "FAILED: the two programs say: $said / $also"; exit 1; }
[[ $("$place/bin/entente" --version) == "entente $(pkg-config --modversion entente)" ]] ||
    { echo "FAILED: the command and entente.pc disagree on the version"; exit 1; }
for page in entente.1 entente-run.1; do
    [[ -f $place/share/man/man1/$page ]] || { echo "FAILED: $page is not installed"; exit 1; }
done
echo "an installed tree can be used: $said"
