package rules

import "strings"

// The marks of year, month and day in Chinese, Japanese and Korean.
var (
	yearMarks  = []string{"年", "년"}
	monthMarks = []string{"月", "월"}
	dayMarks   = []string{"日", "号", "號", "일"}
	// eras are Japan's since 1868 and the Republic of China's.
	eras = []string{"明治", "大正", "昭和", "平成", "令和", "民國", "民国"}
)

// markAt returns the offset after one of the marks at i, over blanks, or -1.
func (s *scan) markAt(i int, marks []string) int {
	for n := 0; n < 2 && s.at(i) == ' '; n++ {
		i++
	}
	if i < len(s.text) {
		for _, mark := range marks {
			if strings.HasPrefix(s.text[i:], mark) {
				return i + len(mark)
			}
		}
	}
	return -1
}

// eraYear returns where the era begins whose year stands in [i, next), or -1.
func (s *scan) eraYear(i, next int) int {
	if s.markAt(next, yearMarks) < 0 {
		return -1
	}
	from := i
	if s.at(from-1) == ' ' {
		from--
	}
	for _, era := range eras {
		if from >= len(era) && s.text[from-len(era):from] == era {
			return from - len(era)
		}
	}
	return -1
}

// eastern reads the month and the day of a date that begins at start; the
// mark of the year stands at i.
func (s *scan) eastern(start, i int) (day, bool) {
	if i = s.markAt(i, yearMarks); i < 0 {
		return day{}, false
	}
	end, ok := s.easternMonth(i)
	return day{start, end, true, false}, ok
}

// easternMonth reads "3月4日" at i and returns the offset after it.
func (s *scan) easternMonth(i int) (end int, ok bool) {
	for _, marks := range [][]string{monthMarks, dayMarks} {
		if s.at(i) == ' ' {
			i++
		}
		n := s.digitCount(i, 3)
		if n < 1 || n > 2 || !s.dayNumber(i, n) {
			return 0, false
		}
		if i = s.markAt(i+n, marks); i < 0 {
			return 0, false
		}
	}
	return i, true
}

// easternDay reads 3月4日 without a year, or with the first year of an era,
// which has no digit (平成元年6月2日).
func (s *scan) easternDay(i, next int) (day, bool) {
	if s.markAt(next, monthMarks) < 0 {
		return day{}, false
	}
	end, ok := s.easternMonth(i)
	if !ok {
		return day{}, false
	}
	for _, era := range eras {
		if first := era + "元年"; strings.HasSuffix(s.text[:i], first) {
			return day{i - len(first), end, true, false}, true
		}
	}
	return day{i, end, false, false}, true
}
