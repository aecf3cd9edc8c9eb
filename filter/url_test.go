package filter

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter/body"
	"github.com/caddyprivacy/privacyfilter/pii/rules"
)

const everyPart = body.URLPath | body.URLQuery

func maskURL(t testing.TB, raw string, parts body.URLParts) string {
	t.Helper()
	f, err := New(Options{Rules: rules.New(), Policy: Policy{RulesOnly: true}})
	if err != nil {
		t.Fatal(err)
	}
	result, err := f.Process(context.Background(), nil, Message{Body: []byte(raw), URL: parts})
	if err != nil {
		t.Fatalf("%q: %v", raw, err)
	}
	return string(result.Body)
}

// TestURLs: what is masked in a URL is percent-encoded, and nothing else of it
// changes.
func TestURLs(t *testing.T) {
	const mail = "%3CPRIVATE_EMAIL%3E"
	for _, c := range []struct {
		name, in, want string
		parts          body.URLParts
	}{
		{"a query", "/a?x=1&mail=elena@canary-mailbox.net&y=%41", "/a?x=1&mail=" + mail + "&y=%41", everyPart},
		{"encoded", "/a?mail=elena%40canary-mailbox.net", "/a?mail=" + mail, everyPart},
		{"in mixed case", "/a?mail=elena%40canary%2dmailbox%2Enet&z=%2e%2E", "/a?mail=" + mail + "&z=%2e%2E", everyPart},
		{"twice", "/a?mail=elena%2540canary-mailbox.net", "/a?mail=%253CPRIVATE_EMAIL%253E", everyPart},
		{"duplicates", "/a?m=a@canary-mailbox.net&m=1&m=b@canary-mailbox.net", "/a?m=" + mail + "&m=1&m=" + mail, everyPart},
		{"semicolons", "/a?x=1;mail=elena@canary-mailbox.net;y=2", "/a?x=1;mail=" + mail + ";y=2", everyPart},
		{"a value without a name", "/a?elena@canary-mailbox.net", "/a?" + mail, everyPart},
		{"a name", "/a?elena%40canary-mailbox.net=1", "/a?" + mail + "=1", everyPart},
		{"a telephone", "/a?tel=%2B1+628+219+4407&q=a+b%20c", "/a?tel=%3CPRIVATE_PHONE%3E&q=a+b%20c", everyPart},
		{"a telephone as it is", "/a?tel=+16282194407", "/a?tel=%3CPRIVATE_PHONE%3E", everyPart},
		{"JSON", "/a?filter=%7B%22mail%22%3A%22elena%40canary-mailbox.net%22%7D", "/a?filter=%7B%22mail%22%3A%22" + mail + "%22%7D", everyPart},
		{"a path", "/users/elena@canary-mailbox.net/orders", "/users/" + mail + "/orders", everyPart},
		{"an encoded path", "/users/%65lena%40canary-mailbox.net/%2e%2E/a+b", "/users/" + mail + "/%2e%2E/a+b", everyPart},
		{"a parameter of a segment", "/users;mail=elena@canary-mailbox.net/x", "/users;mail=" + mail + "/x", everyPart},
		{"an absolute URL", "https://elena%40canary-mailbox.net:pw@example.org/u/elena@canary-mailbox.net?a#elena@canary-mailbox.net", "https://" + mail + ":pw@example.org/u/" + mail + "?a#" + mail, everyPart},
		{"the path alone", "/elena@canary-mailbox.net?m=elena@canary-mailbox.net", "/" + mail + "?m=elena@canary-mailbox.net", body.URLPath},
		{"the query alone", "/elena@canary-mailbox.net?m=elena@canary-mailbox.net", "/elena@canary-mailbox.net?m=" + mail, body.URLQuery},
		{"nothing", "/a//b/?&=&?#", "/a//b/?&=&?#", everyPart},
		{"a star", "*", "*", everyPart},
		{"question marks", "/a?b?c=elena@canary-mailbox.net?d", "/a?b?c=" + mail + "?d", everyPart},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := maskURL(t, c.in, c.parts); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// FuzzURL: what is masked is a URL if it was one, of the same scheme and host,
// and with as many segments and pairs.
func FuzzURL(f *testing.F) {
	f.Add("/users/elena%40canary-mailbox.net?mail=elena@canary-mailbox.net&x=%zz;a+b#f")
	f.Add("https://u:p@example.org/a;b=c/%2e%2E?%26=%3d")
	f.Fuzz(func(t *testing.T, raw string) {
		got := maskURL(t, raw, everyPart)
		before, err := url.Parse(raw)
		if err != nil {
			return
		}
		after, err := url.Parse(got)
		if err != nil {
			t.Fatalf("%q became %q: %v", raw, got, err)
		}
		for _, same := range [][2]string{
			{before.Scheme, after.Scheme},
			{before.Host, after.Host},
			{strings.Repeat("/", strings.Count(before.EscapedPath(), "/")), strings.Repeat("/", strings.Count(after.EscapedPath(), "/"))},
			{strings.Repeat("&", strings.Count(before.RawQuery, "&")), strings.Repeat("&", strings.Count(after.RawQuery, "&"))},
		} {
			if same[0] != same[1] {
				t.Fatalf("%q became %q", raw, got)
			}
		}
	})
}
