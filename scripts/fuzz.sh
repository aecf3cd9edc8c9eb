#!/usr/bin/env bash
# Runs every fuzz target of the tree for FUZZTIME each (default 20s). A finding
# is written below the package's testdata/fuzz: commit it with the fix.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
. scripts/lib.sh

targets=$(find . -path './.*' -prune -o -name '*_test.go' -print0 | xargs -0 grep -HoE '^func Fuzz\w+' | sort)
[ -n "$targets" ] || die "There are no fuzz targets."
# fuzz PACKAGE TARGET: minimising an input that is merely interesting can
# outlast the whole run, so it gets one try. Go's fuzzer sometimes calls the end
# of its time a failure of the target; a real one leaves its input behind.
fuzz() {
	local log
	log=$(mktemp)
	if ! go test -run '^$' -fuzz "^$2\$" -fuzzminimizetime 1x -fuzztime "${FUZZTIME:-20s}" "$1" 2>&1 | tee "$log" &&
		{ ! grep -q 'context deadline exceeded' "$log" || grep -q 'Failing input' "$log"; }; then
		rm -f "$log"
		return 1
	fi
	rm -f "$log"
}

while IFS=: read -r file target; do
	target=${target#func } package=$(dirname "$file")
	say "== $package $target"
	fuzz "$package" "$target"
done <<<"$targets"
