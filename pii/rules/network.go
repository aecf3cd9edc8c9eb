package rules

import "github.com/caddyprivacy/privacyfilter/pii"

// Networks says which identifiers of machines are personal.
type Networks uint8

// The choices for Options.Networks. Loopback, netmasks and networks are
// nobody's in any of them.
const (
	UsualNetworks  Networks = iota // addresses of the Internet and of private ranges, and what is called a MAC address; the default
	PublicNetworks                 // addresses of the Internet only
	AllNetworks                    // every MAC address, too
)

// privateIPv4 reports whether an address is of a private range (RFC 1918), of
// a carrier's (RFC 6598) or of a link (RFC 3927).
func privateIPv4(a [4]byte) bool {
	return a[0] == 10 || a[0] == 172 && a[1]&0xF0 == 16 || a[0] == 192 && a[1] == 168 || a[0] == 100 && a[1]&0xC0 == 64 || a[0] == 169 && a[1] == 254
}

var macWords = newWords(`mac macs macaddr* mac_addr* hwaddr hw_addr* hardware_addr* physical_addr* ethernet_addr* wifi_mac bssid device_mac client_mac lladdr ether chaddr station sta mac_adresse* adresse_mac direccion_mac indirizzo_mac endereco_mac`)

// mac looks for the address of a network card (IEEE 802-2014 §8: six octets,
// with colons or dashes) whose first mark stands at i.
func (s *scan) mac(i int) {
	mark := s.at(i)
	if mark != ':' && mark != '-' || s.Networks == PublicNetworks || s.at(i+3) != mark || i < 2 || !hexDigit.has(s.text[i-1]) || !hexDigit.has(s.text[i-2]) {
		return
	}
	start := i - 2
	if s.wordBefore(start) || s.at(start-1) == mark {
		return
	}
	zero := true
	end := start
	for k := range 6 {
		if !hexDigit.has(s.at(end)) || !hexDigit.has(s.at(end+1)) {
			return
		}
		zero = zero && (s.text[end] == '0' || s.text[end]|0x20 == 'f') && s.text[end] == s.text[end+1] && s.text[end] == s.text[start]
		if end += 2; k < 5 {
			if s.at(end) != mark {
				return
			}
			end++
		}
	}
	if s.work += end - start; zero || s.wordAt(end) || s.at(end) == mark {
		return
	}
	if s.Networks == AllNetworks || s.near(start, macWords) {
		s.emit(start, end, pii.PrivateIP, 0.9)
		s.taken = max(s.taken, end)
	}
}
