package caddymodule

import (
	"net/http"
	"strings"
)

// dialect writes a problem the way one provider of language models does, so
// that its client libraries show the sentence instead of failing to parse it.
// The result is marshalled as JSON; what belongs into the header is set there.
type dialect func(p problem, header http.Header) any

// llmRoute is an endpoint of a provider, told by how its path ends.
type llmRoute struct {
	suffix  string // whole segments; one that starts with ':' is Google's verb
	header  string // one that the provider's clients send, where the path alone says too little; "" for none
	preset  bool   // only on sites that say they talk to models: the path is an ordinary word
	dialect dialect
}

// llmRoutes are read from top to bottom.
var llmRoutes = []llmRoute{
	{suffix: "/v1/messages", header: "Anthropic-Version", dialect: anthropicProblem},
	{suffix: "/v1/messages/count_tokens", header: "Anthropic-Version", dialect: anthropicProblem},
	{suffix: "/v1/messages", preset: true, dialect: anthropicProblem},
	{suffix: "/chat/completions", dialect: openAIProblem}, // and Azure, Mistral, vLLM and many more
	{suffix: "/v1/completions", dialect: openAIProblem},
	{suffix: "/v1/responses", dialect: openAIProblem},
	{suffix: "/v1/embeddings", dialect: openAIProblem},
	{suffix: "/v1/moderations", dialect: openAIProblem},
	{suffix: "/v1/files", preset: true, dialect: openAIProblem},
	{suffix: "/v1/audio/transcriptions", dialect: openAIProblem},
	{suffix: "/v1/images/edits", dialect: openAIProblem},
	{suffix: ":generateContent", dialect: googleProblem},
	{suffix: ":streamGenerateContent", dialect: googleProblem},
	{suffix: ":countTokens", dialect: googleProblem},
	{suffix: ":embedContent", dialect: googleProblem},
	{suffix: "/api/chat", preset: true, dialect: ollamaProblem},
	{suffix: "/api/generate", preset: true, dialect: ollamaProblem},
	{suffix: "/api/embed", preset: true, dialect: ollamaProblem},
	{suffix: "/converse", preset: true, dialect: bedrockProblem},
	{suffix: "/converse-stream", preset: true, dialect: bedrockProblem},
	{suffix: "/invoke", preset: true, dialect: bedrockProblem},
	{suffix: "/invoke-with-response-stream", preset: true, dialect: bedrockProblem},
}

// dialectOf finds the provider's way to tell of a problem, or nil where the
// route is none of a language model.
func (h *Handler) dialectOf(r *http.Request) dialect {
	path := strings.TrimSuffix(r.URL.Path, "/")
	forModels := h.Preset == "llm" || h.Preset == "code"
	for _, route := range llmRoutes {
		if strings.HasSuffix(path, route.suffix) &&
			(!route.preset || forModels) && (route.header == "" || r.Header.Get(route.header) != "") {
			return route.dialect
		}
	}
	return nil
}

// code is what programs tell our problems by, in whatever dialect.
func (p problem) code() string { return "privacy_filter_" + p.Reason }

// openAIProblem follows the error object of OpenAI's API.
func openAIProblem(p problem, _ http.Header) any {
	kind := "invalid_request_error"
	if p.Status >= http.StatusInternalServerError {
		kind = "server_error"
	}
	type detail struct {
		Message string  `json:"message"`
		Type    string  `json:"type"`
		Param   *string `json:"param"`
		Code    string  `json:"code"`
	}
	return struct {
		Error detail `json:"error"`
	}{detail{Message: p.Title, Type: kind, Code: p.code()}}
}

// anthropicProblem follows the error shape of Anthropic's API.
func anthropicProblem(p problem, _ http.Header) any {
	kind := "api_error"
	switch p.Status {
	case http.StatusRequestEntityTooLarge:
		kind = "request_too_large"
	case http.StatusForbidden:
		kind = "permission_error"
	case http.StatusServiceUnavailable:
		kind = "overloaded_error"
	case http.StatusGatewayTimeout:
		kind = "timeout_error"
	case http.StatusBadRequest, http.StatusUnsupportedMediaType:
		kind = "invalid_request_error"
	}
	type detail struct {
		Type    string `json:"type"`
		Message string `json:"message"`
		Code    string `json:"code"`
	}
	return struct {
		Type  string `json:"type"`
		Error detail `json:"error"`
	}{"error", detail{kind, p.Title, p.code()}}
}

// googleProblem follows google.rpc.Status as JSON.
func googleProblem(p problem, _ http.Header) any {
	status := "INTERNAL"
	switch p.Status {
	case http.StatusForbidden:
		status = "PERMISSION_DENIED"
	case http.StatusServiceUnavailable, http.StatusBadGateway:
		status = "UNAVAILABLE"
	case http.StatusGatewayTimeout:
		status = "DEADLINE_EXCEEDED"
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType:
		status = "INVALID_ARGUMENT"
	}
	type info struct {
		Type   string `json:"@type"`
		Reason string `json:"reason"`
		Domain string `json:"domain"`
	}
	type detail struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
		Status  string `json:"status"`
		Details []info `json:"details"`
	}
	return struct {
		Error detail `json:"error"`
	}{detail{p.Status, p.Title, status, []info{{"type.googleapis.com/google.rpc.ErrorInfo", p.code(), "privacy_filter"}}}}
}

// ollamaProblem is one sentence.
func ollamaProblem(p problem, _ http.Header) any {
	return struct {
		Error string `json:"error"`
		Code  string `json:"code"`
	}{p.Title, p.code()}
}

// bedrockProblem follows the errors of AWS's REST protocols; what kind it is
// stands in a header as well.
func bedrockProblem(p problem, header http.Header) any {
	header.Set("X-Amzn-Errortype", bedrockType(p.Status))
	return struct {
		Message string `json:"message"`
		Code    string `json:"code"`
	}{p.Title, p.code()}
}

func bedrockType(status int) string {
	switch status {
	case http.StatusForbidden:
		return "AccessDeniedException"
	case http.StatusServiceUnavailable, http.StatusBadGateway:
		return "ServiceUnavailableException"
	case http.StatusGatewayTimeout:
		return "ModelTimeoutException"
	default:
		return "ValidationException"
	}
}
