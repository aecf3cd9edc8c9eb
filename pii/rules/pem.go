package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

const fence = "-----"

// pem looks for a private key in PEM or OpenPGP armour (RFC 7468, RFC 9580
// §6.2) whose first dash stands at i. Lines may end in a real line end or in
// the two characters `\n`, as in JSON that was read as text. Where the end
// line is missing, what looks like the key is taken.
func (s *scan) pem(i int) {
	if s.at(i-1) == '-' {
		return
	}
	from := i + len(fence+"BEGIN ")
	label := s.text[from:min(len(s.text), from+64)]
	s.work += len(label)
	cut := strings.Index(label, fence)
	if cut < 0 || !strings.Contains(label[:cut], "PRIVATE KEY") {
		return
	}
	body := from + cut + len(fence)
	end, closed := s.fenceAfter(body)
	if !closed {
		end = s.keyEnd(body, end)
	}
	s.emit(i, end, pii.Secret, 1)
}

// fenceAfter looks for the next line of dashes after i. If it ends a block,
// it returns the offset after it; otherwise how far the block could reach.
func (s *scan) fenceAfter(i int) (end int, closed bool) {
	if s.noFence > 0 && i >= s.noFence {
		return len(s.text), false
	}
	k := strings.Index(s.text[i:], fence)
	if k < 0 {
		s.work += len(s.text) - i
		s.noFence = i
		return len(s.text), false
	}
	s.work += k
	end = i + k
	if !strings.HasPrefix(s.text[end:], fence+"END ") {
		return end, false
	}
	tail := end + len(fence+"END ")
	if k = strings.Index(s.text[tail:min(len(s.text), tail+64)], fence); k >= 0 {
		return tail + k + len(fence), true
	}
	return s.endUntil(runValue, lineEnd, tail), true
}

// keyEnd returns the end of what looks like key material from i on, before
// limit: words of base64 at least shortWord long, armour headers, and one
// shorter last word.
func (s *scan) keyEnd(i, limit int) int {
	const shortWord = 16
	end, words := i, 0
	for {
		from := s.skipBreaks(end, limit)
		j := from
		for j < limit && (alnum | plusSlash | equals).has(s.text[j]) {
			j++
		}
		s.work += j - end + 1
		size := j - from
		switch {
		case size >= shortWord:
			end, words = j, words+1
			continue
		case size > 0 && words > 0 && (j == len(s.text) || !s.wordAt(j) && s.at(j) != ' '):
			return j
		case size > 0 && words == 0 && s.at(j) != ' ':
			if header := s.headerEnd(from, limit); header > 0 {
				end = header
				continue
			}
		}
		return end
	}
}

// headerEnd returns the end of an armour header such as "Proc-Type:
// 4,ENCRYPTED" at i, or -1.
func (s *scan) headerEnd(i, limit int) int {
	line := s.text[i:min(limit, i+120)]
	if cut := strings.IndexAny(line, "\r\n\\"); cut >= 0 {
		line = line[:cut]
	}
	s.work += len(line)
	if k := strings.Index(line, ": "); k <= 0 || strings.ContainsRune(line[:k], ' ') {
		return -1
	}
	return i + len(line)
}

// skipBreaks skips white space and escaped line ends.
func (s *scan) skipBreaks(i, limit int) int {
	for i < limit {
		switch c := s.text[i]; {
		case (space | lineEnd).has(c):
			i++
		case c == '\\' && (s.at(i+1) == 'n' || s.at(i+1) == 'r' || s.at(i+1) == 't'):
			i += 2
		case c == '\\' && s.at(i+1) == '\\':
			i++
		default:
			return i
		}
	}
	return i
}
