package filter

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter/mask"
	"github.com/caddyprivacy/privacyfilter/pii"
)

func TestPolicy(t *testing.T) {
	const in = `{"name":"Elena Markovic","mail":"lena@example.com","card":4111111111111111,"tools":["bob@example.com"]}`
	action := func(k mask.Kind, keep int) mask.Action { return mask.Action{Kind: k, KeepLast: keep} }
	for _, tt := range []struct {
		name    string
		policy  Policy
		want    string
		outcome Outcome
	}{
		{
			"default",
			Policy{},
			`{"name":"<PRIVATE_PERSON>","mail":"<PRIVATE_EMAIL>","card":1111111111111111,"tools":["<PRIVATE_EMAIL>"]}`, OutcomeMasked,
		},
		{
			"format",
			Policy{Format: "[{category}]"},
			`{"name":"[PRIVATE_PERSON]","mail":"[PRIVATE_EMAIL]","card":1111111111111111,"tools":["[PRIVATE_EMAIL]"]}`, OutcomeMasked,
		},
		{
			"format that needs escapes",
			Policy{Format: `"{category}"`, RulesOnly: true, Skip: []string{"$.tools"}},
			`{"name":"Elena Markovic","mail":"\"PRIVATE_EMAIL\"","card":1111111111111111,"tools":["bob@example.com"]}`, OutcomeMasked,
		},
		{
			"rules only",
			Policy{RulesOnly: true},
			`{"name":"Elena Markovic","mail":"<PRIVATE_EMAIL>","card":1111111111111111,"tools":["<PRIVATE_EMAIL>"]}`, OutcomeMasked,
		},
		{
			"per category",
			Policy{Actions: map[pii.Category]mask.Action{
				pii.PrivateEmail: action(mask.Partial, 3), pii.PrivatePerson: action(mask.Redact, 0), pii.AccountNumber: action(mask.Keep, 0),
			}},
			`{"name":"","mail":"****@*******.com","card":4111111111111111,"tools":["***@*******.com"]}`, OutcomeMasked,
		},
		{
			"numbers as strings",
			Policy{Numbers: "string"},
			`{"name":"<PRIVATE_PERSON>","mail":"<PRIVATE_EMAIL>","card":"<ACCOUNT_NUMBER>","tools":["<PRIVATE_EMAIL>"]}`, OutcomeMasked,
		},
		{
			"allow list",
			Policy{Allow: []string{" LENA@example.com", "ena Markovic"}},
			`{"name":"<PRIVATE_PERSON>","mail":"lena@example.com","card":1111111111111111,"tools":["<PRIVATE_EMAIL>"]}`, OutcomeMasked,
		},
		{
			"skip",
			Policy{Skip: []string{"$.tools[*]", "$.card"}},
			`{"name":"<PRIVATE_PERSON>","mail":"<PRIVATE_EMAIL>","card":4111111111111111,"tools":["bob@example.com"]}`, OutcomeMasked,
		},
		{"keep by default", Policy{Default: keepAll()}, in, OutcomeKept},
		{"monitor", Policy{Monitor: true, Default: action(mask.Block, 0)}, in, OutcomeKept},
		{"skip all", Policy{Skip: []string{"$"}}, in, OutcomeClean},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := process(t, newFilter(t, tt.policy), Message{Body: []byte(in)})
			if string(r.Body) != tt.want {
				t.Errorf("got  %s\nwant %s", r.Body, tt.want)
			}
			if r.Report.Outcome != tt.outcome {
				t.Errorf("outcome %s, want %s", r.Report.Outcome, tt.outcome)
			}
		})
	}
}

func TestReportCounts(t *testing.T) {
	f := newFilter(t, Policy{Actions: map[pii.Category]mask.Action{pii.AccountNumber: keepAll()}})
	r := process(t, f, Message{Body: []byte(`{"name":"Elena Markovic","mails":["lena@example.com","bob@example.com"],"card":4111111111111111}`)})
	found := map[pii.Category]int{pii.PrivatePerson: 1, pii.PrivateEmail: 2, pii.AccountNumber: 1}
	masked := map[pii.Category]int{pii.PrivatePerson: 1, pii.PrivateEmail: 2}
	if !maps.Equal(r.Report.Found, found) || !maps.Equal(r.Report.Masked, masked) || r.Report.Segments != 1 {
		t.Errorf("report %+v", r.Report)
	}
}

func TestBlock(t *testing.T) {
	f := newFilter(t, Policy{Actions: map[pii.Category]mask.Action{pii.AccountNumber: {Kind: mask.Block}}})
	_, err := f.Process(t.Context(), testModel, Message{Body: []byte(`["lena@example.com",4111111111111111]`)})
	wantReason(t, err, ReasonBlocked)
	if r := process(t, f, Message{Body: []byte(`["lena@example.com"]`)}); !r.Changed {
		t.Error("what is not blocked is not masked")
	}
}

func TestHashIsTheSameInEveryCarrier(t *testing.T) {
	f := newFilter(t, Policy{Default: mask.Action{Kind: mask.Hash}, Key: []byte("k")})
	token := string(process(t, f, Message{Body: []byte("lena@example.com")}).Body)
	for _, in := range []string{`["lena@example.com"]`, `["\u006cena@example.com"]`, `["{\"a\":\"lena@example.com\"}"]`} {
		if r := process(t, f, Message{Body: []byte(in)}); !strings.Contains(string(r.Body), token) {
			t.Errorf("%s became %s, without %s", in, r.Body, token)
		}
	}
	// A history that holds the token stays as it is.
	again := process(t, newFilter(t, Policy{Default: mask.Action{Kind: mask.Hash}, Key: []byte("k")}), Message{Body: []byte(`["` + token + `"]`)})
	if again.Changed {
		t.Errorf("masked twice: %s", again.Body)
	}
}

func TestKeysAreForTheModelOnlyIfThePolicySaysSo(t *testing.T) {
	const in = `{"Elena Markovic":{"x":"y"},"lena@example.com":"z"}`
	if r := process(t, newFilter(t, Policy{}), Message{Body: []byte(in)}); string(r.Body) != `{"Elena Markovic":{"x":"y"},"<PRIVATE_EMAIL>":"z"}` {
		t.Errorf("without keys: %s", r.Body)
	}
	if r := process(t, newFilter(t, Policy{Keys: true}), Message{Body: []byte(in)}); string(r.Body) != `{"<PRIVATE_PERSON>":{"x":"y"},"<PRIVATE_EMAIL>":"z"}` {
		t.Errorf("with keys: %s", r.Body)
	}
}

func TestUninspected(t *testing.T) {
	png := Message{Body: []byte("\x89PNG\r\n\x1a\n\x00\x00"), ContentType: []string{"image/png"}}
	_, err := newFilter(t, Policy{}).Process(t.Context(), testModel, png)
	wantReason(t, err, ReasonUnsupported)
	for _, tt := range []struct {
		name   string
		m      Message
		format string
	}{
		{"unsupported pass", png, "unsupported"},
		{"inert", Message{Body: []byte("a{}"), ContentType: []string{"text/css"}}, "inert"},
	} {
		r := process(t, newFilter(t, Policy{Unsupported: UnsupportedPass}), tt.m)
		if r.Changed || r.Report.Outcome != OutcomeUninspected || r.Report.Format != tt.format {
			t.Errorf("%s: %+v", tt.name, r.Report)
		}
	}
	if r := process(t, newFilter(t, Policy{}), Message{ContentEncoding: []string{"gzip"}}); r.Report.Outcome != OutcomeClean || r.Report.Format != "empty" {
		t.Errorf("empty body: %+v", r.Report)
	}
}

func TestFileNameIsAHint(t *testing.T) {
	const page = "<p>lena@example.com"
	if r := process(t, newFilter(t, Policy{}), Message{Body: []byte(page), FileName: "a/b.HTML"}); string(r.Body) != "<p>&lt;PRIVATE_EMAIL&gt;" {
		t.Errorf("got %s", r.Body)
	}
	if r := process(t, newFilter(t, Policy{}), Message{Body: []byte(page), FileName: "b.txt"}); string(r.Body) != "<p><PRIVATE_EMAIL>" {
		t.Errorf("got %s", r.Body)
	}
}

func TestNewRefuses(t *testing.T) {
	for name, p := range map[string]Policy{
		"hash without key":   {Actions: map[pii.Category]mask.Action{pii.Secret: {Kind: mask.Hash}}},
		"hash by default":    {Default: mask.Action{Kind: mask.Hash}},
		"an action too many": {Default: mask.Action{Kind: 77}},
		"a bad path":         {Skip: []string{"tools"}},
		"numbers":            {Numbers: "roman"},
		"unsupported":        {Unsupported: "maybe"},
		"format":             {Format: "a\nb"},
		"negative limit":     {MaxBody: -1},
		"absurd limit":       {MaxBody: 1 << 40},
	} {
		if _, err := New(Options{Rules: testRules, Policy: p}); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if _, err := New(Options{Policy: Policy{RulesOnly: true}}); err == nil {
		t.Error("rules only without rules was taken")
	}
	if _, err := New(Options{Rules: testRules, Policy: Policy{Actions: map[pii.Category]mask.Action{"employee_id": {}}}}); err != nil {
		t.Errorf("a category of a fine-tune: %v", err)
	}
}

// wantReason checks that an error stops a body for a reason.
func wantReason(t *testing.T, err error, want Reason) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) || e.Reason != want {
		t.Errorf("error %v, want reason %s", err, want)
	}
}
