package local

import (
	"io/fs"
	"maps"
	"path"
	"slices"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/onnx"
)

// Description is what can be said of a model without running it.
type Description struct {
	Model      string `json:"model"`       // as it was named
	ID         string `json:"id"`          // tells models apart
	Graph      string `json:"graph"`       // the .onnx file that was chosen
	GraphBytes int64  `json:"graph_bytes"` // without its external data

	External     []string `json:"external"`       // files of weights beside the graph
	WeightBytes  int64    `json:"external_bytes"` // of those together
	OtherGraphs  []string `json:"other_graphs"`   // that are there and were not chosen
	ModelType    string   `json:"model_type"`
	Categories   []string `json:"categories"`
	Classes      int      `json:"classes"`
	Vocabulary   int      `json:"vocabulary"`
	MaxPositions int      `json:"max_positions"` // tokens of a row
	Window       int      `json:"window"`        // tokens of a row, as we cut
	Halo         int      `json:"halo"`          // tokens of context on an inner side of a window
	Exact        bool     `json:"exact"`         // windows change nothing

	Points    []string         `json:"operating_points"`
	Biases    inference.Biases `json:"biases"` // of the default operating point
	Device    string           `json:"device"`
	Threads   int              `json:"threads"` // 0: one per CPU
	Inputs    []string         `json:"inputs"`
	Outputs   []string         `json:"outputs"`
	Opsets    map[string]int64 `json:"opsets"`
	Operators map[string]int   `json:"operators"` // nodes by name

	// Refused is why this graph cannot run on this device; "" if it can.
	Refused string `json:"refused,omitempty"`
}

// Describe reads a model's files, and runs nothing. A graph that does not fit
// the device or the configuration is described, and Refused says why; whatever
// else is wrong is an error.
func Describe(o Options) (*Description, error) {
	if o.Remote != nil {
		return nil, ErrElsewhere
	}
	device, err := onnx.ParseDevice(o.Device)
	if err != nil {
		return nil, err
	}
	files, err := readFiles(o, device)
	if err != nil {
		return nil, err
	}
	model, err := modelOf(files)
	if err != nil {
		return nil, err
	}
	_, input, err := featuresOf(files.Config)
	if err != nil {
		return nil, err
	}
	graph, err := readGraph(model)
	if err != nil {
		return nil, err
	}
	c := files.Config
	d := &Description{
		Model: o.Model, ID: files.ID, Graph: files.ONNX, External: files.External,
		ModelType: c.ModelType, Classes: c.Labels.Classes(), Vocabulary: c.VocabSize, MaxPositions: c.MaxPositions,
		Window: c.Geometry.Window, Halo: c.Geometry.Halo, Exact: c.Geometry.Exact,
		Points: slices.Sorted(maps.Keys(files.Points)), Biases: files.Biases,
		Device: device.String(), Threads: o.Threads,
		Inputs: values(graph.Inputs), Outputs: values(graph.Outputs), Opsets: graph.Opsets, Operators: graph.Operators,
	}
	if d.Model == "" {
		d.Model = Embedded
	}
	for _, label := range c.Labels.Labels {
		d.Categories = append(d.Categories, string(label.Category))
	}
	d.sizes(files)
	if err := checkGraph(model, files, input, device); err != nil {
		d.Refused = err.Error()
	}
	return d, nil
}

// sizes looks at the files that the model consists of.
func (d *Description) sizes(files *inference.ModelFiles) {
	d.GraphBytes = sizeOf(files.FS, files.ONNX)
	for _, name := range files.External {
		d.WeightBytes += sizeOf(files.FS, name)
	}
	for _, folder := range []string{"onnx", "."} {
		names, err := fs.Glob(files.FS, path.Join(folder, "*.onnx"))
		if err != nil {
			continue
		}
		for _, name := range names {
			if name != files.ONNX {
				d.OtherGraphs = append(d.OtherGraphs, name)
			}
		}
	}
}

func sizeOf(fsys fs.FS, name string) int64 {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return 0
	}
	return info.Size()
}

func values(list []onnx.Value) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = v.String()
	}
	return out
}
