package filter

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestEntries(t *testing.T) {
	iso := func(rest string) string { return "2026-11-24T10:11:12.345Z " + rest }
	for _, tt := range []struct {
		name string
		in   []string // the parts that the text is cut into
	}{
		{"lines with a time", []string{iso("a\n"), iso("b\n"), iso("c\n"), iso("d\n"), iso("e")}},
		{"syslog", []string{"Nov 24 10:11:16 web sshd[1]: a\n", "Nov 24 10:11:17 web sshd[1]: b\n", "Nov 24 10:11:18 web x\n", "Nov 24 10:11:19 y\n", "Nov 24 10:11:20 z\n"}},
		{"an access log", []string{
			`192.0.2.1 - - [24/Nov/2026:10:11:12 +0000] "GET / HTTP/1.1" 200 1` + "\n", `192.0.2.1 - - [24/Nov/2026:10:11:13 +0000] "GET / HTTP/1.1" 200 1` + "\n",
			`192.0.2.1 - - [24/Nov/2026:10:11:14 +0000] "GET / HTTP/1.1" 200 1` + "\n", `192.0.2.1 - - [24/Nov/2026:10:11:15 +0000] "GET / HTTP/1.1" 200 1` + "\n",
			`192.0.2.1 - - [24/Nov/2026:10:11:16 +0000] "GET / HTTP/1.1" 200 1` + "\n",
		}},
		{"a stack trace stays with its entry", []string{iso("panic\n  at main\n  at run\n"), iso("a\n"), iso("b\n"), iso("c\n"), iso("d\n"), iso("e\n")}},
		{"logfmt", []string{"level=info msg=a\n", "level=info msg=b\n", "level=warn msg=c\n", "level=info msg=d\n", "level=info msg=e\n"}},
		{"what comes before the first entry is a part", []string{"header\n", iso("a\n"), iso("b\n"), iso("c\n"), iso("d\n")}},
		{"prose", []string{strings.Repeat("She met him at the station.\nHe was late.\n\n", 20)}},
		{"prose that tells times", []string{"One\ntwo\nthree\nfour\n" + iso("five\n") + "six\nseven\neight\nnine\n"}},
		{"few lines", []string{iso("a\n") + iso("b\n") + iso("c\n")}},
		{"an address block", []string{"Elena Markovic\n14 Birch Lane\nSpringfield, IL 62704\nUSA\n+1 628 219 4407\n"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var m forModel
			m.add(7, strings.Join(tt.in, ""))
			var got []string
			at := 0
			for i, part := range m.parts {
				got = append(got, part.Text)
				if want := (partOf{7, at}); m.from[i] != want {
					t.Errorf("part %d is from %v, want %v", i, m.from[i], want)
				}
				at += len(part.Text)
			}
			if !slices.Equal(got, tt.in) {
				t.Errorf("got  %q\nwant %q", got, tt.in)
			}
		})
	}
}

// What the model finds in an entry is masked where it stands in the log.
func TestEntriesAreMaskedInPlace(t *testing.T) {
	line := func(who string) string { return "2026-11-24 10:11:12 INFO login of " + who + " from cron\n" }
	in := line("Elena Markovic") + line("nobody") + line("Zoë Müller") + line("nobody") + line("Elena Markovic")
	want := line("<PRIVATE_PERSON>") + line("nobody") + line("<PRIVATE_PERSON>") + line("nobody") + line("<PRIVATE_PERSON>")
	if got := process(t, newFilter(t, Policy{}), Message{Body: []byte(in)}); string(got.Body) != want {
		t.Errorf("got %q", got.Body)
	}
}

// No part of a readable text is kept from the model.
func TestEntriesLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOf(rapid.SampledFrom([]string{
			"2026-11-24T10:11:12Z a", "level=info b", "words", "  at x", "", "24/Nov/2026:10:11:12", "é", "10:11:1",
		})).Draw(t, "lines")
		text := strings.Join(lines, rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "end"))
		var m forModel
		m.add(0, text)
		covered := 0
		for i, part := range m.parts {
			at := m.from[i].offset
			if at < covered || strings.TrimSpace(text[covered:at]) != "" || text[at:at+len(part.Text)] != part.Text {
				t.Fatalf("part %d at %d follows %d", i, at, covered)
			}
			covered = at + len(part.Text)
		}
		if strings.TrimSpace(text[covered:]) != "" {
			t.Fatalf("%q is in no part", text[covered:])
		}
	})
}
