package filter

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter/body/coding"
)

// An address in an encoding in a value.
func TestAttacksInEncodedValues(t *testing.T) {
	code := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	twice := func(s string) string { return code(code(s)) }
	const mail, mask = "lena@example.com", "<PRIVATE_EMAIL>"
	for in, want := range map[string]string{
		`{"a":"` + code(mail) + `"}`:                                              `{"a":"` + code(mask) + `"}`,
		`{"a":"` + twice(mail) + `"}`:                                             `{"a":"` + twice(mask) + `"}`,
		`{"a":"` + code(`{"b":"len\u0061@example.com"}`) + `"}`:                   `{"a":"` + code(`{"b":"<PRIVATE_EMAIL>"}`) + `"}`,
		`{"a":"` + code("q=lena%40example.com") + `"}`:                            `{"a":"` + code("q=%3CPRIVATE_EMAIL%3E") + `"}`,
		`{"a":"data:text/html;base64,` + code("<p>"+mail) + `"}`:                  `{"a":"data:text/html;base64,` + code("<p>"+mask) + `"}`,
		`{"a":"data:text/plain,lena%40example.com"}`:                              `{"a":"data:text/plain,%3CPRIVATE_EMAIL%3E"}`,
		`{"password":"` + code("hunter22, and so on") + `"}`:                      `{"password":"` + code("<SECRET>, and so on") + `"}`,
		`{"` + code(mail) + `":1}`:                                                `{"` + code(mask) + `":1}`,
		"GET /u/" + code(mail) + " done":                                          "GET /u/" + code(mask) + " done",
		"payload: " + code(`{"mail":"`+mail+`"}`) + "\n":                          "payload: " + code(`{"mail":"`+mask+`"}`) + "\n",
		`{"a":"` + hex.EncodeToString([]byte("to "+mail)) + `"}`:                  `{"a":"` + hex.EncodeToString([]byte("to "+mask)) + `"}`,
		"id 0x" + strings.ToUpper(hex.EncodeToString([]byte("to "+mail))) + " ok": "id 0x" + strings.ToUpper(hex.EncodeToString([]byte("to "+mask))) + " ok",
		`{"a":"bGVuYUBl\neGFtcGxl\nLmNvbQ=="}`:                                    `{"a":"PFBSSVZB\nVEVfRU1B\nSUw+"}`,
		"bGVuYUBl\r\neGFtcGxl\r\nLmNvbQ==\r\n":                                    "PFBSSVZB\r\nVEVfRU1B\r\nSUw+\r\n",
		"see data:text/plain," + twice(mail) + " ok":                              "see data:text/plain," + twice(mask) + " ok",
		"write lena=40example.com":                                                "write " + mask,
		"say lena=40exam=\nple=2Ecom now":                                         "say <PRIVATE_EMAIL> now",
	} {
		r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(in)})
		if err != nil || string(r.Body) != want && string(r.Body) != strings.NewReplacer("<", "=3C", ">", "=3E").Replace(want) {
			t.Errorf("%s became %s, want %s (%v)", in, r.Body, want, err)
		}
	}
	// A web token is a secret as a whole, and no text in base64.
	token := strings.ReplaceAll(code(`{"alg":"HS256","typ":"JWT"}`)+"."+code(`{"sub":"1234567890","mail":"`+mail+`"}`), "=", "") + ".SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"
	for _, form := range []string{"%s", `{"a":"%s"}`, "Authorization: Bearer %s\n", "a=%s&b=c", "GET /%s?x"} {
		r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(strings.Replace(form, "%s", token, 1))})
		if err != nil || strings.Contains(string(r.Body), "ey") || !strings.Contains(string(r.Body), "SECRET") {
			t.Errorf("a token in %s: %s, %v", form, r.Body, err)
		}
	}
	// What is compressed within a value is looked through, and what would
	// take too much room stops the body.
	for _, name := range []string{"gzip", "zstd"} {
		packed, _ := coding.Encode([]byte(`{"a":"`+mail+`"}`), []string{name})
		in := `{"a":"` + code(string(packed)) + `"}`
		r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(in)})
		var read struct{ A []byte }
		if err != nil || json.Unmarshal(r.Body, &read) != nil {
			t.Fatalf("%s: %s, %v", name, r.Body, err)
		}
		if says, _, err := coding.Decode(read.A, []string{name}, coding.Limits{}); err != nil || string(says) != `{"a":"`+mask+`"}` {
			t.Errorf("%s: %q, %v", name, says, err)
		}
		packed, _ = coding.Encode(bytes.Repeat([]byte("spam "), 3<<20), []string{name})
		_, err = hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(`["` + code(string(packed)) + `","` + mail + `"]`)})
		wantReason(t, err, ReasonCoding)
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
		`{"card":"5555555555554444"}`:                `{"card":"<ACCOUNT_NUMBER>"}`, // "UUUUUUDD" in hex
		`{"a":"d41d8cd98f00b204e9800998ecf8427e"}`:   `{"a":"d41d8cd98f00b204e9800998ecf8427e"}`,
		`{"a":"H4sIAAAAAAAA/not+gzip=="}`:            `{"a":"H4sIAAAAAAAA/not+gzip=="}`,
		`{"a":"Donaudampfschifffahrtsgesellschaft"}`: `{"a":"Donaudampfschifffahrtsgesellschaft"}`,
	} {
		r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(in)})
		if err != nil || string(r.Body) != want {
			t.Errorf("%s became %s, want %s (%v)", in, r.Body, want, err)
		}
	}
}

// Encodings that turn out to be none, at each depth: what is read twice there
// is read four times at the next. There is a budget of bytes, and whoever is
// over it does not pass.
func TestAttackExplodingEncodings(t *testing.T) {
	percent := strings.NewReplacer("%", "%25", `"`, "%22", "[", "%5B", " ", "%20")
	for times := 1; times <= 3; times++ {
		in := strings.Repeat("x y", 30<<10) + " lena@example.com"
		for range 6 {
			for range times {
				in = percent.Replace(in)
			}
			in = `["` + in + `" x` // JSON but for its end
		}
		// What comes behind is not forgotten.
		in += `","lena%40example.com`
		r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(in)})
		if err == nil && (strings.Contains(string(r.Body), "lena%40") || !r.Changed) {
			t.Errorf("%d times: leaked", times)
		}
		if err != nil {
			wantReason(t, err, ReasonCoding)
		} else if times > 1 {
			t.Errorf("%d times: passed", times)
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
