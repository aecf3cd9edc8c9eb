package caddymodule

import "time"

// effort is what work took. On a machine that does something else at the same
// time only the processors' time says how much work it was.
type effort struct {
	wall       time.Duration
	processors time.Duration // 0: not known
}

var evalEpoch = time.Now()

func effortNow() effort { return effort{time.Since(evalEpoch), processorTime()} }

func (e effort) since(before effort) effort {
	return effort{e.wall - before.wall, e.processors - before.processors}
}

// rate is how many of n are done in a second, or 0.
func rate(n int, d time.Duration) float64 {
	if d <= 0 {
		return 0
	}
	return float64(n) / d.Seconds()
}
