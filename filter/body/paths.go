package body

import (
	"errors"
	"math/bits"
	"strconv"
	"strings"
)

// Paths is a compiled set of JSON paths to leave alone. A path covers
// everything below the place it names. Supported are $, .name, ['name'],
// [3], [*], .* and ..name. It walks on through JSON in strings, so that
// $.arguments.id reaches into a string of JSON.
type Paths struct {
	steps   []pathStep
	first   pathState // the steps that start a path
	skipAll bool      // "$" alone
}

type pathStep struct {
	name     string
	index    int  // element number, or -1
	wild     bool // any member or element
	anywhere bool // behind "..": stays open below
	last     bool
}

const maxSteps = 512

// pathState is the set of steps that may match next; a set bit beyond a last
// step cannot exist, so completion is kept apart as done.
type pathState struct {
	open [maxSteps / 64]uint64
	done bool
}

func (s *pathState) set(i int) { s.open[i/64] |= 1 << (i % 64) }

// errPath says what a skip path may look like.
var errPath = errors.New(`want a path such as $.tools, $.items[*].id or $..trace_id`)

// CompilePaths reads skip paths. No paths give nil, which skips nothing.
func CompilePaths(paths []string) (*Paths, error) {
	if len(paths) == 0 {
		return nil, nil
	}
	p := &Paths{}
	for _, path := range paths {
		steps, err := parsePath(path)
		if err != nil {
			return nil, err
		}
		if len(steps) == 0 {
			p.skipAll = true
			continue
		}
		if len(p.steps)+len(steps) > maxSteps {
			return nil, errors.New("too many skip paths: " + strconv.Itoa(maxSteps) + " steps at most")
		}
		steps[len(steps)-1].last = true
		p.first.set(len(p.steps))
		p.steps = append(p.steps, steps...)
	}
	return p, nil
}

func parsePath(path string) ([]pathStep, error) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(path), "$")
	if !ok {
		return nil, errPath
	}
	var steps []pathStep
	for rest != "" {
		step := pathStep{index: -1}
		if after, ok := strings.CutPrefix(rest, ".."); ok {
			step.anywhere = true
			rest = after
			if !strings.HasPrefix(rest, "[") {
				rest = "." + rest
			}
		}
		var err error
		if rest[0] == '.' {
			rest, err = step.parseName(rest[1:])
		} else if rest[0] == '[' {
			rest, err = step.parseBracket(rest[1:])
		} else {
			err = errPath
		}
		if err != nil {
			return nil, err
		}
		steps = append(steps, step)
	}
	return steps, nil
}

func (s *pathStep) parseName(rest string) (string, error) {
	end := strings.IndexAny(rest, ".[")
	if end < 0 {
		end = len(rest)
	}
	if end == 0 {
		return "", errPath
	}
	s.name = rest[:end]
	s.wild = s.name == "*"
	return rest[end:], nil
}

func (s *pathStep) parseBracket(rest string) (string, error) {
	if rest == "" {
		return "", errPath
	}
	if q := rest[0]; q == '\'' || q == '"' {
		name, after, ok := strings.Cut(rest[1:], string(q)+"]")
		if !ok {
			return "", errPath
		}
		s.name = name
		return after, nil
	}
	inner, after, ok := strings.Cut(rest, "]")
	if !ok {
		return "", errPath
	}
	if inner == "*" {
		s.wild = true
		return after, nil
	}
	n, err := strconv.Atoi(inner)
	if err != nil || n < 0 {
		return "", errPath
	}
	s.index = n
	return after, nil
}

// walker follows one document through the paths. States are numbered as they
// are met, so that a place carries four bytes and not a set.
type walker struct {
	paths  *Paths
	states []pathState
	number map[pathState]stateID
}

// stateID numbers a state of a walker; 0 is the top of a document.
type stateID int32

func newWalker(p *Paths) *walker {
	w := &walker{paths: p}
	if p != nil {
		root := p.first
		root.done = p.skipAll
		w.number = make(map[pathState]stateID)
		w.id(root)
	}
	return w
}

// active reports whether there are any paths to follow.
func (w *walker) active() bool { return w.paths != nil }

// skipped reports whether a place in this state is to be left alone.
func (w *walker) skipped(id stateID) bool { return w.paths != nil && w.states[id].done }

// member is the state of a value behind a key; element that of an array
// element.
func (w *walker) member(id stateID, key []byte) stateID {
	return w.next(id, func(step *pathStep) bool {
		return step.wild || step.index < 0 && step.name == string(key)
	})
}

func (w *walker) element(id stateID, index int) stateID {
	return w.next(id, func(step *pathStep) bool {
		return step.wild || step.index == index
	})
}

func (w *walker) next(id stateID, match func(*pathStep) bool) stateID {
	if w.paths == nil || w.states[id].done {
		return id
	}
	now := w.states[id]
	var out pathState
	for word, open := range now.open {
		for ; open != 0; open &= open - 1 {
			i := 64*word + bits.TrailingZeros64(open)
			step := &w.paths.steps[i]
			if step.anywhere {
				out.set(i)
			}
			switch {
			case !match(step):
			case step.last:
				out.done = true
			default:
				out.set(i + 1)
			}
		}
	}
	return w.id(out)
}

func (w *walker) id(s pathState) stateID {
	id, ok := w.number[s]
	if !ok {
		id = stateID(len(w.states))
		w.states = append(w.states, s)
		w.number[s] = id
	}
	return id
}
