package gradio

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

var errReplaced = errors.New("a newer stream reads the session")

// stream is a response of events. Nothing between here and the client may
// hold them back, and the Python client takes no line that is not data.
type stream struct {
	w   http.ResponseWriter
	out *http.ResponseController
}

// open begins a stream, or says that there are too many.
func (s *Server) open(w http.ResponseWriter) (st *stream, closed func()) {
	select {
	case s.streams <- struct{}{}:
	default:
		deny(w, http.StatusServiceUnavailable, "Too many streams at once.")
		return nil, nil
	}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no")
	h.Set("Cache-Control", "no-store, no-transform") // compression would hold events back
	w.WriteHeader(http.StatusOK)
	return &stream{w, http.NewResponseController(w)}, func() { <-s.streams }
}

// data writes one event.
func (st *stream) data(value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return st.text("data: " + string(text) + "\n\n")
}

func (st *stream) text(text string) error {
	if _, err := st.w.Write([]byte(text)); err != nil {
		return err
	}
	return st.out.Flush()
}

// while is a context that ends with the request or with the server.
func (s *Server) while(r *http.Request) (context.Context, func()) {
	ctx, cancel := context.WithCancel(r.Context())
	stop := context.AfterFunc(s.closing, cancel)
	return ctx, func() { stop(); cancel() }
}

// serveData streams the events of a session.
func (s *Server) serveData(w http.ResponseWriter, r *http.Request) {
	owner, hash := s.o.Owner(r), r.URL.Query().Get("session_hash")
	one := s.session(owner, hash, false)
	if one == nil {
		deny(w, http.StatusNotFound, "There is no such session.")
		return
	}
	st, closed := s.open(w)
	if st == nil {
		return
	}
	defer closed()
	ctx, end := s.while(r)
	defer end()
	ctx, detach := one.attach(ctx)
	defer detach()
	if err := st.out.Flush(); err != nil {
		s.forget(owner, hash, one)
		return
	}
	for {
		events, err := one.next(ctx, s.o.linger, s.o.beat)
		if errors.Is(err, errReplaced) {
			return
		}
		if err == nil && events == nil {
			_ = st.data(message{"msg": "close_stream", "event_id": nil})
			s.forget(owner, hash, one)
			return
		}
		for _, event := range events {
			if err == nil {
				err = st.data(event)
			}
		}
		if err != nil { // nobody listens: nobody waits for what is pending
			s.forget(owner, hash, one)
			return
		}
	}
}

// serveHeartbeat stays open as long as the client lives. Its end is the end of
// the session. The Python client asks again at once where there is none.
func (s *Server) serveHeartbeat(w http.ResponseWriter, r *http.Request) {
	st, closed := s.open(w)
	if st == nil {
		return
	}
	defer closed()
	ctx, end := s.while(r)
	defer end()
	owner, hash := s.o.Owner(r), r.PathValue("session")
	defer func() {
		if one := s.session(owner, hash, false); one != nil {
			s.forget(owner, hash, one)
		}
	}()
	beat := time.NewTicker(s.o.beat)
	defer beat.Stop()
	for {
		if st.text("data: ALIVE\n\n") != nil {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
		}
	}
}
