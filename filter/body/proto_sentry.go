package body

import "bytes"

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
	machines(isLevel, "level", "status"), machines(isRelease, "release"),
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
			map[string]*schema{"body": {role: line}, "attributes": sentryAttributes},
		)}},
		// Sessions.
		"sid":   {role: machine, is: isHexID},
		"attrs": {members: machines(isRelease, "release")},
	},
)}

var sentryIDs = machines(isHexID, "trace_id", "span_id", "parent_span_id", "segment_id")

var sentryTrace = &schema{members: merged(sentryIDs, sentryData)}

// sentryData is where instruments put what they know of the process.
var sentryData = map[string]*schema{"data": {members: machines(isThread, "thread.id")}}

var sentryAttributes = &schema{members: map[string]*schema{
	"sentry.release": {members: machines(isRelease, "value")},
	"thread.id":      {members: machines(isThread, "value")},
}}

// isRelease recognises a program with its version, which looks like a mail
// address: shop@1.2.3, shop@1.2.3+45, shop@4bf92f35.
func isRelease(text []byte) bool {
	name, version, ok := bytes.Cut(text, []byte("@"))
	if !ok || len(name) == 0 || len(version) == 0 || len(text) > 128 {
		return false
	}
	version, build, _ := bytes.Cut(version, []byte("+"))
	if len(bytes.Trim(build, "0123456789abcdef")) > 0 {
		return false
	}
	return len(bytes.Trim(version, "0123456789.")) == 0 && version[0] != '.' && len(version) <= 16 ||
		7 <= len(version) && len(version) <= 40 && len(bytes.Trim(version, "0123456789abcdef")) == 0
}

// isThread recognises what the C library calls a thread: an address above
// 0x7f0000000000 in decimal, or a small number.
func isThread(text []byte) bool {
	return allDigits(text) && (len(text) <= 6 || len(text) == 15 && (bytes.HasPrefix(text, []byte("13")) || bytes.HasPrefix(text, []byte("14"))))
}

var sentrySpan = &schema{members: merged(sentryIDs, sentryData, machines(isTime, "timestamp", "start_timestamp"))}

var sentryCrumb = &schema{members: merged(machines(isTime, "timestamp"), machines(isLevel, "level"))}
