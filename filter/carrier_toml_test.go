package filter

import (
	"bytes"
	"strings"

	"github.com/BurntSushi/toml"
)

// tomlCarriers send a text in a string of a table.
var tomlCarriers = []carrier{
	{"TOML", "application/toml", func(s string) []byte {
		var b bytes.Buffer
		if err := toml.NewEncoder(&b).Encode(map[string]any{"a": map[string]any{"note": s, "n": 1.5}}); err != nil {
			return nil
		}
		return b.Bytes()
	}, untoml},
	{"TOML over lines", "application/toml", func(s string) []byte {
		return []byte("[a]\nn = 1.5\nnote = \"\"\"\n" + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + "\"\"\" # a note\n")
	}, untoml},
}

func untoml(b []byte) string {
	var read struct {
		A struct {
			Note string
			N    float64
		}
	}
	if _, err := toml.Decode(string(b), &read); err != nil || read.A.N != 1.5 {
		return "not the document"
	}
	return read.A.Note
}
