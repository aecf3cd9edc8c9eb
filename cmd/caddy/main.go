// Command caddy is Caddy with its standard modules and the privacy filter.
package main

import (
	caddycmd "github.com/caddyserver/caddy/v2/cmd"
	_ "github.com/caddyserver/caddy/v2/modules/standard"

	_ "github.com/caddyprivacy/privacyfilter/caddymodule"
)

func main() {
	caddycmd.Main()
}
