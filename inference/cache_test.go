package inference

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/caddyprivacy/privacyfilter/pii"
)

func TestKeysStandForTexts(t *testing.T) {
	g := Geometry{Window: 64, Halo: 16}
	k := newKeyer("model", Biases{}, g)
	if first := k.key("a"); k.key("a") != first {
		t.Error("one text has two keys")
	}
	long := string(make([]byte, 10_000))
	seen := map[cacheKey]string{}
	for _, text := range []string{"", "a", "b", "ab", "a\x00", long, long + "a"} {
		key := k.key(text)
		if _, twice := seen[key]; twice {
			t.Errorf("two texts share a key")
		}
		seen[key] = text
	}
	// Each process has a secret of its own, so keys say nothing elsewhere.
	if newKeyer("model", Biases{}, g).key("a") == k.key("a") {
		t.Error("two secrets make one key")
	}
}

func TestCacheStaysWithinItsBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.Int64Range(0, 4000).Draw(t, "limit")
		c := newCache(limit)
		for i := range rapid.IntRange(1, 100).Draw(t, "puts") {
			key := cacheKey{byte(rapid.IntRange(0, 40).Draw(t, "key"))}
			if rapid.Bool().Draw(t, "get") {
				c.get(key)
				continue
			}
			c.put(key, make([]pii.Span, rapid.IntRange(0, 30).Draw(t, "spans")))
			sum := int64(0)
			for e := c.recent.Front(); e != nil; e = e.Next() {
				sum += e.Value.(*cacheEntry).size()
			}
			if c.bytes > limit || c.bytes != sum || len(c.entries) != c.recent.Len() {
				t.Fatalf("after %d puts: %d bytes noted, %d held, bound %d", i, c.bytes, sum, limit)
			}
		}
	})
}

func TestCacheDropsTheLeastRecentlyUsed(t *testing.T) {
	c := newCache(3 * entryBytes)
	for i := range byte(3) {
		c.put(cacheKey{i}, nil)
	}
	c.get(cacheKey{0})
	c.put(cacheKey{3}, nil)
	for i, want := range []bool{true, false, true, true} {
		if _, got := c.get(cacheKey{byte(i)}); got != want {
			t.Errorf("entry %d: %v, want %v", i, got, want)
		}
	}
}

// Waiters copy what the leader found, while the leader's caller may already
// change its own.
func TestTheLeaderGetsACopy(t *testing.T) {
	spans := []pii.Span{{Start: 1, End: 2}}
	var f flights
	got, err := f.do(t.Context(), cacheKey{}, func() ([]pii.Span, error) { return spans, nil })
	if err != nil || len(got) != 1 || &got[0] == &spans[0] {
		t.Errorf("got %v, %v", got, err)
	}
	if len(f.byKey) != 0 {
		t.Error("the flight did not land")
	}
}

func BenchmarkCacheHit(b *testing.B) {
	k := newKeyer("model", Biases{}, Geometry{})
	c := newCache(1 << 20)
	for _, size := range []int{100, 10_000} {
		b.Run(fmt.Sprintf("%d bytes", size), func(b *testing.B) {
			text := string(make([]byte, size))
			c.put(k.key(text), nil)
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				if _, ok := c.get(k.key(text)); !ok {
					b.Fatal("not there")
				}
			}
		})
	}
}
