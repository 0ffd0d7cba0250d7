package main

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"time"

	list "connex/settings"
)

// settings are what the environment says; the zero value of an address means: a server of our own.
type settings struct {
	Database  string        `env:"DATABASE_URL"`
	Temporal  string        `env:"TEMPORAL_ADDRESS"`
	Namespace string        `env:"TEMPORAL_NAMESPACE"`
	Console   string        `env:"CONNEX_CONSOLE_URL"`
	SMTP      string        `env:"SMTP_ADDR"`
	Listen    string        `env:"LISTEN_ADDR"`
	PublicURL string        `env:"PUBLIC_URL"`
	Data      string        `env:"CONNEX_DATA"`
	Secret    string        `env:"CONNEX_SECRET"`
	Keys      list.Keys     `env:"CONNEX_HISTORY_KEYS"` // for the programs: said here already where they are wrong
	Samples   bool          `env:"CONNEX_SAMPLES"`
	Day       time.Duration `env:"DAY"`
}

func readSettings(environ []string) (s settings, err error) {
	if err := list.Read(list.Local, environ, &s); err != nil {
		return s, err
	}
	return s, errors.Join(s.check(), s.resolve())
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
	if err := new(list.Key).UnmarshalText([]byte(s.Secret)); s.Secret != "" && err != nil {
		wrong = append(wrong, err)
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
