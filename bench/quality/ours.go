package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strconv"

	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/score"
)

const (
	defaultName = "embedded" // what a directive does that says nothing else
	fastName    = "embedded-fast"
)

// ours are our own systems, as anybody can run them with eval.
func ours(o options) (systems []system) {
	for _, s := range []struct {
		name, title string
		preset      bool
		args        []string
	}{
		{"rules", "rules alone", false, []string{"--rules-only"}},
		{"model", "`embedded` alone, without rules", false, []string{"--model-only"}},
		{defaultName, "rules and `embedded`, the default", false, nil},
		{fastName, "rules and `embedded-fast`", false, []string{"--model", "embedded-fast"}},
		{"llm", "preset `llm`", true, []string{"--preset", "llm"}},
		{"code", "preset `code`", true, []string{"--preset", "code"}},
		{"logs", "preset `logs`", true, []string{"--preset", "logs"}},
		{"strict", "preset `strict`", true, []string{"--preset", "strict"}},
	} {
		rounds := o.rounds
		if s.preset {
			rounds = 1 // their speed is that of their model
		}
		args := append([]string{"privacy-filter", "eval", "--json", "--third", o.third, "--rounds", strconv.Itoa(rounds)}, s.args...)
		args = append(args, o.heldout)
		systems = append(systems, system{s.name, s.title, func(ctx context.Context, _ []*score.Row) ([]result, error) {
			r, err := evaluate(ctx, o.caddy, args)
			r.name, r.title, r.preset = s.name, s.title, s.preset
			return []result{r}, err
		}})
	}
	return systems
}

// evaluate runs eval and reads what it prints.
func evaluate(ctx context.Context, caddy string, args []string) (r result, err error) {
	cmd := command(ctx, caddy, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return r, failed(err, errs.String())
	}
	return parseEval(out.Bytes())
}

// parseEval reads the document of eval --json.
func parseEval(raw []byte) (r result, err error) {
	var doc struct {
		Seconds          float64 `json:"seconds"`
		ProcessorSeconds float64 `json:"processor_seconds"`
		Sources          map[string]struct {
			score.Counts
			Categories map[pii.Category]score.Counts `json:"categories"`
		} `json:"sources"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		return r, err
	}
	var sum score.Result
	r.sources = make(map[string]score.Counts, len(doc.Sources))
	for name, source := range doc.Sources {
		r.sources[name] = source.Counts
		sum.Add(score.Result{Counts: source.Counts, Categories: source.Categories})
	}
	r.categories = sum.Categories
	r.seconds, r.processor = doc.Seconds, doc.ProcessorSeconds
	return r, nil
}
