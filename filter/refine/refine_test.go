package refine

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/caddyprivacy/privacyfilter/pii"
)

const (
	account = pii.AccountNumber
	address = pii.PrivateAddress
	date    = pii.PrivateDate
	email   = pii.PrivateEmail
	name    = pii.PrivatePerson
	phone   = pii.PrivatePhone
	secret  = pii.Secret
	link    = pii.PrivateURL
)

// marked reads a text in which spans are written «category:value» for the
// model's and ‹category:value› for a rule's; one of a rule may stand within one
// of the model.
func marked(t *testing.T, in string) (text string, rules, model []pii.Span) {
	t.Helper()
	var out strings.Builder
	var open []pii.Span
	for in != "" {
		switch {
		case strings.HasPrefix(in, "«"), strings.HasPrefix(in, "‹"):
			s := pii.Span{Start: out.Len(), Score: 0.9, Source: pii.SourceModel}
			rest, ok := strings.CutPrefix(in, "«")
			if !ok {
				s.Source = pii.SourceRules
				rest = strings.TrimPrefix(in, "‹")
			}
			category, rest, _ := strings.Cut(rest, ":")
			if s.Category = short[category]; s.Category == "" {
				t.Fatalf("a mark without a category in %q", in)
			}
			open, in = append(open, s), rest
		case strings.HasPrefix(in, "»"), strings.HasPrefix(in, "›"):
			s := open[len(open)-1]
			open = open[:len(open)-1]
			s.End = out.Len()
			if s.Source == pii.SourceRules {
				rules, in = append(rules, s), in[len("›"):]
			} else {
				model, in = append(model, s), in[len("»"):]
			}
		default:
			out.WriteByte(in[0])
			in = in[1:]
		}
	}
	return out.String(), rules, model
}

var short = map[string]pii.Category{
	"n": name, "a": address, "d": date, "e": email, "p": phone, "s": secret, "u": link, "c": account,
}

// shown writes the values of spans, each with its category.
func shown(text string, spans []pii.Span) string {
	var out []string
	for _, s := range spans {
		for letter, c := range short {
			if c == s.Category {
				out = append(out, letter+":"+text[s.Start:s.End])
			}
		}
	}
	return strings.Join(out, " | ")
}

func TestSteps(t *testing.T) {
	for _, row := range []struct {
		step Steps
		in   string
		want string
	}{
		{Initials, "«n:Priya» M rated", "n:Priya M"},
		{Initials, "«n:Dag» H., aged", "n:Dag H."},
		{Initials, "«n:Ana» I think", "n:Ana"},

		{JoinNames, "«n:Ana» «n:Ruiz»", "n:Ana Ruiz"},
		{JoinNames, "«n:Ana» de la «n:Ruiz»", "n:Ana | n:Ruiz"},
		{JoinNames, "«n:Ana» de «n:Ruiz»", "n:Ana de Ruiz"},
		{JoinNames, "«n:Ana» y «n:Pedro»", "n:Ana | n:Pedro"},
		{JoinNames, "«n:Ana», «n:Pedro»", "n:Ana | n:Pedro"},

		{Trim, "«n:Dr. Ana Ruiz,» here", "n:Ana Ruiz"},
		{Trim, "«n:fiancée Ana Ruiz»", "n:Ana Ruiz"},
		{Trim, "«n:Uncle Pedro»", "n:Pedro"},
		{Trim, "«n:Ana Ruiz called back»", "n:Ana Ruiz"},
		{Trim, "«n:Ana's» book", "n:Ana"},
		{Trim, "«n:ana ruiz» here", "n:ana ruiz"},
		{Trim, "«n:van den Berg»", "n:van den Berg"},
		{Trim, "«n:Ayşe Hanım»", "n:Ayşe"},
		{Trim, "by «n:Ana R.»", "n:Ana R."},
		{Trim, "(«p:(907) 555-0101,»", "p:(907) 555-0101"},
		{Trim, "«p:(907-555-0101»)", "p:907-555-0101"},
		{Trim, "pw «s:a,b!»", "s:a,b!"},

		{Reject, "at «n:Monday» and «n:snake_case»", ""},
		{Reject, "my «n:Opa» and «n:B.»", ""},
		{Reject, "«n:Fenwick Ashdown» LLP", ""},
		{Reject, "la rue «n:Jean Moulin»", ""},
		{Reject, "«n:Jean Moulin» Street", ""},
		{Reject, "«n:Lois Lane» via «n:Ann Lee»", "n:Lois Lane | n:Ann Lee"},
		{Reject, "«n:Al Green»", "n:Al Green"},
		{Reject, "take «a:aspirina 40» mg", ""},
		{Reject, "«a:Klasse 4b»", ""},
		{Reject, "«a:Gate Street 4»", "a:Gate Street 4"},
		{Reject, "id «c:123e4567-e89b-12d3-a456-426614174000»", ""},
		{Reject, "sha «s:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b»", ""},
		{Reject, "order «c:7360 1057 5210»", ""},
		{Reject, "member «c:7360 1057 5210»", "c:7360 1057 5210"},
		{Reject, "«u:https://shop.halden.net/»", ""},
		{Reject, "«s:****»", ""},
		{Reject, "«e:git@github.com»:x/y", ""},
		{Reject, "rss «s:1204kB» tpl «s:welcome_v3»", ""},
		{Reject, "pw «s:4711abcd» or «s:open_Sesame_3»", "s:4711abcd | s:open_Sesame_3"},
		{Reject, "-----BEGIN CERTIFICATE-----\n«s:MIICnzCCAgeg»", ""},
		{Reject, "-----BEGIN PRIVATE KEY-----\n«s:MIICnzCCAgeg»", "s:MIICnzCCAgeg"},

		{Streets, "of Thistle Cottage, «a:Back Lane, Masham»", "a:Thistle Cottage, Back Lane, Masham"},
		{Streets, "From 1 April I live at The Old Forge, «a:Church Lane»", "a:The Old Forge, Church Lane"},
		{Streets, "at The Old Forge, Church Lane, «a:Milton OX44 7PB»", "a:The Old Forge, Church Lane, Milton OX44 7PB"},
		{Streets, "Ann Lee, MD\nHill Farm, «a:4 Back Lane»", "a:Hill Farm, 4 Back Lane"},
		{Streets, "«n:Pengelly» House, «a:4 Fore Street»", "a:Pengelly House, 4 Fore Street"},
		{Streets, "Hello Ana, see, «a:4 Fore Street»", "a:4 Fore Street"},
		{Streets, "«n:Ana Ruiz», «a:4 Fore Street»", "n:Ana Ruiz | a:4 Fore Street"},
		{Streets, "«a:Platz 4, 6370 Reith» bei Kitzbühel", "a:Platz 4, 6370 Reith bei Kitzbühel"},
		{Streets, "«n:Rose Cottage»", "a:Rose Cottage"},
		{Streets, "«n:Ana Hall»", "n:Ana Hall"},

		{Nest, "«s:‹c:PSTGLI88T54A662E›»", "c:PSTGLI88T54A662E"},
		{Nest, "«c:hetu ‹c:261262-744E›»", "c:261262-744E"},
		{Nest, "«n:Ana Ruiz <‹e:ana@ruiz.net›»>", "n:Ana Ruiz | e:ana@ruiz.net"},
		{Nest, "«p:‹p:+44 1736 555› 0133»", "p:+44 1736 555 0133"},
		{Nest, "«d:‹d:1990-05-05› 200»", "d:1990-05-05"},
		{Nest, "«c:‹c:NL33INGB0466› / ‹c:NL33.INGB›»", "c:NL33INGB0466 | c:NL33.INGB"},
	} {
		text, rules, model := marked(t, row.in)
		if got := shown(text, row.step.Union(text, rules, model)); got != row.want {
			t.Errorf("%s: %q\ngot  %s\nwant %s", row.step, row.in, got, row.want)
		}
	}
}

// TestUnionIsSound: for any spans, what comes out is sorted, apart, within the
// text and at whole runes, and covers all that rules found.
func TestUnionIsSound(t *testing.T) {
	alphabet := []string{
		"Ana", "ruiz", "Dr.", "von", " ", " ", ", ", ".", "\n", "4", "12", "@", "-", "'s", "É", "県", "ี", "(", ")", ";", "\xff",
		"Street", "House, ", "rue ", "bei ", "P. ", "kg",
	}
	categories := []pii.Category{name, address, account, phone, date, email, secret, link, "custom"}
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(alphabet), 1, 30).Draw(rt, "text"), "")
		bounds := []int{}
		for i := range text {
			bounds = append(bounds, i)
		}
		bounds = append(bounds, len(text))
		spans := func(label string, source pii.Source) (out []pii.Span) {
			out = append(out, rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) pii.Span {
				a, b := rapid.SampledFrom(bounds).Draw(rt, "a"), rapid.SampledFrom(bounds).Draw(rt, "b")
				return pii.Span{Start: min(a, b), End: max(a, b), Category: rapid.SampledFrom(categories).Draw(rt, "c"), Score: 0.5, Source: source}
			}), 0, 6).Draw(rt, label)...)
			return pii.Join(out)
		}
		rules, model := spans("rules", pii.SourceRules), spans("model", pii.SourceModel)
		rulesBefore, modelBefore := slices.Clone(rules), slices.Clone(model)
		steps := Steps(rapid.UintRange(0, uint(All)).Draw(rt, "steps"))
		got := steps.Union(text, rules, model)
		if !slices.Equal(rules, rulesBefore) || !slices.Equal(model, modelBefore) {
			rt.Fatal("a list was changed")
		}
		for i, s := range got {
			if s.Start < 0 || s.Start >= s.End || s.End > len(text) || i > 0 && s.Start < got[i-1].End {
				rt.Fatalf("%v in %d bytes", got, len(text))
			}
			if !slices.Contains(bounds, s.Start) || !slices.Contains(bounds, s.End) {
				rt.Fatalf("%v cuts a rune", s)
			}
		}
		for _, rule := range rules {
			if !slices.ContainsFunc(got, func(s pii.Span) bool { return s.Start <= rule.Start && rule.End <= s.End }) {
				rt.Fatalf("%v of the rules is not in %v", rule, got)
			}
		}
		if again := steps.Union(text, rules, model); !slices.Equal(got, again) {
			rt.Fatal("not deterministic")
		}
	})
}

// TestCleanTextCostsNothing: without a span of the model there is no work.
func TestCleanTextCostsNothing(t *testing.T) {
	rules := []pii.Span{{Start: 0, End: 3, Category: email, Score: 1, Source: pii.SourceRules}}
	text := strings.Repeat("abc ", 1000)
	if n := testing.AllocsPerRun(100, func() { All.Union(text, rules, nil) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// TestLinear: many spans in a long text stay cheap, whatever stands around
// them; a quadratic step would take minutes here.
func TestLinear(t *testing.T) {
	const n = 20_000
	for _, row := range map[string]struct {
		text  string
		every int // a span of two bytes begins at so many
	}{
		"one word":       {strings.Repeat("ab", 2*n), 4},
		"marks":          {strings.Repeat("ab\u0301", n), 4},
		"initials":       {strings.Repeat("A. ", n), 6},
		"lower and less": {strings.Repeat("a ", n) + "Ana", 4},
		"commas":         {strings.Repeat("Ab, ", n), 4},
		"one line":       {strings.Repeat("Ab ", n), 6},
	} {
		for _, c := range []pii.Category{name, address, account} {
			var model []pii.Span
			for at := 0; at+row.every <= len(row.text); at += row.every {
				model = append(model, pii.Span{Start: at, End: at + 2, Category: c, Score: 0.9, Source: pii.SourceModel})
			}
			All.Union(row.text, nil, model)
			All.Union(row.text, model, []pii.Span{{Start: 0, End: len(row.text), Category: c, Score: 0.9, Source: pii.SourceModel}})
		}
	}
}
