#!/usr/bin/env bash
# Everything CI runs. Cheap checks first; then the program as users get it,
# which the end-to-end tests drive; then every test under the race detector.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
. scripts/lib.sh

step() { say "== $* (${SECONDS}s)"; }

# What ./... leaves out: the end-to-end tests, and models for tests.
e2e=./testdata/e2e
models=./testdata/models/openai

step "gofmt"
unformatted=$(find . -path './.*' -prune -o -name '*.go' -print0 | xargs -0 gofmt -l)
[ -z "$unformatted" ] || die "Not formatted (make fmt does it):" "$unformatted"

step "build"
scripts/build.sh

step "vet"
go vet ./... $e2e $models

step "test -race"
go test -race -p 2 -timeout 20m ./... $models

step "end to end, with bin/caddy"
# -count=1: Go's test cache cannot see that the program changed.
PRIVACY_FILTER_CADDY=$PWD/bin/caddy go test -race -count=1 -timeout 20m $e2e

step "build without cgo"
CGO_ENABLED=0 go build ./...

step "all passed"
