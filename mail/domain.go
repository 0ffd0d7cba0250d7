package mail

import (
	"net"
	"net/url"
	"strings"
)

// Domain is the one in whose name we send: of our own address, where that is a name and not a number.
func Domain(publicURL string) string {
	u, err := url.Parse(publicURL)
	if err != nil || !strings.Contains(u.Hostname(), ".") || net.ParseIP(u.Hostname()) != nil {
		return "connex.test"
	}
	return u.Hostname()
}
