package webapp

import (
	"context"
	"errors"
	"net/http"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/filter/mask"
	"github.com/caddyprivacy/privacyfilter/ocr"
	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/webapp/gradio"
)

// Apps says which of them are served.
type Apps struct{ Text, Images, Documents, Paste bool }

// Options of the apps. Find is needed.
type Options struct {
	Apps Apps

	// Find looks for personal data in texts, as filter.Filter.Spans does.
	Find func(ctx context.Context, texts []string) ([][]pii.Span, error)
	// Images reads pictures; nil if this program cannot.
	Images func() (*ocr.Redactor, error)
	// Records keeps pastes; nil: in memory.
	Records Records
	Pastes  PasteLimits

	Hosts []string // names by which the apps may be reached; nil: any
	Owner func(*http.Request) string
	Root  func(*http.Request) string

	MaxFile int64 // bytes; 0: 50 MiB
}

// Server serves the apps. Close must be called.
type Server struct {
	o      Options
	gradio *gradio.Server
	pastes *pastes
	masker *mask.Masker
	routes *http.ServeMux
	guard  *guard
}

// New makes the apps.
func New(o Options) (*Server, error) {
	s := &Server{o: o, routes: http.NewServeMux(), guard: newGuard(o.Hosts)}
	var err error
	if s.masker, err = mask.New("", nil); err != nil {
		return nil, err
	}
	var endpoints []gradio.Endpoint
	if o.Apps.Text {
		endpoints = append(endpoints, s.textEndpoint())
	}
	if o.Apps.Images {
		endpoints = append(endpoints, s.imageEndpoints()...)
	}
	if o.Apps.Documents {
		endpoints = append(endpoints, s.documentEndpoint())
	}
	if o.Apps.Paste {
		if s.pastes, err = newPastes(o.Records, o.Pastes); err != nil {
			return nil, err
		}
		endpoints = append(endpoints, s.pasteEndpoint())
		s.pasteRoutes()
	}
	s.routes.Handle("GET /{$}", page("index.html"))
	s.routes.Handle("GET /static/{name}", assets())
	s.gradio = gradio.New(gradio.Options{
		Title: "Privacy Filter", Endpoints: endpoints, Owner: o.Owner, Root: o.Root, MaxFile: o.MaxFile,
	})
	return s, nil
}

// Close ends what runs and forgets what is in memory.
func (s *Server) Close() {
	s.gradio.Close()
	if s.pastes != nil {
		s.pastes.close()
	}
}

// ServeHTTP answers every request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.guard.admit(w, r) {
		return
	}
	if gradio.Has(r.URL.Path) {
		s.gradio.ServeHTTP(w, r)
		return
	}
	s.routes.ServeHTTP(w, r)
}

// find asks about texts. What goes wrong becomes a message for the caller.
func (s *Server) find(ctx context.Context, texts []string) ([][]pii.Span, error) {
	found, err := s.o.Find(ctx, texts)
	if err != nil {
		return nil, failure(err)
	}
	return found, nil
}

// failure is what callers are told of an error.
func failure(err error) error {
	var stopped *filter.Error
	switch {
	case errors.As(err, new(gradio.Failure)):
		return err
	case errors.Is(err, ocr.ErrUnavailable):
		return gradio.Failure("ocr_unavailable: this server cannot read images.")
	case errors.Is(err, ocr.ErrTooLarge):
		return gradio.Failure("The image is too large.")
	case errors.Is(err, ocr.ErrAnimated):
		return gradio.Failure("The file holds more than one image.")
	case errors.Is(err, ocr.ErrFormat):
		return gradio.Failure("That is no image that can be read here.")
	case errors.Is(err, ocr.ErrWorker):
		return gradio.Failure("The text of the image could not be read.")
	case errors.As(err, &stopped) && stopped.Reason == filter.ReasonOverload,
		errors.Is(err, pii.ErrOverload), errors.Is(err, pii.ErrNotReady):
		return gradio.Failure("The server is busy: try again in a moment.")
	case errors.As(err, &stopped) && stopped.Reason == filter.ReasonTimeout, errors.Is(err, context.DeadlineExceeded):
		return gradio.Failure("It took too long.")
	}
	return err
}
