package caddymodule

import (
	"bytes"
	"context"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/filter/websocket"
)

// socketMessage is a message that waits to leave in its turn.
type socketMessage struct {
	payload []byte
	decided bool
	lane    bool // a stream decides it together with others
}

// take decides what it can of a message, and returns all that may leave now.
// Deltas of a realtime interface are read as one text; whatever comes behind
// them waits for them, since messages have an order.
func (m *socketHalf) take(ctx context.Context, kind websocket.Kind, payload []byte) ([][]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, m.socket.handler.deadline)
	defer cancel()
	if kind == websocket.Text && filter.Realtime(payload) {
		return m.takeDelta(ctx, payload)
	}
	masked, err := m.mask(ctx, kind, payload)
	if err != nil {
		return nil, err
	}
	if kind == websocket.Control || len(m.waiting) == 0 {
		return [][]byte{masked}, nil
	}
	if m.held += int64(len(masked)); m.held > m.socket.handler.maxBody || !m.memory.Grow(int64(len(masked))) {
		return nil, &filter.Error{Reason: filter.ReasonTooLarge, Detail: "too much waits for the end of a sentence"}
	}
	m.waiting = append(m.waiting, socketMessage{payload: bytes.Clone(masked), decided: true})
	return nil, nil
}

func (m *socketHalf) takeDelta(ctx context.Context, payload []byte) ([][]byte, error) {
	h := m.socket.handler
	if m.lanes == nil {
		var err error
		m.lanes, err = h.filter.NewStream(m.model, filter.StreamMessage{
			Realtime: true, Path: m.path, ReadCode: true, Budget: h.app.budget, MaxHeld: h.maxBody,
		})
		if err != nil {
			return nil, stopReason(err)
		}
	}
	m.waiting = append(m.waiting, socketMessage{lane: true})
	return m.leave(m.lanes.Write(ctx, payload))
}

// endLanes decides what waits, before the connection ends.
func (m *socketHalf) endLanes(ctx context.Context) ([][]byte, error) {
	if m.lanes == nil {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, m.socket.handler.deadline)
	defer cancel()
	return m.leave(m.lanes.Close(ctx))
}

// leave takes what the stream has decided, and returns all messages that wait
// for nothing any more.
func (m *socketHalf) leave(units [][]byte, err error) ([][]byte, error) {
	h := m.socket.handler
	if err != nil {
		stopped := stopReason(err)
		if h.Monitor || !h.opens(stopped.Reason) {
			return nil, stopped
		}
		units = m.lanes.UndecidedUnits()
		m.closeLanes()
		m.open(stopped)
	}
	next := 0
	for _, unit := range units {
		for next < len(m.waiting) && (m.waiting[next].decided || !m.waiting[next].lane) {
			next++
		}
		if next == len(m.waiting) {
			return nil, &filter.Error{Reason: filter.ReasonDetector, Detail: "messages do not add up"}
		}
		m.waiting[next].payload, m.waiting[next].decided = unit, true
	}
	var out [][]byte
	for len(m.waiting) > 0 && m.waiting[0].decided {
		if !m.waiting[0].lane {
			m.held -= int64(len(m.waiting[0].payload))
		}
		out = append(out, m.waiting[0].payload)
		m.waiting[0] = socketMessage{}
		m.waiting = m.waiting[1:]
	}
	return out, nil
}

// closeLanes counts what the stream has found, and lets go of it.
func (m *socketHalf) closeLanes() {
	if m.lanes != nil {
		m.add(m.lanes.Report())
		m.lanes.Stop()
		m.lanes = nil
	}
}

// open counts, once, that messages pass unmasked because the filter failed.
func (m *socketHalf) open(stopped *filter.Error) {
	if !m.opened {
		m.opened = true
		m.socket.handler.opened(m.d, stopped)
	}
}
