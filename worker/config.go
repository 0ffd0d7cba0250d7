package main

import (
	"fmt"
	"net/url"
	"strings"

	"connex/settings"
)

// config is what the environment says to the worker. Temporal's own variables are read by its envconfig.
type config struct {
	Database  string        `env:"DATABASE_URL"`
	SMTP      string        `env:"SMTP_ADDR"`
	PublicURL string        `env:"PUBLIC_URL"` // where people reach us; links in mails begin with it
	Secret    settings.Key  `env:"CONNEX_SECRET"`
	Keys      settings.Keys `env:"CONNEX_HISTORY_KEYS"` // with which Temporal's histories are encrypted; none: they are not
}

// readConfig reads and checks the environment.
func readConfig(environ []string) (c config, err error) {
	if err := settings.Read(settings.Worker, environ, &c); err != nil {
		return c, err
	}
	c.PublicURL = strings.TrimRight(c.PublicURL, "/")
	if u, err := url.Parse(c.PublicURL); err != nil || u.Host == "" {
		return c, fmt.Errorf("PUBLIC_URL=%s: want a whole address, such as https://casework.example", c.PublicURL)
	}
	return c, nil
}
