package caddymodule

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"

	"github.com/caddyserver/caddy/v2"

	"github.com/caddyprivacy/privacyfilter/logs"
)

// Caddy opens a log writer once for each key and keeps it for the life of the
// process: it means to close those that no configuration uses, but what it
// registers for that is never called (openLogs has a copy of the context; seen
// up to v2.11.9). A queue must be drained all the same, and the file below be
// closed. So the modules, whose Cleanup is called, hold what is open, and Caddy
// gets a door to whatever is open under the key.
var (
	openLogs    = caddy.NewUsagePool() // under keys of log writers
	openOutputs = caddy.NewUsagePool() // the writers below, under their own keys

	logDoors sync.Map // of key to *logDoor
)

// logDoor is what Caddy writes to.
type logDoor struct {
	behind atomic.Pointer[logs.Writer] // the last one that was opened
}

func doorOf(key string) *logDoor {
	door, _ := logDoors.LoadOrStore(key, new(logDoor))
	return door.(*logDoor)
}

// Write implements io.Writer. Entries that come when the last configuration
// has gone are written like all that are late.
func (d *logDoor) Write(entry []byte) (int, error) {
	w := d.behind.Load()
	if w == nil {
		return 0, errors.New("log writer is not open")
	}
	return w.Write(entry)
}

// Close does nothing: see openLogs.
func (*logDoor) Close() error { return nil }

// openLog is an open log writer in the pool.
type openLog struct{ *logs.Writer }

// Destruct implements caddy.Destructor.
func (l openLog) Destruct() error { return l.Close() }

// holdLog takes a reference to the log writer with this key, opening it if
// nobody has. On an error there is nothing to release.
func holdLog(key string, open func() (*logs.Writer, error)) error {
	_, _, err := openLogs.LoadOrNew(key, func() (caddy.Destructor, error) {
		w, err := open()
		if err != nil {
			return nil, err
		}
		doorOf(key).behind.Store(w)
		return openLog{w}, nil
	})
	return err
}

func releaseLog(key string) error {
	_, err := openLogs.Delete(key)
	return err
}

// openOutput is an open writer below log writers in the pool. Two log writers
// that differ in their options, as before and after a reload, share a file
// rather than turn it over under each other.
type openOutput struct{ io.WriteCloser }

// Destruct implements caddy.Destructor.
func (o openOutput) Destruct() error { return o.WriteCloser.Close() }

func holdOutput(opener caddy.WriterOpener) (io.WriteCloser, error) {
	key := opener.WriterKey()
	held, _, err := openOutputs.LoadOrNew(key, func() (caddy.Destructor, error) {
		w, err := opener.OpenWriter()
		return openOutput{w}, err
	})
	if err != nil {
		return nil, err
	}
	return heldOutput{held.(openOutput).WriteCloser, key}, nil
}

// heldOutput is a reference to a writer in the pool.
type heldOutput struct {
	io.Writer
	key string
}

// Close gives the reference back.
func (o heldOutput) Close() error {
	_, err := openOutputs.Delete(o.key)
	return err
}
