package main

import (
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

// contest is one way to be better than another.
type contest struct {
	name   string
	of     func(score.Counts) (float64, bool)
	higher float64 // 1 if more is better, -1 if less is
}

var (
	byRecall     = contest{"recall", recall, 1}
	byPrecision  = contest{"precision", precision, 1}
	byFalseSpans = contest{"false spans", falseOnClean, -1}
)

// lead is a peer, under one of its readings, that is better than we are.
type lead struct {
	peer   *result
	counts score.Counts
	value  float64
}

// leads are the peers that are better than us on a source, each under the
// reading that is the better one. A peer that finds nothing has no precision
// to be better in.
func (c *comparison) leads(us *result, source string, by contest) (out []lead) {
	mine, _ := by.of(us.sources[source])
	for _, peer := range c.peers(false) {
		counts, ok := peer.sources[source]
		if !ok {
			continue
		}
		value, ok := by.of(counts)
		if !ok || by.higher*value <= by.higher*mine {
			continue
		}
		l := lead{peer, counts, value}
		if last := len(out) - 1; last >= 0 && out[last].peer.peer == peer.peer {
			if by.higher*value > by.higher*out[last].value {
				out[last] = l
			}
			continue
		}
		out = append(out, l)
	}
	return out
}

// verdict says who is better than us on a source, and in what; of who is more
// precise also how little it finds.
func (c *comparison) verdict(us *result, source string) string {
	var parts []string
	for _, by := range []contest{byRecall, byPrecision, byFalseSpans} {
		var names []string
		for _, l := range c.leads(us, source, by) {
			switch by.name {
			case byRecall.name:
				names = append(names, l.peer.title+" "+percent(l.value))
			case byPrecision.name:
				names = append(names, l.peer.title+" "+percent(l.value)+" (of "+share(recall(l.counts))+")")
			default:
				names = append(names, l.peer.title+" "+decimal(l.value, 2))
			}
		}
		if len(names) > 0 {
			parts = append(parts, by.name+": "+strings.Join(names, ", "))
		}
	}
	if len(parts) == 0 {
		return "ahead"
	}
	return strings.Join(parts, "; ")
}

// ahead counts the sources on which nobody, or one peer if it is named, is
// better than us in any of the contests.
func (c *comparison) ahead(us *result, sources []string, peer string, contests ...contest) (n int) {
	for _, source := range sources {
		beaten := slices.ContainsFunc(contests, func(by contest) bool {
			return slices.ContainsFunc(c.leads(us, source, by), func(l lead) bool { return peer == "" || l.peer.peer == peer })
		})
		if !beaten {
			n++
		}
	}
	return n
}
