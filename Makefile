native:
	@scripts/native.sh
.PHONY: native
