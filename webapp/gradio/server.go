package gradio

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"
)

// prefix is that of all routes but /config.
const prefix = "/gradio_api"

// version is that of the Gradio whose protocol this is. Clients change their
// ways by it, and one of them sends the config to a stranger if there is none.
const version = "6.25.0"

// Options of a server. Zero values are the defaults.
type Options struct {
	Title     string
	Endpoints []Endpoint

	// Owner says whose a request is: sessions, uploads and results of one
	// owner do not exist for another. nil: by address, without the port.
	Owner func(*http.Request) string
	// Root is the URL by which the caller reaches the server, with the path
	// that it is mounted under and without a slash at the end. nil: by Host.
	Root func(*http.Request) string

	Workers   int           // calls that run at once; 2
	Queue     int           // calls that wait; 32
	Streams   int           // open streams; 256
	Sessions  int           // callers with calls or events; 1024
	MaxFile   int64         // bytes of an upload; 50 MiB
	MaxJSON   int64         // bytes of any other request; 2 MiB
	PerOwner  int64         // bytes of files of one owner; 128 MiB
	MaxFiles  int64         // bytes of all files; 512 MiB
	FileTTL   time.Duration // how long files stay; 10 min
	SessionIn time.Duration // how soon somebody must read a session; 60 s
	Deadline  time.Duration // of a call that runs; 10 min

	beat, linger, grace time.Duration // for tests
}

func orElse[T comparable](value *T, otherwise T) {
	var zero T
	if *value == zero {
		*value = otherwise
	}
}

// Server answers both clients. Close must be called.
type Server struct {
	o       Options
	mux     *http.ServeMux
	appID   string
	byName  map[string]*Endpoint
	files   *store
	queue   *queue
	streams chan struct{}

	mu       sync.Mutex
	sessions map[string]*session // by owner and hash; guarded by mu
	closing  context.Context
	close    context.CancelFunc
}

// New makes a server.
func New(o Options) *Server {
	orElse(&o.Title, "Gradio")
	orElse(&o.Workers, 2)
	orElse(&o.Queue, 32)
	orElse(&o.Streams, 256)
	orElse(&o.Sessions, 1024)
	orElse(&o.MaxFile, 50<<20)
	orElse(&o.MaxJSON, 2<<20)
	orElse(&o.PerOwner, 128<<20)
	orElse(&o.MaxFiles, 512<<20)
	orElse(&o.FileTTL, 10*time.Minute)
	orElse(&o.SessionIn, time.Minute)
	orElse(&o.Deadline, 10*time.Minute)
	// The Python client gives up after 20 s of silence.
	orElse(&o.beat, 15*time.Second)
	orElse(&o.linger, 200*time.Millisecond)
	// Clients are told of the end of a call by a stream, and of its beginning by
	// the answer to a request. gradio_client 1 dies when the end comes first,
	// which it may where the stream is open already.
	orElse(&o.grace, 250*time.Millisecond)
	if o.Owner == nil {
		o.Owner = byAddress
	}
	if o.Root == nil {
		o.Root = byHost
	}
	s := &Server{
		o: o, mux: http.NewServeMux(), appID: newID(), byName: make(map[string]*Endpoint),
		files: newStore(o.FileTTL, o.PerOwner, o.MaxFiles), streams: make(chan struct{}, o.Streams),
		sessions: make(map[string]*session),
	}
	s.closing, s.close = context.WithCancel(context.Background())
	s.queue = &queue{size: o.Queue, workers: o.Workers, run: s.execute}
	for i := range o.Endpoints {
		s.byName[o.Endpoints[i].Name] = &s.o.Endpoints[i]
	}
	s.routes()
	return s
}

func (s *Server) routes() {
	for pattern, handler := range map[string]http.HandlerFunc{
		"GET /config":                              s.serveConfig,
		"GET /config/{$}":                          s.serveConfig,
		"GET " + prefix + "/info":                  s.serveInfo,
		"GET " + prefix + "/info/{$}":              s.serveInfo,
		"GET " + prefix + "/openapi.json":          s.serveOpenAPI,
		"GET " + prefix + "/app_id":                s.serveAppID,
		"GET " + prefix + "/heartbeat/{session}":   s.serveHeartbeat,
		"POST " + prefix + "/upload":               s.serveUpload,
		"POST " + prefix + "/queue/join":           s.serveJoin,
		"GET " + prefix + "/queue/data":            s.serveData,
		"GET " + prefix + "/queue/status":          s.serveStatus,
		"POST " + prefix + "/cancel":               s.serveCancel,
		"POST " + prefix + "/reset":                s.serveReset,
		"POST " + prefix + "/call/{api}":           s.serveCall,
		"GET " + prefix + "/call/{api}/{event}":    s.serveResult,
		"POST " + prefix + "/call/v2/{api}":        s.serveCallByName,
		"GET " + prefix + "/call/v2/{api}/{event}": s.serveResult,
		"POST " + prefix + "/run/{api}":            s.serveRun,
		"POST " + prefix + "/run/{api}/{$}":        s.serveRun,
		"POST " + prefix + "/api/{api}":            s.serveRun,
		"GET /file/{path...}":                      s.serveFile,
	} {
		s.mux.HandleFunc(pattern, handler)
	}
}

// Has reports whether a path is one of the protocol.
func Has(path string) bool {
	return path == "/config" || path == "/config/" || strings.HasPrefix(path, "/file/") || strings.HasPrefix(path, prefix+"/")
}

// ServeHTTP answers the routes that Has knows.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if file, ok := strings.CutPrefix(r.URL.Path, prefix+"/file="); ok && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		r.SetPathValue("path", file)
		s.serveFile(w, r)
		return
	}
	s.mux.ServeHTTP(w, r)
}

// Close ends all streams and calls, and forgets all files.
func (s *Server) Close() {
	s.close()
	s.mu.Lock()
	all := s.sessions
	s.sessions = make(map[string]*session)
	s.mu.Unlock()
	for _, one := range all {
		s.end(one)
	}
	s.queue.close()
	s.files.close()
}

// session finds a caller's session, or makes it if make is set. nil: there is
// none, or no room for one.
func (s *Server) session(owner, hash string, make bool) *session {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := owner + "\x00" + hash
	if one := s.sessions[key]; one != nil || !make {
		return one
	}
	if len(s.sessions) >= s.o.Sessions || s.closing.Err() != nil {
		return nil
	}
	one := newSession(owner)
	one.idle = time.AfterFunc(s.o.SessionIn, func() { s.forget(owner, hash, one) })
	s.sessions[key] = one
	return one
}

// forget ends a session and what is pending in it.
func (s *Server) forget(owner, hash string, one *session) {
	s.mu.Lock()
	if key := owner + "\x00" + hash; s.sessions[key] == one {
		delete(s.sessions, key)
	}
	s.mu.Unlock()
	s.end(one)
}

func (s *Server) end(one *session) {
	one.mu.Lock()
	one.closed = true
	if one.idle != nil {
		one.idle.Stop()
	}
	one.mu.Unlock()
	for _, j := range one.jobs() {
		s.abandon(j)
	}
}

// newID is 128 bits that nobody guesses.
func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

func byAddress(r *http.Request) string {
	addr := r.RemoteAddr
	if i := strings.LastIndexByte(addr, ':'); i >= 0 {
		addr = addr[:i]
	}
	return addr
}

func byHost(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

func answer(w http.ResponseWriter, status int, value any) {
	data, err := json.Marshal(value)
	if err != nil {
		status, data = http.StatusInternalServerError, []byte(`{"detail":"The result cannot be written."}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(data)
}

func deny(w http.ResponseWriter, status int, detail string) {
	answer(w, status, map[string]any{"detail": detail})
}

// read reads a body of JSON. Others are refused: what a page of another origin
// can send without asking is no JSON by its type. It reports whether to go on.
func (s *Server) read(w http.ResponseWriter, r *http.Request, to any) bool {
	if !IsJSON(r) {
		deny(w, http.StatusUnsupportedMediaType, "Content-Type must be application/json.")
		return false
	}
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, s.o.MaxJSON)).Decode(to)
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		deny(w, http.StatusRequestEntityTooLarge, "The request is too large.")
		return false
	}
	if err != nil {
		deny(w, http.StatusUnprocessableEntity, "The request is not the JSON it should be.")
		return false
	}
	return true
}

// IsJSON reports whether a request says that it is JSON.
func IsJSON(r *http.Request) bool {
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	return strings.EqualFold(strings.TrimSpace(kind), "application/json")
}
