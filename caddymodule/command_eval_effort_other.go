//go:build !unix

package caddymodule

import "time"

// processorTime is not known here.
func processorTime() time.Duration { return 0 }
