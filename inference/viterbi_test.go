package inference

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// labelSet builds a label space from names in id order.
func labelSet(tb testing.TB, names ...string) *LabelSet {
	tb.Helper()
	set, err := NewLabelSet(names)
	if err != nil {
		tb.Fatal(err)
	}
	return set
}

// names are class names in the published order: O, then B, I, E, S a label.
func classNames(labels ...string) []string {
	names := []string{"O"}
	for _, l := range labels {
		names = append(names, "B-"+l, "I-"+l, "E-"+l, "S-"+l)
	}
	return names
}

// reference is the decoder as model.md §6.2 words it: full tables, -1e9 for
// forbidden edges, the first maximum. Sums are float64.
type reference struct {
	start, end []float64
	trans      [][]float64
}

const forbidden = -1e9

func newReference(names []string, b Biases) reference {
	split := func(name string) (tag, label string) {
		tag, label, _ = strings.Cut(name, "-")
		return tag, label
	}
	n := len(names)
	r := reference{make([]float64, n), make([]float64, n), make([][]float64, n)}
	for p, from := range names {
		r.trans[p] = slices.Repeat([]float64{forbidden}, n)
		pt, pl := split(from)
		if strings.Contains("IE", pt) {
			r.start[p] = forbidden
		}
		if strings.Contains("BI", pt) {
			r.end[p] = forbidden
		}
		for c, to := range names {
			ct, cl := split(to)
			closed := pt == "E" || pt == "S"
			open := pt == "B" || pt == "I"
			switch {
			case pt == "O" && ct == "O":
				r.trans[p][c] = float64(b.BackgroundStay)
			case pt == "O" && (ct == "B" || ct == "S"):
				r.trans[p][c] = float64(b.BackgroundToStart)
			case open && ct == "I" && pl == cl:
				r.trans[p][c] = float64(b.InsideToContinue)
			case open && ct == "E" && pl == cl:
				r.trans[p][c] = float64(b.InsideToEnd)
			case closed && ct == "O":
				r.trans[p][c] = float64(b.EndToBackground)
			case closed && (ct == "B" || ct == "S"):
				r.trans[p][c] = float64(b.EndToStart)
			}
		}
	}
	return r
}

// dynamic is the recursion over the full tables.
func (r reference) dynamic(logits [][]float32) []int32 {
	n := len(r.start)
	score := make([]float64, n)
	var back [][]int32
	for t, row := range logits {
		next, from := make([]float64, n), make([]int32, n)
		for c := range n {
			if t == 0 {
				next[c] = float64(row[c]) + r.start[c]
				continue
			}
			best := math.Inf(-1)
			for p := range n {
				if v := score[p] + r.trans[p][c]; v > best {
					best, from[c] = v, int32(p)
				}
			}
			next[c] = best + float64(row[c])
		}
		score, back = next, append(back, from)
	}
	best, at := math.Inf(-1), int32(0)
	for c := range n {
		if v := score[c] + r.end[c]; v > best {
			best, at = v, int32(c)
		}
	}
	path := make([]int32, len(logits))
	for t := len(logits) - 1; t >= 0; t-- {
		path[t] = at
		at = back[t][at]
	}
	return path
}

// exhaustive tries every sequence. Taking the lowest class id backwards from
// the end is what the lowest id at every step of the recursion means.
func (r reference) exhaustive(logits [][]float32) []int32 {
	n, length := len(r.start), len(logits)
	path, best := make([]int32, length), make([]int32, 0, length)
	bestScore := math.Inf(-1)
	var try func(t int, score float64)
	try = func(t int, score float64) {
		if t == length {
			score += r.end[path[t-1]]
			backwards := slices.CompareFunc(reversed(path), reversed(best), cmp.Compare[int32])
			if score > bestScore || score == bestScore && backwards < 0 {
				bestScore, best = score, append(best[:0], path...)
			}
			return
		}
		for c := range n {
			path[t] = int32(c)
			step := float64(logits[t][c]) + r.start[c]
			if t > 0 {
				step += r.trans[path[t-1]][c] - r.start[c]
			}
			if score+step > forbidden/2 {
				try(t+1, score+step)
			}
		}
	}
	try(0, 0)
	return best
}

func reversed(s []int32) []int32 {
	s = slices.Clone(s)
	slices.Reverse(s)
	return s
}

func classesOf(path []Decoded) []int32 {
	ids := make([]int32, len(path))
	for i, d := range path {
		ids[i] = d.Class
	}
	return ids
}

// fatal is what testing.TB and *rapid.T have in common here.
type fatal interface {
	Helper()
	Fatal(args ...any)
}

func decode(tb fatal, set *LabelSet, b Biases, logits [][]float32) []Decoded {
	tb.Helper()
	d, err := NewDecoder(set, b)
	if err != nil {
		tb.Fatal(err)
	}
	path, err := d.Decode(nil, slices.Concat(logits...))
	if err != nil {
		tb.Fatal(err)
	}
	return path
}

// drawNames shuffles the classes of a few labels, so that O and the tags lie
// anywhere.
func drawNames(t *rapid.T, maxLabels int) []string {
	labels := []string{"x", "y", "z"}[:rapid.IntRange(1, maxLabels).Draw(t, "labels")]
	return rapid.Permutation(classNames(labels...)).Draw(t, "names")
}

func drawBiases(t *rapid.T) Biases {
	v := rapid.SliceOfN(rapid.IntRange(-4, 4), 6, 6).Draw(t, "biases")
	f := func(i int) float32 { return float32(v[i]) / 2 }
	return Biases{f(0), f(1), f(2), f(3), f(4), f(5)}
}

// drawLogits draws halves from a small range: their sums are exact and ties
// are frequent.
func drawLogits(t *rapid.T, tokens, classes int) [][]float32 {
	logits := make([][]float32, tokens)
	for i := range logits {
		for _, v := range rapid.SliceOfN(rapid.IntRange(-6, 6), classes, classes).Draw(t, "row") {
			logits[i] = append(logits[i], float32(v)/2)
		}
	}
	return logits
}

func TestViterbiEqualsTryingEverySequence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := drawNames(t, 2)
		set, err := NewLabelSet(names)
		if err != nil {
			t.Fatal(err)
		}
		b := drawBiases(t)
		logits := drawLogits(t, rapid.IntRange(1, 5).Draw(t, "tokens"), len(names))
		want := newReference(names, b).exhaustive(logits)
		if got := classesOf(decode(t, set, b, logits)); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v (classes %v)", got, want, names)
		}
	})
}

func TestViterbiEqualsTheReferenceRecursion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := drawNames(t, 3)
		set, err := NewLabelSet(names)
		if err != nil {
			t.Fatal(err)
		}
		b := drawBiases(t)
		logits := drawLogits(t, rapid.IntRange(1, 40).Draw(t, "tokens"), len(names))
		want := newReference(names, b).dynamic(logits)
		if got := classesOf(decode(t, set, b, logits)); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v (classes %v)", got, want, names)
		}
	})
}

// The real label space, long texts and continuous logits, where the lattice
// gives up rows early again and again.
func TestViterbiOfLongTextsEqualsTheReferenceRecursion(t *testing.T) {
	names := classNames("a", "b", "c", "d", "e", "f", "g", "h")
	set := labelSet(t, names...)
	for seed := range uint64(8) {
		random := rand.New(rand.NewPCG(seed, 1))
		b := Biases{0.3, -0.2, 0.1, -0.4, 0.2, 0.5}
		logits := make([][]float32, 3*settleEvery+17)
		for t := range logits {
			logits[t] = make([]float32, len(names))
			for c := range logits[t] {
				logits[t][c] = float32(random.NormFloat64() * 3)
			}
		}
		if got, want := classesOf(decode(t, set, b, logits)), newReference(names, b).dynamic(logits); !slices.Equal(got, want) {
			t.Fatalf("seed %d: paths differ", seed)
		}
	}
}

func TestViterbiDoesNotDependOnHowRowsArePushed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := drawNames(t, 2)
		set, err := NewLabelSet(names)
		if err != nil {
			t.Fatal(err)
		}
		logits := drawLogits(t, rapid.IntRange(1, 60).Draw(t, "tokens"), len(names))
		b := drawBiases(t)
		whole := decode(t, set, b, logits)

		d, _ := NewDecoder(set, b)
		l := d.start()
		for len(logits) > 0 {
			n := rapid.IntRange(1, len(logits)).Draw(t, "rows")
			if err := l.push(slices.Concat(logits[:n]...)); err != nil {
				t.Fatal(err)
			}
			logits = logits[n:]
		}
		if got := l.finish(); !slices.Equal(got, whole) {
			t.Fatalf("got %v, want %v", got, whole)
		}
	})
}

func TestLatticeHoldsFewRowsOfALongText(t *testing.T) {
	names := classNames("a", "b", "c", "d", "e", "f", "g", "h")
	d, _ := NewDecoder(labelSet(t, names...), Biases{})
	l := d.start()
	random := rand.New(rand.NewPCG(7, 7))
	row := make([]float32, len(names))
	for range 40 * settleEvery {
		for c := range row {
			row[c] = float32(random.NormFloat64())
		}
		row[0] += 4
		if err := l.push(row); err != nil {
			t.Fatal(err)
		}
	}
	if held := len(l.logits) / len(names); held > settleEvery {
		t.Errorf("%d rows are held", held)
	}
}

// favour is a row that prefers the named class by 10 over the others.
func favour(names []string, name string) []float32 {
	row := make([]float32, len(names))
	row[slices.Index(names, name)] = 10
	return row
}

func TestViterbiOnlyAnswersValidSequences(t *testing.T) {
	names := classNames("x", "y")
	for _, test := range []struct {
		says string
		rows string // the favourite of each token
		want string
	}{
		{"one token is O or S, never B, I or E", "B-x", "O"},
		{"an I cannot start", "I-x E-x", "B-x E-x"},
		{"B needs its end", "B-x O", "O O"},
		{"B and E of different labels do not make a span", "B-x E-y", "B-x E-x"},
		{"a span", "O B-x I-x I-x E-x O", "O B-x I-x I-x E-x O"},
		{"spans may touch", "S-x S-x B-y E-y", "S-x S-x B-y E-y"},
		{"a span may end the text", "O B-x E-x", "O B-x E-x"},
		{"a span cannot stay open at the end", "O B-x I-x", "O B-x E-x"},
		{"a hole is bridged when that costs less", "B-x I-x O I-x E-x", "B-x I-x I-x I-x E-x"},
		{"the label cannot change inside", "B-x I-y E-x", "B-x I-x E-x"},
	} {
		t.Run(test.says, func(t *testing.T) {
			var logits [][]float32
			for name := range strings.FieldsSeq(test.rows) {
				logits = append(logits, favour(names, name))
			}
			ids := newReference(names, Biases{}).exhaustive(logits)
			var want []string
			for _, id := range ids {
				want = append(want, names[id])
			}
			var got []string
			for _, d := range decode(t, labelSet(t, names...), Biases{}, logits) {
				got = append(got, names[d.Class])
			}
			if !slices.Equal(got, want) {
				t.Errorf("got %v, the exhaustive search %v", got, want)
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// Every bias moves exactly the decision it is named after: scores are laid out
// so that the two candidates differ by 1, and a bias of 2 turns the decision.
func TestEachBiasTurnsItsOwnTransition(t *testing.T) {
	names := classNames("x")
	row := func(o, b, i, e, s float32) []float32 { return []float32{o, b, i, e, s} }
	for _, test := range []struct {
		name    string
		bias    Biases
		logits  [][]float32
		without string
		with    string
	}{
		{"background_stay", Biases{BackgroundStay: 2}, [][]float32{row(9, 0, 0, 0, 0), row(0, 0, 0, 0, 1)}, "O S-x", "O O"},
		{"background_to_start", Biases{BackgroundToStart: 2}, [][]float32{row(9, 0, 0, 0, 0), row(1, 0, 0, 0, 0)}, "O O", "O S-x"},
		{"inside_to_continue", Biases{InsideToContinue: 2}, [][]float32{row(0, 9, 0, 0, 0), row(0, 0, 0, 1, 0), row(0, 0, 0, 0, 0), row(9, 0, 0, 9, 0)}, "B-x E-x O O", "B-x I-x I-x E-x"},
		{"inside_to_end", Biases{InsideToEnd: 2}, [][]float32{row(1, 0, 0, 0, 0), row(0, 0, 0, 0, 0)}, "O O", "B-x E-x"},
		{"end_to_background", Biases{EndToBackground: 2}, [][]float32{row(0, 0, 0, 0, 9), row(0, 0, 0, 0, 1)}, "S-x S-x", "S-x O"},
		{"end_to_start", Biases{EndToStart: 2}, [][]float32{row(0, 0, 0, 0, 9), row(1, 0, 0, 0, 0)}, "S-x O", "S-x S-x"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, c := range []struct {
				bias Biases
				want string
			}{{Biases{}, test.without}, {test.bias, test.with}} {
				var got []string
				for _, d := range decode(t, labelSet(t, names...), c.bias, test.logits) {
					got = append(got, names[d.Class])
				}
				if strings.Join(got, " ") != c.want {
					t.Errorf("with %+v: got %v, want %v", c.bias, got, c.want)
				}
			}
		})
	}
}

func TestNoBiasActsAtTheEndsOfAText(t *testing.T) {
	names := classNames("x")
	set := labelSet(t, names...)
	row := [][]float32{{1, 0, 0, 0, 0.5}}
	all := Biases{-9, 9, 9, 9, -9, 9}
	if got := decode(t, set, all, row)[0].Class; names[got] != "O" {
		t.Errorf("a single token became %s", names[got])
	}
}

func TestTiesGoToTheLowestClassID(t *testing.T) {
	for _, names := range [][]string{
		{"O", "B-x", "I-x", "E-x", "S-x"},
		{"S-x", "E-x", "I-x", "B-x", "O"},
		{"I-x", "S-x", "O", "E-x", "B-x"},
	} {
		t.Run(fmt.Sprint(names), func(t *testing.T) {
			flat := slices.Repeat([][]float32{make([]float32, len(names))}, 6)
			got := classesOf(decode(t, labelSet(t, names...), Biases{}, flat))
			if want := newReference(names, Biases{}).exhaustive(flat); !slices.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}

func TestScoresAreSoftmaxProbabilities(t *testing.T) {
	names := classNames("x")
	row := []float32{1, 2, 3, 4, 1000}
	got := decode(t, labelSet(t, names...), Biases{}, [][]float32{row})
	if got[0].Prob != 1 {
		t.Errorf("a certain class has probability %v", got[0].Prob)
	}
	row[4] = 4.5
	got = decode(t, labelSet(t, names...), Biases{}, [][]float32{row})
	sum := 0.0
	for _, v := range row {
		sum += math.Exp(float64(v))
	}
	if want := math.Exp(4.5) / sum; math.Abs(float64(got[0].Prob)-want) > 1e-6 {
		t.Errorf("probability %v, want %v", got[0].Prob, want)
	}
}

func TestLogitsThatAreNotFiniteAreAnError(t *testing.T) {
	names := classNames("x", "y")
	set := labelSet(t, names...)
	d, _ := NewDecoder(set, Biases{})
	inf := float32(math.Inf(1))
	for _, bad := range []float32{float32(math.NaN()), inf, -inf} {
		for token := range 3 {
			for c := range names {
				logits := make([]float32, 3*len(names))
				logits[token*len(names)+c] = bad
				if _, err := d.Decode(nil, logits); err == nil {
					t.Fatalf("%v in class %s of token %d passed", bad, names[c], token)
				}
			}
		}
	}
	if _, err := d.Decode(nil, make([]float32, len(names)+1)); err == nil {
		t.Error("half a row passed")
	}
	if path, err := d.Decode(nil, nil); err != nil || len(path) != 0 {
		t.Errorf("no tokens: %v, %v", path, err)
	}
	// The failed decodes left nothing behind in the pool.
	if got := decode(t, set, Biases{}, [][]float32{favour(names, "S-y")}); names[got[0].Class] != "S-y" {
		t.Errorf("after errors: %v", got)
	}
}

// FuzzViterbi feeds whatever floats the fuzzer invents: the result is an
// error exactly for what is not finite, and otherwise valid BIOES.
func FuzzViterbi(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}, int8(3))
	f.Add(make([]byte, 200), int8(-1))
	names := classNames("x")
	r := newReference(names, Biases{})
	set, err := NewLabelSet(names)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw []byte, bias int8) {
		var logits []float32
		finite := true
		for ; len(raw) >= 4; raw = raw[4:] {
			bits := uint32(raw[0]) | uint32(raw[1])<<8 | uint32(raw[2])<<16 | uint32(raw[3])<<24
			logits = append(logits, math.Float32frombits(bits))
		}
		logits = logits[:len(logits)/len(names)*len(names)]
		for _, v := range logits {
			finite = finite && !math.IsNaN(float64(v)) && !math.IsInf(float64(v), 0)
		}
		d, err := NewDecoder(set, Biases{BackgroundToStart: float32(bias)})
		if err != nil {
			t.Fatal(err)
		}
		path, err := d.Decode(nil, logits)
		if finite != (err == nil) {
			t.Fatalf("finite %v, error %v", finite, err)
		}
		for i, p := range path {
			if i == 0 && r.start[p.Class] < 0 || i == len(path)-1 && r.end[p.Class] < 0 ||
				i > 0 && r.trans[path[i-1].Class][p.Class] < 0 {
				t.Fatalf("not a valid sequence: %v", classesOf(path))
			}
			if p.Prob < 0 || p.Prob > 1 || math.IsNaN(float64(p.Prob)) {
				t.Fatalf("probability %v", p.Prob)
			}
		}
	})
}

func BenchmarkViterbi(b *testing.B) {
	names := classNames("a", "b", "c", "d", "e", "f", "g", "h")
	d, _ := NewDecoder(labelSet(b, names...), Biases{})
	for _, tokens := range []int{16, 256, 4096} {
		b.Run(fmt.Sprintf("%d tokens", tokens), func(b *testing.B) {
			random := rand.New(rand.NewPCG(1, 1))
			logits := make([]float32, tokens*len(names))
			for i := range logits {
				logits[i] = float32(random.NormFloat64())
				if i%len(names) == 0 {
					logits[i] += 5
				}
			}
			dst := make([]Decoded, 0, tokens)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := d.Decode(dst, logits); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
		})
	}
}
