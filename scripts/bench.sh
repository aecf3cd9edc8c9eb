#!/usr/bin/env bash
# Runs the benchmarks. Without arguments: those of every package, and the
# side-by-side runs of bench/ if that has a script. Compare two runs with
#
#	go tool -modfile=tools/go.mod benchstat old.txt new.txt
#
#	BENCH=regexp     only those (default: all)
#	BENCHCOUNT=n     each n times (default 1)
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
scripts/build.sh

export PRIVACY_FILTER_CADDY=$PWD/bin/caddy
go test -run '^$' -bench "${BENCH:-.}" -benchmem -count "${BENCHCOUNT:-1}" -timeout 60m -p 1 ./...
if [ -x bench/run.sh ]; then exec bench/run.sh; fi
