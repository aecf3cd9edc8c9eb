package caddymodule

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter/body/coding"
)

// What is planted in the recorded requests, what stands for it, and what
// follows from that.
var (
	plantedValues = regexp.MustCompile(`(?:lena@example\.com|Elena Markovic|4111 1111 1111 1111|93\.184\.215\.14)(?:\.txt|\.log)?`)
	plantedNumber = regexp.MustCompile(`("intValue":)4111111111111111`)
	placeholders  = regexp.MustCompile(`<[A-Z_]+>(?:\.txt|\.log)?`)
	itemLengths   = regexp.MustCompile(`"length": ?\d+`)
)

// TestLogsPresetReadsRealClients: with the preset of logs and the models that
// ship, what real clients send arrives but for the values of people, whichever
// receiver it is for.
func TestLogsPresetReadsRealClients(t *testing.T) {
	files, err := filepath.Glob("../filter/testdata/clients/*.http")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	url := startCaddy(t, "{ADDR} {\n\tprivacy_filter {\n\t\tpreset logs\n\t\tresponse off\n\t\tunsupported pass\n\t}\n\trespond {http.request.body}\n}\n")
	c := client(t, "h1")
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(raw)))
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(r.Body)
			if err != nil {
				t.Fatal(err)
			}
			got := ask(t, c, "POST", url+r.URL.Path, r.Header, bytes.NewReader(body))
			if got.status != http.StatusOK {
				t.Fatalf("status %d: %s", got.status, got.body)
			}
			want := without(plantedValues, plantedNumber.ReplaceAllString(decoded(t, r, body), "${1}1111111111111111"))
			if have := without(placeholders, decoded(t, r, []byte(got.body))); have != want {
				t.Errorf("without what is masked\n%s\nbecame\n%s", want, have)
			}
		})
	}
}

func without(what *regexp.Regexp, text string) string {
	return itemLengths.ReplaceAllString(what.ReplaceAllString(text, ""), "")
}

func decoded(t *testing.T, r *http.Request, body []byte) string {
	t.Helper()
	plain, _, err := coding.Decode(body, r.Header["Content-Encoding"], coding.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

// TestSignedLogsAreNotRewritten: CloudWatch takes log events with a signature
// over the body. What would be changed is refused, what is clean passes.
func TestSignedLogsAreNotRewritten(t *testing.T) {
	for message, status := range map[string]int{"nothing to see here": http.StatusOK, "login of " + canary: http.StatusForbidden} {
		g := newRig(t, &Handler{Preset: "logs", RulesOnly: true})
		reached := ""
		srv := serve(t, middleware{filter: g.Handler, next: func(_ http.ResponseWriter, r *http.Request) error {
			b, err := io.ReadAll(r.Body)
			reached = string(b)
			return err
		}})
		in := `{"logGroupName":"shop","logStreamName":"web-1","logEvents":[{"timestamp":1795539584048,"message":"` + message + `"}]}`
		got := ask(t, client(t, "h1"), "POST", srv.URL, http.Header{
			"Content-Type":  {"application/x-amz-json-1.1"},
			"X-Amz-Target":  {"Logs_20140328.PutLogEvents"},
			"Authorization": {"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261124/eu-central-1/logs/aws4_request, SignedHeaders=host;x-amz-date, Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024"},
		}, strings.NewReader(in))
		if got.status != status || status == http.StatusOK && reached != in || status != http.StatusOK && reached != "" {
			t.Errorf("%q: status %d, upstream saw %q", message, got.status, reached)
		}
	}
}
