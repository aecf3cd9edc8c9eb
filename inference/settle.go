package inference

import (
	"math"
	"slices"
)

// settleEvery is how many tokens are pushed between two looks for agreement.
const settleEvery = 1 << 8

// maxSettleWalk bounds how far back settle looks for agreement, so that a
// text whose paths never agree costs memory but not quadratic time. Paths
// agree within tens of tokens on real logits.
const maxSettleWalk = 1 << 12

// settle finds the last pending token on whose class all surviving paths
// agree, and makes it and all before it final. What follows cannot change
// them: every path that is still alive runs through that token.
func (l *lattice) settle() {
	pending := len(l.back) / l.stride()
	for c := range l.alive {
		l.alive[c] = true
	}
	for t := pending - 1; t > max(0, pending-maxSettleWalk); t-- {
		clear(l.next)
		survivors, last := 0, int32(0)
		for c, alive := range l.alive {
			if !alive {
				continue
			}
			p := l.before(t, int32(c))
			if !l.next[p] {
				l.next[p] = true
				survivors, last = survivors+1, p
			}
		}
		if survivors == 1 {
			l.commit(t, last)
			return
		}
		l.alive, l.next = l.next, l.alive
	}
}

// commit makes the first n pending tokens final, the last of them with class
// c, and drops their rows.
func (l *lattice) commit(n int, c int32) {
	classes := l.d.labels.Classes()
	base := len(l.path)
	l.path = slices.Grow(l.path, n)[:base+n]
	for t := n - 1; t >= 0; t-- {
		row := l.logits[t*classes:][:classes]
		l.path[base+t] = Decoded{c, l.probability(row, c), l.d.doubts.doubtful(row, c)}
		if t > 0 {
			c = l.before(t, c)
		}
	}
	l.logits = l.logits[:copy(l.logits, l.logits[n*classes:])]
	l.back = l.back[:copy(l.back, l.back[n*l.stride():])]
}

// probability is softmax(row)[c].
func (l *lattice) probability(row []float32, c int32) float32 {
	if int(c) == l.d.labels.Outside {
		return 0
	}
	top := slices.Max(row)
	sum := 0.0
	for _, v := range row {
		sum += math.Exp(float64(v) - float64(top))
	}
	return float32(math.Exp(float64(row[c])-float64(top)) / sum)
}
