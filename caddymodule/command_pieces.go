package caddymodule

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// Sizes of the pieces that a long input is read in. A piece is cut by what
// the text says, never by how it arrives, so that `cat` and `tail -f` of the
// same log give the same bytes.
const (
	pieceBytes = 64 << 10 // a piece ends at the first blank line after this many bytes, or at any line after twice as many
	keyBytes   = 32 << 10 // a private-key block is kept in one piece up to this length
	readBytes  = 32 << 10
)

// errTooLong reports an input that cannot be cut and does not fit.
var errTooLong = errors.New("longer than max_body, and not made of lines that can be read one by one")

// piece is a stretch of an input that is masked at once.
type piece struct {
	body      []byte
	offset    int64 // of its first byte in the input
	firstLine int64 // number of its first line, from 1
	lastLine  int64 // and of its last
	whole     bool  // it is the entire input
	first     bool  // it is the beginning of the input
}

// pieces cuts a reader into pieces: the whole input if it is short or is one
// document, else stretches of whole lines.
type pieces struct {
	src    io.Reader
	limit  int64 // bytes of a piece, at most
	target int   // pieceBytes, or 0 to cut after every line

	buf     []byte
	scanned int  // bytes of buf that were searched for a place to cut
	keyFrom int  // where an open private-key block starts in buf, or -1
	ended   bool // src has no more
	started bool // the first piece was cut
	blank   int  // bytes of blank lines that buf begins with, before judged
	judged  bool // lined is decided
	lined   bool // the input is cut at lines
	line    int64
	offset  int64 // of buf in the input
}

func newPieces(src io.Reader, limit int64, lineByLine bool) *pieces {
	p := &pieces{src: src, limit: limit, target: pieceBytes, keyFrom: -1, line: 1}
	if lineByLine {
		p.target = 0
	}
	return p
}

// next returns the next piece, or io.EOF. The piece is the caller's.
func (p *pieces) next() (piece, error) {
	for {
		if n := p.cut(); n > 0 {
			return p.take(n), nil
		}
		if p.ended && len(p.buf) > 0 {
			return p.take(len(p.buf)), nil
		}
		if p.ended {
			return piece{}, io.EOF
		}
		if int64(len(p.buf)) > p.limit {
			return piece{firstLine: p.line}, errTooLong
		}
		if err := p.fill(); err != nil {
			return piece{firstLine: p.line}, err
		}
	}
}

func (p *pieces) fill() error {
	p.buf = append(p.buf, make([]byte, readBytes)...)
	n, err := p.src.Read(p.buf[len(p.buf)-readBytes:])
	p.buf = p.buf[:len(p.buf)-readBytes+n]
	if errors.Is(err, io.EOF) {
		p.ended, err = true, nil
	}
	return err
}

func (p *pieces) take(n int) piece {
	ends := int64(bytes.Count(p.buf[:n], []byte{'\n'}))
	out := piece{
		body: p.buf[:n:n], offset: p.offset, firstLine: p.line, lastLine: p.line + ends,
		first: !p.started, whole: !p.started && p.ended && n == len(p.buf),
	}
	if p.buf[n-1] == '\n' {
		out.lastLine--
	}
	p.buf = bytes.Clone(p.buf[n:])
	p.line += ends
	p.offset += int64(n)
	p.started, p.scanned, p.keyFrom = true, 0, -1
	return out
}

// cut returns the length of a complete piece at the front of the buffer, or 0.
func (p *pieces) cut() int {
	if !p.judge() {
		return 0
	}
	for {
		i := bytes.IndexByte(p.buf[p.scanned:], '\n')
		if i < 0 {
			return 0
		}
		line := p.buf[p.scanned : p.scanned+i]
		p.scanned += i + 1
		p.trackKey(line)
		blank := len(bytes.TrimSpace(line)) == 0
		far := p.scanned > 2*p.target || p.scanned > p.target && blank
		if far && !p.insideKey() {
			return p.scanned
		}
	}
}

// judge decides once, from the first line that says anything, whether an
// input that is longer than one piece is cut at lines.
func (p *pieces) judge() bool {
	if p.judged || len(p.buf) <= 2*p.target {
		return p.lined
	}
	for {
		line, _, complete := bytes.Cut(p.buf[p.blank:], []byte{'\n'})
		if !complete {
			return false
		}
		if text := bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))); len(text) > 0 {
			p.judged, p.lined = true, lineOriented(text)
			return p.lined
		}
		p.blank += len(line) + 1
	}
}

// trackKey notes where PEM blocks begin and end: cut in two, the second half
// of a private key is nothing that a rule can recognise.
func (p *pieces) trackKey(line []byte) {
	begin := bytes.LastIndex(line, []byte("-----BEGIN "))
	end := bytes.LastIndex(line, []byte("-----END "))
	switch {
	case begin > end:
		p.keyFrom = p.scanned
	case end >= 0:
		p.keyFrom = -1
	}
}

func (p *pieces) insideKey() bool {
	return p.keyFrom >= 0 && p.scanned-p.keyFrom < keyBytes
}

// lineOriented reports whether an input that starts with this line may be
// cut at lines: text, logs and NDJSON may, a document that spans lines and
// text whose line ends are more than one byte may not.
func lineOriented(line []byte) bool {
	if bytes.IndexByte(line, 0) >= 0 || bytes.HasPrefix(line, []byte("\xff\xfe")) || bytes.HasPrefix(line, []byte("\xfe\xff")) {
		return false // UTF-16 or binary
	}
	switch line[0] {
	case '{', '[':
		// NDJSON, or a log line like "[12:00] started"; not "[" or `{"a":`.
		return json.Valid(line) || balanced(line)
	case '<':
		return len(line) > 1 && '0' <= line[1] && line[1] <= '9' // syslog's <134>, not markup
	}
	return true
}

// balanced reports whether every bracket that the line opens outside of
// double quotes is closed on it.
func balanced(line []byte) bool {
	depth, quoted := 0, false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		}
	}
	return depth == 0 && !quoted
}
