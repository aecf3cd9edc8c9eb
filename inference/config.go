package inference

import (
	"encoding/json"
	"errors"
	"fmt"
)

// ModelTypePrivacyFilter is the model_type of openai/privacy-filter as
// transformers publishes it.
const ModelTypePrivacyFilter = "openai_privacy_filter"

const (
	maxSize = 1 << 30 // a sanity bound on every size a config may state

	// privacyFilterWindow is near the cheapest row length once a halo of
	// 1,024 tokens is paid on each side; the optimum is flat from 4k to 8k
	// (model.md §7.4).
	privacyFilterWindow = 4096

	// Models with global attention are quadratic in the row and are trained
	// on short rows: 128 to 256 tokens run a third faster than 512
	// (embedded-model.md §2).
	globalWindow  = 256
	globalOverlap = 64
)

// Config is what windows, padding and decoding need to know of a model's
// config.json.
type Config struct {
	ModelType    string
	Labels       *LabelSet
	VocabSize    int   // token ids are 0 … VocabSize-1
	PadID        int64 // fills rows on the right, under mask 0
	MaxPositions int   // tokens a row at most, special tokens included
	Geometry     Geometry

	// Tokenizer names a tokenizer that this program brings; "" for the
	// model's tokenizer.json.
	Tokenizer string
	// Features names what this program computes of every token for the
	// graph; "" if its inputs are ids and masks alone.
	Features string
	// RowThreads is how many threads work on one row, while other rows run
	// beside it, each alone; 0 for batches that share all threads.
	RowThreads int
	// UnknownID is the token that stands for what the vocabulary lacks, or
	// NoID.
	UnknownID int64
}

// NoID is no token's id.
const NoID = -1

// ParseConfig reads a Hugging Face config.json of a token classifier. It is
// strict about everything that decoding relies on, and ignores the rest.
//
// Beside the published fields it knows one object of ours, which the embedded
// model carries:
//
//	"privacy_filter": {"attention": "global"|"local", "window_tokens": 256, "overlap_tokens": 64,
//	  "receptive_tokens": 33, "tokenizer": "words-1", "features": "words-1",
//	  "intra_op_threads": 1, "unknown_token_id": 1}
//
// window_tokens is the length of a row without special tokens;
// overlap_tokens is the context on each side of the rows a window yields;
// receptive_tokens says that a logit of a local model depends on so many
// tokens on each side, which is the overlap that changes nothing. The other
// fields are those of Config.
func ParseConfig(raw []byte) (*Config, error) {
	c, err := parseConfig(raw)
	if err != nil {
		return nil, fmt.Errorf("reading config.json: %w", err)
	}
	return c, nil
}

func parseConfig(raw []byte) (*Config, error) {
	fields, err := object(raw)
	if err != nil {
		return nil, err
	}
	c := new(Config)
	if c.ModelType, err = text(fields, "model_type"); err != nil {
		return nil, err
	}
	if c.Labels, err = parseLabels(fields); err != nil {
		return nil, err
	}
	if n, err := integerOr(fields, "num_labels", c.Labels.Classes(), 1, maxClasses); err != nil {
		return nil, err
	} else if n != c.Labels.Classes() {
		return nil, fmt.Errorf("num_labels is %d, id2label has %d", n, c.Labels.Classes())
	}
	if c.VocabSize, err = integer(fields, "vocab_size", 1, maxSize); err != nil {
		return nil, err
	}
	pad, err := integerOr(fields, "pad_token_id", 0, 0, c.VocabSize-1)
	if err != nil {
		return nil, err
	}
	c.PadID = int64(pad)
	if c.MaxPositions, err = positions(fields, c.ModelType, pad); err != nil {
		return nil, err
	}
	own, err := parseOwn(fields["privacy_filter"], c.VocabSize)
	if err != nil {
		return nil, fmt.Errorf("privacy_filter: %w", err)
	}
	c.Tokenizer, c.Features = own.tokenizer, own.features
	c.RowThreads, c.UnknownID = own.rowThreads, int64(own.unknownID)
	c.Geometry, err = parseGeometry(fields, own, c.ModelType, c.MaxPositions)
	return c, err
}

// positions is the longest row. RoBERTa's position ids start after the pad
// id, so its tables are that much longer than the rows they serve.
func positions(fields map[string]json.RawMessage, modelType string, pad int) (int, error) {
	n, err := integer(fields, "max_position_embeddings", 1, maxSize)
	if err != nil {
		return 0, err
	}
	switch modelType {
	case "roberta", "xlm-roberta", "xlm-roberta-xl", "camembert":
		n -= pad + 1
	}
	if n < 1 {
		return 0, errors.New("max_position_embeddings leaves no room for a token")
	}
	return n, nil
}
