package inference

import (
	"errors"
	"math"
	"slices"
)

// Doubt is how unsure of a token a model may be before its answer does not
// count: the share of probability, 0 to 1, that it gives to other answers than
// its own. Which class of a category it is does not matter.
type Doubt struct {
	Outside float32 // where its answer is that there is nothing
	Inside  float32 // where its answer is a category
}

func (d Doubt) check() error {
	for _, share := range []float32{d.Outside, d.Inside} {
		if !(share >= 0 && share <= 1) {
			return errors.New("a doubt is a share from 0 to 1")
		}
	}
	return nil
}

// judge finds the tokens that are more doubtful than a Doubt. A nil judge finds
// none.
type judge struct {
	labels          *LabelSet
	outside, inside float64 // odds of other answers: share / (1 - share)
	surely          float64 // O is this much above everything else: no sum of the others is in doubt
}

func newJudge(labels *LabelSet, limit Doubt) *judge {
	odds := func(share float32) float64 { return float64(share) / (1 - float64(share)) }
	j := &judge{labels: labels, outside: odds(limit.Outside), inside: odds(limit.Inside)}
	j.surely = math.Log(float64(labels.Classes()-1)) - math.Log(j.outside)
	return j
}

// doubtful judges a token of class c by its logits.
func (j *judge) doubtful(row []float32, c int32) bool {
	if j == nil {
		return false
	}
	class := j.labels.classes[c]
	top := slices.Max(row)
	if class.tag == outside {
		if j.isSure(row, c) {
			return false
		}
		own := math.Exp(float64(row[c]) - float64(top))
		return j.total(row, top)-own > j.outside*own
	}
	own := 0.0
	label := &j.labels.Labels[class.label]
	for _, id := range []int{label.Begin, label.Inside, label.End, label.Single} {
		own += math.Exp(float64(row[id]) - float64(top))
	}
	return j.total(row, top)-own > j.inside*own
}

// isSure spares nearly all tokens of ordinary text the exponentials.
func (j *judge) isSure(row []float32, c int32) bool {
	limit := float32(float64(row[c]) - j.surely)
	for i, v := range row {
		if v >= limit && i != int(c) {
			return false
		}
	}
	return true
}

func (j *judge) total(row []float32, top float32) (sum float64) {
	for _, v := range row {
		sum += math.Exp(float64(v) - float64(top))
	}
	return sum
}

// doubt is a stretch of text that a model is unsure of, in bytes. It begins and
// ends where the model is sure that there is nothing, so no span lies across
// its ends.
type doubt struct {
	from, to   int // what is doubtful
	start, end int // the same with the context that helps to understand it
}

// doubts returns the doubtful stretches of a decoded text, in order. Spans
// next to a doubtful token are doubtful with it: where one ends is what the
// doubt is about. context is in tokens.
func (s *LabelSet) doubts(path []Decoded, tokens []Token, text string, context int) (out []doubt) {
	found := func(i int) bool { return int(path[i].Class) != s.Outside }
	last := -1 // the last token of the stretch before
	for i := 0; i < len(path); i++ {
		if !path[i].Doubtful {
			continue
		}
		first, end := i, i+1
		for first > last+1 && found(first-1) {
			first--
		}
		for end < len(path) && (found(end) || path[end].Doubtful) {
			end++
		}
		out = append(out, doubtAt(tokens, text, first, end, context))
		last, i = end-1, end
	}
	return out
}

func doubtAt(tokens []Token, text string, first, end, context int) (d doubt) {
	from, to := max(0, first-context), min(len(tokens), end+context)
	d.from, d.to = wholeRunes(text, tokens[first].Start, endOf(tokens[first:end]))
	d.start, d.end = wholeRunes(text, tokens[from].Start, endOf(tokens[from:to]))
	return d
}

func endOf(tokens []Token) (end int) {
	for _, t := range tokens {
		end = max(end, t.End)
	}
	return end
}
