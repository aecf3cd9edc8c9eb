package body

// Splunk's HTTP event collector: objects one after another without anything
// between them, or plain lines. Clients label both as they like, curl as a
// form.
var splunk = protocol{
	paths: []string{"/services/collector", "/services/collector/event", "/services/collector/event/1.0"},
	root:  splunkEvent,
	text:  true,
}

var splunkRaw = protocol{
	paths: []string{"/services/collector/raw", "/services/collector/raw/1.0"},
	root:  record,
	text:  true,
}

var splunkEvent = &schema{members: map[string]*schema{
	"time":       {role: machine, is: isEpoch},
	"index":      {role: ident},
	"sourcetype": {role: ident},
	"event":      {role: line, members: recordMembers},
	"fields":     record,
}}

func init() { splunkEvent.elements = splunkEvent }
