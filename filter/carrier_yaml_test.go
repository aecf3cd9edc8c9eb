package filter

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v3"
)

// yamlCarriers send a text in a member of a document, in each style of scalars.
var yamlCarriers = []carrier{
	yamlCarrier("YAML", 0),
	yamlCarrier("YAML in double quotes", yaml.DoubleQuotedStyle),
	yamlCarrier("YAML in apostrophes", yaml.SingleQuotedStyle),
	yamlCarrier("YAML in a literal block", yaml.LiteralStyle),
	yamlCarrier("YAML in a folded block", yaml.FoldedStyle),
	yamlCarrier("YAML in brackets", yaml.FlowStyle),
}

func yamlCarrier(name string, style yaml.Style) carrier {
	return carrier{
		name, "application/yaml", func(s string) []byte {
			var b bytes.Buffer
			root := &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{
				{Kind: yaml.ScalarNode, Value: "note", HeadComment: "# a document"},
				{Kind: yaml.ScalarNode, Value: s, Tag: "!!str", Style: style},
				{Kind: yaml.ScalarNode, Value: "n"},
				{Kind: yaml.ScalarNode, Value: "1.5"},
			}}
			if style == yaml.FlowStyle {
				root.Style, root.Content[1].Style = style, 0
			}
			if err := yaml.NewEncoder(&b).Encode(root); err != nil {
				return nil
			}
			return b.Bytes()
		}, func(b []byte) string {
			var read struct {
				Note string
				N    float64
			}
			if err := yaml.Unmarshal(b, &read); err != nil || read.N != 1.5 {
				return "not the document: " + strings.ToValidUTF8(string(b), "?")
			}
			return read.Note
		},
	}
}
