package remote

import (
	"errors"
	"time"
)

const (
	failuresToOpen = 3 // in a row
	firstPause     = 250 * time.Millisecond
	longestPause   = 5 * time.Second
)

// breaker keeps requests away from a server that fails. It opens after some
// failures in a row, or at once when there is no point in trying again, and
// stays open for a while that doubles with each probe that fails.
type breaker struct {
	failures int // in a row
	pause    time.Duration
	until    time.Time // when a probe may be made; while open
	open     bool
}

// fail notes a failure and says whether the breaker is open now.
func (b *breaker) fail(err error, now time.Time) bool {
	b.failures++
	var contract *ContractError
	var connection *ConnectionError
	hopeless := errors.As(err, &contract) || errors.As(err, &connection) && connection.dead
	if !b.open && !hopeless && b.failures < failuresToOpen {
		return false
	}
	b.pause = min(max(firstPause, 2*b.pause), longestPause)
	b.open, b.until = true, now.Add(b.pause)
	return true
}

func (b *breaker) succeed() { *b = breaker{} }

// probing says whether it is time to see whether the server is well again.
func (b *breaker) probing(now time.Time) bool { return b.open && !now.Before(b.until) }
