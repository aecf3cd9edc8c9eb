package ocr

import (
	"context"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"time"
)

// PoolOptions say how text is read.
type PoolOptions struct {
	// Command starts a worker; nil is this program's hidden subcommand.
	Command []string
	// Languages of Tesseract, such as "eng"; nil is English.
	Languages []string
	// Workers run at the same time; 0: half of the CPUs, at most 4.
	Workers int
	// Deadline of one pass over one image; 0: 20 s.
	Deadline time.Duration
	// MaxPixels of an image as it is handed over, after scaling; 0: 25 million.
	MaxPixels int
}

// Bounds of a worker's life: the engine leaks every string that it returns.
const (
	maxImages = 200       // that a worker reads before it is replaced
	maxMemory = 800 << 20 // bytes that it may keep between images
)

// Pool is child processes that read text. It is safe for concurrent use.
type Pool struct {
	o     PoolOptions
	seats chan *worker // one for each that may run; nil where none runs yet

	closing sync.Once
	closed  chan struct{}
}

// NewPool starts the workers, so that the first image does not wait for one.
func NewPool(o PoolOptions) (*Pool, error) {
	if !Available && o.Command == nil {
		return nil, ErrUnavailable
	}
	if o.Workers == 0 {
		o.Workers = min(max(runtime.NumCPU()/2, 1), 4)
	}
	if o.Deadline == 0 {
		o.Deadline = 20 * time.Second
	}
	if o.MaxPixels == 0 {
		o.MaxPixels = 25_000_000
	}
	if o.Languages == nil {
		o.Languages = []string{"eng"}
	}
	if Available {
		if err := CheckLanguages(o.Languages); err != nil {
			return nil, err
		}
	}
	if o.Command == nil {
		self, err := os.Executable()
		if err != nil {
			return nil, fmt.Errorf("finding this program: %w", err)
		}
		o.Command = []string{self, "privacy-filter", "ocr-worker"}
	}
	o.Command = append(o.Command[:len(o.Command):len(o.Command)],
		"--languages", strings.Join(o.Languages, "+"), "--max-pixels", fmt.Sprint(o.MaxPixels))
	p := &Pool{o: o, seats: make(chan *worker, o.Workers), closed: make(chan struct{})}
	var err error
	for range o.Workers {
		w, errStart := p.start()
		if p.seats <- w; errStart != nil {
			err = errStart
		}
	}
	if err != nil {
		p.Close()
		return nil, fmt.Errorf("starting a process that reads text: %w", err)
	}
	return p, nil
}

// MaxPixels is the largest image that Recognise takes.
func (p *Pool) MaxPixels() int { return p.o.MaxPixels }

// Recognise reads the text of a grey image with one of Tesseract's page
// segmentation modes. It waits for a worker as long as ctx lets it. The error
// is ErrWorker, ErrTooLarge or that of ctx.
func (p *Pool) Recognise(ctx context.Context, img *image.Gray, mode byte) (*Page, error) {
	if img.Rect.Empty() || img.Rect.Dx() > p.o.MaxPixels/img.Rect.Dy() {
		return nil, ErrTooLarge
	}
	var w *worker
	select {
	case <-p.closed:
		return nil, ErrWorker
	default:
	}
	select {
	case w = <-p.seats:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.closed:
		return nil, ErrWorker
	}
	var page *Page
	var err error
	defer func() { p.seats <- w }()
	if w == nil {
		if w, err = p.start(); err != nil {
			w = nil
			return nil, ErrWorker
		}
	}
	limited, cancel := context.WithTimeout(ctx, p.o.Deadline)
	defer cancel()
	page, err = w.recognise(limited, img, mode)
	if err != nil || w.spent() {
		w.stop()
		w = nil // the next image starts another
	}
	switch {
	case err == nil:
		return page, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	}
	return nil, ErrWorker
}

// Close ends the workers, when they have read what they are reading.
func (p *Pool) Close() {
	p.closing.Do(func() {
		close(p.closed)
		for range cap(p.seats) {
			if w := <-p.seats; w != nil {
				w.stop()
			}
		}
	})
}

// worker is a child process. It belongs to whoever took it from the seats.
type worker struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    io.ReadCloser
	images int
}

func (p *Pool) start() (*worker, error) {
	cmd := exec.Command(p.o.Command[0], p.o.Command[1:]...)
	// Nothing of this process's environment but where data lies: keys in it
	// are no business of a process that reads hostile images.
	for _, name := range []string{"TESSDATA_PREFIX", "PATH", "LD_LIBRARY_PATH", "HOME", "LANG", workerEnv} {
		if value, ok := os.LookupEnv(name); ok {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	cmd.Env = append(cmd.Env, "OMP_THREAD_LIMIT=1")
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	// Standard error goes nowhere: the engine may quote.
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &worker{cmd: cmd, in: in, out: out}, nil
}

// workerEnv makes a test's own program a worker.
const workerEnv = "PRIVACY_FILTER_OCR_WORKER"

func (w *worker) recognise(ctx context.Context, img *image.Gray, mode byte) (*Page, error) {
	w.images++
	// A worker cannot be interrupted, only killed; then its pipes end.
	stop := context.AfterFunc(ctx, func() { _ = w.cmd.Process.Kill() })
	defer stop()
	if err := writeRequest(w.in, mode, img); err != nil {
		return nil, err
	}
	hocr, err := readAnswer(w.out)
	if err != nil {
		return nil, err
	}
	return parseHOCR(hocr)
}

// spent reports whether a worker has done or taken enough.
func (w *worker) spent() bool {
	return w.images >= maxImages || residentMemory(w.cmd.Process.Pid) > maxMemory
}

func (w *worker) stop() {
	_ = w.in.Close()
	_ = w.cmd.Process.Kill()
	_ = w.cmd.Wait() // it was killed; whatever it says
}

// residentMemory is a process's memory in bytes, or 0 where nobody tells.
func residentMemory(pid int) int64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	var size, resident int64
	if _, err := fmt.Sscan(string(raw), &size, &resident); err != nil {
		return 0
	}
	return resident * int64(os.Getpagesize())
}
