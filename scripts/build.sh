#!/usr/bin/env bash
# Builds bin/caddy and puts the ONNX Runtime library beside it, where the
# program looks first. `make native` has run before.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh

mkdir -p bin
go build -ldflags "-s -w" -o bin/caddy ./cmd/caddy
lib=bin/$native_so
if ! cmp -s "$PRIVACY_FILTER_ONNXRUNTIME" "$lib"; then
	cp -fL "$PRIVACY_FILTER_ONNXRUNTIME" "$lib.new" && mv -f "$lib.new" "$lib"
fi
