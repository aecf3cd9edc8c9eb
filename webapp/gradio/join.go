package gradio

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// enter puts a call into the queue and answers the request if it cannot.
func (s *Server) enter(w http.ResponseWriter, r *http.Request, e *Endpoint, hash string, args map[string]json.RawMessage) *job {
	owner := s.o.Owner(r)
	j := &job{id: newID(), endpoint: e}
	var err error
	if j.call, j.uploads, j.refused, err = s.bind(e, owner, args); err != nil {
		deny(w, http.StatusUnprocessableEntity, "The arguments are not those of the endpoint.")
		return nil
	}
	j.call.Root = s.o.Root(r)
	if hash == "" {
		hash = callSession + j.id
	}
	// The call outlives this request, and ends with its session.
	j.ctx, j.cancel = context.WithTimeout(context.WithoutCancel(r.Context()), s.o.Deadline)
	for range 2 {
		if j.session = s.session(owner, hash, true); j.session == nil {
			break
		}
		if j.session.join(j) {
			break
		}
		// The stream is being closed: the client opens another.
		s.forget(owner, hash, j.session)
		j.session = nil
	}
	if j.session == nil {
		j.cancel()
		deny(w, http.StatusServiceUnavailable, "Too many callers at once.")
		return nil
	}
	if j.session.watched() {
		j.known = time.Now().Add(s.o.grace)
	}
	j.call.progress = func(done, of int, unit, doing string) {
		var length any
		if of > 0 {
			length = of
		}
		j.session.send(j, message{"msg": "progress", "progress_data": []any{map[string]any{
			"index": done, "length": length, "unit": unit, "progress": nil, "desc": doing,
		}}}, false)
	}
	if err := s.queue.add(j); err != nil {
		j.cancel()
		j.session.drop(j)
		deny(w, http.StatusServiceUnavailable, "Queue is full. Try again later.")
		return nil
	}
	return j
}

// callSession begins the names of sessions that hold one call.
const callSession = "call\x00"

// bind reads the arguments. refused is a fault that the caller should read as
// the call's result.
func (s *Server) bind(e *Endpoint, owner string, args map[string]json.RawMessage) (c *Call, uploads []string, refused, err error) {
	c = &Call{texts: make(map[string]string), files: make(map[string]*File)}
	known := 0
	for _, p := range e.Params {
		raw, given := args[p.Name]
		if given {
			known++
		}
		if !given || string(raw) == "null" {
			if !p.Optional {
				return nil, nil, nil, errArguments
			}
			c.texts[p.Name] = p.Default
			continue
		}
		if p.Kind != Upload {
			var text string
			if json.Unmarshal(raw, &text) != nil {
				return nil, nil, nil, errArguments
			}
			c.texts[p.Name] = text
			continue
		}
		var data struct {
			Path string `json:"path"`
		}
		if json.Unmarshal(raw, &data) != nil {
			return nil, nil, nil, errArguments
		}
		f := s.files.get(owner, data.Path)
		switch {
		case f != nil:
			c.files[p.Name] = f
			uploads = append(uploads, data.Path)
		case strings.Contains(data.Path, "://"):
			refused = errRemote
		default:
			refused = errNoFile
		}
	}
	if known != len(args) {
		return nil, nil, nil, errArguments
	}
	return c, uploads, refused, nil
}

// positional gives arguments their names.
func positional(e *Endpoint, data []json.RawMessage) (map[string]json.RawMessage, bool) {
	if len(data) > len(e.Params) {
		return nil, false
	}
	args := make(map[string]json.RawMessage, len(data))
	for i, value := range data {
		args[e.Params[i].Name] = value
	}
	return args, true
}

// request is the body of a call. Dependencies are numbered from 1.
type request struct {
	Data    []json.RawMessage `json:"data"`
	FnIndex int               `json:"fn_index"`
	Session string            `json:"session_hash"`
	Event   string            `json:"event_id"`
}

// maxHash bounds what clients call their sessions, in bytes.
const maxHash = 128

func (q *request) hasSession() bool {
	return q.Session != "" && len(q.Session) <= maxHash && !strings.Contains(q.Session, "\x00")
}

func (s *Server) serveJoin(w http.ResponseWriter, r *http.Request) {
	var q request
	if !s.read(w, r, &q) {
		return
	}
	if q.FnIndex < 1 || q.FnIndex > len(s.o.Endpoints) || !q.hasSession() {
		deny(w, http.StatusUnprocessableEntity, "fn_index and session_hash are needed.")
		return
	}
	e := &s.o.Endpoints[q.FnIndex-1]
	args, ok := positional(e, q.Data)
	if !ok {
		deny(w, http.StatusUnprocessableEntity, "There are more arguments than parameters.")
		return
	}
	if j := s.enter(w, r, e, q.Session, args); j != nil {
		answer(w, http.StatusOK, map[string]any{"event_id": j.id})
	}
}

func (s *Server) serveStatus(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, message{"msg": "estimation", "rank": nil, "queue_size": s.queue.status(), "rank_eta": nil})
}

// serveCancel ends a call. Its client waits for the end of the call as for any
// other, so that is told, too.
func (s *Server) serveCancel(w http.ResponseWriter, r *http.Request) {
	var q request
	if !s.read(w, r, &q) {
		return
	}
	if one := s.session(s.o.Owner(r), q.Session, false); one != nil {
		if j := one.job(q.Event); j != nil {
			s.abandon(j)
		}
	}
	answer(w, http.StatusOK, map[string]any{"success": true})
}

// serveReset ends a call that is known by its event alone.
func (s *Server) serveReset(w http.ResponseWriter, r *http.Request) {
	var q request
	if !s.read(w, r, &q) {
		return
	}
	owner := s.o.Owner(r)
	s.mu.Lock()
	all := make([]*session, 0, len(s.sessions))
	for _, one := range s.sessions {
		all = append(all, one)
	}
	s.mu.Unlock()
	for _, one := range all {
		if j := one.job(q.Event); j != nil && one.owner == owner {
			s.abandon(j)
		}
	}
	answer(w, http.StatusOK, map[string]any{"success": true})
}
