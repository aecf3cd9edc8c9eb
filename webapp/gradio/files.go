package gradio

import (
	"path"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// File is a file in memory.
type File struct {
	Name string // a safe base name
	Type string // media type, as its maker says
	Data []byte
}

// store keeps files for a while, each for its owner only.
type store struct {
	ttl             time.Duration
	perOwner, total int64 // bytes

	mu    sync.Mutex
	files map[string]*stored // by path; guarded by mu
	used  map[string]int64   // by owner; guarded by mu
	sum   int64              // guarded by mu
}

type stored struct {
	File
	owner string
	held  int64
	timer *time.Timer
}

func newStore(ttl time.Duration, perOwner, total int64) *store {
	return &store{ttl: ttl, perOwner: perOwner, total: total, files: make(map[string]*stored), used: make(map[string]int64)}
}

// fileOverhead is what even an empty file counts, in bytes: nobody keeps a
// million of them.
const fileOverhead = 512

// put keeps a file and returns its path, or false if there is no room.
func (s *store) put(owner string, f File) (string, bool) {
	f.Name = safeName(f.Name)
	held := int64(len(f.Data)) + fileOverhead
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.used[owner]+held > s.perOwner || s.sum+held > s.total {
		return "", false
	}
	key := newID() + "/" + f.Name
	s.files[key] = &stored{File: f, owner: owner, held: held, timer: time.AfterFunc(s.ttl, func() { s.remove(key) })}
	s.used[owner] += held
	s.sum += held
	return key, true
}

// get returns a file to its owner. Others learn nothing, not even that it is
// there.
func (s *store) get(owner, key string) *File {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[key]
	if f == nil || f.owner != owner {
		return nil
	}
	return &f.File
}

func (s *store) remove(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[key]
	if f == nil {
		return
	}
	f.timer.Stop()
	delete(s.files, key)
	s.sum -= f.held
	if s.used[f.owner] -= f.held; s.used[f.owner] == 0 {
		delete(s.used, f.owner)
	}
}

func (s *store) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.files {
		f.timer.Stop()
	}
	clear(s.files)
	clear(s.used)
	s.sum = 0
}

// reserved are names that Windows takes for devices.
var reserved = map[string]bool{"CON": true, "PRN": true, "AUX": true, "NUL": true}

// safeName is a base name that no file system and no header misreads.
func safeName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._-+ ()", r) {
			return r
		}
		return '_'
	}, strings.ToValidUTF8(name, "_"))
	name = strings.Trim(name, ". ")
	const longest = 200
	for len(name) > longest {
		_, n := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-n]
	}
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	device := len(stem) == 4 && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT"))
	if name == "" || reserved[stem] || device {
		return "file_" + name
	}
	return name
}
