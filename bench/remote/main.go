// Command remote compares a model that runs here with the same one on a real
// inference server, text by text. run.sh starts the server.
//
//	remote -write DIR                 writes the trained tiny model
//	remote -dir DIR -url URL          compares, and says how fast both are
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"reflect"
	"strings"
	"time"

	"github.com/caddyprivacy/privacyfilter/inference/local"
	"github.com/caddyprivacy/privacyfilter/inference/remote"
	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/testdata/models/openai"
)

const shard = 2 << 20 // bytes in one file of weights

func main() {
	log.SetFlags(0)
	write := flag.String("write", "", "write the tiny model to this directory, and end")
	dir := flag.String("dir", "", "the model's directory")
	url := flag.String("url", "", "where the server is")
	protocol := flag.String("protocol", remote.KServe, "kserve or vllm")
	name := flag.String("model", "privacy-filter", "the model's name on the server")
	flag.Parse()
	err := error(nil)
	if *write != "" {
		err = writeModel(*write)
	} else {
		err = compare(context.Background(), *dir, remote.Options{Protocol: *protocol, URLs: []string{*url}, Model: *name})
	}
	if err != nil {
		log.Fatal(err)
	}
}

func writeModel(dir string) error {
	m, err := openai.Tiny()
	if err != nil {
		return err
	}
	return m.Write(dir, shard, "fp32")
}

// texts are of many lengths, the longest of some 700 tokens.
func texts() []pii.Segment {
	sentences := []string{
		"My name is Harriet Blackwood and you can call me on +1 628 555 0147. ",
		"Please write to harriet@example.com before Friday. ",
		"The build failed again because the cache was cold. ",
		"Zoë Müller wohnt in der Hauptstraße 12, 10115 Berlin 😀. ",
		"password: hunter2-Xy77!k\n",
	}
	var out []pii.Segment
	for n := range 60 {
		var text strings.Builder
		for i := range 1 + n*n/100 {
			text.WriteString(sentences[(n*7+i*5)%len(sentences)])
		}
		out = append(out, pii.Segment{Text: text.String()})
	}
	return out
}

func compare(ctx context.Context, dir string, r remote.Options) error {
	segments := texts()
	here, err := measure(ctx, local.Options{Model: dir, CacheBytes: -1}, segments)
	if err != nil {
		return err
	}
	there, err := measure(ctx, local.Options{Model: dir, CacheBytes: -1, Remote: &r}, segments)
	if err != nil {
		return err
	}
	spans, differ := 0, 0
	for i := range segments {
		spans += len(here[i])
		if !reflect.DeepEqual(bare(here[i]), bare(there[i])) {
			differ++
		}
	}
	fmt.Printf("%d texts with %d spans, %d differ\n", len(segments), spans, differ)
	if differ > 0 || spans == 0 {
		return fmt.Errorf("the server does not find what is found here")
	}
	return nil
}

// bare are spans without their scores, which are rounded in half precision.
func bare(spans []pii.Span) []pii.Span {
	out := make([]pii.Span, len(spans))
	for i, s := range spans {
		s.Score = 0
		out[i] = s
	}
	return out
}

func measure(ctx context.Context, o local.Options, segments []pii.Segment) (spans [][]pii.Span, err error) {
	start := time.Now()
	service, err := local.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	defer service.Close()
	opened := time.Since(start)
	before := service.Stats()
	start = time.Now()
	if spans, err = service.Detect(ctx, segments); err != nil {
		return nil, err
	}
	took := time.Since(start)
	after := service.Stats()
	tokens, batches := after.Tokens-before.Tokens, after.Batches-before.Batches
	fmt.Printf("%-9s open in %4.2f s, %d tokens in %d batches, %.0f tokens/s\n",
		after.Engine, opened.Seconds(), tokens, batches, float64(tokens)/took.Seconds())
	return spans, nil
}
