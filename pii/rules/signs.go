package rules

import "strings"

// A sign is a literal that tells what stands behind or around it: the prefix
// of an issuer's credentials, a literal of one of gitleaks's rules, or a word
// that announces a password. There are hundreds; the pass wakes on one byte
// of each, where the byte before it fits.
type sign struct {
	text string
	fold bool // case does not matter, and text is in lower case
	at   int  // offset of the byte to wake on; 0: the first, at the beginning of a word

	// One of these says what it means.
	provider *provider
	known    *knownAnchor
	noun     noun
	spelled  bool // a digit in a number that is written in words
	dot      bool // the dot of an address that is
}

// signs finds signs by the byte to wake on and the byte before it.
type signs struct {
	lists [][]sign
	where [256][256]uint16 // index of lists; 0, an empty list, for most
	pairs [256][8]uint32   // whether that is not 0, in bits: it fits the nearest cache
}

var allSigns = func() *signs {
	all := &signs{lists: make([][]sign, 1)}
	for k := range providers {
		p := &providers[k]
		all.add(sign{text: p.prefix, at: p.anchor(), provider: p})
	}
	for k := range knownAnchors {
		a := &knownAnchors[k]
		all.add(sign{text: a.Text, fold: a.Fold, at: wakeByte(a.Text), known: a})
	}
	for _, word := range spelledAnchors {
		all.add(sign{text: word, fold: true, at: wakeByte(word), spelled: true})
	}
	for _, word := range dotWords {
		all.add(sign{text: word, fold: true, at: wakeByte(word), dot: true})
	}
	for kind := passwordNoun; kind <= lastNoun; kind++ {
		for word := range strings.FieldsSeq(nounList[kind]) {
			word = strings.ReplaceAll(word, "_", " ")
			g := sign{text: strings.TrimPrefix(word, " "), fold: strings.ToLower(word) == word, noun: kind}
			if g.text == word {
				g.at = wakeByte(word)
			}
			all.add(g)
		}
	}
	return all
}()

func (all *signs) add(s sign) {
	for _, c := range bothCases(s.text[s.at], s.fold) {
		for _, before := range s.before() {
			where := &all.where[c][before]
			if *where == 0 {
				*where = uint16(len(all.lists))
				all.lists = append(all.lists, nil)
				all.pairs[c][before>>5] |= 1 << (before & 31)
			}
			all.lists[*where] = append(all.lists[*where], s)
		}
	}
}

// beforeWords are what words begin behind.
var beforeWords = []byte(" \n\t\r\"'(>*:")

// before returns what may stand before the byte to wake on.
func (g *sign) before() []byte {
	if g.at == 0 {
		return beforeWords
	}
	return bothCases(g.text[g.at-1], g.fold)
}

// wake adds the bytes to wake on to the table of anchors.
func (all *signs) wake(anchors *[256]wake) {
	for c := range all.pairs {
		if all.pairs[c] != [8]uint32{} {
			anchors[c] |= onSign
		}
	}
}

// byRarity orders what literals have beside capital letters by how seldom it
// stands in logs, JSON and prose; digits wake numbers anyhow.
const byRarity = "~qzxj_-.kvbypgfwum" + "0123456789" + "chldrsniaote" + `"':=, /`

// wakeByte returns the offset in a literal of the byte to wake on.
func wakeByte(text string) int {
	best := 1
	for at := 2; at < len(text); at++ {
		if strings.IndexByte(byRarity, text[at]) < strings.IndexByte(byRarity, text[best]) {
			best = at
		}
	}
	return best
}

func bothCases(c byte, fold bool) []byte {
	if fold && lower.has(c) {
		return []byte{c, c &^ 0x20}
	}
	return []byte{c}
}

// signAt reports whether a sign may have its byte to wake on at i.
func (s *scan) signAt(i int) bool {
	before := s.lineBefore(i)
	return allSigns.pairs[s.text[i]][before>>5]&(1<<(before&31)) != 0
}

// lineBefore returns the byte before i; before the text, a line has ended.
func (s *scan) lineBefore(i int) byte {
	if i == 0 {
		return '\n'
	}
	return s.text[i-1]
}

// sign looks at the signs that have their byte to wake on at i.
func (s *scan) sign(i int) {
	if !s.signAt(i) {
		return
	}
	list := allSigns.lists[allSigns.where[s.text[i]][s.lineBefore(i)]]
	for k := range list {
		g := &list[k]
		start := i - g.at
		if start < 0 || !g.stands(s.text, start) {
			continue
		}
		s.work += len(g.text)
		switch {
		case g.provider != nil:
			s.provider(g.provider, start)
		case g.known != nil:
			s.known(g.known, start)
		case g.spelled:
			s.spelled(start)
		case g.dot:
			s.spelledMail(start, start+len(g.text))
		default:
			s.said(g.noun, start, start+len(g.text))
		}
	}
}

// stands reports whether the sign stands in text at start.
func (g *sign) stands(text string, start int) bool {
	if g.fold {
		return foldEqual(text, start, g.text)
	}
	return strings.HasPrefix(text[start:], g.text)
}
