package rules

import "strings"

// A sign is a literal that tells what stands behind or around it: the prefix
// of an issuer's credentials, a literal of one of gitleaks's rules, or a word
// that announces a password. There are hundreds; the pass wakes on three
// bytes of each.
type sign struct {
	text   string
	fold   bool // case does not matter, and text is in lower case
	begins bool // it begins a word
	middle int  // offset of the second of the three bytes to wake on

	kind     signKind
	provider *provider    // of a providerSign
	known    *knownAnchor // of a knownSign
	noun     noun         // of a nounSign
}

// signKind says who is to look when a sign is found.
type signKind uint8

const (
	providerSign signKind = iota
	knownSign
	nounSign
	spelledSign   // a digit in a number that is written in words
	dotSign       // the dot of an address that is
	copulaSign    // "is", behind a key
	passwordSign  // "password", before one
	bearerSign    // the names of schemes
	basicSign     //
	jwtSign       // `{"` in base64
	pemSign       // the first line of a block
	percentAtSign // '@' as URLs carry it
)

// signs finds signs by three bytes of theirs, of which five bits each count:
// the case of letters does not, and some other bytes are taken for each other.
// Of a sign that must begin a word the first of the three is the byte before
// it.
type signs struct {
	lists [][]sign
	where [1 << 15]uint16 // index of lists; 0, an empty list, for most
	wakes threeLetters    // whether that is not 0, in bits: it fits the nearest cache
}

var allSigns = func() *signs {
	all := &signs{lists: make([][]sign, 1)}
	for k := range providers {
		all.add(sign{text: providers[k].prefix, kind: providerSign, provider: &providers[k]})
	}
	for k := range knownAnchors {
		a := &knownAnchors[k]
		all.add(sign{text: a.Text, fold: a.Fold, kind: knownSign, known: a})
	}
	for _, word := range spelledAnchors {
		all.add(sign{text: word, fold: true, kind: spelledSign})
	}
	for _, word := range dotWords {
		all.add(sign{text: word, fold: true, kind: dotSign})
	}
	for kind := passwordNoun; kind <= lastNoun; kind++ {
		for noun := range strings.FieldsSeq(nounList[kind]) {
			noun = strings.ReplaceAll(noun, "_", " ")
			word := strings.TrimPrefix(noun, " ")
			all.add(sign{text: word, fold: strings.ToLower(noun) == noun, begins: word != noun, kind: nounSign, noun: kind})
		}
	}
	for _, s := range []sign{
		{text: "is ", fold: true, kind: copulaSign},
		{text: "passwor", fold: true, kind: passwordSign},
		{text: "passwd", fold: true, kind: passwordSign},
		{text: "bearer", fold: true, kind: bearerSign},
		{text: "basic", fold: true, kind: basicSign},
		{text: "eyJ", kind: jwtSign},
		{text: fence + "BEGIN ", kind: pemSign},
		{text: "%40", kind: percentAtSign},
	} {
		all.add(s)
	}
	return all
}()

func (all *signs) add(s sign) {
	if !s.begins {
		s.middle = rarest(s.text)
	}
	seen := make(map[int]bool)
	for _, before := range s.before() {
		for _, c := range bothCases(s.text[s.middle], s.fold) {
			for _, next := range s.after() {
				k := three(before, c, next)
				if seen[k] {
					continue
				}
				seen[k] = true
				where := &all.where[k]
				if *where == 0 {
					*where = uint16(len(all.lists))
					all.lists = append(all.lists, nil)
					all.wakes.add(before, c, next)
				}
				all.lists[*where] = append(all.lists[*where], s)
			}
		}
	}
}

// beforeWords are what words begin behind.
const beforeWords = " \n\t\r\"'(>*:"

// before returns what may stand before the middle byte.
func (g *sign) before() []byte {
	if g.begins {
		return []byte(beforeWords)
	}
	return bothCases(g.text[g.middle-1], g.fold)
}

// after returns what may stand behind it: anything, if the sign ends there.
func (g *sign) after() []byte {
	if g.middle+1 < len(g.text) {
		return bothCases(g.text[g.middle+1], g.fold)
	}
	all := make([]byte, 32)
	for c := range all {
		all[c] = byte(c)
	}
	return all
}

// byRarity orders what literals have beside capital letters by how seldom it
// stands in logs, JSON and prose.
const byRarity = "~qzxj_-.kvbypgfwum" + "0123456789" + "chldrsniaote" + `"':=, /`

// rarest returns the offset in a literal of the second of the three bytes that
// together are the most seldom.
func rarest(text string) int {
	rarity := func(at int) (sum int) {
		for k := at - 1; k <= at+1; k++ {
			sum += strings.IndexByte(byRarity, lowerByte(text[k]))
		}
		return sum
	}
	best := 1
	for at := 2; at+1 < len(text); at++ {
		if rarity(at) < rarity(best) {
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

// sign looks at the signs that have their middle byte at i; k is the place of
// the three bytes around it.
func (s *scan) sign(i, k int) {
	list := allSigns.lists[allSigns.where[k]]
	for k := range list {
		if g := &list[k]; g.stands(s.text, i-g.middle) {
			s.signFound(g, i-g.middle)
		}
	}
}

// signFound lets look whoever asked for the sign, which stands at start.
func (s *scan) signFound(g *sign, start int) {
	s.work += len(g.text)
	end := start + len(g.text)
	switch g.kind {
	case providerSign:
		s.provider(g.provider, start)
	case knownSign:
		s.known(g.known, start)
	case nounSign:
		s.said(g.noun, start, end)
	case spelledSign:
		s.spelled(start)
	case dotSign:
		s.spelledMail(start, end)
	case copulaSign:
		s.copula(start + 1)
	case passwordSign:
		s.passwordWord(start)
	case bearerSign:
		s.scheme(start, end, 12, mixed)
	case basicSign:
		s.scheme(start, end, 8, basicCredentials)
	case jwtSign:
		s.jwt(start)
	case pemSign:
		s.pem(start)
	case percentAtSign:
		s.email(start)
	}
}

// stands reports whether the sign stands in text at start.
func (g *sign) stands(text string, start int) bool {
	switch {
	case start < 0:
		return false
	case g.begins && start > 0 && strings.IndexByte(beforeWords, text[start-1]) < 0:
		return false
	case g.fold:
		return foldEqual(text, start, g.text)
	}
	return strings.HasPrefix(text[start:], g.text)
}
