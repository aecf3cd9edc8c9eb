package score

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Context says where in a text a value stands, by what is before it in its
// line: the kinds of neighbours that tell a detector what a value is. No word
// of the text is in the answer.
func Context(text string, start int) string {
	text, start = near(text, start)
	lineStart := strings.LastIndexByte(text[:start], '\n') + 1
	before := text[lineStart:start]
	context := inLine(before)
	if context == startOfLine {
		switch previous := lineBefore(text[:lineStart]); {
		case previous == "":
			context = "start of the text"
		case signsOff(previous):
			context = "after a sign-off"
		}
	}
	if (context == inSentence || context == startOfLine) && isLower(text) {
		context += ", text in lower case"
	}
	return context
}

// surroundings is how far a context reaches, in bytes on either side: enough
// for a line, and an end to the work where a text is one line.
const surroundings = 256

// near cuts the surroundings of an offset out of a text.
func near(text string, start int) (cut string, at int) {
	from, to := max(0, start-surroundings), min(len(text), start+surroundings)
	before := strings.ToValidUTF8(text[from:start], "") // the cut may have split a character
	return before + strings.ToValidUTF8(text[start:to], ""), len(before)
}

const (
	startOfLine = "start of a line"
	inSentence  = "inside a sentence"
)

// inLine is the context by what is before a value in its line.
func inLine(before string) string {
	unquoted := strings.TrimRightFunc(before, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("\"'`“”„«»‘’「『", r)
	})
	last, _ := utf8.DecodeLastRuneInString(unquoted)
	switch {
	case strings.TrimLeft(unquoted, "-*•>#/ \t") == "":
		return startOfLine
	case last == ':' || last == '：':
		if quoted := strings.TrimRight(unquoted[:len(unquoted)-utf8.RuneLen(last)], " "); strings.HasSuffix(quoted, `"`) {
			return "value of a JSON member"
		}
		return "after a colon"
	case last == '=':
		return "after an equals sign"
	case last == '/' || last == '?' || last == '&' || last == '@':
		return "inside an address of the net"
	case last == '|' || last == ';' || last == ',' && unquoted == strings.TrimRight(before, `"'`),
		strings.HasSuffix(before, "\t"):
		return "after a table's separator"
	case last == '(' || last == '[' || last == '{' || last == '<' || last == '（':
		return "after a bracket"
	case strings.ContainsRune(".!?…。！？", last):
		if title(lastWord(unquoted)) {
			return "after a title"
		}
		return "start of a sentence"
	}
	switch word := lastWord(strings.TrimRight(unquoted, ",")); {
	case title(word):
		return "after a title"
	case greeting(word):
		return "after a greeting"
	}
	return inSentence
}

// lastWord is the last word of a line, in lower case and without a full stop.
func lastWord(line string) string {
	line = strings.TrimRight(line, ".")
	word := line[strings.LastIndexFunc(line, func(r rune) bool { return !unicode.IsLetter(r) })+1:]
	return strings.ToLower(word)
}

// lineBefore is the last line of text that is not blank.
func lineBefore(text string) string {
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	return strings.TrimSpace(text[strings.LastIndexByte(text, '\n')+1:])
}

// signsOff reports whether a line ends a letter: a short one with a comma or a
// known word.
func signsOff(line string) bool {
	if len(line) > 40 {
		return false
	}
	line = strings.ToLower(line)
	for _, word := range signOffs {
		if strings.Contains(line, word) {
			return true
		}
	}
	return false
}

// isLower reports whether a text has no capital letter, but letters.
func isLower(text string) bool {
	lower := false
	for _, r := range text {
		if unicode.IsUpper(r) || unicode.IsTitle(r) {
			return false
		}
		lower = lower || unicode.IsLower(r)
	}
	return lower
}

func title(word string) bool { return titles[word] }

func greeting(word string) bool { return greetings[word] }

// The words below tell classes of mistakes apart and decide nothing else, so a
// missing one costs a less telling name.
var (
	titles    = set("mr mrs ms miss mx dr prof professor sir dame rev fr herr frau hr m mme mlle monsieur madame sr sra srta señor señora don doña dott dottor sig signor signora ing dhr mevr pan pani г-н г-жа κ κος κα")
	greetings = set("hi hello hey dear morning afternoon evening hallo liebe lieber geehrte geehrter moin servus bonjour salut cher chère coucou hola querido querida estimado estimada buenos ciao caro cara gentile salve beste olá oi caro prezado prezada cześć hej hei moi drogi droga szanowny szanowna привет здравствуйте уважаемый уважаемая γεια αγαπητέ αγαπητή thanks thank cheers danke merci gracias grazie")
	signOffs  = strings.Fields("regards sincerely faithfully thanks cheers wishes best yours love grüße gruß grüßen cordialement sincères saluti saludos atentamente cordiali groet abraço cumprimentos pozdrawiam hälsningar hilsen terveisin уважением")
)

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		m[word] = true
	}
	return m
}
