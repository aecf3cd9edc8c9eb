package webapp

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"time"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/webapp/gradio"
)

func (s *Server) pasteEndpoint() gradio.Endpoint {
	return gradio.Endpoint{
		Name: "create_paste", Description: "Keeps a text behind two links: one shows it masked, the other as it was.",
		Params: []gradio.Param{
			{Name: "text", Example: "This is Elena Markovic, call me on +1 628 219 4407"},
			{Name: "ttl", Optional: true, Default: "never", Example: "1h"},
			{Name: "burn", Optional: true, Default: "no", Example: "yes"},
		}, Returns: gradio.JSON, Run: s.createPaste,
	}
}

func (s *Server) createPaste(ctx context.Context, c *gradio.Call) (any, error) {
	text, burn := c.Text("text"), c.Text("burn")
	ttl, err := parseTTL(c.Text("ttl"))
	switch {
	case err != nil:
		return nil, err
	case burn != "yes" && burn != "no":
		return nil, gradio.Failure(`burn: want "yes" or "no".`)
	case text == "":
		return nil, gradio.Failure("There is no text.")
	case len(text) > s.pastes.limits.MaxText:
		return nil, gradio.Failure("The text is too long.")
	}
	spans, err := s.inspect(ctx, text)
	if err != nil {
		return nil, err
	}
	pid, token, expires, err := s.pastes.create(ctx, s.masked(text, spans), original{text, findings(text, spans)}, ttl, burn == "yes")
	if err != nil {
		return nil, err
	}
	reveal := "/view/" + pid + "?token=" + token
	if burn == "yes" {
		// A fragment stays in the browser, and the page asks before it burns.
		reveal = "/view/" + pid + "#token=" + token
	}
	return map[string]any{
		"view_path": "/view/" + pid, "reveal_path": reveal, "expires": expires.UTC().Format(time.RFC3339),
		"burn": burn == "yes", "counts": counts(spans),
	}, nil
}

func (s *Server) pasteRoutes() {
	s.routes.HandleFunc("GET /view/{pid}", s.viewPaste)
	s.routes.HandleFunc("GET /api/paste/{pid}", s.getPaste)
	s.routes.HandleFunc("POST /api/paste/{pid}/reveal", s.revealPaste)
	s.routes.HandleFunc("POST /api/paste/{pid}/revoke", s.revokePaste)
}

// tokenHeader is where programs put a token that no log should see.
const tokenHeader = "Paste-Token"

func tokenOf(r *http.Request) string {
	if token := r.Header.Get(tokenHeader); token != "" {
		return token
	}
	return r.URL.Query().Get("token")
}

// shown is a paste as a link shows it.
type shown struct {
	Text     string    `json:"text"`
	Revealed bool      `json:"revealed"`
	Spans    []finding `json:"spans,omitempty"`
	Expires  string    `json:"expires"`
	Burn     bool      `json:"burn"`
}

// show is what a GET shows: masked without a token, and never one that burns.
func (s *Server) show(ctx context.Context, pid, token string) (shown, error) {
	r, err := s.pastes.find(ctx, pid)
	if err != nil {
		return shown{}, err
	}
	out := shown{Expires: time.Unix(r.Expires, 0).UTC().Format(time.RFC3339), Burn: r.Burn}
	if token == "" {
		err = r.open(pid, pid, partMasked, r.Masked, &out.Text)
		return out, err
	}
	o, err := s.pastes.reveal(ctx, pid, token, false)
	out.Text, out.Spans, out.Revealed = o.Text, o.Spans, true
	return out, err
}

func (s *Server) getPaste(w http.ResponseWriter, r *http.Request) {
	out, err := s.show(r.Context(), r.PathValue("pid"), tokenOf(r))
	if err != nil {
		denyPaste(w, err)
		return
	}
	writeJSON(w, http.StatusOK, out)
}

func (s *Server) revealPaste(w http.ResponseWriter, r *http.Request) {
	token, ok := postedToken(w, r)
	if !ok {
		return
	}
	o, err := s.pastes.reveal(r.Context(), r.PathValue("pid"), token, true)
	if err != nil {
		denyPaste(w, err)
		return
	}
	writeJSON(w, http.StatusOK, shown{Text: o.Text, Spans: o.Spans, Revealed: true})
}

func (s *Server) revokePaste(w http.ResponseWriter, r *http.Request) {
	token, ok := postedToken(w, r)
	if !ok {
		return
	}
	if err := s.pastes.revoke(r.Context(), r.PathValue("pid"), token); err != nil {
		denyPaste(w, err)
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"revoked": true})
}

// postedToken reads {"token"}.
func postedToken(w http.ResponseWriter, r *http.Request) (string, bool) {
	var in struct {
		Token string `json:"token"`
	}
	if !gradio.IsJSON(r) {
		writeJSON(w, http.StatusUnsupportedMediaType, map[string]any{"detail": "Content-Type must be application/json."})
		return "", false
	}
	const longest = 1024
	if json.NewDecoder(http.MaxBytesReader(w, r.Body, longest)).Decode(&in) != nil || in.Token == "" {
		writeJSON(w, http.StatusUnprocessableEntity, map[string]any{"detail": "A token is needed."})
		return "", false
	}
	return in.Token, true
}

// pasteError is how an error is told.
func pasteError(err error) (status int, detail string) {
	switch {
	case errors.Is(err, errToken):
		return http.StatusForbidden, "The token is not that of this paste."
	case errors.Is(err, errConfirm):
		return http.StatusConflict, "This paste can be read once: confirm it by POST."
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, errSealed):
		return http.StatusNotFound, "There is no such paste, or no longer."
	}
	return http.StatusServiceUnavailable, "Pastes cannot be read at the moment."
}

func denyPaste(w http.ResponseWriter, err error) {
	status, detail := pasteError(err)
	writeJSON(w, status, map[string]any{"detail": detail})
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}

// piece is a stretch of a text, marked or not.
type piece struct{ Text, Label string }

// pieces cuts a text at its findings, which are in code points.
func pieces(text string, found []finding) (out []piece) {
	at, points := 0, 0
	upTo := func(point int) string {
		start := at
		for ; points < point && at < len(text); points++ {
			_, n := utf8.DecodeRuneInString(text[at:])
			at += n
		}
		return text[start:at]
	}
	for _, f := range found {
		if plain := upTo(f.Start); plain != "" {
			out = append(out, piece{Text: plain})
		}
		out = append(out, piece{Text: upTo(f.End), Label: f.Label})
	}
	if at < len(text) {
		out = append(out, piece{Text: text[at:]})
	}
	return out
}

// viewPaste is the page of a paste.
func (s *Server) viewPaste(w http.ResponseWriter, r *http.Request) {
	out, err := s.show(r.Context(), r.PathValue("pid"), tokenOf(r))
	view := struct {
		shown
		Pieces []piece
		Error  string
	}{shown: out, Pieces: pieces(out.Text, out.Spans)}
	status := http.StatusOK
	if err != nil {
		status, view.Error = pasteError(err)
		view.Pieces = nil
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_ = pasteTemplate.Execute(w, view)
}
