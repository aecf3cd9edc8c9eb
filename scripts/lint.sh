#!/usr/bin/env bash
# lint.sh [fmt|vuln]: the developer tools, at the versions of tools/go.mod.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh

tool() { go tool -modfile=tools/go.mod "$@"; }

case ${1:-lint} in
lint) tool golangci-lint run ./... ;;
fmt) tool golangci-lint fmt ./... ;;
vuln) tool govulncheck -tags "${GOFLAGS##*-tags=}" ./... ;;
*) exit 2 ;;
esac
