#!/usr/bin/env bash
# Runs the benchmarks of every package, then the side-by-side runs of bench/
# against bin/caddy. Compare two outputs of the first kind with
#
#	go tool -modfile=tools/go.mod benchstat old.txt new.txt
#
#	BENCH=regexp     only those of the packages' benchmarks (default: all)
#	BENCHCOUNT=n     each n times (default 1)
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
scripts/build.sh

go test -run '^$' -bench "${BENCH:-.}" -benchmem -count "${BENCHCOUNT:-1}" -timeout 60m -p 1 ./...
bench/run.sh
