package inference

import (
	"testing"

	"pgregory.net/rapid"
)

func TestWindowsTileATextExactlyOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		halo := rapid.IntRange(0, 20).Draw(t, "halo")
		g := Geometry{Window: 2*halo + rapid.IntRange(1, 40).Draw(t, "inside"), Halo: halo}
		tokens := rapid.IntRange(0, 400).Draw(t, "tokens")
		next, fed := 0, 0
		for k := range g.Windows(tokens) {
			w := g.At(tokens, k)
			switch {
			case w.From != next || w.To <= w.From:
				t.Fatalf("window %d yields [%d, %d) after %d", k, w.From, w.To, next)
			case w.Start < 0 || w.End > tokens || w.End-w.Start > g.Window:
				t.Fatalf("window %d feeds [%d, %d)", k, w.Start, w.End)
			case w.From-w.Start < min(halo, w.From) || w.End-w.To < min(halo, tokens-w.To):
				t.Fatalf("window %d feeds [%d, %d) for [%d, %d)", k, w.Start, w.End, w.From, w.To)
			}
			next, fed = w.To, fed+w.End-w.Start
		}
		if next != tokens || fed != g.Fed(tokens) {
			t.Fatalf("%d of %d tokens yielded, %d fed, not %d", next, tokens, fed, g.Fed(tokens))
		}
	})
}

func TestWindowsOfPrivacyFilter(t *testing.T) {
	g := Geometry{Window: 4096, Halo: 1024, Exact: true}
	if n := g.Windows(4096); n != 1 {
		t.Errorf("a text of one window takes %d", n)
	}
	if n := g.Windows(4097); n != 2 {
		t.Errorf("one token more takes %d windows", n)
	}
	for k, want := range []Window{{0, 4096, 0, 3072}, {2048, 6144, 3072, 5120}, {4096, 7000, 5120, 7000}} {
		if got := g.At(7000, k); got != want {
			t.Errorf("window %d: got %+v, want %+v", k, got, want)
		}
	}
}
