package inference

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Geometry says how a text that is too long for one row is cut into windows.
type Geometry struct {
	Window int // tokens a row at most, special tokens not counted
	Halo   int // tokens of context on each inner side of a window

	// Exact says that Halo covers the whole receptive field, so that cutting
	// changes nothing. Otherwise it is an approximation: a token sees at
	// least Halo tokens on each side, but not the whole text.
	Exact bool
}

// parseGeometry derives the geometry from the model's own attention.
//
// openai/privacy-filter attends to sliding_window tokens on each side in
// every layer (in this config the number is the half-width; original/
// config.json states 257 for the same thing), so a logit depends on exactly
// layers × half-width tokens on each side: 8 × 128 = 1,024, necessary and
// sufficient (model.md §7.1). A model with global attention has no such
// bound and gets a configured overlap instead.
//
// A convolution's bound is stated as receptive_tokens, since no published field
// has it.
func parseGeometry(fields map[string]json.RawMessage, own ownSettings, modelType string, positions int) (g Geometry, err error) {
	if own.attention == "" {
		own.attention = "global"
		if modelType == ModelTypePrivacyFilter {
			own.attention = "local"
		}
	}
	if modelType == ModelTypePrivacyFilter && own.attention != "local" {
		return Geometry{}, errors.New("privacy_filter: attention of openai_privacy_filter is local")
	}
	switch {
	case own.attention == "global" && own.receptive >= 0:
		return Geometry{}, errors.New("privacy_filter: global attention has no receptive_tokens")
	case own.attention == "global":
		g = Geometry{Window: min(globalWindow, positions), Halo: globalOverlap}
	case own.receptive >= 0:
		g = Geometry{Window: min(privacyFilterWindow, positions), Halo: own.receptive, Exact: true}
	default:
		if g, err = localGeometry(fields, positions); err != nil {
			return Geometry{}, err
		}
	}
	return g.override(own, positions)
}

// localGeometry is exact: the halo is the receptive field.
func localGeometry(fields map[string]json.RawMessage, positions int) (Geometry, error) {
	layers, err := integer(fields, "num_hidden_layers", 1, 1<<10)
	if err != nil {
		return Geometry{}, err
	}
	half, err := integer(fields, "sliding_window", 1, 1<<16)
	if err != nil {
		return Geometry{}, err
	}
	return Geometry{Window: min(privacyFilterWindow, positions), Halo: layers * half, Exact: true}, nil
}

func (g Geometry) override(own ownSettings, positions int) (Geometry, error) {
	if own.window > 0 {
		g.Window = own.window
	}
	switch {
	case own.overlap >= 0:
		g.Exact = g.Exact && own.overlap >= g.Halo
		g.Halo = own.overlap
	case !g.Exact:
		g.Halo = min(g.Halo, g.Window/4)
	}
	return g, g.check(positions)
}

// check refuses a geometry that cannot tile a text or exceeds the model.
func (g Geometry) check(positions int) error {
	switch {
	case g.Window < 1 || g.Window > positions:
		return fmt.Errorf("windows of %d tokens do not fit %d positions", g.Window, positions)
	case g.Halo < 0 || g.Window <= 2*g.Halo:
		return fmt.Errorf("windows of %d tokens leave nothing inside %d tokens of context on each side", g.Window, g.Halo)
	}
	return nil
}

// Window is one row of a long text: tokens [Start, End) are fed, and the
// logits of tokens [From, To) are used.
type Window struct {
	Start, End int
	From, To   int
}

// Windows is how many windows a text of the given number of tokens takes.
func (g Geometry) Windows(tokens int) int {
	switch {
	case tokens <= 0:
		return 0
	case tokens <= g.Window:
		return 1
	}
	stride := g.Window - 2*g.Halo
	return 1 + (tokens-g.Window+stride-1)/stride
}

// At is the k-th window of a text. The used rows of all windows tile the text
// exactly once; there is no halo at its true start and end.
func (g Geometry) At(tokens, k int) Window {
	start := k * (g.Window - 2*g.Halo)
	w := Window{Start: start, End: min(start+g.Window, tokens), From: start + g.Halo}
	if k == 0 {
		w.From = 0
	}
	w.To = w.End
	if w.End < tokens {
		w.To -= g.Halo
	}
	return w
}

// Fed is how many tokens the windows of a text feed in all, halos included.
func (g Geometry) Fed(tokens int) int {
	return tokens + 2*g.Halo*max(0, g.Windows(tokens)-1)
}

// within narrows windows to what special tokens leave of the positions.
func (g Geometry) within(positions, specials int) (Geometry, error) {
	g.Window = min(g.Window, positions-specials)
	return g, g.check(positions)
}
