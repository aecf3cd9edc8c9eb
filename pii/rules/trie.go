package rules

import "github.com/caddyprivacy/privacyfilter/pii/rules/gitleaks"

// trie finds names in a text, whatever their case.
type trie struct {
	states []trieState
	begins threeLetters
}

type trieState struct {
	next   [symbols]uint16   // 0: no name goes on like that
	shapes []*gitleaks.Shape // of the name that ends here
}

// symbols are what names are made of: 1 to 26 letters, 27 to 36 digits, and
// three marks. 0 is everything else.
const symbols = 40

var symbolOf = func() (t [256]uint8) {
	for c := range 26 {
		t['a'+c], t['A'+c] = uint8(1+c), uint8(1+c)
	}
	for c := range 10 {
		t['0'+c] = uint8(27 + c)
	}
	t['_'], t['-'], t['.'] = 37, 38, 39
	return t
}()

func newTrie() *trie { return &trie{states: make([]trieState, 1)} }

func (t *trie) add(name string, sh *gitleaks.Shape) {
	t.begins.add(name[0], name[1], name[2])
	state := uint16(0)
	for i := 0; i < len(name); i++ {
		symbol := symbolOf[name[i]] // the same for both cases
		if symbol == 0 {
			panic("rules: a name with bytes that names do not have")
		}
		if t.states[state].next[symbol] == 0 {
			t.states = append(t.states, trieState{})
			t.states[state].next[symbol] = uint16(len(t.states) - 1)
		}
		state = t.states[state].next[symbol]
	}
	t.states[state].shapes = append(t.states[state].shapes, sh)
}

// each yields the shapes of all names that stand in text, and where.
func (t *trie) each(text string, yield func(at int, sh *gitleaks.Shape)) {
	const least = 3 // no name is shorter
	last := 0
	for i := 0; i < len(text); i++ {
		last = nextThree(last, text[i])
		if i >= least-1 && t.begins.hasPlace(last) {
			t.at(text, i-least+1, yield)
		}
	}
}

func (t *trie) at(text string, at int, yield func(at int, sh *gitleaks.Shape)) {
	state := uint16(0)
	for i := at; i < len(text); i++ {
		state = t.states[state].next[symbolOf[text[i]]]
		if state == 0 {
			return
		}
		for _, sh := range t.states[state].shapes {
			yield(at, sh)
		}
	}
}
