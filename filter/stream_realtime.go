package filter

import (
	"bytes"
	"hash/maphash"

	"github.com/caddyprivacy/privacyfilter/filter/body"
)

// formatRealtime names messages of a realtime interface in reports.
const formatRealtime = "realtime"

// realtime: messages are units by themselves, and each Write brings one.
type realtime struct{}

// Next takes all there is.
func (realtime) Next(text []byte, _ bool) int { return len(text) }

// Read reads a message.
func (realtime) Read(raw []byte, o body.Options) *body.Unit {
	return body.ReadUnit(raw, 0, len(raw), o)
}

// Realtime reports whether a message is one of an interface that sends texts
// in deltas and says where they end, so that no message waits for one that
// never comes. All others are whole texts, and Process reads them.
func Realtime(message []byte) bool {
	if !bytes.Contains(message, []byte("response.")) && !bytes.Contains(message, []byte("transcription.")) {
		return false
	}
	u := body.ReadUnit(message, 0, len(message), body.Options{})
	if u.Record == nil || u.Record.Nodes[root].Kind != body.ObjectNode {
		return false
	}
	return openAIResponses(record{u.Record, "", make(map[pathOf]uint64), realtimeSeed}, new(plan))
}

// realtimeSeed is for a record that is only asked what it is.
var realtimeSeed = maphash.MakeSeed()
