# What each target does is in scripts/; what they fetch is in scripts/pins.sh.

.DEFAULT_GOAL := help
.PHONY: help native build run test test-clients bench bench-quality bench-soak lint fmt vuln fuzz train xcaddy clean distclean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

native: ## put libtokenizers.a and libonnxruntime into .native/ (pinned, checked; offline afterwards)
	@scripts/native.sh

build: native ## bin/caddy, with libonnxruntime beside it
	@scripts/build.sh

run: build ## start Caddy with Caddyfile.example
	@exec bin/caddy run --config Caddyfile.example --adapter caddyfile

test: native ## everything CI runs
	@scripts/test.sh

test-clients: build ## the page's endpoints, called by the real Gradio clients (pip and npm fetch them once)
	@scripts/test-clients.sh

bench: native ## the benchmarks of every package (bench/README.md says how to read them)
	@scripts/bench.sh

bench-quality: native ## what is found, against marked texts and other detectors (bench/quality/README.md)
	@scripts/bench-quality.sh

bench-soak: native ## ten minutes of every kind of client and a reload a second (bench/README.md)
	@scripts/bench-soak.sh

lint: native ## golangci-lint, on what .golangci.yml lists
	@scripts/lint.sh

fmt: ## gofumpt and import order, on the whole tree
	@scripts/lint.sh fmt

vuln: native ## govulncheck
	@scripts/lint.sh vuln

fuzz: native ## every fuzz target for FUZZTIME (default 20s) each
	@scripts/fuzz.sh

train: ## make the embedded model anew (about an hour; see training/README.md)
	@bash training/train.sh

xcaddy: native ## bin/caddy-xcaddy, as xcaddy.json says
	@scripts/xcaddy.sh

clean: ## remove what was built
	rm -rf bin

distclean: clean ## and the native parts
	rm -rf .native .cache native/tokenizers/upstream
