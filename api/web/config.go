package web

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"connex/mail"
	"connex/settings"
)

// Config is what the environment says to the api. Temporal's own variables are read by its envconfig.
type Config struct {
	DatabaseURL string        `env:"DATABASE_URL"`
	Listen      string        `env:"LISTEN_ADDR"`
	PublicURL   string        `env:"PUBLIC_URL"` // where people reach us; links in mails begin with it
	Secret      settings.Key  `env:"CONNEX_SECRET"`
	Keys        settings.Keys `env:"CONNEX_HISTORY_KEYS"` // with which Temporal's histories are encrypted; none: they are not
	MailToken   string        `env:"CONNEX_MAIL_TOKEN"`   // the mail gateway's; empty: staff alone may file mail
	IMAP        string        `env:"CONNEX_IMAP_ADDR"`    // of the mailbox that is polled; empty: none is
	IMAPUser    string        `env:"CONNEX_IMAP_USER"`
	IMAPPass    string        `env:"CONNEX_IMAP_PASSWORD"`
	IMAPFolder  string        `env:"CONNEX_IMAP_FOLDER"`
	IMAPEvery   time.Duration `env:"CONNEX_IMAP_EVERY"`
	Proxies     []string      `env:"CONNEX_PROXIES"` // addresses and networks whose X-Forwarded-For is believed; empty: nobody's
	Day         time.Duration `env:"DAY"`
	ConsoleURL  string        `env:"CONNEX_CONSOLE_URL"` // of Temporal's web console; empty: no page links to it
	Namespace   string        `env:"TEMPORAL_NAMESPACE"`
}

// ReadConfig reads and checks the environment, and names all that is wrong with it at once.
func ReadConfig(environ []string) (c Config, err error) {
	if err := settings.Read(settings.API, environ, &c); err != nil {
		return c, err
	}
	if c.PublicURL == "" {
		c.PublicURL = "http://" + c.Listen
	}
	c.PublicURL, c.ConsoleURL = strings.TrimRight(c.PublicURL, "/"), strings.TrimRight(c.ConsoleURL, "/")
	return c, c.check()
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
	for i, proxy := range c.Proxies {
		c.Proxies[i] = strings.TrimSpace(proxy)
		if !isNetwork(c.Proxies[i]) {
			wrong = append(wrong, fmt.Errorf("CONNEX_PROXIES=%s: want addresses or networks with commas between them, such as 127.0.0.1,172.16.0.0/12", proxy))
		}
	}
	if c.Day <= 0 {
		wrong = append(wrong, fmt.Errorf("DAY=%s: want how long a process day lasts, such as 24h or 2s", c.Day))
	}
	if c.MailToken != "" && len(c.MailToken) < mailTokenLength {
		wrong = append(wrong, fmt.Errorf("CONNEX_MAIL_TOKEN: want at least %d characters (openssl rand -base64 24)", mailTokenLength))
	}
	_, err := c.Mailbox()
	return errors.Join(append(wrong, err)...)
}

const oftenest = 5 * time.Second

// Mailbox is the one that is polled, nil where none is.
func (c Config) Mailbox() (*mail.Mailbox, error) {
	switch {
	case c.IMAP == "" && (c.IMAPUser != "" || c.IMAPPass != ""):
		return nil, errors.New("CONNEX_IMAP_ADDR is not set, while CONNEX_IMAP_USER or CONNEX_IMAP_PASSWORD is")
	case c.IMAP == "":
		return nil, nil
	case c.IMAPUser == "" || c.IMAPPass == "":
		return nil, errors.New("CONNEX_IMAP_USER or CONNEX_IMAP_PASSWORD is not set, while CONNEX_IMAP_ADDR is")
	case c.IMAPEvery < oftenest:
		return nil, fmt.Errorf("CONNEX_IMAP_EVERY=%s: want how often the mailbox is polled, such as 1m; at most every %s", c.IMAPEvery, oftenest)
	}
	box, err := mail.NewMailbox(c.IMAP, mail.MailboxAccount{User: c.IMAPUser, Password: c.IMAPPass, Folder: c.IMAPFolder})
	if err != nil {
		return nil, fmt.Errorf("CONNEX_IMAP_ADDR: %w", err)
	}
	return box, nil
}

func isWeb(u *url.URL, err error) bool {
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

func isNetwork(text string) bool {
	_, err := netip.ParseAddr(text)
	if err == nil {
		return true
	}
	_, err = netip.ParsePrefix(text)
	return err == nil
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
