# shellcheck shell=bash
# Helpers shared by the scripts of this folder. Sourced, never run.

say() { printf '%s\n' "$*" >&2; }

die() {
	printf '\n' >&2
	printf '%s\n' "$@" >&2
	exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

sha256() {
	if have sha256sum; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d' ' -f1
}

# as_root COMMAND…: run it as root if that needs no password.
as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif have sudo && sudo -n true 2>/dev/null; then
		sudo -n "$@"
	else
		return 1
	fi
}

# apt_install PACKAGE…: true if they are installed afterwards. Package lists
# are fetched only when the ones at hand do not know the packages.
apt_install() {
	have apt-get || return 1
	local get=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0)
	say "installing $* (apt-get)"
	as_root "${get[@]}" install -y --no-remove --no-install-recommends "$@" >/dev/null 2>&1 && return
	as_root "${get[@]}" update >/dev/null 2>&1 || return 1
	as_root "${get[@]}" install -y --no-remove --no-install-recommends "$@" >/dev/null
}

# need COMMAND PACKAGE…: COMMAND is there, or becomes so, or we say how.
need() {
	local tool=$1
	shift
	have "$tool" || apt_install "$@" || true
	have "$tool" || die "'$tool' is needed and was not found. Install the package '$*' and run make again."
}
