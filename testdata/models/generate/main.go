// Command generate writes the fixture models into testdata/models:
//
//	go run ./testdata/models/generate
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/caddyprivacy/privacyfilter/testdata/models/fixture"
)

func main() {
	if err := fixture.Write(filepath.Join("testdata", "models")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
