#!/usr/bin/env bash
# Compares what is found with what others find, on bench/quality/heldout, and
# writes bench/quality/RESULTS.md and the tables of README.md. Arguments go to the program (-h lists them).
#
#	PRIVACY_FILTER_CADDY   the program to measure (default: bin/caddy, built anew)
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
if [ -z "${PRIVACY_FILTER_CADDY:-}" ]; then
	scripts/build.sh
	export PRIVACY_FILTER_CADDY=$PWD/bin/caddy
fi
peers=$(bench/quality/peers/setup.sh)
exec go run ./bench/quality -caddy "$PRIVACY_FILTER_CADDY" -peers "$peers" -readme README.md "$@"
