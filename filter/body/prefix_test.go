package body

import (
	"strings"
	"testing"
)

// The handler asks about the first bytes of a large body whether it passes
// unread. A format that is cut off must never look like one nobody can read.
func TestBeginningsAreNotUnreadable(t *testing.T) {
	for contentType, in := range map[string]string{
		"multipart/form-data; boundary=b":   crlf("--b\nContent-Disposition: form-data; name=\"a\"\n\nx\n--b\nContent-Transfer-Encoding: base64\n\neHh4\n--b--\n"),
		"multipart/mixed; boundary=\"b c\"": crlf("before\n--b c\n\nx\n--b c--\n"),
		"application/xml":                   `<?xml version="1.0"?><!DOCTYPE a [<!ELEMENT a (b)>]><a b="c"><![CDATA[x]]><!-- y --><d/>z &amp;</a>`,
		"text/html":                         `<!DOCTYPE html><script>var a = 1</script><p title="x">y<!-- z --></p><style>a{}</style>`,
		"text/csv":                          "a,b\r\n\"x \"\"y\"\"\",z\r\n",
		"image/svg+xml; charset=utf-8":      `<svg><text>x</text></svg>`,
	} {
		for _, long := range []string{in, strings.Repeat(" ", 100) + in} {
			for end := 1; end <= len(long); end++ {
				doc, err := Parse([]byte(long[:end]), NewHint([]string{contentType}, ""), Options{})
				if err == nil && !doc.Inspected() {
					t.Errorf("%s: %q is %s", contentType, long[:end], doc.Format)
				}
			}
		}
	}
}
