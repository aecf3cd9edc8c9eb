package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/rules/gitleaks"
)

// Credentials as gitleaks knows them. Its rules are regular expressions over
// whole files behind a test for keywords; here each is asked only where one of
// its literals stands and what must follow the literal does, and is shown a
// window around it. FuzzKnown holds that to what the rule finds in the whole.

// knownAnchor is a rule that a literal wakes.
type knownAnchor struct {
	*gitleaks.Anchor
	shape *gitleaks.Shape
	block int // which of scan.blocks is the shape's
}

// maxBlocks is the number of shapes that are looked for in blocks; the table
// of gitleaks has fewer.
const maxBlocks = 16

// knownAnchors are the literals of the rules, knownNames the names of the
// secrets that are told by what they are assigned to.
var knownAnchors, knownNames = func() (anchors []knownAnchor, names *trie) {
	names = newTrie()
	blocks := 0
	for k := range gitleaks.Shapes() {
		sh := gitleaks.At(k)
		for n := range sh.Anchors {
			a := &sh.Anchors[n]
			switch sh.Kind {
			case gitleaks.Native:
			case gitleaks.Assigned:
				names.add(a.Text, sh)
			default:
				anchors = append(anchors, knownAnchor{a, sh, blocks})
			}
		}
		if sh.Kind == gitleaks.Containing || sh.Kind == gitleaks.Near {
			blocks++
		}
	}
	if blocks > maxBlocks {
		panic("rules: gitleaks has more rules than there are places for them")
	}
	return anchors, names
}()

// known looks for the credential whose literal stands at start.
func (s *scan) known(k *knownAnchor, start int) {
	s.work += k.Min
	if !k.Follows(s.text, start+len(k.Text)) {
		return
	}
	if k.shape.Kind == gitleaks.Prefixed {
		s.prefixed(k.shape, start)
	} else {
		s.block(k, start)
	}
}

// Bytes shown to regular expressions for each byte of the text, beside a
// first allowance. Whoever needs more has filled the text with beginnings of
// secrets: from there on what looks like one is taken for one.
const (
	shownPerByte = 8
	shownFirst   = 1 << 16
)

// spent reports whether no more may be shown to regular expressions.
func (s *scan) spent() bool { return s.shown > shownFirst+shownPerByte*len(s.text) }

// show accounts for bytes shown to a regular expression.
func (s *scan) show(n int) {
	s.shown += n
	s.work += n
}

// prefixed judges a credential that begins at i.
func (s *scan) prefixed(sh *gitleaks.Shape, i int) {
	if s.amidBase64(i) {
		return
	}
	if s.spent() {
		s.emit(i, s.endOf(runToken, token|dot, i), pii.Secret, 0.5)
		return
	}
	start, end, looked := sh.Find(s.text, i, 0)
	s.show(looked)
	if start == end {
		return
	}
	if end == i+looked { // longer than what was shown
		end = s.endOf(runToken, token|dot, end)
	}
	s.emitKnown(start, end, false)
}

// emitKnown emits what a rule matched, if it is a secret to us, too.
func (s *scan) emitKnown(start, end int, assigned bool) {
	for end > start && s.text[end-1] == '.' {
		end--
	}
	if !discounted(s.text, start, end, assigned) {
		s.emit(start, end, pii.Secret, 0.9)
	}
}

// hashNames stand before hashes: those are nobody's secret.
var hashNames = newSet(`h1 md5 sha sha1 sha224 sha256 sha384 sha512 blake2b blake3 crc32 hash digest checksum integrity etag
	fingerprint thumbprint commit revision`)

// notKeys are how names end that hold a "key" or the like and are public.
var notKeys = endings(strings.Fields(`keyid keyids publickey verifierkey vkey websocketkey websocketaccept keyfingerprint keyhash`))

// discounted reports whether text[start:end], which a rule of gitleaks takes
// for a secret, is none: a placeholder or, where only the name it is assigned
// to tells, a hash or the name of a secret in a program.
func discounted(text string, start, end int, assigned bool) bool {
	secret := text[start:min(end, start+long)]
	if template(secret) || filler(secret) {
		return true
	}
	if !assigned {
		return false
	}
	mark := start
	for mark > 0 && start-mark < 9 && (assignMark | beforeValue).has(text[mark-1]) {
		mark--
	}
	name := mark
	for name > 0 && mark-name < 12 && alnum.has(text[name-1]) {
		name--
	}
	if hashNames.has(text[name:mark]) || notTokens.endsWith(text, mark) || notKeys.endsWith(text, mark) {
		return true
	}
	if namesSecret(strings.TrimRight(secret, "0123456789")) && identifierish(secret) {
		return true
	}
	return start > 0 && !quote.has(text[start-1]) && (expression(secret) || member(secret))
}

// block asks a rule whose literals stand inside its matches or near them. It
// is shown a block that reaches further than this literal needs, so that the
// literals behind it need no block of their own: each byte is in few blocks.
func (s *scan) block(k *knownAnchor, i int) {
	reach := k.shape.MaxLen() + 2
	if k.shape.Kind == gitleaks.Near {
		reach += gitleaks.Reach
	}
	if i+reach <= s.blocks[k.block] {
		return
	}
	from, to := max(0, i-reach), min(len(s.text), i+4*reach)
	s.work += to - from
	s.blocks[k.block] = to
	if to == len(s.text) {
		s.blocks[k.block] = to + reach
	}
	k.shape.FindAll(s.text, from, to, func(start, end int) { s.emitKnown(start, end, false) })
}

// assigned looks for `name = value` with a name of gitleaks's: the mark of
// assignment begins at i. Marks are = > : ::: := || => ?= and the comma.
func (s *scan) assigned(i int) {
	if i == 0 || i < s.urlEnd || !assignMark.has(s.at(i)) {
		return
	}
	// What stands behind the mark: 12 bytes of a value at least. Fewer do not
	// have the entropy that the generic rule wants; others want more.
	const least, filler = 12, 9
	text, from := s.text, i+1
	for from < len(text) && from <= i+filler && beforeValue.has(text[from]) {
		from++
	}
	first := from
	for first > i+1 && text[first-1] == '=' {
		first--
	}
	if first+least > len(text) {
		return
	}
	for k := from; k < first+least; k++ {
		if !valueByte.has(text[k]) {
			return
		}
	}
	// What stands before it: a name, over at most so much else.
	const gap, longestName = 3 + 20, 64
	start := i
	for start > 0 && i-start < gap+longestName && nameByte.has(text[start-1]) {
		start--
	}
	s.work += i - start
	knownNames.each(text[start:i], func(at int, sh *gitleaks.Shape) { s.assignment(sh, start+at, from) })
}

// assignment judges a secret that is assigned to the name at offset at; its
// value begins at from.
func (s *scan) assignment(sh *gitleaks.Shape, at, from int) {
	if !valueBegins(sh, s.text, from) {
		return
	}
	end := s.endOf(runAssigned, valueByte, from)
	if s.spent() {
		s.emit(from, end, pii.Secret, 0.5)
		return
	}
	start, judged, looked := sh.Find(s.text, at, min(end, from+maxAssigned)+3)
	s.show(looked)
	if start == judged {
		return
	}
	if judged > from+maxAssigned { // the value goes on behind what was shown
		judged = end
	}
	s.emitKnown(start, judged, true)
}

// maxAssigned bounds how much of a value rules are shown, in bytes.
const maxAssigned = 1024

// valueBegins reports whether the value at from can be one of the shape's.
func valueBegins(sh *gitleaks.Shape, text string, from int) bool {
	if len(sh.Values) == 0 {
		return true
	}
	for k := range sh.Values {
		v := &sh.Values[k]
		if (!v.Fold && strings.HasPrefix(text[from:], v.Text) || v.Fold && foldEqual(text, from, v.Text)) && v.Follows(text, from+len(v.Text)) {
			return true
		}
	}
	return false
}
