package rules

import "strings"

// socialHosts maps the hosts on which a path is a person to where the handle
// stands in it: after these segments, one of them to be chosen; "" is the
// root, "@" a first segment that begins with '@'.
var socialHosts = map[string]string{
	"linkedin.com":    "in pub",
	"facebook.com":    " people",
	"fb.com":          " ",
	"m.facebook.com":  " ",
	"instagram.com":   " ",
	"twitter.com":     " ",
	"x.com":           " ",
	"t.me":            " ",
	"telegram.me":     " ",
	"tiktok.com":      "@",
	"medium.com":      "@",
	"youtube.com":     "@ user",
	"threads.net":     "@",
	"threads.com":     "@",
	"mastodon.social": "@ users",
	"bsky.app":        "profile",
	"reddit.com":      "user u",
	"old.reddit.com":  "user u",
	"vk.com":          " ",
	"wa.me":           " ",
	"m.me":            " ",
	"snapchat.com":    "add",
	"pinterest.com":   " ",
	"xing.com":        "profile",
	"paypal.me":       " ",
	"venmo.com":       "u ",
	"cash.app":        " ",
	"keybase.io":      " ",
	"about.me":        " ",
	"calendly.com":    " ",
	"strava.com":      "athletes",
	"flickr.com":      "people photos",
	"soundcloud.com":  " ",
	"last.fm":         "user",
	"onlyfans.com":    " ",
	"patreon.com":     " ",
	"weibo.com":       "u ",
}

// reservedHandles are first path segments of those hosts that are no person.
var reservedHandles = newSet(`share sharer sharer.php intent hashtag home explore search login signup about
	help privacy terms tos legal settings messages notifications i p reel reels stories groups events pages watch
	marketplace business ads developers developer docs policies policy company companies jobs feed
	widgets dialog plugins tr pin ideas today news topics status accounts download addstickers joinchat
	proxy s c games gaming photo photo.php story.php profile.php pg public security oauth api
	features pricing app apps web blog press careers contact discover trending premium upload`)

// socialHandle reports whether the path names a person by the host's pattern.
func socialHandle(pattern, path string) bool {
	first, tail, _ := strings.Cut(path[1:], "/")
	second, _, _ := strings.Cut(tail, "/")
	for p := range strings.SplitSeq(pattern, " ") {
		switch p {
		case "@":
			if len(first) > 2 && first[0] == '@' {
				return true
			}
		case "":
			if len(first) > 1 && !reservedHandles.has(first) && !template(first) {
				return true
			}
		case first:
			if len(second) > 1 && !template(second) {
				return true
			}
		}
	}
	return false
}

// socialPattern looks a host up, whatever its case, "www." and port.
func socialPattern(host string) (string, bool) {
	if k := strings.IndexByte(host, ':'); k >= 0 {
		host = host[:k]
	}
	if len(host) > 4 && foldEqual(host, 0, "www.") {
		host = host[4:]
	}
	var buf [24]byte
	if len(host) > len(buf) || strings.IndexByte(host, '.') < 0 {
		return "", false
	}
	for i := 0; i < len(host); i++ {
		buf[i] = lowerByte(host[i])
	}
	pattern, ok := socialHosts[string(buf[:len(host)])]
	return pattern, ok
}

// social looks for "linkedin.com/in/…" without a scheme; the slash after the
// host name stands at i.
func (s *scan) social(i int) {
	// Their top-level domains have two, three or six letters.
	if s.at(i) != '/' || i < 4 || s.text[i-3] != '.' && s.text[i-4] != '.' && s.at(i-7) != '.' ||
		!lower.has(lowerByte(s.text[i-1])) || i < s.urlEnd {
		return
	}
	start := i
	for start > 0 && i-start < 40 && (alnum | dot | dash).has(s.text[start-1]) {
		start--
	}
	if i-start < 4 || s.at(start-1) == '/' || s.at(start-1) == '@' {
		return
	}
	s.work += i - start
	pattern, ok := socialPattern(s.text[start:i])
	if !ok {
		return
	}
	end := s.trimURL(i, s.endUntil(runURL, urlStop|space|lineEnd, i))
	path := s.text[i:min(end, i+256)]
	if cut := strings.IndexAny(path, "?#"); cut >= 0 {
		path = path[:cut]
	}
	if len(path) > 1 && socialHandle(pattern, path) {
		s.private(start, end, 0.8)
	}
}
