package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

const cookieName = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-."

// cookie emits the values of the cookies of a Cookie header, or that of a
// Set-Cookie header (RFC 6265). What a cookie is for only its program knows, so
// that all are secret but those which say how somebody wants a page to look.
func (s *scan) cookie(kind keyKind, v value) {
	text := s.text[v.from:v.line]
	if eq := strings.IndexByte(text, '='); eq <= 0 || strings.Trim(text[:eq], cookieName) != "" {
		return
	}
	for from := v.from; from < v.line; {
		end := v.line
		if semi := strings.IndexByte(s.text[from:v.line], ';'); semi >= 0 {
			end = from + semi
		}
		s.oneCookie(from, end)
		if kind == setCookieKey { // attributes follow
			return
		}
		from = end + 1
	}
}

// oneCookie judges the pair in [from, end); what has no name is all value.
func (s *scan) oneCookie(from, end int) {
	for from < end && s.text[from] == ' ' {
		from++
	}
	pair := s.text[from:end]
	name, text, named := strings.Cut(pair, "=")
	if named {
		from += len(name) + 1
	} else {
		text = pair
	}
	const shortest = 4
	if len(text) < shortest || text == "true" || text == "false" || template(text) || named && preference(name, text) {
		return
	}
	s.emit(from, end, pii.Secret, 0.8)
}

// preferences are the names of cookies that say how a page is to look.
var preferences = newSet(`theme color-scheme colorscheme color_scheme colour-scheme darkmode dark-mode dark_mode dark mode lang language locale i18n i18next hl
	tz timezone time_zone currency country region units consent cookieconsent cookie_consent cookie-consent cookieconsent_status layout view sidebar density font fontsize font_size sort per_page`)

// preference reports whether a cookie says only that: a word or a small number.
func preference(name, text string) bool {
	const longest = 20
	digits := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case isDigit(c):
			digits++
		case !alpha.has(c) && strings.IndexByte("-_/+", c) < 0:
			return false
		}
	}
	return len(text) <= longest && digits <= 3 && preferences.has(name)
}
