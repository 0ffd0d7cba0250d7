package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"net/url"
	"slices"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// Sender hands mails to one mail server.
type Sender struct {
	host    string
	options []gomail.Option
}

const patience = time.Minute // with a server that says nothing; a deadline of the caller may be sooner

// NewSender understands three kinds of address:
//
//	127.0.0.1:2525                              as it is, without encryption: a catcher, or a server on this machine
//	starttls://user:password@mail.example:587   encrypted after the greeting, or not at all
//	tls://user:password@mail.example:465        encrypted from the start
func NewSender(addr string) (*Sender, error) {
	host, port, options, err := parseAddr(addr)
	if err != nil {
		return nil, err
	}
	s := &Sender{host, append(options, gomail.WithPort(port), gomail.WithoutSMTPUTF8())}
	if _, err := gomail.NewClient(s.host, s.options...); err != nil {
		return nil, fmt.Errorf("mail server: %w", err)
	}
	return s, nil
}

var plainPorts = map[string]int{"smtp": 25, "starttls": 587, "tls": 465}

// parseAddr never says the whole address in an error: it may hold a password.
func parseAddr(addr string) (host string, port int, options []gomail.Option, err error) {
	if _, _, err := net.SplitHostPort(addr); err == nil {
		addr = "smtp://" + addr
	}
	u, err := url.Parse(addr)
	if err != nil || u.Hostname() == "" || plainPorts[u.Scheme] == 0 {
		return "", 0, nil, errors.New("mail server: want host:port, starttls://user:password@host:587 or tls://user:password@host:465")
	}
	port = plainPorts[u.Scheme]
	if u.Port() != "" {
		if port, err = strconv.Atoi(u.Port()); err != nil {
			return "", 0, nil, errors.New("mail server: the port is no number")
		}
	}
	switch u.Scheme {
	case "smtp":
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	case "starttls":
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case "tls":
		options = append(options, gomail.WithSSL())
	}
	if u.User != nil {
		password, _ := u.User.Password()
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	return u.Hostname(), port, options, nil
}

// Trust replaces the machine's list of authorities, for a mail server with one of its own.
func (s *Sender) Trust(config *tls.Config) {
	s.options = append(s.options, gomail.WithTLSConfig(config))
}

// Send hands one mail over. It returns nil once the server has said that it keeps the mail, whatever goes wrong with the
// connection after that: an error then would send it a second time. Every other error is an *Error.
func (s *Sender) Send(ctx context.Context, m Message) error {
	raw, err := m.Bytes()
	if err != nil {
		return err
	}
	h, err := m.check()
	if err != nil {
		return err
	}
	limit := timeFor(ctx, raw)
	client, err := s.dial(ctx, limit)
	if err != nil { // also a server that refuses us altogether: that is not this mail's fault
		return &Error{Untaken: true, Reason: "no connection: " + err.Error()}
	}
	defer func() {
		_ = client.UpdateDeadline(2 * time.Second)
		_ = client.Quit() // what it answers changes nothing any more
		_ = client.Close()
	}()
	if err := hand(client, h, raw, limit); err != nil {
		return classify(ctx, err)
	}
	return nil
}

// dial makes a client for one conversation: its limit holds for the greeting, too, which the context does not.
func (s *Sender) dial(ctx context.Context, limit time.Duration) (*smtp.Client, error) {
	if limit <= 0 {
		return nil, context.DeadlineExceeded
	}
	client, err := gomail.NewClient(s.host, append(slices.Clip(s.options), gomail.WithTimeout(limit))...)
	if err != nil {
		return nil, err
	}
	return client.DialToSMTPClientWithContext(ctx)
}

func hand(client *smtp.Client, h header, raw []byte, limit time.Duration) error {
	if err := client.UpdateDeadline(limit); err != nil {
		return err
	}
	if err := client.Mail("<" + h.from.Address + ">"); err != nil {
		return err
	}
	if err := client.Rcpt("<" + h.to.Address + ">"); err != nil {
		return err
	}
	w, err := client.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(raw); err != nil {
		return err
	}
	return w.Close()
}

// timeFor a mail is the caller's, and no more than a line of 16 KB a second needs. A context that is cancelled does not
// cut the conversation short: the server may be about to say that it keeps the mail.
func timeFor(ctx context.Context, raw []byte) time.Duration {
	limit := patience + time.Duration(len(raw)/(16<<10))*time.Second
	if deadline, ok := ctx.Deadline(); ok {
		limit = min(limit, time.Until(deadline))
	}
	return limit
}

// classify goes by the server's answer: 5xx is for good, and everything else may pass.
func classify(ctx context.Context, err error) error {
	var answer *textproto.Error
	switch {
	case errors.As(err, &answer):
		return &Error{Permanent: answer.Code >= 500, Untaken: true, Code: answer.Code, Reason: answer.Msg}
	case ctx.Err() != nil:
		return &Error{Reason: "given up: " + context.Cause(ctx).Error()}
	}
	return &Error{Reason: err.Error()}
}
