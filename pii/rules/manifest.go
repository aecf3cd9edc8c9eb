package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// manifest looks at the data of a Secret of Kubernetes in YAML; the ':' of
// "data:" or "stringData:", alone on its line, stands at i. All values in it
// are secret, whatever their keys are called.
func (s *scan) manifest(i int) {
	start := i
	for start > 0 && i-start < 24 && !lineEnd.has(s.text[start-1]) {
		start--
	}
	line := s.text[start:i]
	name := strings.TrimLeft(line, " ")
	if name != "data" && name != "stringData" || i < s.manifestEnd || !s.secretManifest(start, i) {
		return
	}
	indent := len(line) - len(name)
	const mostLines = 200
	at, inner := i+1, -1
	for range mostLines {
		at = s.nextLine(at)
		end := s.endUntil(runValue, lineEnd, at)
		depth := 0
		for at+depth < end && s.text[at+depth] == ' ' {
			depth++
		}
		if at >= len(s.text) || depth <= indent {
			break
		}
		if inner < 0 {
			inner = depth
		}
		s.entry(at+depth, end, depth > inner)
		at = end
	}
	s.manifestEnd = at
}

// nextLine returns the offset behind the line end at i.
func (s *scan) nextLine(i int) int {
	for i < len(s.text) && lineEnd.has(s.text[i]) {
		i++
	}
	return i
}

// entry emits the value of one line of data, or the whole line where it goes
// on with the value of the one before.
func (s *scan) entry(from, end int, goesOn bool) {
	if !goesOn {
		mark := strings.IndexByte(s.text[from:min(end, from+256)], ':')
		if mark < 0 {
			return
		}
		from = s.skipSpace(from + mark + 1)
	}
	for from < end && (quote | space).has(s.text[end-1]) {
		end--
	}
	for from < end && quote.has(s.text[from]) {
		from++
	}
	if text := s.text[from:end]; text != "" && !template(text) && strings.Trim(text, "|>+-0123456789") != "" {
		s.emit(from, end, pii.Secret, 0.85)
	}
}

// manifestReach is how far around its data the kind of an object may stand,
// in bytes.
const manifestReach = 2048

// secretManifest reports whether the object with data at [start, i) is a
// Secret. What was looked at is remembered.
func (s *scan) secretManifest(start, i int) bool {
	if m := &s.manifests; i < m.start || i >= m.end {
		m.start, m.end = max(0, start-manifestReach), min(len(s.text), i+manifestReach)
		if k := strings.LastIndex(s.text[m.start:start], "\n---"); k >= 0 {
			m.start += k
		}
		if k := strings.Index(s.text[i:m.end], "\n---"); k >= 0 {
			m.end = i + k
		}
		s.work += m.end - m.start
		s.isSecret = kindSecret(s.text[m.start:m.end])
	}
	return s.isSecret
}

// kindSecret reports whether "kind: Secret" stands in a line of text.
func kindSecret(text string) bool {
	const key = "kind:"
	for {
		k := strings.Index(text, key)
		if k < 0 {
			return false
		}
		before := k == 0 || (space | lineEnd).has(text[k-1])
		text = text[k+len(key):]
		value := strings.TrimLeft(text, " \"'")
		if before && strings.HasPrefix(value, "Secret") && (len(value) == 6 || !alnum.has(value[6])) {
			return true
		}
	}
}
