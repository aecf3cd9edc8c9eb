package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/score"
)

// peer is somebody else's detector, as peers/peers.py asks it.
type peer struct {
	name        string // in peers.py
	title       string
	environment string // the folder of its Python
}

var peers = []peer{
	{"presidio", "Presidio", "presidio"},
	{"datafog", "DataFog", "datafog"},
	{"datafog-regex", "DataFog's regexes", "datafog"},
	{"scrubadub", "scrubadub", "scrubadub"},
	{"scrubadub-plain", "scrubadub's regexes", "scrubadub"},
}

// others are the peers. Each is asked once and read twice: with everything
// that it finds, and with what has a counterpart among our categories.
func others(o options) (systems []system) {
	for _, p := range peers {
		systems = append(systems, system{p.name, p.title, func(ctx context.Context, rows []*score.Row) ([]result, error) {
			python := filepath.Join(o.peers, p.environment, "bin", "python")
			if _, err := os.Stat(filepath.Join(o.peers, p.environment, "pins")); err != nil {
				return nil, errors.New("not installed")
			}
			cmd := command(ctx, python, "bench/quality/peers/peers.py", p.name, strconv.Itoa(o.rounds))
			in, err := questions(rows)
			if err != nil {
				return nil, err
			}
			var out, errs bytes.Buffer
			cmd.Stdin, cmd.Stdout, cmd.Stderr = in, &out, &errs
			if err := cmd.Run(); err != nil {
				return nil, failed(err, errs.String())
			}
			answers, took, err := parseAnswers(out.Bytes(), rows)
			if err != nil {
				return nil, err
			}
			return []result{
				p.result(rows, answers, took, false),
				p.result(rows, answers, took, true),
			}, nil
		}})
	}
	return systems
}

// questions are the rows as a peer reads them.
func questions(rows []*score.Row) (*bytes.Buffer, error) {
	var in bytes.Buffer
	encoder := json.NewEncoder(&in)
	for _, row := range rows {
		if err := encoder.Encode(map[string]string{"text": row.Text}); err != nil {
			return nil, err
		}
	}
	return &in, nil
}

// foreignSpan is a span as a peer answers it, in code points.
type foreignSpan struct {
	Start int     `json:"start"`
	End   int     `json:"end"`
	Label string  `json:"label"`
	Score float64 `json:"score"`
}

// took is the last line of a peer.
type took struct {
	Seconds          float64           `json:"seconds"`
	ProcessorSeconds float64           `json:"processor_seconds"`
	Versions         map[string]string `json:"versions"`
}

// parseAnswers reads what peers.py prints: an answer to each row, and what it
// took.
func parseAnswers(raw []byte, rows []*score.Row) (answers [][]foreignSpan, t took, err error) {
	lines := bytes.Split(bytes.TrimSpace(raw), []byte("\n"))
	if len(lines) != len(rows)+1 {
		return nil, t, fmt.Errorf("%d answers to %d texts", len(lines)-1, len(rows))
	}
	for i := range rows {
		var answer struct{ Spans []foreignSpan }
		if err := json.Unmarshal(lines[i], &answer); err != nil {
			return nil, t, fmt.Errorf("answer %d: %w", i, err)
		}
		answers = append(answers, answer.Spans)
	}
	return answers, t, json.Unmarshal(lines[len(rows)], &t)
}

// result scores the answers: all of them, or those with a counterpart.
func (p peer) result(rows []*score.Row, answers [][]foreignSpan, t took, counterparts bool) result {
	r := result{
		name: p.name + "-all", title: p.title, reading: "all it finds", peer: p.name,
		sources: make(map[string]score.Counts), seconds: t.Seconds, processor: t.ProcessorSeconds,
	}
	if counterparts {
		r.name, r.reading = p.name, "counterparts"
	}
	for _, name := range slices.Sorted(maps.Keys(t.Versions)) {
		r.versions += " " + name + " " + t.Versions[name]
	}
	r.versions = strings.TrimSpace(r.versions)
	var sum score.Result
	bySource := make(map[string]*score.Result)
	for i, row := range rows {
		one, _ := score.Scorer{}.Row(row, translate(row.Text, answers[i], counterparts))
		if bySource[row.Source] == nil {
			bySource[row.Source] = new(score.Result)
		}
		bySource[row.Source].Add(one)
		sum.Add(one)
	}
	for name, result := range bySource {
		r.sources[name] = result.Counts
	}
	r.categories = sum.Categories
	return r
}

// translate turns a peer's spans into ours. Where some overlap, as Presidio's
// do, the best one names what is masked, and all of it is: the text that its
// users lose.
func translate(text string, spans []foreignSpan, counterparts bool) []pii.Span {
	offsets := make([]int, 0, len(text)+1) // byte offset of each code point
	for i := range text {
		offsets = append(offsets, i)
	}
	offsets = append(offsets, len(text))
	spans = slices.DeleteFunc(slices.Clone(spans), func(s foreignSpan) bool {
		outside := s.Start < 0 || s.End <= s.Start || s.End >= len(offsets)
		return outside || counterparts && category(s.Label) == ""
	})
	slices.SortStableFunc(spans, func(a, b foreignSpan) int { return a.Start - b.Start })
	var out []pii.Span
	best := 0.0
	for _, s := range spans {
		span := pii.Span{Start: offsets[s.Start], End: offsets[s.End], Category: category(s.Label)}
		if last := len(out) - 1; last >= 0 && span.Start < out[last].End {
			out[last].End = max(out[last].End, span.End)
			if s.Score > best {
				out[last].Category, best = span.Category, s.Score
			}
			continue
		}
		out = append(out, span)
		best = s.Score
	}
	return out
}
