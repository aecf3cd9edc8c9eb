package inference

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// maxClasses bounds a label space; fine-tunes with 217 classes are known.
const maxClasses = 1 << 12

// tag is the role of a class in the BIOES scheme.
type tag uint8

const (
	outside tag = iota
	begin
	inside
	end
	single
)

// Label is one category of the model and the class ids of its four tags.
type Label struct {
	Category                   pii.Category
	Begin, Inside, End, Single int
}

// class says what one class id stands for.
type class struct {
	tag   tag
	label int // index into LabelSet.Labels; meaningless for outside
}

// LabelSet is the label space of a model: class ids 0 … n-1, each O or a
// BIOES tag of a label. Nothing may rely on the order of the classes: it is
// alphabetical in the published config, and another one in the published
// README, so a hard-coded order mislabels without any error (model.md §2.3).
type LabelSet struct {
	Outside int     // class id of O
	Labels  []Label // in the order of their lowest class id

	classes []class // by class id
}

// Classes is the number of classes, which is the width of a logits row.
func (s *LabelSet) Classes() int { return len(s.classes) }

// Has says whether the model knows the category.
func (s *LabelSet) Has(c pii.Category) bool {
	return slices.ContainsFunc(s.Labels, func(l Label) bool { return l.Category == c })
}

// NewLabelSet builds a label space from class names in id order, such as
// "O", "B-secret", "I-secret", "E-secret", "S-secret".
func NewLabelSet(names []string) (*LabelSet, error) {
	set := &LabelSet{Outside: -1, classes: make([]class, len(names))}
	index := make(map[string]int)
	for id, name := range names {
		if name == "O" {
			if set.Outside >= 0 {
				return nil, errors.New("two classes are named O")
			}
			set.Outside = id
			continue
		}
		role, label, err := splitClass(name)
		if err != nil {
			return nil, err
		}
		at, known := index[label]
		if !known {
			at = len(set.Labels)
			index[label] = at
			set.Labels = append(set.Labels, Label{pii.Category(label), -1, -1, -1, -1})
		}
		slot := set.Labels[at].slot(role)
		if *slot >= 0 {
			return nil, fmt.Errorf("two classes are named %q", name)
		}
		*slot = id
		set.classes[id] = class{role, at}
	}
	return set, set.complete()
}

func (s *LabelSet) complete() error {
	if s.Outside < 0 {
		return errors.New("no class is named O")
	}
	if len(s.Labels) == 0 {
		return errors.New("there is no class but O")
	}
	for i := range s.Labels {
		for _, role := range []tag{begin, inside, end, single} {
			if *s.Labels[i].slot(role) < 0 {
				return fmt.Errorf("label %q lacks one of the tags B, I, E, S", s.Labels[i].Category)
			}
		}
	}
	return nil
}

func (l *Label) slot(t tag) *int {
	switch t {
	case begin:
		return &l.Begin
	case inside:
		return &l.Inside
	case end:
		return &l.End
	default:
		return &l.Single
	}
}

func splitClass(name string) (tag, string, error) {
	prefix, label, ok := strings.Cut(name, "-")
	if ok && label != "" {
		switch prefix {
		case "B":
			return begin, label, nil
		case "I":
			return inside, label, nil
		case "E":
			return end, label, nil
		case "S":
			return single, label, nil
		}
	}
	return 0, "", fmt.Errorf("class name %q is neither O nor B-, I-, E- or S- with a label", name)
}

// parseLabels reads id2label, and label2id where present.
func parseLabels(fields map[string]json.RawMessage) (*LabelSet, error) {
	var byID map[string]string
	if err := json.Unmarshal(fields["id2label"], &byID); err != nil || len(byID) == 0 {
		return nil, errors.New("id2label is missing or not an object of strings")
	}
	if len(byID) > maxClasses {
		return nil, fmt.Errorf("id2label has %d classes, more than %d", len(byID), maxClasses)
	}
	names := make([]string, len(byID))
	for id := range names {
		name, ok := byID[strconv.Itoa(id)]
		if !ok {
			return nil, fmt.Errorf("id2label has %d classes but no id %d", len(byID), id)
		}
		names[id] = name
	}
	set, err := NewLabelSet(names)
	if err != nil {
		return nil, fmt.Errorf("id2label: %w", err)
	}
	return set, checkLabel2ID(fields["label2id"], names)
}

func checkLabel2ID(raw json.RawMessage, names []string) error {
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	var byName map[string]int
	if err := json.Unmarshal(raw, &byName); err != nil {
		return errors.New("label2id is not an object of integers")
	}
	if len(byName) != len(names) {
		return fmt.Errorf("label2id has %d entries and id2label %d", len(byName), len(names))
	}
	for id, name := range names {
		if got, ok := byName[name]; !ok || got != id {
			return fmt.Errorf("label2id and id2label disagree about %q", name)
		}
	}
	return nil
}
