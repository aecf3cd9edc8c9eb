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

// newFilter makes the filter of one handler.
func (h *Handler) newFilter(policy filter.Policy) (*filter.Filter, error) {
	return filter.New(filter.Options{Rules: h.ruleSet(), Policy: policy})
}

// ruleSet is the rules that the handler's options ask for.
func (h *Handler) ruleSet() pii.Detector {
	var o rules.Options
	if h.Dates == datesAll {
		o.Dates = rules.AllDates
	}
	set := rules.NewWith(o)
	if h.Named != nil && *h.Named {
		return named.With(set)
	}
	return set
}

// policy translates the configuration for the filter.
func (h *Handler) policy() (filter.Policy, error) {
	p := filter.Policy{
		Format:      h.Format,
		Key:         h.app.key,
		Allow:       h.Allow,
		Skip:        h.Skip,
		Keys:        h.Keys != nil && *h.Keys,
		Protect:     h.Protect,
		OwnHosts:    h.OwnHosts,
		Numbers:     h.Numbers,
		Unsupported: h.Unsupported,
		Monitor:     h.Monitor,
		MaxBody:     h.maxBody,
		RulesOnly:   h.RulesOnly,
		Actions:     make(map[pii.Category]mask.Action, len(h.Categories)),
	}
	var err error
	if p.Default, err = h.action("default", h.Default); err != nil {
		return filter.Policy{}, err
	}
	for name, words := range h.Categories {
		if !categoryName.MatchString(name) {
			return filter.Policy{}, fmt.Errorf("category %q: want lower-case letters, digits and underscores", name)
		}
		if !slices.Contains(pii.Categories(), pii.Category(name)) {
			h.logger.Warn("category is none of the built-in ones: only a model that knows it can find it", zap.String("category", name))
		}
		if p.Actions[pii.Category(name)], err = h.action("category "+name, words); err != nil {
			return filter.Policy{}, err
		}
	}
	return p, nil
}

// action reads one action; none is replace.
func (h *Handler) action(where, words string) (mask.Action, error) {
	if words == "" {
		return mask.Action{}, nil
	}
	action, err := mask.ParseAction(strings.Fields(words))
	if err != nil {
		return mask.Action{}, fmt.Errorf("%s: %w", where, err)
	}
	if action.Kind == mask.Hash && len(h.app.key) == 0 {
		return mask.Action{}, fmt.Errorf("%s: hash needs a key in the privacy_filter global options", where)
	}
	return action, nil
}

// Validate refuses what cannot be meant.
func (h *Handler) Validate() error {
	if h.Response == modeRestore {
		return errRestore
	}
	for _, choice := range []struct {
		option, value string
		of            []string
	}{
		{"request", h.Request, []string{modeMask, modeOff}},
		{"response", h.Response, []string{modeMask, modeOff}},
		{"dates", h.Dates, []string{datesBirth, datesAll}},
		{"operating_point", h.OperatingPoint, []string{pointBalanced, pointRecall}},
		{"numbers", h.Numbers, []string{"digits", "string"}},
		{"unsupported", string(h.Unsupported), []string{"block", "pass"}},
		{"signed", string(h.Signed), []string{"block", "pass"}},
		{"on_error", h.OnError, []string{onErrorClose, onErrorOpen}},
	} {
		if choice.value != "" && !slices.Contains(choice.of, choice.value) {
			return fmt.Errorf("%s: want %s", choice.option, strings.Join(choice.of, " or "))
		}
	}
	switch {
	case h.MaxBody < 0:
		return errors.New("max_body must not be negative")
	case h.Deadline < 0:
		return errors.New("deadline must not be negative")
	}
	return nil
}
