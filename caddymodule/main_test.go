package caddymodule

import (
	"os"
	"testing"

	"go.uber.org/goleak"

	"github.com/caddyprivacy/privacyfilter/ocr"
)

func TestMain(m *testing.M) {
	if os.Getenv("PRIVACY_FILTER_OCR_WORKER") != "" { // one of the processes that read pictures
		if ocr.RunWorker(os.Stdin, os.Stdout, []string{"eng"}, 25_000_000) != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m,
		// Caddy's own, which live as long as the process.
		goleak.IgnoreAnyFunction("github.com/caddyserver/certmagic.(*RingBufferRateLimiter).loop"),
		goleak.IgnoreAnyFunction("github.com/caddyserver/certmagic.(*Cache).maintainAssets"),
		// Sleeps for seconds before it sees that its lock is gone.
		goleak.IgnoreAnyFunction("github.com/caddyserver/certmagic.keepLockfileFresh"),
	)
}
