package inferencetest_test

import (
	"testing"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/inferencetest"
	"github.com/caddyprivacy/privacyfilter/pii"
)

func TestTokensCoverEverythingButWhiteSpace(t *testing.T) {
	m := inferencetest.NewModel(nil)
	text := " Zoë, 中文 42!\n"
	tokens, err := m.Tokenizer.Encode(nil, text)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Zoë", ",", "中文", "42", "!"}
	if len(tokens) != len(want) {
		t.Fatalf("got %v", tokens)
	}
	for i, token := range tokens {
		if text[token.Start:token.End] != want[i] {
			t.Errorf("token %d is %q, want %q", i, text[token.Start:token.End], want[i])
		}
	}
	again, _ := m.Tokenizer.Encode(nil, "42")
	if again[0].ID != tokens[3].ID {
		t.Error("one word has two ids")
	}
}

func TestTheEngineFindsTheScriptAndNothingElse(t *testing.T) {
	m := inferencetest.NewModel(map[pii.Category][]string{
		pii.PrivatePerson: {"Ada", "Ada King Lovelace"},
		"made_up":         {"x-y"},
	})
	s := m.Service(t)
	text := "Ada Lovelace, Ada King Lovelace; x-y x- y ada"
	spans, err := s.Detect(t.Context(), []pii.Segment{{Text: text}})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Ada", "Ada King Lovelace", "x-y", "x- y"}
	if len(spans[0]) != len(want) {
		t.Fatalf("got %v", spans[0])
	}
	for i, span := range spans[0] {
		if text[span.Start:span.End] != want[i] || span.Score < 0.99 || span.Source != pii.SourceModel {
			t.Errorf("span %d: %+v", i, span)
		}
	}
}

func TestTheEngineRefusesMisuse(t *testing.T) {
	m := inferencetest.NewModel(nil)
	_ = m.Engine.Close()
	_ = m.Tokenizer.Close()
	for says, use := range map[string]func(){
		"Run after Close": func() {
			_ = m.Engine.Run(t.Context(), &inference.Batch{}, nil)
		},
		"Encode after Close": func() { _, _ = m.Tokenizer.Encode(nil, "a") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s did not panic", says)
				}
			}()
			use()
		}()
	}
}
