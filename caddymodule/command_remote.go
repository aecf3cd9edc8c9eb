package caddymodule

import (
	"errors"
	"strings"

	"github.com/caddyserver/caddy/v2"
	"github.com/spf13/cobra"

	"github.com/caddyprivacy/privacyfilter/inference/remote"
)

// remoteFlags are the flags that say where a model runs if not here.
type remoteFlags struct {
	engine, model, ca string
	urls, headers     []string
	insecure          bool
}

func (f *remoteFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.engine, "engine", engineONNX, "onnx, kserve or vllm")
	cmd.Flags().StringArrayVar(&f.urls, "url", nil, "A server of the engine; may be repeated")
	cmd.Flags().StringVar(&f.model, "served", "", "The model's name on the servers")
	cmd.Flags().StringArrayVar(&f.headers, "header", nil, "A header for the servers, such as 'Authorization: Bearer {env.TOKEN}'; may be repeated")
	cmd.Flags().StringVar(&f.ca, "ca", "", "A PEM file with the authorities of the servers' certificates")
	cmd.Flags().BoolVar(&f.insecure, "insecure", false, "Allow plain HTTP to other machines")
}

// options are nil for the engine of this machine.
func (f *remoteFlags) options() (*remote.Options, error) {
	switch f.engine {
	case remote.KServe, remote.VLLM:
	case engineONNX:
		if len(f.urls) > 0 {
			return nil, errors.New("--url wants --engine kserve or vllm")
		}
		return nil, nil
	default:
		return nil, errors.New("--engine: want onnx, kserve or vllm")
	}
	r := &Remote{URLs: f.urls, Model: f.model, CA: f.ca, Insecure: f.insecure, Headers: map[string]string{}}
	for _, header := range f.headers {
		name, content, found := strings.Cut(header, ":")
		if !found {
			return nil, errors.New("--header: want a name, a colon and a value")
		}
		r.Headers[name] = strings.TrimSpace(content)
	}
	return r.options(f.engine, caddy.NewReplacer())
}
