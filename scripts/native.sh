#!/usr/bin/env bash
# Puts the native parts in place: libtokenizers.a (linked) and libonnxruntime
# (loaded at run time). What is there already stays; a second run asks nobody.
#
#	PRIVACY_FILTER_TOKENIZERS_LIB  use this libtokenizers.a, build none
#	PRIVACY_FILTER_ONNXRUNTIME     use this libonnxruntime, fetch none
#	PRIVACY_FILTER_MAVEN_URL       fetch from this mirror of Maven Central
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh
. scripts/lib.sh
. scripts/pins.sh

os_arch=$(basename "$native_dir")
work=

# scratch makes the folder that unfinished work stays in, so that nothing half
# done is ever found under its final name.
scratch() {
	[ -n "$work" ] && return
	mkdir -p "$native_dir"
	work=$(mktemp -d "$native_dir/.work.XXXXXX")
	trap 'rm -rf "$work"' EXIT
}

has_symbol() { [ -r "$1" ] && grep -aq "$TOKENIZERS_SYMBOL" "$1"; }

# tokenizers_recipe names what a library was built from: another lock file,
# another build. A library that somebody put there has no such note and is used
# as it is.
tokenizers_recipe() { cat native/tokenizers/Cargo.{toml,lock} scripts/pins.sh | sha256 /dev/stdin; }

tokenizers() {
	local recipe note=$native_dir/libtokenizers.recipe
	if [ -n "${PRIVACY_FILTER_TOKENIZERS_LIB:-}" ]; then
		[ "$(basename "$tokenizers_lib")" = libtokenizers.a ] && has_symbol "$tokenizers_lib" && return
		die "PRIVACY_FILTER_TOKENIZERS_LIB names '$tokenizers_lib'." \
			"It must be a readable file called libtokenizers.a that has the symbol $TOKENIZERS_SYMBOL."
	fi
	recipe=$(tokenizers_recipe)
	if has_symbol "$tokenizers_lib" && { [ ! -e "$note" ] || [ "$(cat "$note")" = "$recipe" ]; }; then
		return
	fi
	build_tokenizers
	echo "$recipe" >"$note"
}

build_tokenizers() {
	local module
	find_rust
	go mod download github.com/daulet/tokenizers || no_module
	module=$(go list -m -f '{{.Dir}}' github.com/daulet/tokenizers) || no_module
	[ -r "$module/crates/tokenizers/src/lib.rs" ] || no_module
	ln -sfn "$module/crates/tokenizers/src" native/tokenizers/upstream

	say "building libtokenizers.a with $($rustc --version) (some minutes, once)"
	scratch
	RUSTC=$rustc "$cargo" build --quiet --release --locked \
		--manifest-path native/tokenizers/Cargo.toml --target-dir "$work/cargo" ||
		die "Building libtokenizers.a failed; the lines above say why." \
			"If crates.io cannot be reached from here, build it elsewhere (or take the release of" \
			"github.com/daulet/tokenizers that go.mod names) and set PRIVACY_FILTER_TOKENIZERS_LIB=/path/to/libtokenizers.a."
	strip -S -o "$work/libtokenizers.a" "$work/cargo/release/libtokenizers_ffi.a"
	has_symbol "$work/libtokenizers.a" ||
		die "The libtokenizers.a just built lacks $TOKENIZERS_SYMBOL: scripts/pins.sh and go.mod disagree."
	mv "$work/libtokenizers.a" "$tokenizers_lib"
}

no_module() {
	die "The Go module github.com/daulet/tokenizers could not be downloaded (go env GOPROXY: $(go env GOPROXY))."
}

# find_rust sets cargo and rustc to a pair that is new enough.
find_rust() {
	local suffix pair
	for suffix in "" -1.{99..85}; do
		new_enough "rustc$suffix" && have "cargo$suffix" && break
		suffix=none
	done
	if [ "$suffix" = none ]; then
		# Debian 12: the -web packages; Debian 13: the plain ones; Ubuntu: numbered ones.
		for pair in "cargo-web rustc-web" "cargo-1.85 rustc-1.85" "cargo rustc"; do
			# shellcheck disable=SC2086 # two words, two packages
			apt_install $pair 2>/dev/null || continue
			suffix=${pair#cargo} suffix=${suffix%% *} suffix=${suffix#-web}
			new_enough "rustc$suffix" && break
			suffix=none
		done
	fi
	[ "$suffix" != none ] ||
		die "Rust 1.$RUST_MINOR or newer is needed once, to build libtokenizers.a, and was not found." \
			"Install it (Debian 12: apt-get install cargo-web rustc-web; elsewhere: rustup.rs)," \
			"or set PRIVACY_FILTER_TOKENIZERS_LIB=/path/to/libtokenizers.a, and run make again."
	cargo=cargo$suffix rustc=$(command -v "rustc$suffix")
}

new_enough() {
	local minor
	minor=$("$1" --version 2>/dev/null | sed -n 's/^rustc 1\.\([0-9]*\)\..*/\1/p')
	[ "${minor:-0}" -ge "$RUST_MINOR" ]
}

onnxruntime() {
	local lib=$native_dir/$native_so
	if [ "$PRIVACY_FILTER_ONNXRUNTIME" != "$lib" ]; then
		[ -r "$PRIVACY_FILTER_ONNXRUNTIME" ] && return
		die "PRIVACY_FILTER_ONNXRUNTIME names '$PRIVACY_FILTER_ONNXRUNTIME', which cannot be read."
	fi
	onnxruntime_member "$os_arch" >/dev/null || no_onnxruntime "There is no pinned ONNX Runtime for $os_arch."
	pinned_onnxruntime "$lib" && return
	need unzip unzip
	scratch
	from_jar "$work/$native_so" || from_wheel "$work/$native_so" ||
		no_onnxruntime "Neither Maven nor pip could fetch ONNX Runtime $ONNXRUNTIME_VERSION."
	pinned_onnxruntime "$work/$native_so" || no_onnxruntime "What was fetched is not the file that was pinned (sha256)."
	mv "$work/$native_so" "$lib"
}

# pinned_onnxruntime FILE: it is one of the two builds that were pinned.
pinned_onnxruntime() {
	local sum jar_sum wheel_sum
	[ -r "$1" ] || return 1
	sum=$(sha256 "$1")
	read -r _ jar_sum < <(onnxruntime_member "$os_arch")
	read -r _ _ wheel_sum < <(onnxruntime_wheel "$os_arch")
	[ "$sum" = "$jar_sum" ] || [ "$sum" = "$wheel_sum" ]
}

# from_jar FILE: out of the jar, from the mirror that was named or with Maven,
# which knows Maven Central by itself.
from_jar() {
	local member jar=$work/onnxruntime-$ONNXRUNTIME_VERSION.jar
	if [ -n "${PRIVACY_FILTER_MAVEN_URL:-}" ]; then
		need curl curl ca-certificates
		say "fetching ONNX Runtime $ONNXRUNTIME_VERSION (43 MB) from $PRIVACY_FILTER_MAVEN_URL"
		curl -fsSL --retry 2 --connect-timeout 15 -o "$jar" "$PRIVACY_FILTER_MAVEN_URL/$ONNXRUNTIME_JAR_PATH" || return 1
	else
		have mvn || return 1
		say "fetching ONNX Runtime $ONNXRUNTIME_VERSION (43 MB) with Maven"
		mvn -q -B dependency:copy -Dartifact="com.microsoft.onnxruntime:onnxruntime:$ONNXRUNTIME_VERSION" \
			-DoutputDirectory="$work" >&2 || return 1
	fi
	[ "$(sha256 "$jar")" = "$ONNXRUNTIME_JAR_SHA256" ] || no_onnxruntime "The jar is not the file that was pinned (sha256)."
	read -r member _ < <(onnxruntime_member "$os_arch")
	unzip -qjo "$jar" "ai/onnxruntime/native/$member" -d "$work"
}

# from_wheel FILE: out of the Python wheel, which pip fetches without
# installing anything.
from_wheel() {
	local tag name
	read -r tag name _ < <(onnxruntime_wheel "$os_arch")
	have python3 && python3 -m pip --version >/dev/null 2>&1 || apt_install python3-pip || return 1
	say "fetching ONNX Runtime $ONNXRUNTIME_VERSION (19 MB) with pip"
	python3 -m pip download -q --no-deps --only-binary=:all: --python-version 3.12 --platform "$tag" \
		-d "$work" "onnxruntime==$ONNXRUNTIME_VERSION" >&2 || return 1
	unzip -qjo "$work"/onnxruntime-*.whl "onnxruntime/capi/$name" -d "$work" && mv "$work/$name" "$1"
}

no_onnxruntime() {
	die "$1" "Provide ONNX Runtime $ONNXRUNTIME_VERSION yourself: PRIVACY_FILTER_ONNXRUNTIME=/path/to/$native_so" \
		"(from the jar $ONNXRUNTIME_JAR_PATH on Maven Central, a distribution, or your own build)."
}

# check_go: some Go is there and it runs as new a toolchain as go.mod asks for.
check_go() {
	have go || die "Go is needed and was not found. Install $(sed -n 's/^toolchain //p' go.mod) or newer from https://go.dev/dl/."
	go list -m >/dev/null || die "This Go ($(cd / && go version 2>/dev/null)) is too old for go.mod, line '$(grep '^go ' go.mod)'," \
		"and could not fetch a newer one. Install $(sed -n 's/^toolchain //p' go.mod) or newer from https://go.dev/dl/."
}

# tesseract: what reads pictures, unless somebody does without. A build that lacks
# it works, and refuses pictures.
tesseract() {
	[ -z "${PRIVACY_FILTER_NO_TESSERACT:-}" ] || return 0
	[ -e /usr/include/tesseract/baseapi.h ] && [ -e /usr/include/leptonica/allheaders.h ] && return
	apt_install libtesseract-dev libleptonica-dev tesseract-ocr-eng ||
		say "Tesseract is missing and could not be installed: this build will not read pictures." \
			"(Debian, Ubuntu: apt-get install libtesseract-dev libleptonica-dev tesseract-ocr-eng)"
}

check_go
tesseract
need cc gcc libc6-dev
need c++ g++ # for libstdc++, which libtokenizers.a is linked with
tokenizers
onnxruntime
