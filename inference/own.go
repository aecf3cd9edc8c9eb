package inference

import (
	"encoding/json"
	"fmt"
)

// ownSettings is the privacy_filter object of a config.json. Names are empty,
// window and rowThreads are 0 and the other numbers -1 where they are not
// stated.
type ownSettings struct {
	attention                  string
	window, overlap, receptive int

	tokenizer, features   string
	rowThreads, unknownID int
}

// maxRowThreads is beyond any processor.
const maxRowThreads = 1 << 10

func parseOwn(raw json.RawMessage, vocabulary int) (ownSettings, error) {
	own := ownSettings{overlap: -1, receptive: -1, unknownID: NoID}
	if len(raw) == 0 || string(raw) == "null" {
		return own, nil
	}
	fields, err := object(raw)
	if err != nil {
		return own, err
	}
	names := map[string]*string{"attention": &own.attention, "tokenizer": &own.tokenizer, "features": &own.features}
	numbers := map[string]struct {
		into      *int
		low, high int
	}{
		"window_tokens":    {&own.window, 1, maxSize},
		"overlap_tokens":   {&own.overlap, 0, maxSize},
		"receptive_tokens": {&own.receptive, 0, maxSize},
		"intra_op_threads": {&own.rowThreads, 1, maxRowThreads},
		"unknown_token_id": {&own.unknownID, 0, vocabulary - 1},
	}
	for key := range fields {
		if name, ok := names[key]; ok {
			*name, err = text(fields, key)
		} else if n, ok := numbers[key]; ok {
			*n.into, err = integerOr(fields, key, *n.into, n.low, n.high)
		} else {
			err = fmt.Errorf("unknown key %q", key)
		}
		if err != nil {
			return own, err
		}
	}
	switch own.attention {
	case "", "global", "local":
		return own, nil
	}
	return own, fmt.Errorf("attention is %q, want global or local", own.attention)
}
