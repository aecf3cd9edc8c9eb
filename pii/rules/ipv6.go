package rules

import (
	"net/netip"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// ipv6MaxLen is the longest textual form, eight groups with an IPv4 tail.
const ipv6MaxLen = len("ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255")

// ipv6 looks for an IPv6 address whose first colon stands at i. Times,
// C++ scopes, MAC addresses and host:port pairs have colons too: the form
// must be complete and the address of a kind that hosts have.
func (s *scan) ipv6(i int) {
	if s.at(i) != ':' || !(hexDigit | colon | dot).has(s.at(i+1)) { // one colon only, as in most pairs
		return
	}
	start := i
	for start > 0 && i-start < 5 && hexDigit.has(s.text[start-1]) {
		start--
	}
	if i-start > 4 || start > 0 && !s.ipv6Edge(start) {
		return
	}
	end, colons, double := s.ipv6End(start)
	if colons < 2 || !double && colons != 7 && colons != 6 {
		return
	}
	s.work += end - start
	addr, err := netip.ParseAddr(s.text[start:end])
	if err != nil || !personalIPv6(addr) || s.Networks == PublicNetworks && (addr.IsPrivate() || addr.IsLinkLocalUnicast()) {
		return
	}
	if s.at(end) == '/' && isDigit(s.at(end+1)) && s.text[end-1] == ':' {
		return // a network: 2001:db8::/32
	}
	emitEnd := end
	if s.at(end) == '%' { // zone: fe80::1%eth0 (RFC 4007 §11)
		for emitEnd++; emitEnd < len(s.text) && emitEnd-end < 17 && alnum.has(s.text[emitEnd]); emitEnd++ {
		}
	}
	s.emit(start, emitEnd, pii.PrivateIP, 0.9)
}

// ipv6Edge reports whether an address may begin at start.
func (s *scan) ipv6Edge(start int) bool {
	c := s.text[start-1]
	return !s.wordBefore(start) && c != ':' && c != '.' && c != '_'
}

// ipv6End returns the end of the run of hexadecimal digits, colons and dots
// from start on, without a final dot or single colon, and counts its colons.
func (s *scan) ipv6End(start int) (end, colons int, double bool) {
	end = start
	for end < len(s.text) && end-start <= ipv6MaxLen && (hexDigit | colon | dot).has(s.text[end]) {
		if s.text[end] == ':' {
			colons++
			double = double || end > start && s.text[end-1] == ':'
		}
		end++
	}
	if s.wordAt(end) || s.at(end) == '_' {
		return end, 0, false
	}
	for end > start && s.text[end-1] == '.' {
		end--
	}
	if end-start > 1 && s.text[end-1] == ':' && s.text[end-2] != ':' {
		end--
		colons--
	}
	return end, colons, double
}

// personalIPv6 takes global unicast, unique local and link-local addresses
// and mapped or translated IPv4 ones (RFC 4291, 4193, 6052). Documentation
// addresses count as personal, like those of IPv4.
func personalIPv6(a netip.Addr) bool {
	if a.Is4In6() {
		return personalIPv4(a.Unmap().As4())
	}
	b := a.As16()
	switch {
	case b[0]&0xe0 == 0x20: // 2000::/3
		return true
	case b[0]&0xfe == 0xfc, b[0] == 0xfe && b[1]&0xc0 == 0x80:
		return true
	case b[0] == 0 && b[1] == 0x64 && b[2] == 0xff && b[3] == 0x9b:
		return personalIPv4([4]byte(b[12:]))
	}
	return false
}
