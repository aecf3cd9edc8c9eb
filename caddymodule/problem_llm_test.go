package caddymodule

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter"
)

// TestProblemsInTheProvidersShape asks every kind of route, and looks where the
// provider's own clients look.
func TestProblemsInTheProvidersShape(t *testing.T) {
	type place struct{ message, code []string }
	openAI := place{[]string{"error", "message"}, []string{"error", "code"}}
	flat := place{[]string{"message"}, []string{"code"}}
	for _, c := range []struct {
		name, preset, path, header string
		place                      place
	}{
		{"OpenAI chat", "", "/v1/chat/completions", "", openAI},
		{"OpenAI responses", "llm", "/v1/responses", "", openAI},
		{"Azure", "", "/openai/deployments/x/chat/completions", "", openAI},
		{"below a prefix", "", "/proxy/openai/v1/embeddings/", "", openAI},
		{"Anthropic by header", "", "/v1/messages", "Anthropic-Version", openAI},
		{"Anthropic by preset", "llm", "/v1/messages/", "", openAI},
		{"Gemini", "", "/v1beta/models/gemini-pro:streamGenerateContent", "", place{[]string{"error", "message"}, []string{"error", "details", "reason"}}},
		{"Ollama", "code", "/api/chat", "", place{[]string{"error"}, []string{"code"}}},
		{"Bedrock", "llm", "/model/anthropic.claude/converse", "", flat},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newRig(t, &Handler{Preset: c.preset, MaxBody: 8})
			r := httptest.NewRequest(http.MethodPost, "http://h"+c.path, strings.NewReader(`{"text":"much more than that"}`))
			r.Header.Set("Content-Type", "application/json")
			if c.header != "" {
				r.Header.Set(c.header, "1")
			}
			w := httptest.NewRecorder()
			if err := h.ServeHTTP(w, r, nil); err != nil {
				t.Fatal(err)
			}
			if w.Code != http.StatusRequestEntityTooLarge || w.Header().Get("Content-Type") != "application/json" {
				t.Fatalf("status %d, type %q", w.Code, w.Header().Get("Content-Type"))
			}
			var doc any
			if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil {
				t.Fatal(err)
			}
			if got := at(doc, c.place.message); got != problemTitles[filter.ReasonTooLarge] {
				t.Errorf("message %q in %s", got, w.Body)
			}
			if got := at(doc, c.place.code); got != "privacy_filter_too_large" {
				t.Errorf("code %q in %s", got, w.Body)
			}
		})
	}
}

// at follows members; of a list it takes the first element.
func at(v any, path []string) string {
	for _, name := range path {
		if list, ok := v.([]any); ok && len(list) > 0 {
			v = list[0]
		}
		if object, ok := v.(map[string]any); ok {
			v = object[name]
		}
	}
	text, _ := v.(string)
	return text
}

// TestOrdinaryRoutesKeepTheProblemDocument: a word such as "messages" does not
// make a language model of a site.
func TestOrdinaryRoutesKeepTheProblemDocument(t *testing.T) {
	for _, path := range []string{"/v1/messages", "/api/chat", "/api/generate", "/jobs/invoke", "/chat/completions2", "/"} {
		h := newRig(t, &Handler{MaxBody: 8})
		r := httptest.NewRequest(http.MethodPost, "http://h"+path, strings.NewReader("much more than that"))
		w := httptest.NewRecorder()
		if err := h.ServeHTTP(w, r, nil); err != nil {
			t.Fatal(err)
		}
		if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
			t.Errorf("%s: %s", path, got)
		}
	}
}
