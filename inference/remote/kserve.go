package remote

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/caddyprivacy/privacyfilter/inference"
)

// headerLength is the binary tensor extension: the bytes of JSON before the
// tensors.
const headerLength = "Inference-Header-Content-Length"

// The names that token classifiers have, as Hugging Face exports them.
const (
	inputIDs     = "input_ids"
	inputMask    = "attention_mask"
	inputTypes   = "token_type_ids" // BERT's sentence number: one text, so zero
	outputLogits = "logits"
)

// kserve is a server that speaks KServe v2 over REST.
type kserve struct {
	endpoint *endpoint
	model    string
	path     string   // of inference
	inputs   []string // in the order in which they are sent
	feature  string   // which of them holds features, or ""
	half     bool     // logits are float16
}

// metadata is what a server says of a model.
type metadata struct {
	Name            string
	Inputs, Outputs []struct {
		Name, Datatype string
		Shape          []int64
	}
}

// describeKServe asks whether server and model are ready, and what the model
// takes and returns.
func describeKServe(ctx context.Context, e *endpoint, model string, c Contract) (session, error) {
	path := "/v2/models/" + url.PathEscape(model)
	for _, ready := range []string{"/v2/health/live", "/v2/health/ready", path + "/ready"} {
		if _, err := e.get(ctx, ready); err != nil {
			return nil, missing(e, err)
		}
	}
	raw, err := e.get(ctx, path)
	if err != nil {
		return nil, missing(e, err)
	}
	var m metadata
	if json.Unmarshal(raw, &m) != nil || m.Name != model {
		return nil, e.broken("it does not describe the model that was asked for")
	}
	s := &kserve{endpoint: e, model: model, path: path + "/infer", feature: c.Feature}
	if err := s.takes(&m, c); err != nil {
		return nil, err
	}
	return s, s.returns(&m, c)
}

// missing tells a server that knows no such model from one that is not ready.
func missing(e *endpoint, err error) error {
	var status *StatusError
	if errors.As(err, &status) && status.Status == http.StatusNotFound {
		return e.broken("it knows no such model, or does not speak the protocol")
	}
	return err
}

func (s *kserve) takes(m *metadata, c Contract) error {
	for _, in := range m.Inputs {
		rank := 2 // batch, tokens
		switch {
		case in.Name == inputIDs, in.Name == inputMask, in.Name == inputTypes:
		case c.Columns > 0 && in.Name == c.Feature:
			rank = len(c.featureShape(1, 1))
		default:
			return s.endpoint.broken("the model has an input that nobody here can fill")
		}
		switch {
		case in.Datatype != "INT64":
			return s.endpoint.broken("an input of the model is not INT64")
		case len(in.Shape) != rank, in.Shape[0] >= 0, in.Shape[1] >= 0:
			return s.endpoint.broken("an input of the model is not [batch, tokens] of any size")
		case rank == 3 && in.Shape[2] >= 0 && in.Shape[2] != int64(c.Columns):
			return s.endpoint.broken("the model has another number of features a token")
		case slices.Contains(s.inputs, in.Name):
			return s.endpoint.broken("the model has an input twice")
		}
		s.inputs = append(s.inputs, in.Name)
	}
	needed := inputIDs
	if c.Columns > 0 {
		needed = c.Feature
	}
	if !slices.Contains(s.inputs, needed) {
		return s.endpoint.broken("the model has no input " + needed)
	}
	return nil
}

func (s *kserve) returns(m *metadata, c Contract) error {
	found := false
	for _, out := range m.Outputs {
		if out.Name != outputLogits {
			continue
		}
		switch {
		case found:
			return s.endpoint.broken("the model has an output twice")
		case out.Datatype != "FP32" && out.Datatype != "FP16":
			return s.endpoint.broken("the model's logits are neither FP32 nor FP16")
		case len(out.Shape) != 3, out.Shape[0] >= 0, out.Shape[1] >= 0:
			return s.endpoint.broken("the model's logits are not [batch, tokens, classes] of any size")
		case out.Shape[2] >= 0 && out.Shape[2] != int64(c.Labels):
			return s.endpoint.broken("the model has another number of classes than its configuration here")
		}
		found, s.half = true, out.Datatype == "FP16"
	}
	if !found {
		return s.endpoint.broken("the model has no output logits")
	}
	return nil
}

// featureShape is that of the features of a batch.
func (c Contract) featureShape(rows, cols int) []int {
	if c.Columns == 1 {
		return []int{rows, cols}
	}
	return []int{rows, cols, c.Columns}
}

// infer implements session.
func (s *kserve) infer(ctx context.Context, b *inference.Batch, logits []float32) error {
	body, header, err := s.encode(b)
	if err != nil {
		return err
	}
	answer, raw, err := s.endpoint.do(ctx, request{
		method: http.MethodPost, path: s.path, body: body,
		header: http.Header{
			"Content-Type": {"application/octet-stream"},
			headerLength:   {strconv.Itoa(header)},
		},
		limit: maxJSON + len(logits)*s.width(),
	})
	if err != nil {
		return err
	}
	return s.decode(answer.Get(headerLength), raw, b, logits)
}

// width is the size of a logit, in bytes.
func (s *kserve) width() int {
	if s.half {
		return 2
	}
	return 4
}
