package filter

import "bytes"

// undecided is what a stream had not given out when it failed.
type undecided struct {
	out   [][]byte // of the call that failed
	queue []*held
	text  *plainText
	rest  []byte
}

// Undecided returns, after an error, what has not left: what the failed call
// had decided, and behind it all the rest as it came. It is for those who let
// bodies pass when the filter fails; everybody else must not ask.
func (s *Stream) Undecided() []byte {
	raw := bytes.Join(s.failed.out, nil)
	for _, h := range s.failed.queue {
		raw = append(raw, h.unit.Raw...)
	}
	if s.failed.text != nil {
		raw = append(raw, s.failed.text.waiting...)
	}
	return append(raw, s.failed.rest...)
}
