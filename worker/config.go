package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/caarlos0/env/v11"
)

// config is what the environment says to the worker. Temporal's own variables are read by its envconfig.
type config struct {
	Database  string `env:"DATABASE_URL,required,notEmpty"`
	SMTP      string `env:"SMTP_ADDR,required,notEmpty"`
	PublicURL string `env:"PUBLIC_URL" envDefault:"http://127.0.0.1:8080"` // where people reach us; links in mails begin with it
	Secret    secret `env:"CONNEX_SECRET,required,notEmpty"`
}

// ours are all variables of the CONNEX_ family, of whichever program: a misspelt one must not pass for a setting.
var ours = []string{"CONNEX_DATA", "CONNEX_MAIL_TOKEN", "CONNEX_SAMPLES", "CONNEX_SECRET"}

// readConfig reads and checks the environment, and names all that is wrong with it at once.
func readConfig(environ []string) (c config, err error) {
	set := env.ToMap(environ)
	var wrong []error
	for name, value := range set {
		if value == "" {
			delete(set, name)
		}
		if strings.HasPrefix(name, "CONNEX_") && !slices.Contains(ours, name) {
			wrong = append(wrong, fmt.Errorf("%s is no setting; there are %s", name, strings.Join(ours, ", ")))
		}
	}
	if err := env.ParseWithOptions(&c, env.Options{Environment: set}); err != nil {
		return c, fmt.Errorf("the settings are wrong: %w", errors.Join(append(wrong, err)...))
	}
	c.PublicURL = strings.TrimRight(c.PublicURL, "/")
	if u, err := url.Parse(c.PublicURL); err != nil || u.Host == "" {
		wrong = append(wrong, fmt.Errorf("PUBLIC_URL=%s: want a whole address, such as https://casework.example", c.PublicURL))
	}
	return c, errors.Join(wrong...)
}

// secret is the key of which personal links and codes are made. It never shows in a log.
type secret []byte

const secretLength = 32

// UnmarshalText takes base64, as openssl rand -base64 32 prints it.
func (s *secret) UnmarshalText(text []byte) error {
	key, err := base64.StdEncoding.DecodeString(string(text))
	if err != nil || len(key) != secretLength {
		return fmt.Errorf("CONNEX_SECRET: want %d random bytes in base64 (openssl rand -base64 %[1]d)", secretLength)
	}
	*s = key
	return nil
}

func (s secret) String() string { return "(secret)" }

// GoString keeps it out of %#v too.
func (s secret) GoString() string { return s.String() }
