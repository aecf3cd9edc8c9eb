# shellcheck shell=bash disable=SC2034
# What the build takes from outside the Go module proxy: one version and one
# checksum for each file. Sourced, never run. To move a pin, change it
# here, run `make distclean native test`, and read the notes beside it.

# --- ONNX Runtime: the engine, loaded at run time ---------------------------
# 1.28.0 is the last release whose Linux builds carry no telemetry client. Its C
# API (28) must be at least the one github.com/yalue/onnxruntime_go was made
# for; v1.32.0 wants 28. Maven Central has one jar with the libraries of every
# platform, PyPI a wheel for each; the two builds differ, and so do their sums.
ONNXRUNTIME_VERSION=1.28.0
ONNXRUNTIME_JAR_SHA256=3a9dc00bed7ee467ded8a257f99fc216570d385f8b06053570d33e9b5d7c7a37
ONNXRUNTIME_JAR_PATH=com/microsoft/onnxruntime/onnxruntime/$ONNXRUNTIME_VERSION/onnxruntime-$ONNXRUNTIME_VERSION.jar

# onnxruntime_member PLATFORM: the library's name inside the jar and its sha256.
onnxruntime_member() {
	case $1 in
	linux-amd64) echo "linux-x64/libonnxruntime.so 1461ef7cc3d9e49982591721683cc3e3a55580aeca9a5254e7aac47b75ee4bab" ;;
	linux-arm64) echo "linux-aarch64/libonnxruntime.so f1ec1a08eb99bd6e5401340f0a2b101381bf4694415480291dc13bcaa30f9ec7" ;;
	darwin-arm64) echo "osx-aarch64/libonnxruntime.dylib 22ca56ee53278fd8ee690e006e0259f9b152c0fc86f49e720fb938a846f75575" ;;
	*) return 1 ;;
	esac
}

# onnxruntime_wheel PLATFORM: the wheel's platform tag for pip, the library's
# name inside the wheel and its sha256.
onnxruntime_wheel() {
	case $1 in
	linux-amd64) echo "manylinux_2_27_x86_64 libonnxruntime.so.$ONNXRUNTIME_VERSION aa4079d18f4ea7a5f3a94d80cd4bbe0f2740436626622d64d793803a20381083" ;;
	linux-arm64) echo "manylinux_2_27_aarch64 libonnxruntime.so.$ONNXRUNTIME_VERSION 23a37c2994bc273e1d59a4f49af6cba5bf1cfbc29f04907ec27df375aba50a7d" ;;
	darwin-arm64) echo "macosx_14_0_arm64 libonnxruntime.$ONNXRUNTIME_VERSION.dylib cadd9517e089d197e5d381bc31813875eb8addce8712bac501645fea8008800c" ;;
	*) return 1 ;;
	esac
}

# --- libtokenizers.a: the tokenizer, linked into the binary -----------------
# Built from crates.io by native/tokenizers (Cargo.lock holds the checksums).
# This symbol ties the library to the Go module's release: v1.26.0 and v1.27.0
# of github.com/daulet/tokenizers ask for it and refuse to link without.
# Upstream's prebuilt archives are not fetched: they come without checksums of
# their own, and we pin nothing that we have not seen. Who trusts one can name
# it in PRIVACY_FILTER_TOKENIZERS_LIB.
TOKENIZERS_SYMBOL=tokenizers_version_1_26_0

# Oldest compiler that can build native/tokenizers (its rust-version).
RUST_MINOR=85
