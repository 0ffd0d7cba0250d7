package storetest

import (
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/lib/pq"
)

// Watch stands between stores and their server and notes each statement that passes, BEGIN and COMMIT among them: what
// the server is asked, whoever asks, and not what somebody in the program counts.
type Watch struct {
	mu   sync.Mutex
	said []string
}

// Watched is the address of the same database through a watch.
func Watched(t testing.TB, address string) (*Watch, string) {
	t.Helper()
	server, err := pq.NewConfig(address)
	if err != nil {
		t.Fatal(err)
	}
	network, there := "tcp", net.JoinHostPort(server.Host, strconv.Itoa(int(server.Port)))
	if strings.HasPrefix(server.Host, "/") {
		network, there = "unix", server.Host+"/.s.PGSQL."+strconv.Itoa(int(server.Port))
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	w := &Watch{}
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial(network, there)
			if err != nil {
				_ = near.Close()
				return
			}
			go pass(far, near, nil)
			go pass(near, far, (&session{watch: w, named: map[string]string{}, bound: map[string]string{}}).hear)
		}
	}()
	user := url.User(server.User)
	if server.Password != "" {
		user = url.UserPassword(server.User, server.Password)
	}
	through := url.URL{Scheme: "postgres", User: user, Host: listener.Addr().String(), Path: server.Database, RawQuery: "sslmode=disable"}
	return w, through.String()
}

// Forget begins anew.
func (w *Watch) Forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.said = nil
}

// Statements are those since then.
func (w *Watch) Statements() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.said)
}

func (w *Watch) note(statement string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.said = append(w.said, strings.Join(strings.Fields(statement), " "))
}

// pass carries bytes until one end closes, and lets them be heard before the other end has them.
func pass(from, to net.Conn, hear func([]byte)) {
	defer to.Close()
	piece := make([]byte, 32<<10)
	for {
		n, err := from.Read(piece)
		if hear != nil {
			hear(piece[:n])
		}
		if _, fault := to.Write(piece[:n]); err != nil || fault != nil {
			return
		}
	}
}

// session is one connection: what a program says on it, as far as it is understood by now.
type session struct {
	watch        *Watch
	pending      bytes.Buffer
	begun        bool
	named, bound map[string]string // texts by the names of prepared statements, and of portals
}

// hear takes the messages that are complete apart. The first one, which opens the session, has no letter before its length.
func (s *session) hear(piece []byte) {
	s.pending.Write(piece)
	for {
		head := 5
		if !s.begun {
			head = 4
		}
		raw := s.pending.Bytes()
		if len(raw) < head {
			return
		}
		length := int(binary.BigEndian.Uint32(raw[head-4:])) + head - 4
		if len(raw) < length {
			return
		}
		message := s.pending.Next(length)
		if s.begun {
			s.understand(message[0], message[head:])
		}
		s.begun = true
	}
}

// understand notes what is run: a text at once, or what a portal is bound to.
func (s *session) understand(letter byte, body []byte) {
	words := bufferOf(body)
	switch letter {
	case 'Q':
		s.watch.note(words())
	case 'P':
		name := words()
		s.named[name] = words()
	case 'B':
		portal := words()
		s.bound[portal] = s.named[words()]
	case 'E':
		s.watch.note(s.bound[words()])
	}
}

// bufferOf reads one text after the other, each up to its zero.
func bufferOf(body []byte) func() string {
	rest := bytes.NewBuffer(body)
	return func() string {
		text, err := rest.ReadString(0)
		if err == io.EOF {
			return text
		}
		return strings.TrimSuffix(text, "\x00")
	}
}
