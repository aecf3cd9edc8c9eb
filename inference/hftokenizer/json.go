package hftokenizer

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/caddyprivacy/privacyfilter/inference"
)

// definition is what this package must know of a tokenizer.json.
type definition struct {
	json     []byte          // to load: the input without truncation and padding
	specials []addedToken    // the special ones
	unknown  json.RawMessage // model.unk_token
}

type addedToken struct {
	ID      int64  `json:"id"`
	Content string `json:"content"`
	Special bool   `json:"special"`
}

// parseDefinition reads a tokenizer.json. The library applies the truncation
// and padding that it finds in the file, which would drop the tail of a long
// text without a word, so both are set to null; everything else stays as it
// is, byte for byte.
func parseDefinition(raw []byte) (*definition, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, fmt.Errorf("%w: not a JSON object", ErrDefinition)
	}
	var d definition
	if err := unmarshal(fields["added_tokens"], &d.specials); err != nil {
		return nil, fmt.Errorf("%w: added_tokens", ErrDefinition)
	}
	var model struct {
		Unknown json.RawMessage `json:"unk_token"`
	}
	if err := unmarshal(fields["model"], &model); err != nil {
		return nil, fmt.Errorf("%w: model", ErrDefinition)
	}
	d.unknown = model.Unknown
	d.specials = special(d.specials)
	fields["truncation"] = json.RawMessage("null")
	fields["padding"] = json.RawMessage("null")
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(fields); err != nil {
		return nil, fmt.Errorf("%w: %T", ErrDefinition, err)
	}
	d.json = out.Bytes()
	return &d, nil
}

func unmarshal(raw json.RawMessage, into any) error {
	if raw == nil {
		return nil
	}
	return json.Unmarshal(raw, into)
}

func special(all []addedToken) []addedToken {
	var out []addedToken
	for _, t := range all {
		if t.Special && t.Content != "" {
			out = append(out, t)
		}
	}
	return out
}

// unknownID is the id of the token for what the vocabulary lacks.
func (d *definition) unknownID() int64 {
	for _, t := range d.specials {
		if d.isUnknown(t) {
			return t.ID
		}
	}
	return inference.NoID
}

// isUnknown says whether t is the token for what the vocabulary lacks; it is
// the one special token that text may become.
func (d *definition) isUnknown(t addedToken) bool {
	var name string
	return json.Unmarshal(d.unknown, &name) == nil && name == t.Content
}
