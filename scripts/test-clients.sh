#!/usr/bin/env bash
# Calls every endpoint of the page with the real Gradio clients, for Python and
# for JavaScript, newest and older: at the root of a site and under a path, with
# basic_auth and without. Clients land in .cache/clients, once.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
. scripts/lib.sh

# The newest when this was written, and the last of an older major.
python_clients="2.7.2 1.14.0"
node_clients="2.7.0 1.19.1"

cache=$PWD/.cache/clients
caddy=${PRIVACY_FILTER_CADDY:-$PWD/bin/caddy}
[ -x "$caddy" ] || die "There is no $caddy: make build makes it."
mkdir -p "$cache"

for version in $python_clients; do
	venv=$cache/python-$version
	[ -e "$venv/done" ] && continue
	say "== gradio_client $version"
	rm -rf "$venv" && python3 -m venv "$venv"
	"$venv/bin/pip" --quiet --disable-pip-version-check install "gradio_client==$version"
	touch "$venv/done"
done
for version in $node_clients; do
	dir=$cache/node-$version
	[ -e "$dir/done" ] && continue
	say "== @gradio/client $version"
	rm -rf "$dir" && mkdir -p "$dir"
	(cd "$dir" && npm init --yes >/dev/null && npm install --silent --no-audit --no-fund --ignore-scripts "@gradio/client@$version")
	touch "$dir/done"
done

work=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
hash=$("$caddy" hash-password --plaintext secret)
cat >"$work/Caddyfile" <<EOF
{
	admin off
	auto_https off
	default_bind 127.0.0.1
	storage file_system $work/storage
	log {
		output file $work/caddy.log
	}
}
:18482 {
	privacy_filter_webapp
}
:18483 {
	handle_path /under/a/path/* {
		privacy_filter_webapp
	}
}
:18484 {
	basic_auth {
		elena $hash
	}
	privacy_filter_webapp {
		authenticated
	}
}
EOF
HOME=$work "$caddy" run --config "$work/Caddyfile" --adapter caddyfile >"$work/out" 2>&1 &
server=$!
for _ in $(seq 600); do
	curl --silent --fail --output /dev/null localhost:18482/config && break
	kill -0 "$server" 2>/dev/null || die "Caddy did not start:" "$(tail -5 "$work/out")"
	sleep 0.1
done

export HF_HUB_DISABLE_TELEMETRY=1
cd testdata/clients
for place in "http://localhost:18482/" "http://localhost:18483/under/a/path/" "http://localhost:18484/ elena secret"; do
	say "== $place"
	for version in $python_clients; do
		# shellcheck disable=SC2086 # URL, user, password
		timeout 120 "$cache/python-$version/bin/python" client.py $place
	done
	for version in $node_clients; do
		# shellcheck disable=SC2086
		CLIENT=$cache/node-$version timeout 120 node client.mjs $place
	done
done
if grep -q "elena.markovic" "$work/caddy.log" "$work/out"; then
	die "A log has what was sent."
fi
say "== all passed"
