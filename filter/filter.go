// Package filter is the one pipeline: body + policy → segments → detectors →
// decisions → edits → body, and a Report of counts. The handler, the log
// writer, the apps and the command line all call it; it knows none of them.
//
// What may come in: how segments are cut, how policy decides, how failure is
// told. What must never: HTTP, formats and escapes (filter/body), what a
// replacement looks like (filter/mask), and any error that quotes a body.
package filter

import (
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/caddyprivacy/privacyfilter/filter/body"
	"github.com/caddyprivacy/privacyfilter/filter/body/coding"
	"github.com/caddyprivacy/privacyfilter/filter/mask"
	"github.com/caddyprivacy/privacyfilter/filter/protect"
	"github.com/caddyprivacy/privacyfilter/filter/refine"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// Message is one body with what its headers say of it.
type Message struct {
	Body            []byte   // raw bytes as they came, content codings still on
	ContentType     []string // all Content-Type values; a hint only
	ContentEncoding []string // all Content-Encoding values, in order of application
	Path            string   // of the URL, a hint for protocols that are told by it; "" if there is none
	Answer          bool     // the body of a response to a request for Path
	MessageEncoding string   // Grpc-Encoding, of gRPC messages; "" if there is none
	FileName        string   // for the command line: format by name; "" elsewhere
	ReadCode        bool     // read style sheets and scripts as text; they are inert otherwise
	Locate          bool     // for the command line: fill Result.Spans

	// URL, if not zero, says that Body is no body but a URL, and which parts
	// of it are inspected. ContentType says nothing then.
	URL body.URLParts
}

// Result is what becomes of a Message.
type Result struct {
	// Body is the body to forward, in the same content codings. When
	// Changed is false it is the very slice of the Message.
	Body    []byte
	Changed bool
	Report  Report
	// Spans is all that was found, kept or masked, in order: byte offsets of
	// the body as it came, content codings off. Only if Message.Locate.
	Spans []pii.Span
}

// Unsupported says what to do with types that nobody here can read.
type Unsupported string

// The choices for Policy.Unsupported.
const (
	UnsupportedBlock Unsupported = "block" // the default
	UnsupportedPass  Unsupported = "pass"
)

// DefaultMaxBody is Policy.MaxBody where it is 0, in bytes.
const DefaultMaxBody = 10 << 20

// maxMaxBody keeps decoded text within the offsets of a slot, even where a
// charset takes three bytes for one.
const maxMaxBody = 1 << 30

// Policy is what one site wants. The zero value is the default policy:
// every category replaced by <CATEGORY>, unsupported types blocked.
//
// Names of members are masked like values. Two that are masked may come out as
// one name twice, of which most readers keep the last member only; Hash keeps
// them apart.
type Policy struct {
	Default     mask.Action                  // for categories without an entry
	Actions     map[pii.Category]mask.Action // per category
	Format      string                       // placeholder, "{category}" is the upper-case category; "" = "<{category}>"
	Key         []byte                       // HMAC key of the hash operator
	Allow       []string                     // exact values (case-insensitive) that are never masked
	Skip        []string                     // JSON paths left alone: "$.tools", "$.items[*].id"
	Keys        bool                         // let the model, not only rules, mask object keys and field names
	Numbers     string                       // masked JSON numbers: "digits" (default, same length) or "string"
	Unsupported Unsupported
	Monitor     bool         // decide and count, change nothing
	MaxBody     int64        // decoded bytes; 0 = 10 MiB, at most 1 GiB
	RulesOnly   bool         // do not ask the model
	Protect     protect.Kind // text whose structure stays as it is
	OwnHosts    []string     // names, addresses and networks that may be read
	Images      string       // pictures in bodies: "redact", "block", "pass", or "" to treat them as what cannot be read
}

// Options configure a Filter.
type Options struct {
	Rules  pii.Detector // nil: the model alone
	Policy Policy
	// Budget pays for what Process makes of a body: its decoded form, slots
	// and segments. Whoever read the body has paid for that. nil: no limit.
	Budget *Budget
	// Pictures reads pictures. nil only if Policy.Images is "".
	Pictures Pictures
	// Without are steps of refinement that are left out, to measure what
	// they are worth.
	Without refine.Steps
}

// Filter applies one policy. It is immutable and safe for concurrent use.
type Filter struct {
	opts    Options
	masker  *mask.Masker
	numbers mask.Numbers
	skip    *body.Paths
	allow   map[string]struct{} // folded values
	protect *protect.Protector
	limits  coding.Limits
}

// New checks the policy and makes a Filter. Categories of any name are
// allowed: fine-tuned models bring their own.
func New(o Options) (*Filter, error) {
	p := &o.Policy
	f := &Filter{allow: make(map[string]struct{}, len(p.Allow))}
	var err error
	if f.masker, err = mask.New(p.Format, p.Key); err != nil {
		return nil, err
	}
	if f.numbers, err = mask.ParseNumbers(p.Numbers); err != nil {
		return nil, err
	}
	if f.skip, err = body.CompilePaths(p.Skip); err != nil {
		return nil, fmt.Errorf("reading skip paths: %w", err)
	}
	if f.protect, err = protect.New(p.Protect, p.OwnHosts); err != nil {
		return nil, err
	}
	if err := f.checkActions(p); err != nil {
		return nil, err
	}
	switch p.Unsupported {
	case "":
		p.Unsupported = UnsupportedBlock
	case UnsupportedBlock, UnsupportedPass:
	default:
		return nil, errors.New(`unsupported: want "block" or "pass"`)
	}
	switch {
	case p.MaxBody == 0:
		p.MaxBody = DefaultMaxBody
	case p.MaxBody < 0 || p.MaxBody > maxMaxBody:
		return nil, errors.New("max body: want 1 byte to 1 GiB")
	}
	switch p.Images {
	case "":
	case ImagesRedact, ImagesBlock, ImagesPass:
		if o.Pictures == nil {
			return nil, errors.New("images: nobody here can read pictures")
		}
	default:
		return nil, errors.New(`images: want "redact", "block" or "pass"`)
	}
	if o.Rules == nil && p.RulesOnly {
		return nil, errors.New("rules only, but there are no rules")
	}
	f.limits = coding.Limits{MaxOutput: p.MaxBody}
	for _, value := range p.Allow {
		f.allow[fold(value)] = struct{}{}
	}
	p.Actions = maps.Clone(p.Actions)
	f.opts = o
	return f, nil
}

func (f *Filter) checkActions(p *Policy) error {
	if err := f.checkAction("default", p.Default); err != nil {
		return err
	}
	for category, action := range p.Actions {
		if err := f.checkAction(string(category), action); err != nil {
			return err
		}
	}
	return nil
}

func (f *Filter) checkAction(name string, a mask.Action) error {
	if err := a.Validate(); err != nil {
		return fmt.Errorf("action of %s: %w", name, err)
	}
	if a.Kind == mask.Hash && !f.masker.CanHash() {
		return fmt.Errorf("action of %s: hash needs a key", name)
	}
	return nil
}

// logs reports whether bodies are logs by the word of the site.
func (f *Filter) logs() bool { return f.opts.Policy.Protect == protect.Logs }

// action is what the policy does with a category.
func (f *Filter) action(c pii.Category) mask.Action {
	if a, ok := f.opts.Policy.Actions[c]; ok {
		return a
	}
	return f.opts.Policy.Default
}

// fold is the form in which values are compared with the allow list.
func fold(value string) string { return strings.ToLower(strings.TrimSpace(value)) }
