// Command xcaddy-build makes a Caddy with this checkout's modules in it, by the
// recipe of xcaddy.json: the JSON form of xcaddy's own Builder. It is what
// `make xcaddy` runs, and shows those who build Caddy with other plugins too
// which settings ours need.
//
// It compiles what it finds; it fetches no native parts. The C compiler must
// find libtokenizers.a (LIBRARY_PATH, or CGO_LDFLAGS=-L…), and the result
// needs the ONNX Runtime library when it runs.
package main

import (
	"context"
	"flag"
	"log"
	"os"
	"os/signal"
)

func main() {
	recipe := flag.String("config", "xcaddy.json", "the `file` with the recipe")
	output := flag.String("output", "caddy", "the `file` to write the program to")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := build(ctx, *recipe, *output); err != nil {
		log.Fatal(err)
	}
}

func build(ctx context.Context, recipe, output string) error {
	b, err := readRecipe(recipe)
	if err != nil {
		return err
	}
	return b.Build(ctx, output)
}
