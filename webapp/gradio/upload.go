package gradio

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// maxParts is how many files one upload may hold.
const maxParts = 64

// serveUpload keeps files in memory and answers with what they are called here.
func (s *Server) serveUpload(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, s.o.MaxFile+64<<10) // with room for the heads of parts
	parts, err := r.MultipartReader()
	if err != nil {
		deny(w, http.StatusBadRequest, "An upload is multipart/form-data.")
		return
	}
	owner := s.o.Owner(r)
	paths := []string{}
	refuse := func(status int, detail string) {
		for _, path := range paths {
			s.files.remove(path)
		}
		deny(w, status, detail)
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && part.FormName() != "files" {
			continue
		}
		var data []byte
		if err == nil {
			data, err = io.ReadAll(io.LimitReader(part, s.o.MaxFile+1))
		}
		if _, large := errors.AsType[*http.MaxBytesError](err); large || int64(len(data)) > s.o.MaxFile {
			refuse(http.StatusRequestEntityTooLarge, "The file is over "+strconv.FormatInt(s.o.MaxFile>>20, 10)+" MiB.")
			return
		}
		if err != nil || len(paths) == maxParts {
			refuse(http.StatusBadRequest, "The upload cannot be read.")
			return
		}
		path, ok := s.files.put(owner, File{Name: part.FileName(), Type: part.Header.Get("Content-Type"), Data: data})
		if !ok {
			refuse(http.StatusRequestEntityTooLarge, "There is no room for more files at the moment.")
			return
		}
		paths = append(paths, path)
	}
	answer(w, http.StatusOK, paths)
}

// offer keeps a result for its caller and describes it as clients expect.
func (s *Server) offer(j *job, f *File) (any, error) {
	path, ok := s.files.put(j.session.owner, *f)
	if !ok {
		return nil, Failure("There is no room for the result at the moment.")
	}
	return map[string]any{
		"path": path, "url": j.call.Root + prefix + "/file=" + escaped(path),
		"size": len(f.Data), "orig_name": safeName(f.Name), "mime_type": f.Type, "is_stream": false,
		"meta": map[string]any{"_type": "gradio.FileData"},
	}, nil
}

// escaped is a path as it stands in a URL.
func escaped(path string) string {
	dir, name, _ := strings.Cut(path, "/")
	return dir + "/" + url.PathEscape(name)
}

// served are the types that files may have. Nothing that a browser would run.
var served = map[string]bool{
	"image/png": true, "image/jpeg": true, "image/gif": true, "image/bmp": true, "image/tiff": true, "image/webp": true,
	"application/pdf": true, "text/plain; charset=utf-8": true, "application/json": true,
}

// serveFile hands a file to its owner, as a download.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	f := s.files.get(s.o.Owner(r), r.PathValue("path"))
	if f == nil {
		deny(w, http.StatusNotFound, "There is no such file.")
		return
	}
	kind := f.Type
	if !served[kind] {
		kind = "application/octet-stream"
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	h.Set("Content-Length", strconv.Itoa(len(f.Data)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(f.Data)
	}
}
