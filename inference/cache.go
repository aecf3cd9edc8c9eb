package inference

import (
	"container/list"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"slices"
	"sync"
	"unsafe"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// cacheKey stands for a text. It is an HMAC under a key that lives and dies
// with the process: equal texts meet, but what is in memory neither holds the
// text nor lets guesses at it be checked later.
type cacheKey [sha256.Size]byte

// keyer makes cache keys.
type keyer struct{ hashes sync.Pool }

// newKeyer binds all keys to what else a result depends on: the model and the
// settings of the decoder.
func newKeyer(id string, biases Biases, g Geometry) *keyer {
	secret := make([]byte, sha256.Size)
	rand.Read(secret) // never fails; see its documentation
	bind := hmac.New(sha256.New, secret)
	bind.Write([]byte(id))
	binary.Write(bind, binary.LittleEndian, biases)
	binary.Write(bind, binary.LittleEndian, []int64{int64(g.Window), int64(g.Halo)})
	key := bind.Sum(nil)
	return &keyer{sync.Pool{New: func() any {
		return &keyHash{mac: hmac.New(sha256.New, key)}
	}}}
}

type keyHash struct {
	mac hash.Hash
	buf [4096]byte
	sum cacheKey
}

func (k *keyer) key(text string) cacheKey {
	h := k.hashes.Get().(*keyHash)
	defer k.hashes.Put(h)
	h.mac.Reset()
	for len(text) > 0 {
		n := copy(h.buf[:], text)
		h.mac.Write(h.buf[:n])
		text = text[n:]
	}
	clear(h.buf[:])
	h.mac.Sum(h.sum[:0])
	return h.sum
}

// cache remembers the spans of texts, never the texts, within a bound in
// bytes; the least recently used go first. Agents resend a whole conversation
// every turn, so most texts were seen before (model.md §7.7).
type cache struct {
	limit int64

	mu      sync.Mutex
	entries map[cacheKey]*list.Element // of *cacheEntry; guarded by mu
	recent  list.List                  // the most recently used first; guarded by mu
	bytes   int64                      // guarded by mu
	hits    int64                      // guarded by mu
}

type cacheEntry struct {
	key   cacheKey
	spans []pii.Span
}

// entryBytes is what an entry costs beside its spans: itself, its list
// element, and its share of the map, which holds the key a second time.
const entryBytes = int64(unsafe.Sizeof(cacheEntry{})+unsafe.Sizeof(list.Element{})) + 2*(sha256.Size+8)

func (e *cacheEntry) size() int64 {
	return entryBytes + int64(len(e.spans))*int64(unsafe.Sizeof(pii.Span{}))
}

// newCache returns a cache; a limit of zero or less keeps nothing.
func newCache(limit int64) *cache {
	return &cache{limit: limit, entries: make(map[cacheKey]*list.Element)}
}

// get returns a copy of the spans of a text that was seen before.
func (c *cache) get(key cacheKey) ([]pii.Span, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.entries[key]
	if !ok {
		return nil, false
	}
	c.hits++
	c.recent.MoveToFront(e)
	return slices.Clone(e.Value.(*cacheEntry).spans), true
}

func (c *cache) put(key cacheKey, spans []pii.Span) {
	entry := &cacheEntry{key, slices.Clone(spans)}
	if entry.size() > c.limit {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, there := c.entries[key]; there {
		return
	}
	c.entries[key] = c.recent.PushFront(entry)
	c.bytes += entry.size()
	for c.bytes > c.limit {
		oldest := c.recent.Back()
		c.recent.Remove(oldest)
		gone := oldest.Value.(*cacheEntry)
		delete(c.entries, gone.key)
		c.bytes -= gone.size()
	}
}

func (c *cache) stats() (hits, bytes int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.hits, c.bytes
}
