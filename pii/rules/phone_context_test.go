package rules_test

import "testing"

func TestPhonesByTheWordsAboutThem(t *testing.T) {
	check(t, []row{
		{"text", "Text Craig 07700 900 446", []string{"phone 07700 900 446"}},
		{"reach", "I can be reached on 01423 555 0192 during the day", []string{"phone 01423 555 0192"}},
		{"Spanish", "que llame al 967 55 01 42", []string{"phone 967 55 01 42"}},
		{"French", "rappelez-moi au 06 39 98 44 19", []string{"phone 06 39 98 44 19"}},
		{"Polish", "jestem pod numerem 32 555 01 42", []string{"phone 32 555 01 42"}},
		{"Bulgarian", "звънни на 0888 555 014", []string{"phone 0888 555 014"}},
		{"Greek", "Κινητό: 693 555 0142", []string{"phone 693 555 0142"}},
		{"Hindi", "नंबर 98930 55014", []string{"phone 98930 55014"}},
		{"own grouping", "07700 900 417", []string{"phone 07700 900 417"}},
		{"trunk zero kept", "+44 (0)1736 555 0133", []string{"phone +44 (0)1736 555 0133"}},
		{"URI", "tel:+442079460958", []string{"phone +442079460958"}},
		{"URI, national", "href=\"tel:02079460958\"", []string{"phone 02079460958"}},
		{"extension", "+1 628 219 4407 ext. 12", []string{"phone +1 628 219 4407 ext. 12"}},
		{"extension, comma", "(415) 555-2671, ext 345", []string{"phone (415) 555-2671, ext 345"}},
	})
	clean(t, "2025-2026", "HP part number 5961-0510", "Boston, MA 02111-1307", "pp. 417-420 (2003)", "573-583. 2020", "number of trees: 14830871802", "x + 497125000 y", "2026-11-20 06:00", "number HB-2026-0417", "text 1 2 3", "text: seen on 14/03/1987 again", "message: 14-03-1987", "message length 4294967295")
}
