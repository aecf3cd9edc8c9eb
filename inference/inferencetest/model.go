// Package inferencetest is a scripted model for tests: a tokenizer by words
// and an engine that finds given phrases, both in pure Go and deterministic.
// Everything between them (windows, queue, decoder, cache) is the real thing.
//
// What may come in: ways to make the engine or the tokenizer misbehave. What
// must never: anything that a program outside of tests imports.
package inferencetest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"testing"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// ModelCategories is the label space of openai/privacy-filter, in its order.
var ModelCategories = []pii.Category{
	pii.AccountNumber, pii.PrivateAddress, pii.PrivateDate, pii.PrivateEmail,
	pii.PrivatePerson, pii.PrivatePhone, pii.PrivateURL, pii.Secret,
}

// Model is a scripted model: a tokenizer and an engine that share a
// vocabulary, and the configuration that goes with them.
type Model struct {
	Config    *inference.Config
	Tokenizer *Tokenizer
	Engine    *Engine
}

// NewModel returns a model that knows the published label space and whatever
// categories the script has, and finds exactly the phrases of the script,
// wherever their words stand in this order.
func NewModel(script map[pii.Category][]string) *Model {
	categories := slices.Clone(ModelCategories)
	for _, c := range slices.Sorted(maps.Keys(script)) {
		if !slices.Contains(categories, c) {
			categories = append(categories, c)
		}
	}
	config, err := inference.ParseConfig(ConfigJSON(nil, categories...))
	if err != nil {
		panic(err) // a mistake in this package
	}
	words := newVocabulary()
	m := &Model{
		Config:    config,
		Tokenizer: &Tokenizer{words: words},
		Engine:    &Engine{labels: config.Labels},
	}
	for category, phrases := range script {
		for _, phrase := range phrases {
			m.Engine.learn(category, words.ids(phrase))
		}
	}
	return m
}

// Options are those of a service over the model. The model serves one service.
func (m *Model) Options() inference.Options {
	return inference.Options{Config: m.Config, ID: "scripted", Tokenizer: m.Tokenizer, Engine: m.Engine}
}

// Service starts a service over the model and closes it when the test ends.
func (m *Model) Service(tb testing.TB) *inference.Service {
	tb.Helper()
	return Service(tb, m.Options())
}

// Service starts a service and closes it when the test ends.
func Service(tb testing.TB, o inference.Options) *inference.Service {
	tb.Helper()
	s, err := inference.NewService(o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() })
	return s
}

// ConfigJSON writes a config.json with the BIOES classes of the categories
// after O. Its other fields are those of a model of global attention with
// windows of 64 tokens and an overlap of 16; changes replaces or adds fields,
// and removes those whose value is nil.
func ConfigJSON(changes map[string]any, categories ...pii.Category) []byte {
	id2label := map[string]string{"0": "O"}
	label2id := map[string]int{"O": 0}
	for _, c := range categories {
		for _, tag := range []string{"B", "I", "E", "S"} {
			name := fmt.Sprintf("%s-%s", tag, c)
			label2id[name] = len(label2id)
			id2label[strconv.Itoa(label2id[name])] = name
		}
	}
	fields := map[string]any{
		"model_type":              "scripted",
		"id2label":                id2label,
		"label2id":                label2id,
		"vocab_size":              maxVocabulary,
		"pad_token_id":            padID,
		"max_position_embeddings": 128,
		"num_hidden_layers":       2,
		"privacy_filter":          map[string]any{"attention": "global", "window_tokens": 64, "overlap_tokens": 16},
	}
	for key, value := range changes {
		fields[key] = value
		if value == nil {
			delete(fields, key)
		}
	}
	raw, err := json.Marshal(fields)
	if err != nil {
		panic(err) // changes cannot be marshalled: a mistake in the test
	}
	return raw
}
