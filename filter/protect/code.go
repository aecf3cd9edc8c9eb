package protect

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// inCode reports whether a value that was found in code may be masked there.
// Secrets may everywhere, but for paths that a model takes for one. Names,
// addresses and all else that a model guesses may where people write for
// people: in comments, strings, prose and the trailers of commits.
func inCode(text string, s pii.Span) bool {
	switch s.Category {
	case pii.Secret:
		return s.Source != pii.SourceModel || !isPath(text[s.Start:s.End])
	case pii.PrivateURL:
		return carriesToken(text[s.Start:s.End])
	case pii.PrivateEmail:
		return !isRemote(text, s) && !lineAt(text, s.Start).imports()
	case pii.AccountNumber, pii.PrivatePhone:
		return s.Source != pii.SourceModel && !joinedToName(text, s.Start, s.End) || forPeople(text, s)
	default:
		return forPeople(text, s)
	}
}

// isPath recognises words in lower case joined as paths, packages and names of
// files are. Hardly a secret does without a digit and a capital.
func isPath(value string) bool {
	return strings.ContainsAny(value, "/._") && strings.Trim(value, "abcdefghijklmnopqrstuvwxyz/._-@") == ""
}

// forPeople reports whether a span stands where people write for people.
func forPeople(text string, s pii.Span) bool {
	value := text[s.Start:s.End]
	if joinedToName(text, s.Start, s.End) || strings.ContainsAny(value, "_/\\{}<>=;") || oneLowerWord(value) {
		return false
	}
	l := lineAt(text, s.Start)
	switch l.place(s.Start - l.start) {
	case comment:
		return true
	case quoted:
		return !l.imports()
	default:
		return !l.isCode() && !inLowerCase(value)
	}
}

// joinedToName reports whether [start, end) is a part of something longer that
// is written together: an identifier, a path, a handle, a call.
func joinedToName(text string, start, end int) bool {
	before, size := utf8.DecodeLastRuneInString(text[:start])
	if size > 0 {
		switch before {
		case '_', '/', '\\', '.', '@', '#', '$', '~', '`':
			return true
		case '-', ':':
			beyond, _ := utf8.DecodeLastRuneInString(text[:start-1])
			if before == beyond || before == '-' && wordRune(beyond) {
				return true
			}
		default:
			if wordRune(before) {
				return true
			}
		}
	}
	after, size := utf8.DecodeRuneInString(text[end:])
	if size == 0 {
		return false
	}
	switch after {
	case '_', '/', '\\', '(', '[', '{', '@', '=', '$', '`':
		return true
	case '.', '-', ':':
		beyond, n := utf8.DecodeRuneInString(text[end+1:])
		return n > 0 && (wordRune(beyond) || after == ':' && beyond == ':')
	}
	return wordRune(after)
}

// wordRune is what identifiers of programs are made of. Scripts without spaces
// put names right beside other words, which are no identifier.
func wordRune(r rune) bool {
	return r == '_' || r < 0x2E80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) && r != utf8.RuneError
}

// oneLowerWord reports whether a value is a word in lower case, as keys, tags
// and names of hosts are.
func oneLowerWord(value string) bool {
	return strings.IndexByte(value, ' ') < 0 && inLowerCase(value)
}

// inLowerCase reports whether a value is ASCII in lower case, as commands are.
func inLowerCase(value string) bool {
	for _, r := range value {
		if r >= utf8.RuneSelf || unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

// isRemote recognises what looks like a mail address and is a place of
// repositories: git@host:path, ssh://user@host/path.
func isRemote(text string, s pii.Span) bool {
	after := text[s.End:]
	switch {
	case strings.HasPrefix(text[s.Start:s.End], "git@"), strings.HasSuffix(text[:s.Start], "://"):
		return true
	case len(after) > 1 && after[0] == ':':
		return wordRune(rune(after[1])) || after[1] == '/' || after[1] == '~'
	}
	return false
}

// carriesToken reports whether a link has more than a host and a path.
func carriesToken(link string) bool {
	_, rest, _ := strings.Cut(link, "://")
	authority, _, _ := strings.Cut(rest, "/")
	return strings.ContainsAny(link, "?#") || strings.Contains(authority, "@")
}
