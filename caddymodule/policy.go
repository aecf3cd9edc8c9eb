package caddymodule

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.uber.org/zap"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/filter/mask"
	"github.com/caddyprivacy/privacyfilter/filter/protect"
	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/named"
	"github.com/caddyprivacy/privacyfilter/pii/rules"
)

// categoryName is what a model may call a category.
var categoryName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,63}$`)

// modeRestore is in the design and comes with a later version.
const modeRestore = "restore"

var errRestore = errors.New("response restore is not available yet: use mask or off")

// What dates may be set to.
const (
	datesBirth = "birth"
	datesAll   = "all"
)

// What operating_point may be set to.
const (
	pointBalanced = "balanced"
	pointRecall   = "recall"
)

// Policy says what is personal and what becomes of it. The handler and the log
// writer share it, in JSON and in the Caddyfile.
type Policy struct {
	// The action for each category of personal data: "replace", "redact",
	// "partial N" (the last N letters and digits stay), "hash", "keep", or
	// "block" (the whole body is stopped).
	Categories map[string]string `json:"categories,omitempty"`

	// The action for categories that are not listed. Default: replace.
	Default string `json:"default,omitempty"`

	// What a replaced value becomes; {category} stands for the upper-case
	// category. Default: <{category}>.
	Format string `json:"format,omitempty"`

	// Values that are never masked; compared whole, without regard to case.
	Allow []string `json:"allow,omitempty"`

	// JSON paths that are left alone, such as $.tools or $.items[*].id.
	Skip []string `json:"skip,omitempty"`

	// Whether object keys and field names, too, are judged by the model.
	// Rules always see them.
	Keys *bool `json:"keys,omitempty"`

	// Which dates are personal: birth (the default: dates of birth and the
	// like) or all.
	Dates string `json:"dates,omitempty"`

	// Whether values count that nothing but the name of their field tells:
	// user names, and parts of an address alone, such as a city.
	Named *bool `json:"named,omitempty"`

	// A kind of text whose structure stays as it is: code (identifiers,
	// paths, imports), logs (heads of entries, ids, hosts), or off (the
	// default).
	Protect protect.Kind `json:"protect,omitempty"`

	// Hosts that are nobody's secret: names, which cover the names below
	// them, addresses, and networks such as 203.0.113.0/24. Their addresses
	// stay, and so do links to them that carry no token.
	OwnHosts []string `json:"own_hosts,omitempty"`

	// How sure the model must be: balanced or recall, which finds more and
	// errs more often. Default: that of the app. A model that was not
	// calibrated for recall stays balanced.
	OperatingPoint string `json:"operating_point,omitempty"`

	// What a masked JSON number becomes: digits (the default: a number of
	// the same length) or string.
	Numbers string `json:"numbers,omitempty"`
}

// ruleSet is the rules that the options ask for.
func (p *Policy) ruleSet() pii.Detector {
	var o rules.Options
	if p.Dates == datesAll {
		o.Dates = rules.AllDates
	}
	set := rules.NewWith(o)
	if p.Named != nil && *p.Named {
		return named.With(set)
	}
	return set
}

// forFilter translates the options for the filter. key is that of the hash
// action; unknown is told the categories that only a model of the user's own
// could find.
func (p *Policy) forFilter(key []byte, unknown func(category string)) (filter.Policy, error) {
	out := filter.Policy{
		Format:   p.Format,
		Key:      key,
		Allow:    p.Allow,
		Skip:     p.Skip,
		Keys:     p.Keys != nil && *p.Keys,
		Protect:  p.Protect,
		OwnHosts: p.OwnHosts,
		Numbers:  p.Numbers,
		Actions:  make(map[pii.Category]mask.Action, len(p.Categories)),
	}
	var err error
	if out.Default, err = parseAction("default", p.Default, key); err != nil {
		return filter.Policy{}, err
	}
	for name, words := range p.Categories {
		if !categoryName.MatchString(name) {
			return filter.Policy{}, fmt.Errorf("category %q: want lower-case letters, digits and underscores", name)
		}
		if !slices.Contains(pii.Categories(), pii.Category(name)) {
			unknown(name)
		}
		if out.Actions[pii.Category(name)], err = parseAction("category "+name, words, key); err != nil {
			return filter.Policy{}, err
		}
	}
	return out, nil
}

// parseAction reads one action; none is replace.
func parseAction(where, words string, key []byte) (mask.Action, error) {
	if words == "" {
		return mask.Action{}, nil
	}
	action, err := mask.ParseAction(strings.Fields(words))
	if err != nil {
		return mask.Action{}, fmt.Errorf("%s: %w", where, err)
	}
	if action.Kind == mask.Hash && len(key) == 0 {
		return mask.Action{}, fmt.Errorf("%s: hash needs a key, which is not set", where)
	}
	return action, nil
}

// choice is an option that has one of several values, or none.
type choice struct {
	option, value string
	of            []string
}

func checkChoices(choices []choice) error {
	for _, c := range choices {
		if c.value != "" && !slices.Contains(c.of, c.value) {
			return fmt.Errorf("%s: want %s", c.option, strings.Join(c.of, " or "))
		}
	}
	return nil
}

// validate refuses what cannot be meant, beyond what forFilter has refused.
func (p *Policy) validate() error {
	return checkChoices([]choice{
		{"dates", p.Dates, []string{datesBirth, datesAll}},
		{"operating_point", p.OperatingPoint, []string{pointBalanced, pointRecall}},
		{"numbers", p.Numbers, []string{"digits", "string"}},
	})
}

// newFilter makes the filter of one handler.
func (h *Handler) newFilter(policy filter.Policy) (*filter.Filter, error) {
	o := filter.Options{Rules: h.ruleSet(), Policy: policy}
	switch h.Images {
	case filter.ImagesRedact:
		pictures, err := h.app.needPictures()
		if err != nil {
			return nil, err
		}
		o.Pictures = pictures
	case filter.ImagesBlock, filter.ImagesPass:
		o.Pictures = new(pictures) // which it tells, and does not read
	}
	return filter.New(o)
}

// policy translates the configuration for the filter.
func (h *Handler) policy() (filter.Policy, error) {
	p, err := h.forFilter(h.app.key, func(category string) {
		h.logger.Warn("category is none of the built-in ones: only a model that knows it can find it", zap.String("category", category))
	})
	if err != nil {
		return filter.Policy{}, err
	}
	p.Unsupported, p.Monitor, p.MaxBody, p.RulesOnly, p.Images = h.Unsupported, h.Monitor, h.maxBody, h.RulesOnly, h.Images
	return p, nil
}

// Validate refuses what cannot be meant.
func (h *Handler) Validate() error {
	if h.Response == modeRestore {
		return errRestore
	}
	if err := h.Policy.validate(); err != nil {
		return err
	}
	if err := checkChoices([]choice{
		{"request", h.Request, []string{modeMask, modeOff}},
		{"response", h.Response, []string{modeMask, modeOff}},
		{"unsupported", string(h.Unsupported), []string{"block", "pass"}},
		{"signed", string(h.Signed), []string{"block", "pass"}},
		{"images", h.Images, []string{filter.ImagesRedact, filter.ImagesBlock, filter.ImagesPass}},
		{"on_error", h.OnError, []string{onErrorClose, onErrorOpen}},
	}); err != nil {
		return err
	}
	switch {
	case h.MaxBody < 0:
		return errors.New("max_body must not be negative")
	case h.MaxStream < 0:
		return errors.New("max_stream must not be negative")
	case h.Deadline < 0:
		return errors.New("deadline must not be negative")
	}
	return nil
}
