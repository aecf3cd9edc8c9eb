package rules

import (
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/pii"
)

func seed(f *testing.F) {
	for _, text := range []string{
		"", "jane@example.com", "a (at) b dot com", "+1 628 219 4407", "tel 030/901820", "4111 1111 1111 1111", "DE89 3704 0044 0532 0130 00", "078-05-1120",
		"codice fiscale RSS MRA 80A01 H501U", "AB 12 34 56 C", "X-1234567-L", "nif: 12345678z", "1EG4-TE5-MK73", "my id is 85.07.30-033.28", "44051401359 is my pesel", "Número fiscal 0123456789012",
		"203.0.113.7 2001:db8::1%eth0", "https://joe:pw@host/x?token=abc123def456", "postgres://u:p/w@h/d", "linkedin.com/in/jane", "sk-abc123def456ghi789jkl012",
		"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c3lu", "-----BEGIN PRIVATE KEY-----\\nMIIsynthetic0123456789\\n-----END PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\nMIIsynthetic0123456789\nab",
		"Authorization: Digest username=\"x\"", "password: hunter2", `{\"password\": \"hunter2\"}`, "Cookie: a=b; c=d", "123456789:AAEhBOsynthetic9rXQXMENQjcrGbqCr4K1", "password is hunter2",
		"born 4 March 1971", "昭和46年3月4日生", "dob: 04.03.71", `{"first_name": "Ann", "city": "Leeds", "name": {"first": "Bo"}}`, "Patient: LEE, ANN\nAddress: 5 High St", "From: Ann Lee <a@b.co>, C D <c@d.co>",
		"name,dob\r\n\"Lee, Ann\",1971-03-04\n", "| Name | SSN |\n|---|---|\n| Ann Lee | 078051120 |", "insert into t (name) values ('Ann Lee'), (NULL)", "a.b at c dot com", "j a n e @ x . co", "a.b@\nc.de", "a@b=\nc.de",
		"call five five five, zero one two double three", "&#64;&#x34;&commat;", `\u0040\x34\u{34}`, "%2B44%20", "pаss а@б.соm", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "mac 3c:52:82:1f:a0:4b", "a@okaxis", "lat: 48.856613 user",
		"４１１１　１１１１\u200b１１１１ ١١١١", "4\u0336\x1b[31m1\xff\x00⑴㏂ﬁ½", "root@[192.0.2.1] \"a b\"@c.de", "passphrase: a b c\nPIN: 1234", "\xf0\x9f", "%40", "a://b://c",
	} {
		f.Add(text)
	}
}

// FuzzSpans: whatever the text, the spans keep their promises and the offset
// map its shape.
func FuzzSpans(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, s := range New().AppendSpans(nil, text) {
			if s.Start < last || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("span [%d,%d) after %d of %d", s.Start, s.End, last, len(text))
			}
			if !onBoundary(text, s.Start) || !onBoundary(text, s.End) {
				t.Fatalf("span [%d,%d) cuts a character", s.Start, s.End)
			}
			last = s.End
		}
		sh := newShadow(text)
		rawAt, at := 0, 0
		for _, e := range sh.edits {
			if e.at-at != e.raw-rawAt || e.at < at || sh.text[at:e.at] != text[rawAt:e.raw] {
				t.Fatalf("edit %+v does not follow on [%d, %d]", e, at, rawAt)
			}
			at, rawAt = e.at+e.n, e.raw+e.rawLen
		}
		if sh.text[at:] != text[rawAt:] {
			t.Fatal("the tails differ")
		}
	})
}

func onBoundary(text string, offset int) bool {
	if offset == 0 || offset == len(text) {
		return true
	}
	// A boundary is where decoding from the beginning arrives.
	i := offset - 1
	for i > 0 && offset-i < utf8.UTFMax && !utf8.RuneStart(text[i]) {
		i--
	}
	_, size := utf8.DecodeRuneInString(text[i:])
	return i+size <= offset
}

// FuzzPrefilter: the table of anchors loses nothing. Waking every family at
// every byte finds the same as waking those that the table names.
func FuzzPrefilter(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, text string) {
		got := New().AppendSpans(nil, text)
		if want := exhaustive(text); !slices.Equal(got, want) {
			t.Fatalf("got %v, exhaustively %v", got, want)
		}
	})
}

func exhaustive(text string) []pii.Span {
	s := scan{shadow: newShadow(text), full: true}
	for i := range len(s.text) {
		s.visit(i, allWakes)
		for _, list := range allSigns.lists {
			for k := range list {
				if g := &list[k]; g.stands(s.text, i-g.middle) {
					s.signFound(g, i-g.middle)
				}
			}
		}
	}
	s.seeds()
	return s.finish(text)
}

// FuzzMemo: what families remember does not change what they find: the text
// gives the same spans as behind a line of something else.
func FuzzMemo(f *testing.F) {
	seed(f)
	const line = "something else\n"
	f.Fuzz(func(t *testing.T, text string) {
		alone := New().AppendSpans(nil, text)
		behind := New().AppendSpans(nil, line+text)
		for i := range behind {
			behind[i].Start -= len(line)
			behind[i].End -= len(line)
		}
		if !slices.Equal(alone, behind) {
			t.Fatalf("alone %v, behind a line %v", alone, behind)
		}
	})
}
