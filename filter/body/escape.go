package body

import (
	"unicode/utf8"
)

// escape is one way of writing text inside a carrier. unit is both decoder
// and offset map: whoever walks a range unit by unit knows at every step how
// many raw and how many decoded bytes lie behind, so no map is ever stored.
type escape interface {
	// unit reads the first unit of raw, which is not empty.
	unit(raw []byte) unit
	// appendEscaped appends text as it is written in the carrier. replaced
	// is what stood there before.
	appendEscaped(dst, text, replaced []byte) []byte
}

// unit is the smallest stretch of raw bytes that decodes by itself. A literal
// unit is its own text, and any byte of it maps to itself.
type unit struct {
	raw     int // bytes it takes
	text    int // bytes it decodes to
	decoded [utf8.UTFMax]byte
	literal bool
}

func literal(n int) unit { return unit{raw: n, text: n, literal: true} }

func decodedByte(n int, c byte) unit {
	return unit{raw: n, text: 1, decoded: [utf8.UTFMax]byte{c}}
}

func decodedRune(n int, r rune) unit {
	u := unit{raw: n}
	u.text = utf8.EncodeRune(u.decoded[:], r)
	return u
}

// escapeID is a slot's escape, one byte instead of an interface.
type escapeID uint8

const (
	plain escapeID = iota
	jsonString
	looseJSON
	formValue
	formPhone
	percent
	entity
	header
	quoted
	markup
	bare
	prose
	cdata
	aside
	csvBare
	csvQuoted
	quotedLoose
	comment
	yamlPlain
	yamlFlow
	yamlSingle
	yamlDouble
	yamlWord
	tomlBasic
	tomlLiteral
	tomlBare
	tomlKey
	graphqlString
	graphqlWords
	graphqlBlock
	urlPath
	urlQuery
	logQuoted
	logBare
)

var escapes = [...]escape{
	plain:         plainEscape{},
	jsonString:    jsonEscape{},
	looseJSON:     looseEscape{},
	formValue:     formEscape{},
	formPhone:     formPhoneEscape{},
	percent:       percentEscape{},
	entity:        entityEscape{},
	header:        headerEscape{},
	quoted:        quotedEscape{},
	markup:        markupEscape{},
	bare:          bareEscape{},
	prose:         proseEscape{},
	cdata:         cdataEscape{},
	aside:         asideEscape{},
	csvBare:       csvBareEscape{},
	csvQuoted:     csvQuotedEscape{},
	quotedLoose:   looseQuoted{},
	comment:       commentEscape{},
	yamlPlain:     yamlPlainEscape{},
	yamlFlow:      yamlPlainEscape{flow: true},
	yamlSingle:    yamlSingleEscape{},
	yamlDouble:    yamlDoubleEscape{},
	yamlWord:      yamlWordEscape{},
	tomlBasic:     tomlBasicEscape{},
	tomlLiteral:   tomlLiteralEscape{},
	tomlBare:      tomlBareEscape{},
	tomlKey:       tomlKeyEscape{},
	graphqlString: graphqlStringEscape{},
	graphqlWords:  graphqlWordsEscape{},
	graphqlBlock:  graphqlBlockEscape{},
	urlPath:       urlPathEscape{},
	urlQuery:      urlQueryEscape{},
	logQuoted:     logQuotedEscape{},
	logBare:       logBareEscape{},
}

// literalMax bounds a literal unit, so that locating many spans in one long
// run without escapes does not search the run to its end each time.
const literalMax = 1024

// appendDecoded appends the text that raw stands for.
func appendDecoded(dst, raw []byte, e escape) []byte {
	for len(raw) > 0 {
		u := e.unit(raw)
		if u.literal {
			dst = append(dst, raw[:u.raw]...)
		} else {
			dst = append(dst, u.decoded[:u.text]...)
		}
		raw = raw[u.raw:]
	}
	return dst
}

// plainEscape: the bytes are the text.
type plainEscape struct{}

func (plainEscape) unit(raw []byte) unit { return literal(len(raw)) }

func (plainEscape) appendEscaped(dst, text, _ []byte) []byte { return append(dst, text...) }
