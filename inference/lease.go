package inference

import "sync"

// leases counts who still needs a native resource (I6). Once closing, no new
// lease starts; when the last one ends, free runs, once.
type leases struct {
	free func()

	mu      sync.Mutex
	out     int  // guarded by mu
	closing bool // guarded by mu
	freed   bool // guarded by mu
}

// acquire takes a lease, unless closing.
func (l *leases) acquire() (release func(), ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closing {
		return func() {}, false
	}
	l.out++
	return sync.OnceFunc(l.release), true
}

// enter takes a lease for the length of a call. It succeeds as long as the
// resource is there, also while closing: whoever holds a lease from before
// may go on calling. Every enter that succeeds needs a release.
func (l *leases) enter() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closing && l.out == 0 {
		return false
	}
	l.out++
	return true
}

func (l *leases) release() {
	l.mu.Lock()
	l.out--
	last := l.last()
	l.mu.Unlock()
	if last {
		l.free()
	}
}

// close lets no new lease start and reports whether none is out.
func (l *leases) close() (idle bool) {
	l.mu.Lock()
	l.closing = true
	idle = l.out == 0
	last := l.last()
	l.mu.Unlock()
	if last {
		l.free()
	}
	return idle
}

// last says, once, that the time to free has come. The caller holds mu.
func (l *leases) last() bool {
	if !l.closing || l.out > 0 || l.freed {
		return false
	}
	l.freed = true
	return true
}
