package filter

import (
	"encoding/base64"
	"strings"
	"testing"
)

// An address in an encoding in a value.
func TestAttacksInEncodedValues(t *testing.T) {
	code := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	twice := func(s string) string { return code(code(s)) }
	const mail, mask = "lena@example.com", "<PRIVATE_EMAIL>"
	for in, want := range map[string]string{
		`{"a":"` + code(mail) + `"}`:                             `{"a":"` + code(mask) + `"}`,
		`{"a":"` + twice(mail) + `"}`:                            `{"a":"` + twice(mask) + `"}`,
		`{"a":"` + code(`{"b":"len\u0061@example.com"}`) + `"}`:  `{"a":"` + code(`{"b":"<PRIVATE_EMAIL>"}`) + `"}`,
		`{"a":"` + code("q=lena%40example.com") + `"}`:           `{"a":"` + code("q=%3CPRIVATE_EMAIL%3E") + `"}`,
		`{"a":"data:text/html;base64,` + code("<p>"+mail) + `"}`: `{"a":"data:text/html;base64,` + code("<p>"+mask) + `"}`,
		`{"a":"data:text/plain,lena%40example.com"}`:             `{"a":"data:text/plain,%3CPRIVATE_EMAIL%3E"}`,
		`{"password":"` + code("hunter22, and so on") + `"}`:     `{"password":"` + code("<SECRET>, and so on") + `"}`,
		`{"` + code(mail) + `":1}`:                               `{"` + code(mask) + `":1}`,
		"GET /u/" + code(mail) + " done":                         "GET /u/" + code(mask) + " done",
		"payload: " + code(`{"mail":"`+mail+`"}`) + "\n":         "payload: " + code(`{"mail":"`+mask+`"}`) + "\n",
		"write lena=40example.com":                               "write " + mask,
		"say lena=40exam=\nple=2Ecom now":                        "say <PRIVATE_EMAIL> now",
	} {
		r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(in)})
		if err != nil || string(r.Body) != want && string(r.Body) != strings.NewReplacer("<", "=3C", ">", "=3E").Replace(want) {
			t.Errorf("%s became %s, want %s (%v)", in, r.Body, want, err)
		}
	}
	// Deeper than anybody goes.
	in := mail
	for depth := range 10 {
		in = code(in)
		r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(`{"a":"` + in + `"}`)})
		if err != nil || !r.Changed {
			t.Errorf("depth %d: %v", depth, err)
		}
	}
}

// What only looks encoded is not touched, and is still read as it stands.
func TestValuesThatOnlyLookEncoded(t *testing.T) {
	for in, want := range map[string]string{
		`{"card":"4111111111111111"}`:                `{"card":"<ACCOUNT_NUMBER>"}`,
		`{"a":"x=4111111111111111"}`:                 `{"a":"x=<ACCOUNT_NUMBER>"}`,
		`{"a":"x=4000056655665556"}`:                 `{"a":"x=<ACCOUNT_NUMBER>"}`,
		`{"a":"Donaudampfschifffahrtsgesellschaft"}`: `{"a":"Donaudampfschifffahrtsgesellschaft"}`,
	} {
		r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(in)})
		if err != nil || string(r.Body) != want {
			t.Errorf("%s became %s, want %s (%v)", in, r.Body, want, err)
		}
	}
}

func TestAttackQuadraticEncodings(t *testing.T) {
	const size = 256 << 10
	for name, unit := range map[string]string{
		"one run": "YWFh", "runs": "YWFhYWFhYWFhYWFhYWFh ", "paths": "YWFhYWFhYWFhYWFhYWFh/", "slashes": "/", "equal signs": "=", "quoted": "=3D", "soft breaks": "a=\n",
		"numbers": "MTExMTExMTExMTExMTEx ", "lines": strings.Repeat("YWFh", 19) + "\n", "JSON": "eyJhIjoiYWFhYWFhYSJ9 ",
	} {
		for _, form := range []string{"%s", `{"a":"%s"}`} {
			body := strings.Replace(form, "%s", strings.ReplaceAll(strings.Repeat(unit, size/len(unit)), "\n", map[bool]string{true: `\n`, false: "\n"}[form[0] == '{'])+" lena@example.com", 1)
			r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(body)})
			if err != nil || strings.Contains(string(r.Body), "lena@") {
				t.Errorf("%s: %v, …%q", name, err, r.Body[max(0, len(r.Body)-60):])
			}
		}
	}
}
