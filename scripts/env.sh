# shellcheck shell=sh
# The environment that every Go command of this repository runs in. Sourced
# from the repository's root, by the scripts and by developers:
#
#	. scripts/env.sh && go test ./inference/...

# The same flags everywhere: changing -trimpath or -tags recompiles all of
# Caddy. The tags leave out databases that nothing here uses, as xcaddy does.
export GOFLAGS="-buildvcs=false -trimpath -tags=nobadger,nomysql,nopgx"
export CGO_ENABLED="${CGO_ENABLED:-1}"

# Pictures are read where Tesseract is installed; `make native` installs it where
# it may. A tag chooses files and recompiles nothing.
if [ -z "${PRIVACY_FILTER_NO_TESSERACT:-}" ] && [ -e /usr/include/tesseract/baseapi.h ] && [ -e /usr/include/leptonica/allheaders.h ]; then
	GOFLAGS="$GOFLAGS,tesseract"
fi

# Where `make native` puts the native parts, named as Go names the platform.
native_arch=$(uname -m)
case $native_arch in
x86_64) native_arch=amd64 ;;
aarch64) native_arch=arm64 ;;
esac
native_dir=$PWD/.native/$(uname -s | tr '[:upper:]' '[:lower:]')-$native_arch
case $native_dir in
*/darwin-*) native_so=libonnxruntime.dylib ;;
*) native_so=libonnxruntime.so ;;
esac

# LIBRARY_PATH and not CGO_LDFLAGS: the C compiler looks for libtokenizers.a in
# both, but only the second is part of Go's cache key, and two checkouts would
# not share what they compiled.
tokenizers_lib=${PRIVACY_FILTER_TOKENIZERS_LIB:-$native_dir/libtokenizers.a}
LIBRARY_PATH=$(dirname "$tokenizers_lib")${LIBRARY_PATH:+:$LIBRARY_PATH}
export LIBRARY_PATH
export PRIVACY_FILTER_ONNXRUNTIME="${PRIVACY_FILTER_ONNXRUNTIME:-$native_dir/$native_so}"
