package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/caddyprivacy/privacyfilter/pii/score"
)

// comparison is everything that was measured.
type comparison struct {
	options
	rows    []*score.Row
	results []result
	machine machine
	began   time.Time
}

// find returns the result with a name, or nil if it was not measured.
func (c *comparison) find(name string) *result {
	for i := range c.results {
		if r := &c.results[i]; r.name == name && r.ok() {
			return r
		}
	}
	return nil
}

// sources are the names of the sources with marks and of those without.
func (c *comparison) sources() (marked, clean []string) {
	names := make(map[string]bool) // whether anything is marked
	for _, row := range c.rows {
		names[row.Source] = names[row.Source] || len(row.Marked) > 0
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if names[name] {
			marked = append(marked, name)
		} else {
			clean = append(clean, name)
		}
	}
	return marked, clean
}

// peers are the results of others: under both readings, or the one of each
// that does them more favour, which is the one with the better mean F1 of
// characters.
func (c *comparison) peers(favoured bool) (out []*result) {
	for i := range c.results {
		r := &c.results[i]
		if r.peer == "" || !r.ok() {
			continue
		}
		if last := len(out) - 1; favoured && last >= 0 && out[last].peer == r.peer {
			old, _ := out[last].mean(characterF1)
			if now, _ := r.mean(characterF1); now > old {
				out[last] = r
			}
			continue
		}
		out = append(out, r)
	}
	return out
}

// behind says in what a peer, under either reading, is ahead of us on a source:
// in recall or in precision of characters, or in false spans where nothing is
// marked. A peer that finds nothing has no precision to be ahead in.
func (c *comparison) behind(us *result, source string) string {
	type lead struct {
		in, title string
		value     float64
	}
	var leads []lead
	mine := us.sources[source]
	for _, peer := range c.peers(false) {
		theirs, ok := peer.sources[source]
		if !ok {
			continue
		}
		for _, m := range []struct {
			in     string
			of     func(score.Counts) (float64, bool)
			higher float64 // 1 if more is better, -1 if less is
		}{
			{"recall", recall, 1},
			{"precision", precision, 1},
			{"false spans", falseOnClean, -1},
		} {
			their, ok := m.of(theirs)
			if !ok {
				continue
			}
			if my, _ := m.of(mine); m.higher*their > m.higher*my {
				leads = append(leads, lead{m.in, peer.title, their})
			}
		}
	}
	slices.SortStableFunc(leads, func(a, b lead) int { return cmp.Compare(a.in, b.in) })
	var out []string
	for _, l := range leads {
		if l.in == "false spans" {
			out = append(out, l.title+" has fewer false spans ("+decimal(l.value, 1)+")")
		} else {
			out = append(out, "behind "+l.title+" in "+l.in+" ("+percent(l.value)+")")
		}
	}
	return strings.Join(out, "; ")
}
