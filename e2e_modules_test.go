//go:build e2emodules

package privacyfilter_test

// What only testdata/e2e imports. `go mod tidy` does not look into testdata,
// and would drop these.
import (
	_ "github.com/Shopify/toxiproxy/v2"
	_ "github.com/quic-go/quic-go/http3"
	_ "github.com/rs/zerolog"
)
