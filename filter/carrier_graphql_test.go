package filter

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/graphql-go/graphql/language/ast"
	"github.com/graphql-go/graphql/language/parser"
)

// graphqlCarriers send a text as a literal or a variable of a query.
var graphqlCarriers = []carrier{
	{"GraphQL", "application/graphql", func(s string) []byte { return graphqlQuery(s) }, graphqlArgument},
	{"GraphQL in JSON", "application/json", func(s string) []byte {
		b, _ := json.Marshal(map[string]any{"operationName": "Q", "query": string(graphqlQuery(s)), "variables": nil})
		return b
	}, func(b []byte) string {
		var read struct{ Query string }
		if err := json.Unmarshal(b, &read); err != nil {
			return "not JSON"
		}
		return graphqlArgument([]byte(read.Query))
	}},
	{"a variable of GraphQL", "application/json", func(s string) []byte {
		b, _ := json.Marshal(map[string]any{"query": "query Q($s: String) { f(s: $s) }", "variables": map[string]string{"s": s}})
		return b
	}, func(b []byte) string {
		var read struct{ Variables map[string]string }
		if err := json.Unmarshal(b, &read); err != nil {
			return "not JSON"
		}
		return read.Variables["s"]
	}},
}

func graphqlQuery(s string) []byte {
	literal, _ := json.Marshal(s)
	return fmt.Appendf(nil, "# a query\nquery Q {\n  f(n: 1.5, in: {note: %s}) { id }\n}\n", literal)
}

func graphqlArgument(b []byte) string {
	doc, err := parser.Parse(parser.ParseParams{Source: string(b)})
	if err != nil {
		return "not GraphQL: " + strings.ToValidUTF8(string(b), "?")
	}
	f := doc.Definitions[0].(*ast.OperationDefinition).SelectionSet.Selections[0].(*ast.Field)
	return f.Arguments[1].Value.(*ast.ObjectValue).Fields[0].Value.(*ast.StringValue).Value
}
