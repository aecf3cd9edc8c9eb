// Package protect keeps the structure of texts that machines read: what is
// found in a place where code or a log line says no word about a person is
// left alone. It only ever takes spans away, as a site has asked for with a
// preset or an option.
//
// What may come in: what a place in a text is, told by its line alone, so that
// the answer does not depend on how a body was cut (I4). What must never:
// dropping what a checksum has proven, formats of bodies, and regular
// expressions over whole texts.
package protect

import (
	"fmt"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// Kind is the kind of text whose structure is protected.
type Kind string

// The kinds. The zero value protects nothing, like Off.
const (
	Off  Kind = "off"
	Code Kind = "code" // identifiers, paths, imports, links without a token
	Logs Kind = "logs" // heads of entries, fields of ids, names of programs
)

// Protector says what may be masked. Its zero value, and nil, allow all.
type Protector struct {
	kind  Kind
	hosts *Hosts
}

// New makes a protector for a kind of text and for hosts of our own.
func New(kind Kind, hosts []string) (*Protector, error) {
	switch kind {
	case "", Off, Code, Logs:
	default:
		return nil, fmt.Errorf("protect: want %s, %s or %s", Code, Logs, Off)
	}
	own, err := ParseHosts(hosts)
	if err != nil {
		return nil, err
	}
	return &Protector{kind, own}, nil
}

// certain is the score of what rules have proven by a checksum or a form that
// nothing else has.
const certain = 1

// Spans returns those spans of text that may be masked, in the memory of
// spans.
func (p *Protector) Spans(text string, spans []pii.Span) []pii.Span {
	if p == nil || len(spans) == 0 || p.kind != Code && p.kind != Logs && p.hosts == nil {
		return spans
	}
	out := spans[:0]
	for _, s := range spans {
		if s.Source != pii.SourceModel && s.Score >= certain || p.allows(text, s) {
			out = append(out, s)
		}
	}
	return out
}

func (p *Protector) allows(text string, s pii.Span) bool {
	if p.hosts.own(text[s.Start:s.End], s.Category) {
		return false
	}
	switch p.kind {
	case Code:
		return inCode(text, s)
	case Logs:
		return inLog(text, s)
	default:
		return true
	}
}

// ForModel is the text as the model is given it, of the same length: in a log,
// what differs from entry to entry and says nothing about a person is made
// equal, so that entries of one template are the same text, which costs once.
func (p *Protector) ForModel(text string) string {
	if p == nil || p.kind != Logs {
		return text
	}
	return blank(text)
}
