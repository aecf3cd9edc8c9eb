package inference

import (
	"errors"
	"math"
	"sync"
)

// Decoded is what the decoder says about one token.
type Decoded struct {
	Class int32   // class id
	Prob  float32 // softmax probability of Class; 0 for O, where nobody asks

	Doubtful bool // whether it is more so than the decoder's Doubt allows
}

var errNotFinite = errors.New("the model answered with NaN or infinite logits")

// Decoder finds, among all sequences of classes that are valid BIOES, the one
// of the highest score: the sum of the logits and of the biases of its
// transitions (model.md §6.2). A sequence starts with O, B or S, ends with O,
// E or S, and carries no bias at its two ends. Of equal scores the lowest
// class id wins, at every step and at the end.
//
// The reference adds log-probabilities, and -1e9 for forbidden edges. Raw
// logits differ from the former by a constant a token, which leaves the path
// alone, and forbidden edges are simply never taken here, which keeps the
// result valid whatever the logits are. Sums are float64: ties of float32
// inputs stay ties, however long the text is.
//
// It is safe for concurrent use.
type Decoder struct {
	labels   *LabelSet
	bias     Biases
	doubts   *judge    // or nil: there are none
	lattices sync.Pool // of *lattice
}

// NewDecoder returns a decoder for a label space.
func NewDecoder(labels *LabelSet, biases Biases) (*Decoder, error) {
	if err := biases.check(); err != nil {
		return nil, err
	}
	return &Decoder{labels: labels, bias: biases}, nil
}

// Decode appends one Decoded a token to dst. logits are the rows of all
// tokens of one text, in order, each as wide as the label space.
func (d *Decoder) Decode(dst []Decoded, logits []float32) ([]Decoded, error) {
	l := d.start()
	defer d.recycle(l)
	l.path = dst
	defer func() { l.path = nil }() // it is the caller's
	if err := l.push(logits); err != nil {
		return dst, err
	}
	return l.finish(), nil
}

// start returns a lattice for one text, recycle takes it back.
func (d *Decoder) start() *lattice {
	l, _ := d.lattices.Get().(*lattice)
	if l == nil {
		l = newLattice(d)
	}
	return l
}

func (d *Decoder) recycle(l *lattice) {
	if cap(l.logits) > maxPooledFloats || cap(l.path) > maxPooledTokens {
		return
	}
	l.reset()
	d.lattices.Put(l)
}

// What pools keep: buffers of ordinary texts. Those of huge ones are left to
// the garbage collector.
const (
	maxPooledTokens = 1 << 14
	maxPooledFloats = 1 << 19
)

// lattice is the state of one text's decode. Rows are pushed as windows
// arrive; tokens on whose class all surviving paths agree are final and give
// up their row at once, so a long text holds few logits at a time.
type lattice struct {
	d *Decoder

	// Scores of the best paths that end in each class, at the last token.
	outside float64
	labels  []labelScores
	closed  scored // the best of all E and S

	tokens int       // pushed so far
	logits []float32 // rows of the tokens that are not final yet
	back   []int32   // their predecessors: of O, of B and S, of I and E of each label
	path   []Decoded // of the tokens that are final

	alive, next []bool // by class; scratch of settle
}

type labelScores struct{ begin, inside, end, single float64 }

type scored struct {
	score float64
	class int32
}

// or is the better of two, the lower class id where they are equal.
func (s scored) or(t scored) scored {
	if t.score > s.score || t.score == s.score && t.class < s.class {
		return t
	}
	return s
}

var none = scored{math.Inf(-1), math.MaxInt32}

func newLattice(d *Decoder) *lattice {
	classes := d.labels.Classes()
	return &lattice{
		d:      d,
		labels: make([]labelScores, len(d.labels.Labels)),
		alive:  make([]bool, classes),
		next:   make([]bool, classes),
	}
}

func (l *lattice) reset() {
	l.tokens = 0
	l.logits, l.back, l.path = l.logits[:0], l.back[:0], l.path[:0]
}

// stride is the length of a token's entry in back.
func (l *lattice) stride() int { return 2 + len(l.labels) }

// push adds the rows of the next tokens. They are copied.
func (l *lattice) push(rows []float32) error {
	classes := l.d.labels.Classes()
	if len(rows)%classes != 0 {
		return errors.New("the logits are not whole rows")
	}
	for len(rows) > 0 {
		block := rows[:min(len(rows), settleEvery*classes)]
		rows = rows[len(block):]
		l.logits = append(l.logits, block...)
		for ; len(block) > 0; block = block[classes:] {
			if !l.extend(block[:classes]) {
				return errNotFinite
			}
		}
		l.settle()
	}
	return nil
}

// extend adds one token and reports whether its logits are finite.
func (l *lattice) extend(row []float32) bool {
	l.tokens++
	if l.tokens == 1 {
		return l.first(row)
	}
	return l.step(row)
}

// first scores the first token: O, B or S.
func (l *lattice) first(row []float32) bool {
	set := l.d.labels
	l.outside = float64(row[set.Outside])
	l.closed = none
	zero := l.outside - l.outside // NaN unless every logit is finite
	for i := range set.Labels {
		ids, s := &set.Labels[i], &l.labels[i]
		b, in, e, si := float64(row[ids.Begin]), float64(row[ids.Inside]), float64(row[ids.End]), float64(row[ids.Single])
		zero += (b - b) + (in - in) + (e - e) + (si - si)
		*s = labelScores{b, math.Inf(-1), math.Inf(-1), si}
		l.closed = l.closed.or(scored{si, int32(ids.Single)})
	}
	for range l.stride() {
		l.back = append(l.back, -1)
	}
	return zero == 0
}

// step scores the next token. The structure of BIOES leaves two candidates
// for every class: O, B and S follow O or the best of all E and S; I and E
// follow B or I of their own label.
func (l *lattice) step(row []float32) bool {
	set, bias := l.d.labels, &l.d.bias
	o := int32(set.Outside)
	toOutside := scored{l.outside + float64(bias.BackgroundStay), o}.
		or(scored{l.closed.score + float64(bias.EndToBackground), l.closed.class})
	toStart := scored{l.outside + float64(bias.BackgroundToStart), o}.
		or(scored{l.closed.score + float64(bias.EndToStart), l.closed.class})
	l.back = append(l.back, toOutside.class, toStart.class)

	l.outside = toOutside.score + float64(row[o])
	l.closed = none
	zero := float64(row[o]) - float64(row[o])
	for i := range set.Labels {
		ids, s := &set.Labels[i], &l.labels[i]
		open := scored{s.begin, int32(ids.Begin)}.or(scored{s.inside, int32(ids.Inside)})
		l.back = append(l.back, open.class)

		b, in, e, si := float64(row[ids.Begin]), float64(row[ids.Inside]), float64(row[ids.End]), float64(row[ids.Single])
		zero += (b - b) + (in - in) + (e - e) + (si - si)
		s.begin = toStart.score + b
		s.inside = open.score + float64(bias.InsideToContinue) + in
		s.end = open.score + float64(bias.InsideToEnd) + e
		s.single = toStart.score + si
		l.closed = l.closed.or(scored{s.end, int32(ids.End)}).or(scored{s.single, int32(ids.Single)})
	}
	return zero == 0
}

// before returns the class of the best path's token before the pending token
// t, when t has the given class.
func (l *lattice) before(t int, c int32) int32 {
	entry := l.back[t*l.stride():][:l.stride()]
	switch class := l.d.labels.classes[c]; class.tag {
	case outside:
		return entry[0]
	case begin, single:
		return entry[1]
	default:
		return entry[2+class.label]
	}
}

// finish ends the text and returns the whole path.
func (l *lattice) finish() []Decoded {
	if l.tokens == 0 {
		return l.path
	}
	last := scored{l.outside, int32(l.d.labels.Outside)}.or(l.closed)
	l.commit(len(l.back)/l.stride(), last.class)
	return l.path
}
