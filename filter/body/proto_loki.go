package body

// Loki's push API in JSON, and its answers to queries: a line belongs to a
// stream of labels and is written beside its time in nanoseconds, with what is
// called structured metadata behind it. The older form has entries with a time
// of RFC 3339 and labels in one string.
var loki = protocol{
	paths: []string{"/loki/api/v1/push", "/api/prom/push", "/loki/api/v1/query", "/loki/api/v1/query_range"},
	keys:  []string{"streams"},
	root: &schema{members: map[string]*schema{
		"streams": lokiStreams,
		"data":    {members: map[string]*schema{"result": lokiStreams}},
	}},
}

var lokiStreams = &schema{elements: &schema{members: map[string]*schema{
	"values": {elements: &schema{tuple: []*schema{
		{role: machine, is: either(isNanos, isEpoch)},
		{role: line},
	}}},
	"entries": {elements: &schema{members: map[string]*schema{
		"ts":   {role: machine, is: isTime},
		"line": {role: line},
	}}},
}}}
