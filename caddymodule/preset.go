package caddymodule

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/caddyprivacy/privacyfilter/filter/protect"
	"github.com/caddyprivacy/privacyfilter/inference/embedded"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// preset is a set of options under a name. It holds nothing that one could not
// write oneself, so every part of it can be overridden.
type preset struct {
	request    string
	response   string
	categories map[string]string
	skip       []string
	protect    protect.Kind
	ownHosts   []string
	keys       bool
	named      bool
	dates      string
	point      string
	model      string // where nobody names one
}

// presets are the known ones.
var presets = map[string]preset{
	// Requests to language models. The provider's answer was written from
	// masked text; "response mask" reads it all the same, as a stream too.
	"llm": {
		request: modeMask, response: modeOff,
		skip: llmPaths,
	},
	// The same for coding agents, whose edits are matched byte by byte.
	"code": {
		request: modeMask, response: modeOff,
		skip:    llmPaths,
		protect: protect.Code,
		categories: map[string]string{
			string(pii.PrivateDate): "keep",
			string(pii.PrivateIP):   "keep",
		},
	},
	// Log lines on their way to somewhere.
	"logs": {
		protect:  protect.Logs,
		ownHosts: internalNetworks,
		model:    embedded.Fast,
	},
	// Everything that anything here takes for personal.
	"strict": {
		keys: true, named: true, dates: datesAll, point: pointRecall,
	},
}

// internalNetworks are addresses of machines that nobody reaches from outside
// (RFC 1918, RFC 6598, RFC 4193) and those that never leave one or its link.
var internalNetworks = []string{
	"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
	"fc00::/7", "fe80::/10", "::1/128",
}

// llmPaths are the parts of requests to language models, and of the answers,
// that say nothing of a person and must arrive as they are: what names a
// model, a tool or a part of a conversation, and what the provider has signed.
// They are exact, and not "$..id", because a path reaches into tool arguments.
var llmPaths = []string{
	"$.model", "$.id", "$.object", "$.type", "$.role", "$.system_fingerprint",
	"$.previous_response_id", "$.conversation.id", "$.tool_choice",

	// OpenAI chat, Anthropic messages.
	"$.messages[*].role", "$.messages[*].id", "$.messages[*].type", "$.messages[*].tool_call_id",
	"$.messages[*].tool_calls[*].id", "$.messages[*].tool_calls[*].type", "$.messages[*].tool_calls[*].function.name",
	"$.messages[*].function_call.name",
	"$.messages[*].content[*].type", "$.messages[*].content[*].id", "$.messages[*].content[*].tool_use_id",
	"$.messages[*].content[*].name", "$.messages[*].content[*].cache_control",
	"$.messages[*].content[*].signature", "$.messages[*].content[*].thinking", "$.messages[*].content[*].data",
	"$.messages[*].content[*].source.type", "$.messages[*].content[*].source.media_type",
	"$.messages[*].content[*].content[*].type",
	"$.system[*].type", "$.system[*].cache_control",

	// OpenAI responses.
	"$.input[*].role", "$.input[*].type", "$.input[*].id", "$.input[*].call_id", "$.input[*].status",
	"$.input[*].name", "$.input[*].encrypted_content", "$.input[*].content[*].type",

	// Gemini.
	"$.contents[*].role", "$.contents[*].parts[*].functionCall.name", "$.contents[*].parts[*].functionResponse.name",
	"$.contents[*].parts[*].thoughtSignature",

	// Tools: names and schemas, but not what describes them.
	"$.tools[*].type", "$.tools[*].name", "$.tools[*].function.name", "$.tools[*].cache_control",
	"$.tools[*].functionDeclarations[*].name",
	"$.tools..enum", "$.tools..required", "$.tools..format", "$.tools..pattern", "$.tools..$ref", "$.tools..const",
	"$.tools..additionalProperties.type", "$.tools..items.type", "$.tools..parameters.type", "$.tools..input_schema.type",
	"$.tools..properties.*.type",
	"$.functions[*].name", "$.functions..enum", "$.functions..required",
	"$.response_format.type", "$.response_format.json_schema.name", "$.response_format..required", "$.response_format..enum",

	// Connectors, whose credentials the provider needs.
	"$.mcp_servers", "$.tools[*].server_url", "$.tools[*].server_label", "$.tools[*].headers", "$.tools[*].authorization",

	// Answers.
	"$.choices[*].finish_reason", "$.choices[*].message.role",
	"$.choices[*].message.tool_calls[*].id", "$.choices[*].message.tool_calls[*].type", "$.choices[*].message.tool_calls[*].function.name",
	"$.content[*].type", "$.content[*].id", "$.content[*].name", "$.content[*].signature",
	"$.output[*].id", "$.output[*].type", "$.output[*].call_id", "$.output[*].name", "$.output[*].role", "$.output[*].status",
	"$.output[*].encrypted_content",
}

// presetOf returns the preset of a name; none has a name that is empty.
func presetOf(name string) (preset, error) {
	if p, ok := presets[name]; ok || name == "" {
		return p, nil
	}
	return preset{}, fmt.Errorf("preset: want %s, not %q", presetNames(), name)
}

func presetNames() string {
	return strings.Join(slices.Sorted(maps.Keys(presets)), " or ")
}

// apply fills the options that are not set with those of the preset.
func (h *Handler) apply(p preset) {
	h.Request = cmp.Or(h.Request, p.request)
	h.Response = cmp.Or(h.Response, p.response)
	h.OperatingPoint = cmp.Or(h.OperatingPoint, h.app.OperatingPoint)
	h.Policy.apply(p)
}

func (o *Policy) apply(p preset) {
	o.Dates = cmp.Or(o.Dates, p.dates)
	o.Protect = cmp.Or(o.Protect, p.protect)
	o.OperatingPoint = cmp.Or(o.OperatingPoint, p.point)
	if o.Keys == nil {
		o.Keys = &p.keys
	}
	if o.Named == nil {
		o.Named = &p.named
	}
	o.OwnHosts = slices.Concat(o.OwnHosts, p.ownHosts)
	o.Skip = slices.Concat(o.Skip, p.skip)
	categories := maps.Clone(p.categories)
	if categories == nil {
		categories = make(map[string]string)
	}
	maps.Copy(categories, o.Categories)
	o.Categories = categories
}
