package local

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/remote"
)

// ErrElsewhere says that there is no graph here to describe.
var ErrElsewhere = errors.New("the graph is on another machine, so its files cannot be described here; use check")

var errRemoteEmbedded = errors.New("a remote engine needs the directory with the config.json and tokenizer.json of the model that is served")

// prepareRemote reads what lies beside a graph that is served elsewhere. It
// asks no server: checking a configuration must work without them.
func prepareRemote(o Options) (*prepared, error) {
	if err := o.Remote.Check(); err != nil {
		return nil, err
	}
	if o.embedded() != "" {
		return nil, fmt.Errorf("engine %s: %w", o.Remote.Protocol, errRemoteEmbedded)
	}
	p := new(prepared)
	var err error
	if p.files, err = inference.ReadSideDir(o.Model); err != nil {
		return nil, err
	}
	if err = refuseWorldWritable(pathsOf(p.files)...); err != nil {
		return nil, err
	}
	if p.features, p.input, err = featuresOf(p.files.Config); err != nil {
		return nil, err
	}
	p.files.ID += fmt.Sprintf(" %s %q", o.Remote.Protocol, o.Remote.Model)
	p.tokenizer, err = tokenizerOf(p.files)
	return p, err
}

// contract is what a server's graph must take and return.
func (p *prepared) contract() remote.Contract {
	c := p.files.Config
	prefix, suffix := p.tokenizer.Specials()
	return remote.Contract{
		Labels: c.Labels.Classes(), Vocabulary: c.VocabSize,
		MaxTokens: min(c.Geometry.Window+len(prefix)+len(suffix), c.MaxPositions),
		Feature:   p.input.Name, Columns: p.input.Columns,
	}
}

// identify writes what tells remote engines apart. The values of headers are
// secrets; what is written goes into a hash.
func identify(w io.Writer, o *remote.Options) {
	fmt.Fprintf(w, "%q %q %q %t %q %d %d %d\n", o.Protocol, o.URLs, o.Model, o.Insecure, o.CAFile, o.InFlight, o.MaxRows, o.Timeout)
	for _, name := range slices.Sorted(maps.Keys(o.Header)) {
		fmt.Fprintf(w, "%q %q\n", name, o.Header[name])
	}
	if info, err := os.Stat(o.CAFile); o.CAFile != "" && err == nil {
		fmt.Fprintf(w, "%d %d\n", info.Size(), info.ModTime().UnixNano())
	}
}
