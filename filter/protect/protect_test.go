package protect

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// found reads a text in which the value is written «so».
func found(t *testing.T, in string, c pii.Category, source pii.Source, score float32) (string, []pii.Span) {
	t.Helper()
	head, rest, _ := strings.Cut(in, "«")
	value, tail, ok := strings.Cut(rest, "»")
	if !ok {
		t.Fatal("nothing is marked")
	}
	return head + value + tail, []pii.Span{{Start: len(head), End: len(head) + len(value), Category: c, Score: score, Source: source}}
}

func TestKinds(t *testing.T) {
	const (
		name   = pii.PrivatePerson
		mail   = pii.PrivateEmail
		link   = pii.PrivateURL
		number = pii.AccountNumber
		model  = pii.SourceModel
		rules  = pii.SourceRules
	)
	for _, row := range []struct {
		kind   Kind
		in     string
		c      pii.Category
		source pii.Source
		masked bool
	}{
		{Code, "// «Ana Ruiz» wrote this", name, model, true},
		{Code, "x := f(a) // «Ana Ruiz» knows why", name, model, true},
		{Code, "# TODO: ask «Ana Ruiz»", name, model, true},
		{Code, " * @author «Ana Ruiz»", name, model, true},
		{Code, "-- «Ana Ruiz» asked for this index", name, model, true},
		{Code, "author := \"«Ana Ruiz»\"", name, model, true},
		{Code, "+	author: '«Ana Ruiz»',", name, model, true},
		{Code, "Co-authored-by: «Ana Ruiz» <x>", name, model, true},
		{Code, "Hi, my name is «Ana Ruiz», please fix the build.", name, model, true},
		{Code, "From: «Ana Ruiz» <x>", name, model, true},
		{Code, "func («Ana» *Ruiz) Run() {", name, model, false},
		{Code, "«Ruiz» := load()", name, model, false},
		{Code, "import «Ruiz» from './x'", name, model, false},
		{Code, "import \"github.com/«ruiz»/x\"", name, model, false},
		{Code, "see src/«Ana»/main.go", name, model, false},
		{Code, "call «Ana»_handler next", name, model, false},
		{Code, "cc @«Ana»", name, model, false},
		{Code, "// use «grace».Period", name, model, false},
		{Code, "class «Frank»(Base):", name, model, false},
		{Code, "«git clone» x", name, model, false},
		{Code, "k = \"«4242 4242 4242 4242»\"", number, rules, true},
		{Code, "const max = «4242424242424242»;", number, model, false},
		{Code, "tok = «abc»", pii.Secret, model, true},
		{Code, "git@host:«ana-ruiz/router.git»", pii.Secret, model, false},
		{Code, "pw «ana-ruiz/Router1»", pii.Secret, model, true},
		{Code, "pw «ana-ruiz/router»", pii.Secret, rules, true},
		{Code, "mail «ana@ruiz.net»", mail, rules, true},
		{Code, "git@: «git@github.com»:ana/x", mail, rules, false},
		{Code, "ssh://«ana@host.net»/x", mail, rules, false},
		{Code, "deploy «ana@host.net»:/srv", mail, rules, false},
		{Code, "see «https://github.com/ana/x»", link, rules, false},
		{Code, "see «https://x.net/run?token=abc»", link, rules, true},
		{Code, "see «https://ana:pw@x.net/run»", link, rules, true},

		{Logs, "2026-11-20T06:12:01Z INFO user «Ana Ruiz» left", name, model, true},
		{Logs, "2026-11-20 06:12:01 INFO name=\"«Ana Ruiz»\"", name, model, true},
		{Logs, "2026-11-20 06:12:01 INFO logger=«Frank» x", name, model, false},
		{Logs, "2026-11-20 06:12:01 INFO request_id=«a1b2c3d4»", number, model, false},
		{Logs, "resource.service.name: «Kestrel»", name, model, false},
		{Logs, "filename: «Ana Ruiz».pdf", name, model, true},
		{Logs, "at «Connection Pool».close(3)", name, model, false},
		{Logs, "k8s.pod.name: «ruby-5f6d»", name, model, false},
		{Logs, "user.full_name: «Ruby Kestrel»", name, model, true},
		{Logs, "{\"traceId\":\"«a1b2c3d4»\"}", pii.Secret, model, false},
		{Logs, "kubernetes.pod: «basil-1»", name, model, false},
		{Logs, "Nov 20 06:12:01 pbx «asterisk»[881]: x", name, model, false},
		{Logs, "edge at «2026-11-20 06»:12:01 +0000", pii.PrivatePhone, rules, false},
		{Logs, "at 20/Nov/2026:«06:12:01» x", number, model, false},
		{Logs, "born «1990-05-05» x", pii.PrivateDate, rules, true},
		{Logs, "client «ana@ruiz.net»", mail, model, true},

		{Off, "func («Ana» *Ruiz) Run() {", name, model, true},
		{"", "func («Ana» *Ruiz) Run() {", name, model, true},
	} {
		text, spans := found(t, row.in, row.c, row.source, 0.9)
		p, err := New(row.kind, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(p.Spans(text, spans)) == 1; got != row.masked {
			t.Errorf("%s: %q: masked is %v", row.kind, row.in, got)
		}
	}
}

// TestCertainStays: what a checksum has proven is masked wherever it stands.
func TestCertainStays(t *testing.T) {
	for _, kind := range []Kind{Code, Logs} {
		p, err := New(kind, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range []string{"const max = «4242424242424242»;", "request_id=«4242424242424242»", "x_«4242424242424242»_y"} {
			text, spans := found(t, in, pii.AccountNumber, pii.SourceRules, 1)
			if len(p.Spans(text, spans)) != 1 {
				t.Errorf("%s: %q is left", kind, in)
			}
		}
	}
}

func TestHosts(t *testing.T) {
	p, err := New("", []string{"Halden.example", "*.corvid.net", "203.0.113.0/24", "2001:db8::1"})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		value  string
		c      pii.Category
		masked bool
	}{
		{"203.0.113.9", pii.PrivateIP, false},
		{"::ffff:203.0.113.9", pii.PrivateIP, false},
		{"2001:db8::1", pii.PrivateIP, false},
		{"203.0.114.9", pii.PrivateIP, true},
		{"https://api.halden.example/users/ana", pii.PrivateURL, false},
		{"https://203.0.113.9:8443/u/ana", pii.PrivateURL, false},
		{"https://api.halden.example/?token=x", pii.PrivateURL, true},
		{"https://ana:pw@api.halden.example/", pii.PrivateURL, true},
		{"https://halden.example.evil.net/u/ana", pii.PrivateURL, true},
		{"https://nothalden.example/u/ana", pii.PrivateURL, true},
		{"mx.corvid.net", pii.PrivatePerson, false},
		{"ana@halden.example", pii.PrivateEmail, true},
		{"Ana", pii.PrivatePerson, true},
	} {
		text := "to " + row.value + " x"
		spans := []pii.Span{{Start: 3, End: 3 + len(row.value), Category: row.c, Score: 0.9, Source: pii.SourceRules}}
		if got := len(p.Spans(text, spans)) == 1; got != row.masked {
			t.Errorf("%s: masked is %v", row.value, got)
		}
	}
	for _, wrong := range []string{"", "https://a.example", "a b", "10.0.0.0/99", "."} {
		if _, err := ParseHosts([]string{wrong}); err == nil {
			t.Errorf("%q is taken", wrong)
		}
	}
	if _, err := New("text", nil); err == nil {
		t.Error("an unknown kind is taken")
	}
}

func TestTemplates(t *testing.T) {
	p, err := New(Logs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ in, want string }{
		{"2026-11-20T06:12:01.123Z GET /u", "0000-00-00T00:00:00.000Z GET /u"},
		{"[20/Nov/2026:06:12:01 +0000] x", "[00/Nov/0000:00:00:00 +0000] x"},
		{"Nov 20 06:12:01 web sshd[881]", "Nov 20 00:00:00 web sshd[881]"},
		{"id=7b4c1c1e-0e6f-4a4e-8f55-7a1f0c9d2b10 x", "id=00000000-0000-0000-0000-000000000000 x"},
		{"sha 9f86d081884c7d65 x", "sha 0000000000000000 x"},
		{"born 1990-05-05, card 4242424242424242", "born 1990-05-05, card 4242424242424242"},
		{"call 06:12:01-555", "call 00:00:00-555"},
		{"nothing here", "nothing here"},
	} {
		if got := p.ForModel(row.in); got != row.want {
			t.Errorf("%q became %q", row.in, got)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		in := rapid.StringMatching(`[0-9a-f :TZ/.\-é\n]{0,80}`).Draw(rt, "text")
		out := p.ForModel(in)
		if len(out) != len(in) || utf8.ValidString(in) != utf8.ValidString(out) {
			rt.Fatalf("%q became %q", in, out)
		}
		if p.ForModel(out) != out {
			rt.Fatalf("%q changes twice", in)
		}
	})
}

// TestPlacesAreSafe: any span in any text is judged without a panic, and what
// is left comes from what was found.
func TestPlacesAreSafe(t *testing.T) {
	alphabet := []string{"Ana", " ", "\n", "\"", "'", "//", "#", "-- ", "/*", "import ", "=", "(", ")", ".", "_", "\\", "+", "-", "é", "\xff", "@", ":", "06:12:01"}
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(alphabet), 1, 24).Draw(rt, "text"), "")
		start := rapid.IntRange(0, len(text)-1).Draw(rt, "start")
		end := rapid.IntRange(start+1, len(text)).Draw(rt, "end")
		c := rapid.SampledFrom(append(pii.Categories(), "custom")).Draw(rt, "c")
		p, err := New(rapid.SampledFrom([]Kind{Code, Logs}).Draw(rt, "kind"), []string{"a.example"})
		if err != nil {
			rt.Fatal(err)
		}
		span := pii.Span{Start: start, End: end, Category: c, Score: 0.9, Source: pii.SourceModel}
		for _, s := range p.Spans(text, []pii.Span{span}) {
			if s != span {
				rt.Fatalf("%v became %v", span, s)
			}
		}
	})
}

// TestLinear: many spans on one long line, and runs of almost numbers, stay
// cheap; a quadratic look would take minutes here.
func TestLinear(t *testing.T) {
	const n = 200_000
	for _, unit := range []string{"a-", "06:12:0", "Ab ", "\"a' ", "12.", "f(a) "} {
		text := strings.Repeat(unit, n)
		var spans []pii.Span
		for at := 0; at+8 <= len(text); at += 8 {
			spans = append(spans, pii.Span{Start: at, End: at + 2, Category: pii.PrivatePerson, Score: 0.9, Source: pii.SourceModel})
		}
		for _, kind := range []Kind{Code, Logs} {
			p, err := New(kind, nil)
			if err != nil {
				t.Fatal(err)
			}
			p.Spans(text, append([]pii.Span(nil), spans...))
			p.ForModel(text)
		}
	}
}
