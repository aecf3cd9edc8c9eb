package filter

import "sync/atomic"

// Budget bounds the bytes of bodies that are in memory at once, over the
// whole process (I5). It never waits: whoever gets nothing must refuse. A nil
// Budget has no limit.
type Budget struct {
	limit int64
	used  atomic.Int64
}

// NewBudget makes a budget of limit bytes.
func NewBudget(limit int64) *Budget { return &Budget{limit: limit} }

// Used is how many bytes are reserved.
func (b *Budget) Used() int64 {
	if b == nil {
		return 0
	}
	return b.used.Load()
}

// Limit is how many bytes there are; 0 means no limit.
func (b *Budget) Limit() int64 {
	if b == nil {
		return 0
	}
	return b.limit
}

// Reserve starts a reservation of no bytes. It must be released. One
// reservation belongs to one goroutine at a time.
func (b *Budget) Reserve() *Reservation { return &Reservation{budget: b} }

func (b *Budget) take(bytes int64) bool {
	if b == nil {
		return true
	}
	if b.used.Add(bytes) > b.limit {
		b.used.Add(-bytes)
		return false
	}
	return true
}

// Reservation is the share of a budget that one body holds.
type Reservation struct {
	budget *Budget
	held   int64
}

// Grow takes as many bytes more and reports whether they were there. If not,
// what is held stays held.
func (r *Reservation) Grow(bytes int64) bool {
	if bytes < 0 || !r.budget.take(bytes) {
		return false
	}
	r.held += bytes
	return true
}

// GrowTo grows the reservation to at least total bytes.
func (r *Reservation) GrowTo(total int64) bool {
	return total <= r.held || r.Grow(total-r.held)
}

// Held is how many bytes are reserved.
func (r *Reservation) Held() int64 { return r.held }

// Release gives everything back. Releasing twice is harmless.
func (r *Reservation) Release() {
	if r.budget != nil {
		r.budget.used.Add(-r.held)
	}
	r.held = 0
}
