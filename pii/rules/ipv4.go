package rules

import "github.com/caddyprivacy/privacyfilter/pii"

var versionWords = newWords(`v ver version* release* build* firmware* upgrade* revision rev semver
	section sections chapter clause paragraph oid rfc iso`)

// ipv4 looks for an IPv4 address at i: four octets parted by dots, also
// "defanged" ones ("192[.]0[.]2[.]1") and host names of the "ip-10-0-0-1" kind.
func (s *scan) ipv4(i int) {
	var octets [4]byte
	end, mark := s.octets(i, &octets)
	if end < 0 {
		return
	}
	if mark == '-' && !foldEqual(s.text, i-3, "ip-") {
		return
	}
	if s.longerDotted(i, end) || !personalIPv4(octets) || s.Networks == PublicNetworks && privateIPv4(octets) || s.network(octets, end) || s.version(i) {
		return
	}
	s.emitNumber(i, end, pii.PrivateIP, 0.9)
}

// octets reads four octets at i and returns the offset after them and the
// mark that parts them, or -1.
func (s *scan) octets(i int, octets *[4]byte) (end int, mark byte) {
	for k := range octets {
		value, j := 0, i
		for j < len(s.text) && j < i+4 && isDigit(s.text[j]) {
			value = value*10 + int(s.text[j]-'0')
			j++
		}
		if j == i || j > i+3 || value > 255 {
			return -1, 0
		}
		octets[k] = byte(value)
		if k == 3 {
			return j, mark
		}
		n := s.dotAt(j)
		if n == 0 || k > 0 && s.text[j] != mark {
			return -1, 0
		}
		mark = s.text[j]
		i = j + n
	}
	return -1, 0
}

// dotAt returns the length of what parts two octets at i, or 0.
func (s *scan) dotAt(i int) int {
	switch c := s.at(i); {
	case c == '.':
		if s.at(i+1) == ' ' { // "1. 2. 3. 4": only where spaces stand on both sides
			return 0
		}
		return 1
	case c == '-':
		return 1
	case (c == '[' || c == '(') && s.at(i+1) == '.' && (s.at(i+2) == ']' || s.at(i+2) == ')'):
		return 3
	case c == ' ' && s.at(i+1) == '.' && s.at(i+2) == ' ':
		return 3
	}
	return 0
}

// longerDotted reports whether [start, end) is part of a longer dotted or
// dashed number (an OID, a file name, a date with time), or of a word.
func (s *scan) longerDotted(start, end int) bool {
	if before := s.at(start - 1); before == '.' || before == '_' || before == '-' && isDigit(s.at(start-2)) {
		return true
	}
	switch after := s.at(end); {
	case after == '.' || after == '-':
		return alnum.has(s.at(end+1)) && !(after == '.' && alpha.has(s.at(end+1)) && s.hostTail(start, end))
	case after == '_':
		return true
	}
	return s.wordAt(end)
}

// hostTail reports whether the address is the beginning of a host name such
// as ip-10-0-0-1.ec2.internal, or a sentence goes on without a space.
func (s *scan) hostTail(start, end int) bool {
	return foldEqual(s.text, start-3, "ip-") || upper.has(s.at(end+1))
}

// personalIPv4 leaves out the addresses that say nothing about anybody:
// "this network", loopback, multicast and above (RFC 6890), netmasks,
// network addresses ("10.1.0.0"; "120.0.0.0" is also the form of browser versions) and the
// cloud metadata service. Documentation ranges stay in: they are what samples
// of real traffic are made of.
func personalIPv4(a [4]byte) bool {
	switch {
	case a[0] == 0 || a[0] == 127 || a[0] >= 224:
		return false
	case a[2] == 0 && a[3] == 0:
		return false
	case a == [4]byte{169, 254, 169, 254}:
		return false
	}
	return true
}

// network reports whether the address is followed by a prefix length and has
// no host bits, so that "10.1.0.0/16" is a network while "10.1.2.3/16" is a host.
func (s *scan) network(a [4]byte, end int) bool {
	if s.at(end) != '/' || !isDigit(s.at(end+1)) {
		return false
	}
	bits := int(s.text[end+1] - '0')
	if next := end + 2; isDigit(s.at(next)) {
		bits = bits*10 + int(s.text[next]-'0')
		if isDigit(s.at(next + 1)) {
			return false
		}
	}
	if bits >= 32 {
		return false
	}
	value := uint32(a[0])<<24 | uint32(a[1])<<16 | uint32(a[2])<<8 | uint32(a[3])
	return value<<bits == 0
}

// version reports whether what stands at i is a version: "Chrome/120.0.1.2",
// or a number after a word that says so.
func (s *scan) version(i int) bool {
	if s.at(i-1) == '/' && alpha.has(s.at(i-2)) {
		j := i - 2
		for j >= 0 && i-j < 40 && (alpha | dash | wordMark | dot).has(s.text[j]) {
			j--
		}
		if j < 0 || s.text[j] != '/' && s.text[j] != ':' {
			return true
		}
	}
	line := s.context(i)
	if len(line) > 24 {
		line = line[len(line)-24:]
	}
	return versionWords.in(line)
}
