package filter

import (
	"strings"
	"testing"
)

// Somebody sends an address in whatever place a part has for it.
func TestAttacksInMultipart(t *testing.T) {
	wrap := func(s string) string {
		return strings.ReplaceAll("--b\n"+s+"\n--b\nContent-Disposition: form-data; name=\"z\"\n\n9\n--b--\n", "\n", "\r\n")
	}
	for _, tt := range []struct{ name, in, want string }{
		{"a field", "Content-Disposition: form-data; name=\"a\"\n\nlena@example.com", "Content-Disposition: form-data; name=\"a\"\n\n<PRIVATE_EMAIL>"},
		{"a field that its name explains", "Content-Disposition: form-data; name=\"password\"\n\nhunter22", "Content-Disposition: form-data; name=\"password\"\n\n<SECRET>"},
		{"the name of a field", "Content-Disposition: form-data; name=\"lena@example.com\"\n\nx", "Content-Disposition: form-data; name=\"<PRIVATE_EMAIL>\"\n\nx"},
		{"a name without quotes", "Content-Disposition: form-data; name=lena%40example.com\n\nx", "Content-Disposition: form-data; name=%3CPRIVATE_EMAIL%3E\n\nx"},
		{"a name of a file", "Content-Disposition: form-data; name=\"f\"; filename=\"lena@example.com\"\n\nx", "Content-Disposition: form-data; name=\"f\"; filename=\"<PRIVATE_EMAIL>\"\n\nx"},
		{"a name of a file in escapes", "Content-Disposition: form-data; name=\"f\"; filename=\"le\\\"na@example.com\"\n\nx", "Content-Disposition: form-data; name=\"f\"; filename=\"le\\\"<PRIVATE_EMAIL>\"\n\nx"},
		{"a name of a file in UTF-8", "Content-Disposition: form-data; name=\"f\"; filename*=UTF-8''lena%40example.com\n\nx", "Content-Disposition: form-data; name=\"f\"; filename*=UTF-8''%3CPRIVATE_EMAIL%3E\n\nx"},
		{"a name of a file twice encoded", "Content-Disposition: form-data; name=\"f\"; filename*=UTF-8''lena%2540example.com\n\nx", "Content-Disposition: form-data; name=\"f\"; filename*=UTF-8''%253CPRIVATE_EMAIL%253E\n\nx"},
		{"a header", "X-From: lena@example.com\n\nx", "X-From: <PRIVATE_EMAIL>\n\nx"},
		{"a folded header", "X-From: call\n lena@example.com\n\nx", "X-From: call\n <PRIVATE_EMAIL>\n\nx"},
		{"the name of a header", "X-4111111111111111: x\n\nx", "X-<ACCOUNT_NUMBER>: x\n\nx"},
		{"a parameter of a type", "Content-Type: text/plain; x=\"lena@example.com\"\n\nx", "Content-Type: text/plain; x=\"<PRIVATE_EMAIL>\"\n\nx"},
		{"a parameter without quotes", "Content-Type: text/plain; x=lena@example.com\n\nx", "Content-Type: text/plain; x=\"<PRIVATE_EMAIL>\"\n\nx"},
		{"a type that is none", "Content-Type: lena@example.com\n\nx", "Content-Type: <PRIVATE_EMAIL>\n\nx"},
		{"a disposition that is none", "Content-Disposition: 4111111111111111; name=\"a\"\n\nx", "Content-Disposition: <ACCOUNT_NUMBER>; name=\"a\"\n\nx"},
		{"a comment", "Content-Disposition: form-data (lena@example.com); name=a\n\nx", "Content-Disposition: form-data (<PRIVATE_EMAIL>); name=a\n\nx"},
		{"base64", "Content-Transfer-Encoding: BASE64\n\nbGVuYUBleGFtcGxlLmNvbSwgYnll", "Content-Transfer-Encoding: BASE64\n\nPFBSSVZBVEVfRU1BSUw+LCBieWU="},
		{"base64 in lines", "Content-Transfer-Encoding: base64\n\nbGVuYUBl\neGFtcGxl\nLmNvbSwg\nYnll", "Content-Transfer-Encoding: base64\n\nPFBSSVZB\nVEVfRU1B\nSUw+LCBi\neWU="},
		{"quoted-printable", "Content-Transfer-Encoding: quoted-printable\n\nlena=40exam=\nple=2Ecom", "Content-Transfer-Encoding: quoted-printable\n\n<PRIVATE_EMAIL>"},
		{"UTF-16", "Content-Type: text/plain; charset=utf-16le\n\nl\x00e\x00n\x00a\x00@\x00e\x00.\x00d\x00e\x00", "Content-Type: text/plain; charset=utf-16le\n\n<\x00P\x00R\x00I\x00V\x00A\x00T\x00E\x00_\x00E\x00M\x00A\x00I\x00L\x00>\x00"},
		{"text called a picture", "Content-Type: image/png\n\nlena@example.com", "Content-Type: image/png\n\n<PRIVATE_EMAIL>"},
		{"text called a script", "Content-Disposition: form-data; name=a; filename=a.js\nContent-Type: text/javascript\n\nlena@example.com", "Content-Disposition: form-data; name=a; filename=a.js\nContent-Type: text/javascript\n\n<PRIVATE_EMAIL>"},
		{"JSON without label", "Content-Disposition: form-data; name=\"j\"\n\n{\"a\":\"\\u006cena@example.com\"}", "Content-Disposition: form-data; name=\"j\"\n\n{\"a\":\"<PRIVATE_EMAIL>\"}"},
		{"broken JSON", "Content-Type: application/json\n\n{\"a\":\"\\u006cena@example.com\"", "Content-Type: application/json\n\n{\"a\":\"<PRIVATE_EMAIL>\""},
	} {
		for _, contentType := range []string{"multipart/form-data; boundary=b", "multipart/mixed; boundary=\"b\"; x=y", "Multipart/Related; BOUNDARY=b"} {
			m := Message{Body: []byte(wrap(tt.in)), ContentType: []string{contentType}, ReadCode: true}
			r, err := hardened(t, Policy{}).Process(t.Context(), nil, m)
			if err != nil || string(r.Body) != wrap(tt.want) {
				t.Errorf("%s, %s:\ngot  %q\nwant %q (%v)", tt.name, contentType, r.Body, wrap(tt.want), err)
			}
		}
	}
}

// Around the parts is text as well.
func TestAttackAroundParts(t *testing.T) {
	in := "lena@example.com\r\n--b\r\n\r\nx\r\n--b--\r\nlena@example.com"
	r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(in), ContentType: []string{"multipart/mixed; boundary=b"}})
	if want := strings.ReplaceAll(in, "lena@example.com", "<PRIVATE_EMAIL>"); err != nil || string(r.Body) != want {
		t.Errorf("%q, %v", r.Body, err)
	}
}

// What readers disagree about does not pass, whatever the policy.
func TestAttackAmbiguousParts(t *testing.T) {
	for name, m := range map[string]Message{
		"no end":                 {Body: []byte("--b\r\n\r\nlena@example.com\r\n")},
		"another boundary":       {Body: []byte("--c\r\n\r\nlena@example.com\r\n--c--")},
		"a number in base64":     {Body: []byte("--b\r\nContent-Transfer-Encoding: base64\r\n\r\n4111111111111111\r\n--b--")},
		"a number in q-p":        {Body: []byte("--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nx=4000056655665556\r\n--b--")},
		"a charset for the form": {Body: []byte("--b\r\nContent-Disposition: form-data; name=\"_charset_\"\r\n\r\nutf-7\r\n--b\r\n\r\nlena+AEA-example.com\r\n--b--")},
	} {
		m.ContentType = []string{"multipart/form-data; boundary=b"}
		_, err := hardened(t, Policy{Unsupported: UnsupportedPass}).Process(t.Context(), nil, m)
		if err == nil {
			t.Errorf("%s passed", name)
			continue
		}
		wantReason(t, err, ReasonUnsupported)
	}
}

// A picture in a form stops it, or passes beside what is masked.
func TestPartNobodyCanRead(t *testing.T) {
	in := "--b\r\nContent-Disposition: form-data; name=\"p\"; filename=\"p.png\"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\r\n--b\r\n\r\nlena@example.com\r\n--b--"
	m := Message{Body: []byte(in), ContentType: []string{"multipart/form-data; boundary=b"}}
	_, err := hardened(t, Policy{}).Process(t.Context(), nil, m)
	wantReason(t, err, ReasonUnsupported)
	r, err := hardened(t, Policy{Unsupported: UnsupportedPass}).Process(t.Context(), nil, m)
	if want := strings.ReplaceAll(in, "lena@example.com", "<PRIVATE_EMAIL>"); err != nil || string(r.Body) != want || r.Report.Unread != 1 {
		t.Errorf("%q, %+v, %v", r.Body, r.Report, err)
	}
}

// Many parts, and many that almost are.
func TestAttackQuadraticParts(t *testing.T) {
	const size = 512 << 10
	for name, unit := range map[string]string{
		"dashes": "--", "almost boundaries": "\r\n--bb", "lines": "\r\n", "empty parts": "\r\n--b\r\n\r\n",
		"parameters": "\r\n--b\r\nContent-Disposition: form-data" + strings.Repeat("; a=b", 10) + "\r\n\r\n", "folds": "X: y\r\n ",
	} {
		in := "--b\r\n\r\n" + strings.Repeat(unit, size/len(unit)) + "lena@example.com\r\n--b--"
		r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(in), ContentType: []string{"multipart/form-data; boundary=b"}})
		if err == nil && strings.Contains(string(r.Body), "lena@") {
			t.Errorf("%s: leaked", name)
		}
	}
}
