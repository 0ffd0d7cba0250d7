// Package mailtest has an IMAP server in memory for tests, with faults on demand.
package mailtest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
)

// Who may read the mailbox, and its one folder.
const (
	User     = "secretariat@connex.test"
	Password = "a password that no log may hold"
	Folder   = "INBOX"
)

// Server is an IMAP server with one mailbox.
type Server struct {
	Addr  string
	Roots *x509.CertPool // who vouches for it, where it encrypts

	t      testing.TB
	scheme string
	tls    *tls.Config
	user   *imapmemserver.User
	server *imapserver.Server

	mu     sync.Mutex
	fault  func(uid imap.UID) error
	logins int
}

// ErrHangUp, from a fault, cuts the line in the middle of an answer.
var ErrHangUp = errors.New("hang up")

// Listen starts one that speaks as the scheme of an address says: tls, starttls or plain.
func Listen(t testing.TB, scheme string) *Server {
	t.Helper()
	s := &Server{t: t, scheme: scheme, user: imapmemserver.NewUser(User, Password), Addr: "127.0.0.1:0"}
	s.must(s.user.Create(Folder, nil))
	if scheme != "plain" {
		s.tls, s.Roots = Certificate(t)
	}
	s.Start()
	t.Cleanup(s.Stop)
	return s
}

// Start lets it listen where it did before.
func (s *Server) Start() {
	s.t.Helper()
	l, err := net.Listen("tcp", s.Addr)
	s.must(err)
	s.Addr = l.Addr().String()
	options := &imapserver.Options{NewSession: s.session, InsecureAuth: s.scheme == "plain", Logger: log.New(io.Discard, "", 0)}
	switch s.scheme {
	case "tls":
		l = tls.NewListener(l, s.tls)
	case "starttls":
		options.TLSConfig = s.tls
	}
	s.server = imapserver.New(options)
	go func(server *imapserver.Server) { _ = server.Serve(l) }(s.server)
}

// Stop ends it, and keeps its mails.
func (s *Server) Stop() { _ = s.server.Close() }

// Deliver puts a mail into the folder, with flags as another program may have set them.
func (s *Server) Deliver(raw string, flags ...imap.Flag) imap.UID {
	s.t.Helper()
	put, err := s.user.Append(Folder, bytes.NewReader([]byte(raw)), &imap.AppendOptions{Flags: flags, Time: time.Now()})
	s.must(err)
	return put.UID
}

// Renumber makes the folder anew, empty: whatever is put into it has another validity.
func (s *Server) Renumber() {
	s.t.Helper()
	s.must(s.user.Delete(Folder))
	s.must(s.user.Create(Folder, nil))
}

// Unread counts mails that nobody has read.
func (s *Server) Unread() int {
	s.t.Helper()
	status, err := s.user.Status(Folder, &imap.StatusOptions{NumUnseen: true})
	s.must(err)
	return int(*status.NumUnseen)
}

// Failing has every fetch of a mail ask for a fault first; nil: none.
func (s *Server) Failing(fault func(imap.UID) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = fault
}

// Logins is how often somebody said who they are.
func (s *Server) Logins() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.logins
}

func (s *Server) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *Server) session(c *imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
	memory := imapmemserver.New()
	memory.AddUser(s.user)
	return &session{memory.NewSession(), s, c}, &imapserver.GreetingData{}, nil
}

type session struct {
	imapserver.Session
	server *Server
	conn   *imapserver.Conn
}

func (s *session) Login(user, password string) error {
	s.server.mu.Lock()
	s.server.logins++
	s.server.mu.Unlock()
	return s.Session.Login(user, password)
}

func (s *session) Fetch(w *imapserver.FetchWriter, numbers imap.NumSet, options *imap.FetchOptions) error {
	s.server.mu.Lock()
	fault := s.server.fault
	s.server.mu.Unlock()
	if uids, ok := numbers.(imap.UIDSet); ok && fault != nil && len(options.BodySection) > 0 {
		list, _ := uids.Nums()
		err := fault(list[0])
		if errors.Is(err, ErrHangUp) {
			return s.conn.NetConn().Close()
		}
		if err != nil {
			return err
		}
	}
	return s.Session.Fetch(w, numbers, options)
}

// Certificate is one of this machine for an hour, with who vouches for it.
func Certificate(t testing.TB) (*tls.Config, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(certificate)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}, roots
}
