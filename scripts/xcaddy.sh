#!/usr/bin/env bash
# Builds bin/caddy-xcaddy from this checkout with xcaddy's own builder, as
# xcaddy.json says, and asks the result whether our modules are in it.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
. scripts/lib.sh

go run ./cmd/xcaddy-build -config xcaddy.json -output bin/caddy-xcaddy
cp -fL "$PRIVACY_FILTER_ONNXRUNTIME" "bin/$native_so"
bin/caddy-xcaddy list-modules | grep privacy_filter || die "The binary was built, but our modules are not in it."
