package body

import (
	"bytes"
	"unicode/utf8"
)

// tomlBasicEscape: the inside of double quotes.
type tomlBasicEscape struct{ looseEscape }

func (tomlBasicEscape) unit(raw []byte) unit {
	if raw[0] == '\\' && len(raw) > 1 {
		if n := continued(raw); n > 0 {
			return unit{raw: n}
		}
		if raw[1] == 'e' {
			return decodedByte(2, 0x1B)
		}
	}
	return looseEscape{}.unit(raw)
}

// tomlLiteralEscape: the inside of apostrophes, where nothing is escaped. What
// would end it becomes a blank.
type tomlLiteralEscape struct{ plainEscape }

func (tomlLiteralEscape) appendEscaped(dst, text, _ []byte) []byte {
	return append(dst, bytes.ReplaceAll(appendInLine(nil, text), []byte("'"), []byte(" "))...)
}

// tomlBareEscape: a date or the like. What it is replaced by is a string.
type tomlBareEscape struct{ plainEscape }

func (tomlBareEscape) finish(dst, written []byte) []byte {
	dst = append(dst, '"')
	dst = jsonEscape{}.appendEscaped(dst, written, nil)
	return append(dst, '"')
}

// tomlKeyEscape: a key without quotes.
type tomlKeyEscape struct{ plainEscape }

func (tomlKeyEscape) finish(dst, written []byte) []byte {
	for _, c := range written {
		if !isTOMLKey(c) || c >= utf8.RuneSelf {
			return tomlBareEscape{}.finish(dst, written)
		}
	}
	if len(written) == 0 {
		return append(dst, `""`...)
	}
	return append(dst, written...)
}
