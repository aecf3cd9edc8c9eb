package pii

import "slices"

// Union merges the spans that several detectors found in one segment into a
// sorted list without overlaps. Spans that share at least one byte are joined
// into one that covers both, because masking must never leave the rest of a
// value visible; spans that merely touch stay apart. The joined span takes
// the category of higher priority (the order of Categories; unknown ones come
// after, alphabetically), then of the higher score, and the best score of its
// members. Inputs need not be sorted and are not changed. Empty and inverted
// spans are dropped.
func Union(lists ...[]Span) []Span {
	total := 0
	for _, list := range lists {
		total += len(list)
	}
	if total == 0 {
		return nil
	}
	all := make([]Span, 0, total)
	for _, list := range lists {
		all = append(all, list...)
	}
	return Join(all)
}

// Join is Union within one list, in place and without allocation: it sorts
// spans, joins those that overlap, drops empty and inverted ones, and returns
// the shortened slice.
func Join(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int {
		switch {
		case a.Start != b.Start:
			return a.Start - b.Start
		case a.End != b.End:
			return b.End - a.End
		default:
			return compareCategories(a.Category, b.Category)
		}
	})
	out := spans[:0]
	for _, s := range spans {
		if s.Start >= s.End {
			continue
		}
		if n := len(out); n > 0 && s.Start < out[n-1].End {
			out[n-1] = join(out[n-1], s)
			continue
		}
		out = append(out, s)
	}
	return out
}

func join(a, b Span) Span {
	joined := a
	if c := compareCategories(b.Category, a.Category); c < 0 || c == 0 && b.Score > a.Score {
		joined.Category = b.Category
	}
	joined.End = max(a.End, b.End)
	joined.Score = max(a.Score, b.Score)
	if a.Source != b.Source {
		joined.Source = SourceUnion
	}
	return joined
}

var priority = func() map[Category]int {
	m := make(map[Category]int)
	for i, c := range Categories() {
		m[c] = i
	}
	return m
}()

func compareCategories(a, b Category) int {
	pa, oka := priority[a]
	pb, okb := priority[b]
	switch {
	case oka && okb:
		return pa - pb
	case oka:
		return -1
	case okb:
		return 1
	case a < b:
		return -1
	case a > b:
		return 1
	default:
		return 0
	}
}
