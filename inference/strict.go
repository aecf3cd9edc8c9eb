package inference

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// object reads raw as one JSON object whose keys are unique at every level.
// encoding/json keeps the last of two equal keys and matches names without
// regard to case, and both would let a tampered model file mean two things.
func object(raw []byte) (map[string]json.RawMessage, error) {
	if err := uniqueKeys(raw); err != nil {
		return nil, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, errors.New("not a JSON object")
	}
	if fields == nil {
		return nil, errors.New("not a JSON object, but null")
	}
	return fields, nil
}

// uniqueKeys walks one JSON document and rejects repeated keys and whatever
// follows the document.
func uniqueKeys(raw []byte) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := walkValue(d); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("data after the JSON document")
	}
	return nil
}

func walkValue(d *json.Decoder) error {
	token, err := d.Token()
	if err != nil {
		return errors.New("not valid JSON")
	}
	switch token {
	case json.Delim('{'):
		return walkObject(d)
	case json.Delim('['):
		for d.More() {
			if err := walkValue(d); err != nil {
				return err
			}
		}
		return closeDelim(d)
	}
	return nil
}

func walkObject(d *json.Decoder) error {
	seen := make(map[string]bool)
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return errors.New("not valid JSON")
		}
		key, ok := token.(string)
		if !ok {
			return errors.New("not valid JSON")
		}
		if seen[key] {
			return fmt.Errorf("key %q appears twice", key)
		}
		seen[key] = true
		if err := walkValue(d); err != nil {
			return err
		}
	}
	return closeDelim(d)
}

func closeDelim(d *json.Decoder) error {
	if _, err := d.Token(); err != nil {
		return errors.New("not valid JSON")
	}
	return nil
}

// integer reads a required field as an integer in [low, high].
func integer(fields map[string]json.RawMessage, key string, low, high int) (int, error) {
	raw, ok := fields[key]
	if !ok || string(raw) == "null" {
		return 0, fmt.Errorf("%s is missing", key)
	}
	var value int
	if err := json.Unmarshal(raw, &value); err != nil {
		return 0, fmt.Errorf("%s is not an integer", key)
	}
	if value < low || value > high {
		return 0, fmt.Errorf("%s is %d, want %d to %d", key, value, low, high)
	}
	return value, nil
}

// integerOr is integer for an optional field; null counts as absent, as in
// the configs that transformers writes.
func integerOr(fields map[string]json.RawMessage, key string, otherwise, low, high int) (int, error) {
	raw, ok := fields[key]
	if !ok || string(raw) == "null" {
		return otherwise, nil
	}
	return integer(fields, key, low, high)
}

// text reads an optional string field.
func text(fields map[string]json.RawMessage, key string) (string, error) {
	raw, ok := fields[key]
	if !ok || string(raw) == "null" {
		return "", nil
	}
	var value string
	if err := json.Unmarshal(raw, &value); err != nil {
		return "", fmt.Errorf("%s is not a string", key)
	}
	return value, nil
}
