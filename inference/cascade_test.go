package inference

import (
	"strings"
	"testing"
)

func TestParseCascade(t *testing.T) {
	const good = `{"first": "a", "second": "b", "context_tokens": 8, "operating_points": {
		"default": {"doubt_outside": 0.1, "doubt_inside": 0.4}, "recall": {"doubt_outside": 0, "doubt_inside": 1}}}`
	c, err := ParseCascade([]byte(good))
	if err != nil || c.First != "a" || c.Second != "b" || c.Context != 8 ||
		c.Doubts[PointDefault] != (Doubt{0.1, 0.4}) || c.Doubts[PointRecall] != (Doubt{0, 1}) {
		t.Fatalf("got %+v, %v", c, err)
	}
	for name, change := range map[string][2]string{
		"no first":          {`"first": "a", `, ``},
		"no second":         {`"second": "b", `, ``},
		"the same twice":    {`"b"`, `"a"`},
		"no context":        {`"context_tokens": 8, `, ``},
		"negative context":  {`: 8`, `: -8`},
		"an unknown key":    {`{"first"`, `{"third": 3, "first"`},
		"a repeated key":    {`{"first"`, `{"first": "c", "first"`},
		"no default point":  {`"default"`, `"usual"`},
		"a share above one": {`0.4`, `1.4`},
		"a negative share":  {`0.1`, `-0.1`},
		"no number":         {`0.4`, `"much"`},
		"null":              {`0.4`, `null`},
		"half a doubt":      {`"doubt_outside": 0.1, `, ``},
		"another doubt":     {`{"doubt_outside": 0.1`, `{"doubt_within": 0, "doubt_outside": 0.1`},
		"two documents":     {`}}}`, `}}} {}`},
	} {
		broken := strings.Replace(good, change[0], change[1], 1)
		if broken == good {
			t.Fatalf("%s: changes nothing", name)
		}
		if c, err := ParseCascade([]byte(broken)); err == nil {
			t.Errorf("%s: got %+v", name, c)
		}
	}
}
