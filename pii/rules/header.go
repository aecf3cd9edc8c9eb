package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// authSchemes are the HTTP authentication schemes whose credentials follow
// after a space (IANA registry, and the habits "token", "apikey", "bot").
var authSchemes = newSet(`basic bearer digest token negotiate ntlm hoba mutual scram-sha-1 scram-sha-256 vapid dpop gnap
	privatetoken apikey api-key key bot aws4-hmac-sha256 hawk signature sharedkey sharedkeylite sharedaccesssignature
	oauth genie aws splunk ssws zoho-oauthtoken googlelogin`)

// manyParts are the schemes whose credentials have spaces in them.
var manyParts = newSet(`digest signature aws4-hmac-sha256 oauth hawk vapid`)

// authorization emits the credentials of an Authorization value (RFC 9110
// §11.6.2); the scheme stays readable.
func (s *scan) authorization(v value) {
	from, end := v.from, v.line
	word := firstWord(s.text[from:end])
	switch {
	case !authSchemes.has(strings.TrimRight(word, "*_.:,")):
		end = v.end
	case manyParts.has(word):
		from = s.skipSpace(from + len(word))
	default:
		from = s.skipSpace(from + len(word))
		if quote.has(s.at(from)) {
			from++
		}
		end = s.wordEnd(from, end)
	}
	if from >= end {
		return
	}
	text := s.text[from:end]
	if len(text) < 4 || strings.IndexByte("![", text[0]) >= 0 || member(text) && from == v.from || template(text) || wordless(text) || letters(text) && len(text) < 12 || expression(text) {
		return
	}
	s.emit(from, end, pii.Secret, 0.9)
}

// wordEnd returns the end of the word at from, before end.
func (s *scan) wordEnd(from, end int) int {
	j := from
	for j < end && !(space | quote | lineEnd).has(s.text[j]) {
		j++
	}
	s.work += j - from
	return s.trimValue(from, j)
}
