package gradio

import (
	"encoding/json"
	"net/http"
	"strings"
)

// endpoint finds the endpoint of a route, or answers that there is none.
func (s *Server) endpoint(w http.ResponseWriter, r *http.Request) *Endpoint {
	e := s.byName[strings.TrimPrefix(r.PathValue("api"), "/")]
	if e == nil {
		deny(w, http.StatusNotFound, "There is no such endpoint.")
	}
	return e
}

// serveCall takes a call whose result is asked for by its event: the way of
// curl.
func (s *Server) serveCall(w http.ResponseWriter, r *http.Request) {
	if j := s.enterPositional(w, r); j != nil {
		answer(w, http.StatusOK, map[string]any{"event_id": j.id})
	}
}

func (s *Server) enterPositional(w http.ResponseWriter, r *http.Request) *job {
	e := s.endpoint(w, r)
	if e == nil {
		return nil
	}
	var q request
	if !s.read(w, r, &q) {
		return nil
	}
	args, ok := positional(e, q.Data)
	if !ok {
		deny(w, http.StatusUnprocessableEntity, "There are more arguments than parameters.")
		return nil
	}
	return s.enter(w, r, e, "", args)
}

// serveCallByName is serveCall with an object of arguments.
func (s *Server) serveCallByName(w http.ResponseWriter, r *http.Request) {
	e := s.endpoint(w, r)
	if e == nil {
		return
	}
	var args map[string]json.RawMessage
	if !s.read(w, r, &args) {
		return
	}
	delete(args, "session_hash")
	if j := s.enter(w, r, e, "", args); j != nil {
		answer(w, http.StatusOK, map[string]any{"event_id": j.id})
	}
}

// serveResult streams the result of a call, once.
func (s *Server) serveResult(w http.ResponseWriter, r *http.Request) {
	owner, hash := s.o.Owner(r), callSession+r.PathValue("event")
	one := s.session(owner, hash, false)
	if one == nil {
		deny(w, http.StatusNotFound, "There is no such call.")
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
	defer s.forget(owner, hash, one)
	for {
		events, err := one.next(ctx, s.o.linger, s.o.beat)
		if err != nil || events == nil {
			return
		}
		for _, event := range events {
			kind, data := asCall(event)
			if kind == "" {
				continue
			}
			text, err := json.Marshal(data)
			if err != nil || st.text("event: "+kind+"\ndata: "+string(text)+"\n\n") != nil || kind != "heartbeat" {
				return
			}
		}
	}
}

// asCall is what curl sees of an event.
func asCall(event message) (kind string, data any) {
	switch event["msg"] {
	case "heartbeat":
		return "heartbeat", nil
	case "process_completed":
		output := event["output"].(map[string]any)
		if event["success"] == true {
			if output["data"] == nil {
				return "error", "The call was cancelled."
			}
			return "complete", output["data"]
		}
		return "error", output
	}
	return "", nil
}

// serveRun answers a call in its own response.
func (s *Server) serveRun(w http.ResponseWriter, r *http.Request) {
	j := s.enterPositional(w, r)
	if j == nil {
		return
	}
	owner, hash := s.o.Owner(r), callSession+j.id
	defer s.forget(owner, hash, j.session)
	ctx, end := s.while(r)
	defer end()
	ctx, detach := j.session.attach(ctx)
	defer detach()
	for {
		events, err := j.session.next(ctx, s.o.linger, s.o.beat)
		if err != nil || events == nil {
			return
		}
		for _, event := range events {
			if event["msg"] != "process_completed" {
				continue
			}
			output := event["output"].(map[string]any)
			if event["success"] == true {
				answer(w, http.StatusOK, output)
				return
			}
			answer(w, http.StatusInternalServerError, map[string]any{"error": output["error"]})
			return
		}
	}
}
