package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"
)

// Mailbox is a folder on an IMAP server, out of which we take what comes in. We leave the mails there, and mark those as
// read that are ours by now.
type Mailbox struct {
	MailboxAccount
	address, host, scheme string
	trust                 *tls.Config // nil: the machine's authorities
}

// MailboxAccount is who reads what.
type MailboxAccount struct{ User, Password, Folder string }

// NewMailbox understands three kinds of address:
//
//	imap.example:993              encrypted from the start; tls://imap.example:993 is the same
//	starttls://imap.example:143   encrypted after the greeting, or not at all
//	plain://127.0.0.1:143         without encryption: a server on this machine
func NewMailbox(addr string, account MailboxAccount) (*Mailbox, error) {
	if !strings.Contains(addr, "://") {
		addr = "tls://" + addr
	}
	u, err := url.Parse(addr)
	if err != nil || u.Hostname() == "" || mailboxPorts[u.Scheme] == "" || u.User != nil || u.Path != "" {
		return nil, errors.New("mailbox: want host:port, starttls://host:143 or plain://host:143, without user or folder")
	}
	port := u.Port()
	if port == "" {
		port = mailboxPorts[u.Scheme]
	}
	return &Mailbox{MailboxAccount: account, address: net.JoinHostPort(u.Hostname(), port), host: u.Hostname(), scheme: u.Scheme}, nil
}

var mailboxPorts = map[string]string{"tls": "993", "starttls": "143", "plain": "143"}

// Trust replaces the machine's list of authorities, for a mail server with one of its own.
func (m *Mailbox) Trust(config *tls.Config) { m.trust = config }

// String says which mailbox it is, without the password.
func (m *Mailbox) String() string { return m.User + " at " + m.address + ", folder " + m.Folder }

// RefusedLogin says that the server does not let us in: no trying again helps, only another user or password.
type RefusedLogin struct {
	User   string
	Answer string // the server's
}

func (e *RefusedLogin) Error() string {
	return fmt.Sprintf("the IMAP server refuses the user %s or the password: %s", e.User, e.Answer)
}

// toGetIn is how long connecting, signing in and opening the folder may take together.
const toGetIn = time.Minute

// open signs in and opens the folder. The connection ends with ctx, whatever the server does: it may also say nothing.
func (m *Mailbox) open(ctx context.Context) (*visit, error) {
	waiting, stop := context.WithTimeout(ctx, toGetIn)
	defer stop()
	conn, err := m.dial(waiting)
	if err != nil {
		return nil, fmt.Errorf("no connection: %w", err)
	}
	hangUp := context.AfterFunc(waiting, func() { _ = conn.Close() })
	v, err := m.enter(conn)
	if err == nil && !hangUp() {
		err = waiting.Err()
	}
	if err != nil {
		_ = conn.Close()
		return nil, errors.Join(err, context.Cause(waiting))
	}
	v.unwatch = context.AfterFunc(ctx, func() { _ = conn.Close() })
	return v, nil
}

func (m *Mailbox) dial(ctx context.Context) (net.Conn, error) {
	if m.scheme == "tls" {
		config := m.encryption()
		config.NextProtos = []string{"imap"}
		dialer := &tls.Dialer{Config: config}
		return dialer.DialContext(ctx, "tcp", m.address)
	}
	return new(net.Dialer).DialContext(ctx, "tcp", m.address)
}

func (m *Mailbox) encryption() *tls.Config {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if m.trust != nil {
		config = m.trust.Clone()
	}
	config.ServerName = m.host
	return config
}

func (m *Mailbox) enter(conn net.Conn) (*visit, error) {
	client, err := m.greet(conn)
	if err != nil {
		return nil, err
	}
	if err := m.signIn(client); err != nil {
		return nil, err
	}
	folder, err := client.Select(m.Folder, nil).Wait()
	switch {
	case isAnswer(err):
		return nil, fmt.Errorf("the folder %s cannot be opened: %w", m.Folder, err)
	case err != nil:
		return nil, err
	case folder.UIDValidity == 0 || folder.UIDNext == 0:
		return nil, errors.New("the IMAP server does not number its mails for good (UIDVALIDITY, UIDNEXT)")
	}
	return &visit{client: client, folder: folder}, nil
}

func (m *Mailbox) greet(conn net.Conn) (*imapclient.Client, error) {
	if m.scheme == "starttls" {
		client, err := imapclient.NewStartTLS(conn, &imapclient.Options{TLSConfig: m.encryption()})
		if isAnswer(err) {
			return nil, fmt.Errorf("the IMAP server does not encrypt after its greeting: %w", err)
		}
		return client, err
	}
	client := imapclient.New(conn, nil)
	return client, client.WaitGreeting()
}

// signIn prefers the way that can say any password, in whatever script.
func (m *Mailbox) signIn(client *imapclient.Client) (err error) {
	if client.Caps().Has(imap.AuthCap(sasl.Plain)) {
		err = client.Authenticate(sasl.NewPlainClient("", m.User, m.Password))
	} else {
		err = client.Login(m.User, m.Password).Wait()
	}
	if answer := (*imap.Error)(nil); errors.As(err, &answer) {
		if answer.Code == imap.ResponseCodeUnavailable || answer.Code == imap.ResponseCodeInUse {
			return err // it would know us another time
		}
		return &RefusedLogin{m.User, answer.Text}
	}
	return err
}

// isAnswer tells what the server said from a connection that broke.
func isAnswer(err error) bool {
	var answer *imap.Error
	return errors.As(err, &answer)
}
