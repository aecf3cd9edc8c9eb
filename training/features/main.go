// Command features is the training side's door to inference/features: it reads
// texts and writes what the model will see of them, so that training and
// service share one implementation.
//
// Standard input holds texts, each as a JSON string on a line of its own.
// Standard output holds, little-endian and for each text in order: the number
// of tokens as uint32; where each begins and ends in code points, as two
// uint32; and the features of each, inference/features.Columns of uint32.
package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/features"
)

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "features:", err)
		os.Exit(1)
	}
}

// run answers text by text, so that a caller can wait for each answer.
func run(from io.Reader, to io.Writer) error {
	in, out := bufio.NewReaderSize(from, 1<<20), bufio.NewWriterSize(to, 1<<20)
	var answer []byte
	for {
		line, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return out.Flush()
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("reading a text: %w", err)
		}
		var text string
		if err := json.Unmarshal(line, &text); err != nil {
			return errors.New("a line is not a JSON string")
		}
		answer = describe(answer[:0], text)
		if _, err := out.Write(answer); err != nil {
			return fmt.Errorf("writing features: %w", err)
		}
		if in.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				return fmt.Errorf("writing features: %w", err)
			}
		}
	}
}

// describe appends one answer to dst.
func describe(dst []byte, text string) []byte {
	var words features.Words
	tokens, _ := words.Encode(nil, inference.Sanitize(text)) // never fails
	dst = appendNumber(dst, len(tokens))
	at, runes := 0, 0
	for _, t := range tokens {
		runes += utf8.RuneCountInString(text[at:t.Start])
		dst = appendNumber(dst, runes)
		runes += utf8.RuneCountInString(text[t.Start:t.End])
		dst = appendNumber(dst, runes)
		at = t.End
	}
	for _, f := range words.Append(nil, inference.Sanitize(text), tokens, 0, len(tokens)) {
		dst = appendNumber(dst, int(f))
	}
	return dst
}

func appendNumber(dst []byte, n int) []byte {
	return binary.LittleEndian.AppendUint32(dst, uint32(n))
}
