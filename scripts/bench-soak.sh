#!/usr/bin/env bash
# The soak: clients of every kind for a while, a reload every second, and a
# verdict. bench/README.md says what it looks for.
#
#	SOAK=duration    how long (default 10m)
#	MODEL=name       the model of the site that has one (default embedded)
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/build.sh
bench/run.sh -only soak -soak "${SOAK:-10m}" -model "${MODEL:-embedded}"
