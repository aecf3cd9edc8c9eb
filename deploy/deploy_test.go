// Package deploy holds examples; its tests keep them true.
package deploy

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/caddyprivacy/privacyfilter/inference/onnx"
	"github.com/caddyprivacy/privacyfilter/testdata/models/openai"
)

const pbtxt = "triton/privacy-filter/config.pbtxt"

func read(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// Triton's configuration names the inputs and outputs of the graph that is
// published, with their types and sizes; Triton adds the batch's dimension.
func TestTritonServesThePublishedGraph(t *testing.T) {
	m, err := openai.Tiny()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := m.Write(dir, 2<<20, "fp32"); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(dir, "onnx", "model.onnx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		t.Fatal(err)
	}
	graph, err := onnx.ReadGraph(f, size)
	if err != nil {
		t.Fatal(err)
	}
	types := map[onnx.ElementType]string{onnx.Int64: "TYPE_INT64", onnx.Float32: "TYPE_FP32"}
	var want []string
	for _, v := range slices.Concat(graph.Inputs, graph.Outputs) {
		dims := strings.Trim(strings.Join(strings.Fields(fmt.Sprint(v.Dims[1:])), ", "), "[]")
		want = append(want, fmt.Sprintf(`{ name: "%s" data_type: %s dims: [ %s ] }`, v.Name, types[v.Type], dims))
	}
	got := regexp.MustCompile(`\{ name: .* \}`).FindAllString(read(t, pbtxt), -1)
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("%s has %q, the graph %q", pbtxt, got, want)
	}
}

// The Caddyfile asks for the model by the name that Triton has for it, and for
// no more rows than Triton takes.
func TestCaddyfileFitsTriton(t *testing.T) {
	caddyfile, config := read(t, "Caddyfile"), read(t, pbtxt)
	number := func(pattern, text string) int {
		found := regexp.MustCompile(pattern + `\W+(\d+)`).FindStringSubmatch(text)
		if found == nil {
			t.Fatalf("no %s", pattern)
		}
		n, _ := strconv.Atoi(found[1])
		return n
	}
	if number("max_rows", caddyfile) > number("max_batch_size", config) {
		t.Error("max_rows is more than max_batch_size")
	}
	name := regexp.MustCompile(`(?m)^name: "(.*)"`).FindStringSubmatch(config)
	if name == nil || !regexp.MustCompile(`engine kserve \S+ `+name[1]+` \{`).MatchString(caddyfile) {
		t.Error("the Caddyfile asks for another model")
	}
	for _, file := range []string{"compose.yaml", "kubernetes.yaml"} {
		if !strings.Contains(read(t, file), "/v2/models/"+name[1]+"/ready") {
			t.Errorf("%s waits for another model", file)
		}
	}
}

// The files are YAML, and what is mounted in the pod is one of its volumes.
func TestManifestsAreComplete(t *testing.T) {
	var compose struct {
		Services map[string]struct {
			Image     string
			DependsOn map[string]any `yaml:"depends_on"`
		}
	}
	if err := yaml.Unmarshal([]byte(read(t, "compose.yaml")), &compose); err != nil {
		t.Fatal(err)
	}
	for name, service := range compose.Services {
		for needed := range service.DependsOn {
			if _, ok := compose.Services[needed]; !ok || service.Image == "" {
				t.Errorf("%s has no image, or needs %s", name, needed)
			}
		}
	}
	var deployment struct {
		Spec struct{ Template struct{ Spec pod } }
	}
	if err := yaml.NewDecoder(strings.NewReader(read(t, "kubernetes.yaml"))).Decode(&deployment); err != nil {
		t.Fatal(err)
	}
	p := deployment.Spec.Template.Spec
	if len(p.Containers) != 2 {
		t.Errorf("%d containers", len(p.Containers))
	}
	for _, container := range p.Containers {
		for _, mount := range container.VolumeMounts {
			if !slices.ContainsFunc(p.Volumes, func(v named) bool { return v.Name == mount.Name }) {
				t.Errorf("%s mounts %s, which is no volume", container.Name, mount.Name)
			}
		}
	}
}

type named struct{ Name string }

type pod struct {
	Containers []struct {
		Name         string
		VolumeMounts []named `yaml:"volumeMounts"`
	}
	Volumes []named
}
