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
func (s *Stream) Undecided() []byte { return bytes.Join(s.UndecidedUnits(), nil) }

// UndecidedUnits returns the same unit by unit. The last may be incomplete.
func (s *Stream) UndecidedUnits() [][]byte {
	units := s.failed.out
	for _, h := range s.failed.queue {
		units = append(units, h.unit.Raw)
	}
	if s.failed.text != nil {
		units = append(units, s.failed.text.waiting)
	}
	if len(s.failed.rest) > 0 {
		units = append(units, s.failed.rest)
	}
	return units
}
