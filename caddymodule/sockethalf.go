package caddymodule

import (
	"context"
	"errors"
	"time"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/filter/websocket"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// socketHalf is one direction of a WebSocket connection.
type socketHalf struct {
	ctx    context.Context
	socket *socket
	d      direction
	path   string
	model  pii.Detector
	pipe   *websocket.Pipe
	reads  bool                // this direction is asked to be masked
	memory *filter.Reservation // for messages that wait for their end
	total  filter.Report       // over all messages

	lanes   *filter.Stream  // of texts that go on over messages; nil before the first
	waiting []socketMessage // messages that have not left, in their order
	held    int64           // bytes of those that no lane holds

	opened bool          // one passed because the filter failed
	blind  bool          // monitor has met frames that it cannot read
	done   bool          // it has been counted
	took   time.Duration // in the filter
	bytes  int           // as transferred
}

func (m *socketHalf) begin(ctx context.Context, x *exchange, s *socket, d direction, reads bool) {
	*m = socketHalf{
		ctx: ctx, socket: s, d: d, path: x.path, model: x.model, reads: reads,
		memory: x.handler.app.budget.Reserve(),
		total:  filter.Report{Outcome: filter.OutcomeClean, Format: formatWebSocket, Masked: map[pii.Category]int{}},
	}
	m.pipe = websocket.New(websocket.Options{
		FromClient: d == request,
		MaxMessage: x.handler.maxBody,
		Mask:       m.take,
		End:        m.endLanes,
		Reserve: func(total int64) error {
			if !m.memory.GrowTo(total + m.held) {
				return errBudget
			}
			return nil
		},
	})
}

// write takes bytes as they come and returns frames that may go on. Under
// monitor they go on as they came.
func (m *socketHalf) write(raw []byte) (out []byte, stopped *filter.Error) {
	if !m.reads || m.blind {
		return raw, nil
	}
	if !m.socket.lease.enter() {
		return nil, errGone
	}
	defer m.socket.lease.leave()
	h := m.socket.handler
	start := time.Now()
	defer func() {
		m.took += time.Since(start)
		m.bytes += len(raw)
		if v := recover(); v != nil { // the value may hold text (I7)
			stopped = &filter.Error{Reason: filter.ReasonDetector, Detail: "recovered from a panic: " + typeName(v)}
		}
		if h.Monitor {
			if stopped != nil {
				m.blind, m.done = true, true
				h.opened(m.d, stopped)
			}
			out, stopped = raw, nil
		} else if stopped != nil && !m.done {
			m.done = true
			h.tellStopped(m.ctx, m.d, stopped, 0)
		}
	}()
	if h.MaxStream > 0 && int64(m.bytes)+int64(len(raw)) > h.MaxStream {
		return nil, errStreamTooLong
	}
	out, err := m.pipe.Write(m.ctx, raw)
	if err != nil {
		return out, frameFailure(err)
	}
	return out, nil
}

// frameFailure is why frames are stopped.
func frameFailure(err error) *filter.Error {
	switch {
	case errors.Is(err, websocket.ErrTooLarge):
		return &filter.Error{Reason: filter.ReasonTooLarge, Detail: websocket.ErrTooLarge.Error()}
	case errors.Is(err, websocket.ErrProtocol):
		return errFrames
	}
	return stopReason(err)
}

// errFrames stops frames that mean nothing, or nothing that we know.
var errFrames = &filter.Error{Reason: filter.ReasonUnsupported, Detail: websocket.ErrProtocol.Error()}

// pingToken is how many bytes of no text a ping may carry: a number, a time or a
// random token, by which its sender knows the pong again.
const pingToken = 16

// mask inspects one message, or what a control frame says.
func (m *socketHalf) mask(ctx context.Context, kind websocket.Kind, payload []byte) ([]byte, error) {
	h := m.socket.handler
	message := filter.Message{Body: payload, Path: m.path, ReadCode: true}
	if kind != websocket.Binary {
		message.ContentType = []string{"text/plain; charset=utf-8"}
	}
	working := h.app.budget.Reserve()
	defer working.Release()
	var res filter.Result
	err := error(errBudget)
	if working.Grow(int64(len(payload))) {
		res, err = h.filter.Process(ctx, m.model, message)
	}
	if err == nil {
		m.add(res.Report)
		return res.Body, nil
	}
	stopped := stopReason(err)
	switch {
	case kind == websocket.Control && stopped.Reason == filter.ReasonUnsupported && len(payload) <= pingToken:
		return payload, nil
	case !h.Monitor && h.opens(stopped.Reason):
		m.open(stopped)
		return payload, nil
	}
	return nil, stopped
}

// add counts a message. Spans are counted at once, since connections last.
func (m *socketHalf) add(report filter.Report) {
	m.socket.handler.metrics.spans(report)
	m.total.Segments += report.Segments
	for category, n := range report.Masked {
		m.total.Masked[category] += n
	}
	switch {
	case report.Outcome == filter.OutcomeMasked,
		report.Outcome == filter.OutcomeKept && m.total.Outcome == filter.OutcomeClean:
		m.total.Outcome = report.Outcome
	}
}

// end counts the direction, once.
func (m *socketHalf) end() {
	m.closeLanes()
	m.memory.Release()
	if !m.reads || !m.socket.begun {
		return
	}
	h := m.socket.handler
	h.metrics.took(m.d, m.bytes, m.took)
	if m.done || m.opened {
		return
	}
	m.done = true
	h.metrics.inspected(m.d, m.total, string(m.total.Outcome))
	note(m.ctx, m.d, string(m.total.Outcome), sum(m.total.Masked))
	if m.total.Outcome == filter.OutcomeMasked {
		h.logMasked(m.d, m.total)
	}
}

// codeOf is the close code that tells a reason (RFC 6455, section 7.4.1).
func codeOf(stopped *filter.Error) uint16 {
	if stopped == errFrames {
		return 1002
	}
	switch stopped.Reason {
	case filter.ReasonTooLarge:
		return 1009
	case filter.ReasonUnsupported:
		return 1003
	case filter.ReasonBlocked:
		return 1008
	case filter.ReasonOverload:
		return 1013
	default:
		return 1011
	}
}
