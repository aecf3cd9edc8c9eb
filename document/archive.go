package document

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"strings"
	"unicode/utf8"
)

const (
	// deepest is how deep archives may lie in one another: a chart holds a
	// workbook.
	deepest = 2
	// small is up to how many bytes a part may be packed as well as it likes:
	// styles of a new document are mostly repetition.
	small = 1 << 20
)

// archive is the parts of a zip file, in its order.
type archive struct {
	parts []*part
}

// part is a file of an archive. At most one of xml and nested is set.
type part struct {
	name    string
	data    []byte
	xml     *xmlPart
	nested  *archive
	picture bool
	dropped bool // must not be in the new archive
}

// budget is what is left to read, over all archives of a document.
type budget struct {
	Limits
}

// unzip reads all parts of an archive. What lies between and around them, and
// what is said about them beside the name, is not read and so not kept.
func (b *budget) unzip(data []byte) (*archive, error) {
	// zip.NewReader has archives with anything before the first entry, which
	// two readers may understand in two ways.
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return nil, ErrFormat
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, ErrFormat
	}
	seen := make(map[string]bool)
	a := new(archive)
	for _, f := range r.File {
		if b.Entries--; b.Entries < 0 {
			return nil, ErrTooLarge
		}
		if strings.HasSuffix(f.Name, "/") && f.UncompressedSize64 == 0 {
			continue // a folder, which packages do not need
		}
		// Part names are equal without regard to case (ECMA-376-2 §6.2.2.3).
		key := strings.ToLower(f.Name)
		if !plainName(f.Name) || seen[key] || !f.Mode().IsRegular() || f.Flags&1 != 0 {
			return nil, ErrFormat
		}
		seen[key] = true
		content, err := b.unpack(f)
		if err != nil {
			return nil, err
		}
		a.parts = append(a.parts, &part{name: f.Name, data: content})
	}
	if !seen["[content_types].xml"] {
		return nil, ErrFormat
	}
	return a, nil
}

// plainName reports whether a name leads nowhere but into the archive.
func plainName(name string) bool {
	return name != "" && utf8.ValidString(name) && !strings.ContainsAny(name, "\\\x00:") &&
		!strings.HasPrefix(name, "/") && path.Clean(name) == name && name != ".." && !strings.HasPrefix(name, "../")
}

// unpack reads one part. Its head may lie about its size, so that what comes
// out is counted too.
func (b *budget) unpack(f *zip.File) ([]byte, error) {
	size := int64(f.UncompressedSize64)
	if size < 0 || size > b.Total || size > small && size/b.Ratio > int64(f.CompressedSize64) {
		return nil, ErrTooLarge
	}
	r, err := f.Open()
	if err != nil {
		return nil, ErrFormat
	}
	defer r.Close()
	var out bytes.Buffer
	n, err := io.Copy(&out, io.LimitReader(r, size+1))
	if err != nil || n != size {
		return nil, ErrFormat
	}
	b.Total -= size
	return out.Bytes(), nil
}

// zip writes a new archive. It holds names and contents and nothing else: no
// times, comments or attributes.
func (a *archive) zip() ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range a.parts {
		if p.dropped {
			continue
		}
		content := p.data
		var err error
		switch {
		case p.xml != nil:
			content = p.xml.render()
		case p.nested != nil:
			if content, err = p.nested.zip(); err != nil {
				return nil, err
			}
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
		if err != nil {
			return nil, ErrFormat
		}
		if _, err := f.Write(content); err != nil {
			return nil, ErrFormat
		}
	}
	if err := w.Close(); err != nil {
		return nil, ErrFormat
	}
	return out.Bytes(), nil
}

// find returns a part by name, or nil.
func (a *archive) find(name string) *part {
	for _, p := range a.parts {
		if strings.EqualFold(p.name, name) {
			return p
		}
	}
	return nil
}
