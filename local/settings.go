package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
)

// settings are what the environment says; the zero value of an address means: a server of our own.
type settings struct {
	Database  string        `env:"DATABASE_URL"`
	Temporal  string        `env:"TEMPORAL_ADDRESS"`
	Namespace string        `env:"TEMPORAL_NAMESPACE" envDefault:"default"`
	SMTP      string        `env:"SMTP_ADDR"`
	Listen    string        `env:"LISTEN_ADDR"`
	PublicURL string        `env:"PUBLIC_URL"`
	Data      string        `env:"CONNEX_DATA" envDefault:"data"`
	Secret    string        `env:"CONNEX_SECRET"`
	Samples   bool          `env:"CONNEX_SAMPLES" envDefault:"1"`
	Day       time.Duration `env:"DAY" envDefault:"24h"`
}

// ours are all variables of the CONNEX_ family, of whichever program: a misspelt one must not pass for a setting.
var ours = []string{"CONNEX_DATA", "CONNEX_MAIL_TOKEN", "CONNEX_SAMPLES", "CONNEX_SECRET"}

func readSettings(environ []string) (s settings, err error) {
	set := env.ToMap(environ)
	for name, value := range set {
		if value == "" {
			delete(set, name) // `make run DAY=` means the default
		}
	}
	if err := env.ParseWithOptions(&s, env.Options{Environment: set}); err != nil {
		return s, fmt.Errorf("the settings are wrong: %w", err)
	}
	return s, errors.Join(unknown(set), s.check(), s.resolve())
}

func unknown(set map[string]string) error {
	var wrong []error
	for name := range set {
		if strings.HasPrefix(name, "CONNEX_") && !slices.Contains(ours, name) {
			wrong = append(wrong, fmt.Errorf("%s is no setting; there are %s", name, strings.Join(ours, ", ")))
		}
	}
	return errors.Join(wrong...)
}

func (s *settings) check() error {
	var wrong []error
	say := func(format string, values ...any) { wrong = append(wrong, fmt.Errorf(format, values...)) }
	for name, addr := range map[string]string{"LISTEN_ADDR": s.Listen, "SMTP_ADDR": s.SMTP, "TEMPORAL_ADDRESS": s.Temporal} {
		if _, _, err := net.SplitHostPort(addr); addr != "" && err != nil {
			say("%s=%s: want host:port, such as 127.0.0.1:8080", name, addr)
		}
	}
	if u, err := url.Parse(s.PublicURL); s.PublicURL != "" && (err != nil || u.Host == "") {
		say("PUBLIC_URL=%s: want a whole address, such as https://casework.example", s.PublicURL)
	}
	if key, err := base64.StdEncoding.DecodeString(s.Secret); s.Secret != "" && (err != nil || len(key) != secretLength) {
		say("CONNEX_SECRET: want %d random bytes in base64 (openssl rand -base64 %[1]d)", secretLength)
	}
	if s.Day <= 0 {
		say("DAY=%s: want how long a process day lasts, such as 24h or 2s", s.Day)
	}
	return errors.Join(wrong...)
}

// resolve makes the data folder's path whole, since PostgreSQL and the mail catcher run in folders of their own.
func (s *settings) resolve() (err error) {
	s.Data, err = filepath.Abs(s.Data)
	return err
}
