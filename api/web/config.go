package web

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
)

// Config is what the environment says to the api. Temporal's own variables are read by its envconfig.
type Config struct {
	DatabaseURL string        `env:"DATABASE_URL,required,notEmpty"`
	Listen      string        `env:"LISTEN_ADDR" envDefault:"127.0.0.1:8080"`
	PublicURL   string        `env:"PUBLIC_URL"` // where people reach us; links in mails begin with it
	Secret      Secret        `env:"CONNEX_SECRET,required,notEmpty"`
	MailToken   string        `env:"CONNEX_MAIL_TOKEN"` // the mail gateway's; empty: staff alone may file mail
	Day         time.Duration `env:"DAY" envDefault:"24h"`
	ConsoleURL  string        `env:"CONNEX_CONSOLE_URL"` // of Temporal's web console; empty: no page links to it
	Namespace   string        `env:"TEMPORAL_NAMESPACE" envDefault:"default"`
}

// ours are all variables of the CONNEX_ family, of whichever program: a misspelt one must not pass for a setting.
var ours = []string{"CONNEX_CONSOLE_URL", "CONNEX_DATA", "CONNEX_MAIL_TOKEN", "CONNEX_SAMPLES", "CONNEX_SECRET"}

// ReadConfig reads and checks the environment, and names all that is wrong with it at once.
func ReadConfig(environ []string) (c Config, err error) {
	set := env.ToMap(environ)
	for name, value := range set {
		if value == "" {
			delete(set, name)
		}
	}
	if err := env.ParseWithOptions(&c, env.Options{Environment: set}); err != nil {
		return c, fmt.Errorf("the settings are wrong: %w", err)
	}
	if c.PublicURL == "" {
		c.PublicURL = "http://" + c.Listen
	}
	c.PublicURL, c.ConsoleURL = strings.TrimRight(c.PublicURL, "/"), strings.TrimRight(c.ConsoleURL, "/")
	return c, errors.Join(unknown(set), c.check())
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

func (c Config) check() error {
	var wrong []error
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		wrong = append(wrong, fmt.Errorf("LISTEN_ADDR=%s: want host:port, such as 127.0.0.1:8080", c.Listen))
	}
	if u, err := url.Parse(c.PublicURL); !isWeb(u, err) || u.Path != "" {
		wrong = append(wrong, fmt.Errorf("PUBLIC_URL=%s: want a whole address without a path, such as https://casework.example", c.PublicURL))
	}
	if u, err := url.Parse(c.ConsoleURL); c.ConsoleURL != "" && !isWeb(u, err) {
		wrong = append(wrong, fmt.Errorf("CONNEX_CONSOLE_URL=%s: want a whole address, such as http://127.0.0.1:8233", c.ConsoleURL))
	}
	if c.Day <= 0 {
		wrong = append(wrong, fmt.Errorf("DAY=%s: want how long a process day lasts, such as 24h or 2s", c.Day))
	}
	if c.MailToken != "" && len(c.MailToken) < mailTokenLength {
		wrong = append(wrong, fmt.Errorf("CONNEX_MAIL_TOKEN: want at least %d characters (openssl rand -base64 24)", mailTokenLength))
	}
	return errors.Join(wrong...)
}

func isWeb(u *url.URL, err error) bool {
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// WorkflowURL is a workflow's page in the console, "" where there is no console to link to.
func (c Config) WorkflowURL(id string) string {
	if c.ConsoleURL == "" {
		return ""
	}
	return c.ConsoleURL + "/namespaces/" + url.PathEscape(c.Namespace) + "/workflows/" + url.PathEscape(id)
}

const mailTokenLength = 24

// HTTPS tells whether people reach us encrypted; cookies and headers are stricter then.
func (c Config) HTTPS() bool { return strings.HasPrefix(c.PublicURL, "https://") }

// Secret is the key from which personal links and codes are made. It never shows in a log.
type Secret []byte

const secretLength = 32

// UnmarshalText takes base64, as openssl rand -base64 32 prints it.
func (s *Secret) UnmarshalText(text []byte) error {
	key, err := base64.StdEncoding.DecodeString(string(text))
	if err != nil || len(key) != secretLength {
		return fmt.Errorf("CONNEX_SECRET: want %d random bytes in base64 (openssl rand -base64 %[1]d)", secretLength)
	}
	*s = key
	return nil
}

func (s Secret) String() string { return "(secret)" }

// GoString keeps it out of %#v too.
func (s Secret) GoString() string { return s.String() }
