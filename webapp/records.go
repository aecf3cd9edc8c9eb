package webapp

import (
	"context"
	"io/fs"
	"strings"
	"sync"
)

// Records keeps sealed pastes. Caddy's storage is one. Load of what is not
// there is fs.ErrNotExist.
type Records interface {
	Store(ctx context.Context, key string, value []byte) error
	Load(ctx context.Context, key string) ([]byte, error)
	Delete(ctx context.Context, key string) error
	List(ctx context.Context, prefix string, recursive bool) ([]string, error)
}

// locker is what shared storage offers beside: one node at a time.
type locker interface {
	Lock(ctx context.Context, name string) error
	Unlock(ctx context.Context, name string) error
}

// memory keeps records as long as the program runs.
type memory struct {
	mu  sync.Mutex
	all map[string][]byte // guarded by mu
}

// NewMemory returns records that are in memory only.
func NewMemory() Records { return &memory{all: make(map[string][]byte)} }

// Store implements Records.
func (m *memory) Store(_ context.Context, key string, value []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.all[key] = value
	return nil
}

// Load implements Records.
func (m *memory) Load(_ context.Context, key string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	value, ok := m.all[key]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return value, nil
}

// Delete implements Records.
func (m *memory) Delete(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.all, key)
	return nil
}

// List implements Records.
func (m *memory) List(_ context.Context, prefix string, _ bool) (keys []string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for key := range m.all {
		if strings.HasPrefix(key, prefix) {
			keys = append(keys, key)
		}
	}
	return keys, nil
}
