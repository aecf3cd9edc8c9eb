package body

// Datadog's intake of logs: a list of entries, one entry, or text. What is
// longer than its limits is refused or cut off, so masking must not make a
// body longer than that.
var datadog = protocol{
	paths:  []string{"/api/v2/logs", "/v1/input", "/v1/input/*"},
	root:   datadogEntry,
	text:   true,
	limits: Limits{Body: 5_000_000, Entry: 1_000_000},
}

var datadogEntry = &schema{entry: true, members: merged(recordMembers, map[string]*schema{
	"message":  {role: line},
	"ddtags":   {role: tagList},
	"ddsource": {role: ident},
})}

func init() { datadogEntry.elements = datadogEntry }
