#!/usr/bin/env bash
# Runs every fuzz target of the tree for FUZZTIME each (default 20s). A finding
# is written below the package's testdata/fuzz: commit it with the fix.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
. scripts/lib.sh

targets=$(find . -path './.*' -prune -o -name '*_test.go' -print0 | xargs -0 grep -HoE '^func Fuzz\w+' | sort)
[ -n "$targets" ] || die "There are no fuzz targets."
while IFS=: read -r file target; do
	target=${target#func } package=$(dirname "$file")
	say "== $package $target"
	go test -run '^$' -fuzz "^$target\$" -fuzztime "${FUZZTIME:-20s}" "$package"
done <<<"$targets"
