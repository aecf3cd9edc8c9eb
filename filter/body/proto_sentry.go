package body

// sentryStore is how Sentry took events before there were envelopes.
var sentryStore = protocol{
	paths: []string{"/store"},
	root:  sentryEvent,
}

// sentryEvent is an event or transaction of Sentry, as far as machines rely on
// it.
var sentryEvent = &schema{members: merged(
	machines(isHexID, "event_id", "replay_id", "profile_id", "profiler_id"),
	machines(isTime, "timestamp", "start_timestamp", "received", "started", "sent_at"),
	machines(isLevel, "level", "status"),
	map[string]*schema{
		"contexts": {members: map[string]*schema{
			"trace":   sentryTrace,
			"replay":  {members: machines(isHexID, "replay_id")},
			"profile": {members: machines(isHexID, "profile_id", "profiler_id")},
		}},
		"spans":       {elements: sentrySpan},
		"breadcrumbs": {elements: sentryCrumb, members: map[string]*schema{"values": {elements: sentryCrumb}}},
		"debug_meta":  {members: map[string]*schema{"images": {elements: &schema{members: machines(isHexID, "debug_id", "code_id")}}}},
		// Logs, one item with many.
		"items": {elements: &schema{members: merged(
			machines(isTime, "timestamp"), machines(isLevel, "level"), machines(isHexID, "trace_id", "span_id"),
			map[string]*schema{"body": {role: line}},
		)}},
		// Sessions.
		"sid":   {role: machine, is: isHexID},
		"trace": sentryTrace,
	},
)}

var sentryIDs = machines(isHexID, "trace_id", "span_id", "parent_span_id", "segment_id")

var sentryTrace = &schema{members: sentryIDs}

var sentrySpan = &schema{members: merged(sentryIDs, machines(isTime, "timestamp", "start_timestamp"))}

var sentryCrumb = &schema{members: merged(machines(isTime, "timestamp"), machines(isLevel, "level"))}
