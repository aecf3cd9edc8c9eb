package protect

import (
	"errors"
	"net/netip"
	"net/url"
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// Hosts are names and addresses of our own.
type Hosts struct {
	names    map[string]bool // lower case, without dots at the ends
	networks []netip.Prefix
}

var errHost = errors.New("own_hosts: want a host name, an address, or a network such as 203.0.113.0/24")

// ParseHosts reads names, which cover the names below them, addresses and
// networks. None give nil.
func ParseHosts(list []string) (*Hosts, error) {
	if len(list) == 0 {
		return nil, nil
	}
	h := &Hosts{names: make(map[string]bool)}
	for _, entry := range list {
		if prefix, err := netip.ParsePrefix(entry); err == nil {
			h.networks = append(h.networks, prefix.Masked())
			continue
		}
		if addr, err := netip.ParseAddr(entry); err == nil {
			h.networks = append(h.networks, netip.PrefixFrom(addr, addr.BitLen()))
			continue
		}
		name := canonical(strings.TrimPrefix(entry, "*."))
		if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789.-_") != "" {
			return nil, errHost
		}
		h.names[name] = true
	}
	return h, nil
}

func canonical(name string) string { return strings.ToLower(strings.Trim(name, ".")) }

// own reports whether a value says no more than that a host is ours. A mail
// address at our host is still somebody's.
func (h *Hosts) own(value string, c pii.Category) bool {
	if h == nil {
		return false
	}
	switch c {
	case pii.PrivateIP:
		return h.address(value)
	case pii.PrivateURL:
		u, err := url.Parse(value)
		return err == nil && u.User == nil && u.RawQuery == "" && u.Fragment == "" && h.host(u.Hostname())
	case pii.PrivateEmail:
		return false
	default:
		return h.host(value)
	}
}

// host reports whether a name is ours or lies below one that is.
func (h *Hosts) host(name string) bool {
	if h.address(name) {
		return true
	}
	for name = canonical(name); name != ""; {
		if h.names[name] {
			return true
		}
		_, name, _ = strings.Cut(name, ".")
	}
	return false
}

func (h *Hosts) address(value string) bool {
	addr, err := netip.ParseAddr(strings.Trim(value, "[]"))
	if err != nil {
		return false
	}
	for _, network := range h.networks {
		if network.Contains(addr.Unmap()) {
			return true
		}
	}
	return false
}
