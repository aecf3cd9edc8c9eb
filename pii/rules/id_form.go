package rules

// places are the letters of forms and what may stand there.
var places = map[byte]string{
	'0': "0123456789",
	'A': "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
	'X': "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
	// Letters that look like no digit and make no word, as on the cards of
	// Germany (BSI TR-03127) and of Medicare (CMS), and those or a digit.
	'C': "CFGHJKLMNPRTVWXYZ",
	'K': "0123456789CFGHJKLMNPRTVWXYZ",
	'M': "ACDEFGHJKMNPQRTUVWXY",
	'N': "0123456789ACDEFGHJKMNPQRTUVWXY",
	'V': "0123456789ABCDEFGHJKLMNPRSTUVWXYZ", // of vehicles
	// Check digits modulo 11, whose tenth value is a letter.
	'R': "0123456789KX",
}

// fitting holds a bit for each place of 'A' to 'Z', and the last for '0'.
var fitting = func() (t [256]uint32) {
	for place, set := range places {
		for i := 0; i < len(set); i++ {
			t[set[i]] |= placeBit(place)
			t[lowerByte(set[i])] |= placeBit(place)
		}
	}
	return t
}()

func placeBit(place byte) uint32 {
	if place == '0' {
		return 1 << 31
	}
	return 1 << (place & 31)
}

// fits reports whether c, in either case, may stand in a place.
func fits(c, place byte) bool { return fitting[c]&placeBit(place) != 0 }

// digitOnly and letterOnly tell places where only those may stand.
func digitOnly(place byte) bool  { return place == '0' }
func letterOnly(place byte) bool { return place == 'A' || place == 'C' || place == 'M' }

// codeLen counts the digits and letters of a layout.
func codeLen(layout string) (n int) {
	for i := 0; i < len(layout); i++ {
		if alnum.has(layout[i]) {
			n++
		}
	}
	return n
}

// standsAlone reports whether text is written in one of the layouts that need
// no context.
func (e *entry) standsAlone(text string) bool {
	for _, layout := range e.alone {
		if inLayout(text, layout) {
			return true
		}
	}
	return false
}

func inLayout(text, layout string) bool {
	if len(text) != len(layout) {
		return false
	}
	for i := 0; i < len(text); i++ {
		if c, want := text[i], layout[i]; !alnum.has(want) {
			if c != want {
				return false
			}
		} else if !fits(c, want) || lower.has(c) {
			return false
		}
	}
	return true
}
