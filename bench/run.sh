#!/usr/bin/env bash
# The side-by-side runs, as `make bench` ends with them. Arguments go to the
# program: bench/run.sh -only overhead -span 10s
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
export PRIVACY_FILTER_CADDY=${PRIVACY_FILTER_CADDY:-$PWD/bin/caddy}
exec go run ./bench "$@"
