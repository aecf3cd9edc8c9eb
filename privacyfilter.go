// Package privacyfilter is the door through which Caddy's build tools come in:
// importing it registers the modules of this repository with Caddy, so that
//
//	xcaddy build --with github.com/caddyprivacy/privacyfilter
//
// needs no package path. It holds nothing else; the code is in the folders
// that ARCHITECTURE.md lists.
package privacyfilter

import _ "github.com/caddyprivacy/privacyfilter/caddymodule" // registers its modules
