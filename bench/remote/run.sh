#!/bin/sh
# Compares the tiny model here with the same one behind a real Triton. Wants
# Debian's own python3 (3.11), whose virtual environment it fills with PyTriton
# and ONNX Runtime (some 450 MB) in the directory that is named.
#
#	bench/remote/run.sh DIR [fp16]
set -eu
dir=${1:?a directory for the virtual environment and the model}
kind=${2:-}
port=${PORT:-18000}
. scripts/env.sh
mkdir -p "$dir"
if [ ! -e "$dir/venv/ready" ]; then
	/usr/bin/python3 -m venv "$dir/venv"
	"$dir/venv/bin/pip" install -q nvidia-pytriton==0.7.0 onnxruntime
	touch "$dir/venv/ready"
fi
go build -o "$dir/remote" ./bench/remote
"$dir/remote" -write "$dir/model"

# The server ends with its standard input, a pipe that this shell holds open.
rm -f "$dir/pipe"
mkfifo "$dir/pipe"
"$dir/venv/bin/python" bench/remote/serve.py "$dir/model" "$port" $kind <"$dir/pipe" >"$dir/server.log" 2>&1 &
server=$!
exec 3>"$dir/pipe"
trap 'exec 3>&-; wait "$server" || true' EXIT
# The server itself is ready before it has the model.
tries=0
until curl -fs "http://127.0.0.1:$port/v2/models/privacy-filter/ready"; do
	kill -0 "$server"
	tries=$((tries + 1))
	[ "$tries" -lt 60 ]
	sleep 1
done
"$dir/remote" -dir "$dir/model" -url "http://127.0.0.1:$port"
