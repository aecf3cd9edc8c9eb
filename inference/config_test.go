package inference_test

import (
	"bytes"
	"maps"
	"strconv"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/inferencetest"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// privacyFilter is the published config.json of openai/privacy-filter, in the
// fields that matter.
func privacyFilter(changes map[string]any) []byte {
	fields := map[string]any{
		"model_type": "openai_privacy_filter", "num_hidden_layers": 8, "sliding_window": 128,
		"vocab_size": 200064, "pad_token_id": 199999, "eos_token_id": 199999, "bos_token_id": nil,
		"max_position_embeddings": 131072, "privacy_filter": nil,
	}
	maps.Copy(fields, changes)
	return inferencetest.ConfigJSON(fields, inferencetest.ModelCategories...)
}

func TestConfigOfPrivacyFilter(t *testing.T) {
	c, err := inference.ParseConfig(privacyFilter(nil))
	if err != nil {
		t.Fatal(err)
	}
	if want := (inference.Geometry{Window: 4096, Halo: 1024, Exact: true}); c.Geometry != want {
		t.Errorf("geometry %+v, want %+v", c.Geometry, want)
	}
	if c.VocabSize != 200064 || c.PadID != 199999 || c.MaxPositions != 131072 || c.Labels.Classes() != 33 {
		t.Errorf("sizes %+v", c)
	}
	// The order is alphabetical, unlike that of the README (model.md §2.3).
	for category, b := range map[pii.Category]int{pii.AccountNumber: 1, pii.PrivateDate: 9, pii.PrivatePerson: 17, pii.Secret: 29} {
		found := false
		for _, l := range c.Labels.Labels {
			if l.Category == category {
				found = true
				if l.Begin != b || l.Inside != b+1 || l.End != b+2 || l.Single != b+3 {
					t.Errorf("%s: %+v", category, l)
				}
			}
		}
		if !found || !c.Labels.Has(category) {
			t.Errorf("%s is missing", category)
		}
	}
}

func TestClassesMayComeInAnyOrder(t *testing.T) {
	raw := inferencetest.ConfigJSON(map[string]any{
		"id2label": map[string]string{"0": "S-a", "1": "E-b", "2": "I-a", "3": "B-b", "4": "O", "5": "B-a", "6": "E-a", "7": "S-b", "8": "I-b"},
		"label2id": nil,
	})
	c, err := inference.ParseConfig(raw)
	if err != nil {
		t.Fatal(err)
	}
	if c.Labels.Outside != 4 || c.Labels.Labels[0] != (inference.Label{Category: "a", Begin: 5, Inside: 2, End: 6, Single: 0}) {
		t.Errorf("got %+v", c.Labels)
	}
}

func TestManyLabels(t *testing.T) {
	var categories []pii.Category
	for i := range 54 { // OpenMed/privacy-filter-multilingual
		categories = append(categories, pii.Category("kind_"+strconv.Itoa(i)))
	}
	c, err := inference.ParseConfig(inferencetest.ConfigJSON(nil, categories...))
	if err != nil || c.Labels.Classes() != 217 {
		t.Fatalf("%v, %v", c, err)
	}
}

func TestGeometry(t *testing.T) {
	own := func(fields map[string]any) map[string]any {
		return map[string]any{"model_type": "bert", "max_position_embeddings": 512, "privacy_filter": fields}
	}
	for _, test := range []struct {
		says string
		raw  []byte
		want inference.Geometry
	}{
		{"global attention, nothing stated", inferencetest.ConfigJSON(own(nil), pii.Secret), inference.Geometry{Window: 256, Halo: 64}},
		{"no object at all", inferencetest.ConfigJSON(map[string]any{"privacy_filter": nil, "max_position_embeddings": 512}, pii.Secret), inference.Geometry{Window: 256, Halo: 64}},
		{"global attention, stated", inferencetest.ConfigJSON(own(map[string]any{"attention": "global", "window_tokens": 128, "overlap_tokens": 16}), pii.Secret), inference.Geometry{Window: 128, Halo: 16}},
		{"a small window", inferencetest.ConfigJSON(own(map[string]any{"window_tokens": 32}), pii.Secret), inference.Geometry{Window: 32, Halo: 8}},
		{"few positions", inferencetest.ConfigJSON(map[string]any{"privacy_filter": nil, "max_position_embeddings": 40}, pii.Secret), inference.Geometry{Window: 40, Halo: 10}},
		{"RoBERTa's positions start after the pad id", inferencetest.ConfigJSON(map[string]any{"privacy_filter": nil, "model_type": "xlm-roberta", "max_position_embeddings": 130, "pad_token_id": 1}, pii.Secret), inference.Geometry{Window: 128, Halo: 32}},
		{"local attention of another model", inferencetest.ConfigJSON(map[string]any{"privacy_filter": map[string]any{"attention": "local", "window_tokens": 100}, "num_hidden_layers": 3, "sliding_window": 7}, pii.Secret), inference.Geometry{Window: 100, Halo: 21, Exact: true}},
		{"a convolution", inferencetest.ConfigJSON(map[string]any{"max_position_embeddings": 4096, "privacy_filter": map[string]any{"attention": "local", "receptive_tokens": 33, "window_tokens": 512}}, pii.Secret), inference.Geometry{Window: 512, Halo: 33, Exact: true}},
		{"a convolution with a shorter overlap is an approximation", inferencetest.ConfigJSON(map[string]any{"privacy_filter": map[string]any{"attention": "local", "receptive_tokens": 33, "overlap_tokens": 8}}, pii.Secret), inference.Geometry{Window: 128, Halo: 8}},
		{"privacy-filter with other windows", privacyFilter(map[string]any{"privacy_filter": map[string]any{"window_tokens": 8192}}), inference.Geometry{Window: 8192, Halo: 1024, Exact: true}},
		{"privacy-filter with a shorter halo is an approximation", privacyFilter(map[string]any{"privacy_filter": map[string]any{"overlap_tokens": 256}}), inference.Geometry{Window: 4096, Halo: 256}},
	} {
		c, err := inference.ParseConfig(test.raw)
		if err != nil {
			t.Errorf("%s: %v", test.says, err)
		} else if c.Geometry != test.want {
			t.Errorf("%s: got %+v, want %+v", test.says, c.Geometry, test.want)
		}
	}
}

// What a model wants this program to bring along.
func TestConfigNamesPartsOfOurs(t *testing.T) {
	own := map[string]any{"tokenizer": "words-1", "features": "more-1", "intra_op_threads": 2, "unknown_token_id": 7}
	c, err := inference.ParseConfig(inferencetest.ConfigJSON(map[string]any{"privacy_filter": own}, pii.Secret))
	if err != nil {
		t.Fatal(err)
	}
	if c.Tokenizer != "words-1" || c.Features != "more-1" || c.RowThreads != 2 || c.UnknownID != 7 {
		t.Errorf("got %+v", c)
	}
	c, err = inference.ParseConfig(inferencetest.ConfigJSON(nil, pii.Secret))
	if err != nil {
		t.Fatal(err)
	}
	if c.Tokenizer != "" || c.Features != "" || c.RowThreads != 0 || c.UnknownID != inference.NoID {
		t.Errorf("without: %+v", c)
	}
}

func TestConfigRefuses(t *testing.T) {
	good := inferencetest.ConfigJSON(nil, pii.Secret)
	changed := func(key string, value any) []byte {
		return inferencetest.ConfigJSON(map[string]any{key: value}, pii.Secret)
	}
	labels := func(names ...string) []byte {
		byID := map[string]string{}
		for i, name := range names {
			byID[strconv.Itoa(i)] = name
		}
		return inferencetest.ConfigJSON(map[string]any{"id2label": byID, "label2id": nil})
	}
	type object = map[string]any
	for says, raw := range map[string][]byte{
		"nothing":                 nil,
		"null":                    []byte("null"),
		"text":                    []byte(`"config"`),
		"a truncated file":        good[:len(good)-1],
		"data after the document": append(bytes.Clone(good), "{}"...),
		"a repeated key":          append([]byte(`{"vocab_size": 7, `), good[1:]...),

		"no id2label":               changed("id2label", nil),
		"an empty id2label":         changed("id2label", object{}),
		"id2label as a list":        changed("id2label", []string{"O"}),
		"a gap in the ids":          changed("id2label", map[string]string{"0": "O", "1": "B-secret", "2": "I-secret", "3": "E-secret", "5": "S-secret"}),
		"an id with leading zero":   changed("id2label", map[string]string{"00": "O", "1": "B-secret", "2": "I-secret", "3": "E-secret", "4": "S-secret"}),
		"LABEL_0":                   labels("O", "LABEL_1", "LABEL_2", "LABEL_3", "LABEL_4"),
		"no O":                      labels("B-a", "I-a", "E-a", "S-a"),
		"two O":                     labels("O", "B-a", "I-a", "E-a", "S-a", "O"),
		"only O":                    labels("O"),
		"BIO without E and S":       labels("O", "B-a", "I-a"),
		"one label without S":       labels("O", "B-a", "I-a", "E-a", "S-a", "B-b", "I-b", "E-b"),
		"a class twice":             labels("O", "B-a", "I-a", "E-a", "S-a", "S-a"),
		"an empty label":            labels("O", "B-", "I-", "E-", "S-"),
		"BILOU":                     labels("O", "B-a", "I-a", "L-a", "U-a"),
		"lower case":                labels("o", "b-a", "i-a", "e-a", "s-a"),
		"label2id that disagrees":   changed("label2id", map[string]int{"O": 0, "B-secret": 2, "I-secret": 1, "E-secret": 3, "S-secret": 4}),
		"label2id with one missing": changed("label2id", map[string]int{"O": 0, "B-secret": 1, "I-secret": 2, "E-secret": 3}),
		"label2id of strings":       changed("label2id", map[string]string{"O": "0"}),
		"num_labels that disagrees": changed("num_labels", 4),

		"no vocab_size":                  changed("vocab_size", nil),
		"vocab_size as text":             changed("vocab_size", "100"),
		"vocab_size 0":                   changed("vocab_size", 0),
		"a pad id beyond the vocabulary": changed("pad_token_id", 1<<24),
		"a negative pad id":              changed("pad_token_id", -1),
		"no positions":                   changed("max_position_embeddings", nil),
		"model_type as a number":         changed("model_type", 7),

		"an unknown key of ours":       changed("privacy_filter", object{"window": 7}),
		"an unknown attention":         changed("privacy_filter", object{"attention": "sparse"}),
		"a window beyond the model":    changed("privacy_filter", object{"window_tokens": 129}),
		"a window all halo":            changed("privacy_filter", object{"window_tokens": 64, "overlap_tokens": 32}),
		"a negative overlap":           changed("privacy_filter", object{"overlap_tokens": -1}),
		"local without sliding_window": changed("privacy_filter", object{"attention": "local"}),
		"global with a bound":          changed("privacy_filter", object{"receptive_tokens": 3}),
		"a window within the bound":    changed("privacy_filter", object{"attention": "local", "receptive_tokens": 32, "window_tokens": 64}),
		"a negative bound":             changed("privacy_filter", object{"attention": "local", "receptive_tokens": -1}),
		"no thread":                    changed("privacy_filter", object{"intra_op_threads": 0}),
		"a million threads":            changed("privacy_filter", object{"intra_op_threads": 1000000}),
		"an unknown token of another":  changed("privacy_filter", object{"unknown_token_id": 1 << 24}),
		"features as a list":           changed("privacy_filter", object{"features": []string{"a"}}),

		"privacy-filter without sliding_window":    privacyFilter(object{"sliding_window": nil}),
		"privacy-filter without layers":            privacyFilter(object{"num_hidden_layers": nil}),
		"privacy-filter with global attention":     privacyFilter(object{"privacy_filter": object{"attention": "global"}}),
		"privacy-filter with too few positions":    privacyFilter(object{"max_position_embeddings": 2048}),
		"privacy-filter with original's window":    privacyFilter(object{"sliding_window": 257}),
		"the original config, which has no labels": []byte(`{"model_type": "privacy_filter", "sliding_window": 257, "num_labels": 33}`),
	} {
		if _, err := inference.ParseConfig(raw); err == nil {
			t.Errorf("%s passed", says)
		} else if !strings.HasPrefix(err.Error(), "reading config.json: ") {
			t.Errorf("%s: the error does not name the file: %v", says, err)
		}
	}
}

func FuzzParseConfig(f *testing.F) {
	f.Add(inferencetest.ConfigJSON(nil, pii.Secret))
	f.Add(privacyFilter(nil))
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, err := inference.ParseConfig(raw)
		if err != nil {
			return
		}
		if c.Geometry.Window <= 2*c.Geometry.Halo || c.Geometry.Window > c.MaxPositions || c.PadID >= int64(c.VocabSize) {
			t.Fatalf("accepted %+v", c)
		}
	})
}
