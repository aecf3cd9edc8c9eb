package webapp

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/caddyprivacy/privacyfilter/webapp/gradio"
)

// PasteLimits bound what is kept. Zero values are the defaults.
type PasteLimits struct {
	MaxTTL  time.Duration // 30 days; "never" is this
	MaxText int           // bytes; 256 KiB
	Count   int           // pastes; 10000
}

// recordPrefix begins the keys of pastes.
const recordPrefix = "privacy_filter/pastes"

// sweepEvery is how often what has expired is looked for. What is asked for in
// between is gone all the same.
const sweepEvery = 30 * time.Second

// pastes keeps texts behind two links.
type pastes struct {
	records Records
	limits  PasteLimits
	now     func() time.Time

	burning sync.Mutex // held while one is revealed that goes with it

	mu      sync.Mutex
	expires map[string]int64 // by key; guarded by mu

	stop context.CancelFunc
	done chan struct{}
}

func newPastes(records Records, limits PasteLimits) (*pastes, error) {
	if records == nil {
		records = NewMemory()
	}
	if limits.MaxTTL == 0 {
		limits.MaxTTL = 30 * 24 * time.Hour
	}
	if limits.MaxText == 0 {
		limits.MaxText = 256 << 10
	}
	if limits.Count == 0 {
		limits.Count = 10_000
	}
	ctx, stop := context.WithCancel(context.Background())
	p := &pastes{records: records, limits: limits, now: time.Now, expires: make(map[string]int64), stop: stop, done: make(chan struct{})}
	go p.sweeps(ctx)
	return p, nil
}

func (p *pastes) close() {
	p.stop()
	<-p.done
}

func (p *pastes) sweeps(ctx context.Context) {
	defer close(p.done)
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		p.sweep(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// sweep deletes what has expired. Of what it has seen before it remembers when
// that is.
func (p *pastes) sweep(ctx context.Context) {
	keys, err := p.records.List(ctx, recordPrefix, false)
	if err != nil {
		return // no paste yet, or no storage at the moment
	}
	seen := make(map[string]int64, len(keys))
	for _, key := range keys {
		p.mu.Lock()
		at, known := p.expires[key]
		p.mu.Unlock()
		if !known {
			r, err := p.load(ctx, key)
			if err != nil {
				continue
			}
			at = r.Expires
		}
		if at <= p.now().Unix() {
			_ = p.records.Delete(ctx, key)
			continue
		}
		seen[key] = at
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.expires = seen
}

func (p *pastes) load(ctx context.Context, key string) (*record, error) {
	data, err := p.records.Load(ctx, key)
	if err != nil {
		return nil, err
	}
	r := new(record)
	if json.Unmarshal(data, r) != nil || r.Version != 1 {
		return nil, errSealed
	}
	return r, nil
}

// find loads a paste that has not expired.
func (p *pastes) find(ctx context.Context, pid string) (*record, error) {
	if len(pid) != base64.RawURLEncoding.EncodedLen(pidBytes) {
		return nil, fs.ErrNotExist
	}
	r, err := p.load(ctx, keyOf(pid))
	if err != nil {
		return nil, err
	}
	if r.Expires <= p.now().Unix() {
		_ = p.records.Delete(ctx, keyOf(pid))
		return nil, fs.ErrNotExist
	}
	return r, nil
}

// original is what a token reveals.
type original struct {
	Text  string    `json:"text"`
	Spans []finding `json:"spans"`
}

// Sizes of what is random in links, in bytes.
const (
	pidBytes   = 6
	tokenBytes = 22
)

func random(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

func hexOf(b []byte) string { return hex.EncodeToString(b) }

// create keeps a paste and returns its id and token, which nobody knows but
// whom they are given.
func (p *pastes) create(ctx context.Context, masked string, o original, ttl time.Duration, burn bool) (pid, token string, expires time.Time, err error) {
	p.mu.Lock()
	full := len(p.expires) >= p.limits.Count
	p.mu.Unlock()
	if full {
		return "", "", time.Time{}, gradio.Failure("There is no room for more pastes at the moment.")
	}
	if ttl <= 0 || ttl > p.limits.MaxTTL {
		ttl = p.limits.MaxTTL
	}
	pid, token = random(pidBytes), random(tokenBytes)
	expires = p.now().Add(ttl)
	r := &record{Version: 1, Expires: expires.Unix(), Burn: burn, Hash: hashOf(token)}
	if r.Masked, err = r.seal(pid, pid, partMasked, masked); err != nil {
		return "", "", time.Time{}, err
	}
	if r.Original, err = r.seal(pid, token, partOriginal, o); err != nil {
		return "", "", time.Time{}, err
	}
	data, err := json.Marshal(r)
	if err == nil {
		err = p.records.Store(ctx, keyOf(pid), data)
	}
	if err != nil {
		return "", "", time.Time{}, gradio.Failure("The paste could not be stored.")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.expires[keyOf(pid)] = r.Expires
	return pid, token, expires, nil
}

var (
	errToken   = errors.New("the token is not that of the paste")
	errConfirm = errors.New("a paste that is revealed once is revealed by POST only")
)

// reveal opens a paste. One that burns goes with it, and only if confirmed:
// what previews links must not burn them.
func (p *pastes) reveal(ctx context.Context, pid, token string, confirmed bool) (original, error) {
	r, err := p.find(ctx, pid)
	switch {
	case err != nil:
		return original{}, err
	case !r.takes(token):
		return original{}, errToken
	case !r.Burn:
		return r.reveal(pid, token)
	case !confirmed:
		return original{}, errConfirm
	}
	p.burning.Lock()
	defer p.burning.Unlock()
	if l, ok := p.records.(locker); ok {
		name := keyOf(pid) + ".lock"
		if err := l.Lock(ctx, name); err != nil {
			return original{}, err
		}
		defer func() { _ = l.Unlock(context.WithoutCancel(ctx), name) }()
	}
	if r, err = p.find(ctx, pid); err != nil { // somebody was faster
		return original{}, err
	}
	o, err := r.reveal(pid, token)
	if err != nil {
		return original{}, err
	}
	return o, p.remove(ctx, pid)
}

func (r *record) reveal(pid, token string) (o original, err error) {
	err = r.open(pid, token, partOriginal, r.Original, &o)
	return o, err
}

// revoke deletes a paste for whom has the token.
func (p *pastes) revoke(ctx context.Context, pid, token string) error {
	r, err := p.find(ctx, pid)
	if err != nil {
		return err
	}
	if !r.takes(token) {
		return errToken
	}
	return p.remove(ctx, pid)
}

func (p *pastes) remove(ctx context.Context, pid string) error {
	if err := p.records.Delete(ctx, keyOf(pid)); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.expires, keyOf(pid))
	return nil
}

// parseTTL reads "never", "90s", "10m", "1h" or "7d".
func parseTTL(text string) (time.Duration, error) {
	bad := gradio.Failure(`ttl: want "never", or a time such as "10m", "1h" or "7d".`)
	if text == "never" || text == "" {
		return 0, nil
	}
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.ParseUint(days, 10, 15)
		if err != nil || n == 0 {
			return 0, bad
		}
		return time.Duration(n) * 24 * time.Hour, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < time.Second {
		return 0, bad
	}
	return d, nil
}
