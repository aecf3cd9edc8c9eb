package rules

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// maxHeader bounds how much of a JOSE header is decoded, in base64 bytes.
// Longer headers carry certificates; their beginning is judged.
const maxHeader = 1024

// jwt looks for a JSON Web Token (RFC 7519) in compact form; "eyJ", which is
// `{"` in base64url, stands at start. Signed tokens have three parts,
// encrypted ones five; a token whose signature was cut off still tells its
// claims.
func (s *scan) jwt(start int) {
	if start > 0 && base64URL.has(s.text[start-1]) && !s.gap(start) {
		return
	}
	end := s.endOf(runBase64, base64URL, start)
	if s.at(end) != '.' || end == s.jwtHeader || !s.joseHeader(s.text[start:end]) {
		return
	}
	s.jwtHeader = end
	for parts := 1; parts < 5 && s.at(end) == '.'; parts++ {
		next := s.partEnd(end + 1)
		if next == end+1 && s.at(next) != '.' {
			break
		}
		end = next
	}
	if s.text[end-1] == '.' { // the end of a sentence
		end--
	}
	s.emit(start, end, pii.Secret, 1)
}

// partEnd returns the end of a later part. It leaves the memo to headers,
// which stand closer together than parts are long.
func (s *scan) partEnd(i int) int {
	j := i
	for j < len(s.text) && base64URL.has(s.text[j]) {
		j++
	}
	s.work += j - i
	return j
}

// joseHeader reports whether part decodes to a JSON object with "alg" (RFC
// 7515 §4.1.1).
func (s *scan) joseHeader(part string) bool {
	cut := len(part) > maxHeader
	if cut {
		part = part[:maxHeader]
	}
	s.work += len(part)
	var buf [maxHeader]byte
	n, err := base64.RawURLEncoding.Decode(buf[:], []byte(part))
	if err != nil && !cut {
		return false
	}
	if cut {
		return strings.Contains(string(buf[:n]), `"alg"`)
	}
	var header struct {
		Alg string `json:"alg"`
	}
	return json.Unmarshal(buf[:n], &header) == nil && header.Alg != ""
}
