package store_test

import (
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"connex/store"
	"connex/store/storetest"

	"github.com/lib/pq"
)

// wire stands between a store and its server. While it is cut, whatever comes is swallowed, and nobody is told.
type wire struct {
	cut atomic.Bool
}

// aWire leads to the server of this address; it returns the address that leads through it.
func aWire(t *testing.T, to string) (*wire, string) {
	t.Helper()
	server, err := pq.NewConfig(to)
	if err != nil {
		t.Fatal(err)
	}
	network, address := "tcp", net.JoinHostPort(server.Host, strconv.Itoa(int(server.Port)))
	if strings.HasPrefix(server.Host, "/") {
		network, address = "unix", fmt.Sprintf("%s/.s.PGSQL.%d", server.Host, server.Port)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{}
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial(network, address)
			if err != nil {
				t.Error(err)
				return
			}
			go w.carry(near, far)
			go w.carry(far, near)
		}
	}()
	t.Cleanup(func() { _ = listener.Close() })
	through := url.URL{Scheme: "postgres", User: url.User(server.User), Host: listener.Addr().String(), Path: server.Database, RawQuery: "sslmode=disable"}
	return w, through.String()
}

func (w *wire) carry(from, to net.Conn) {
	defer to.Close()
	piece := make([]byte, 32<<10)
	for {
		n, err := from.Read(piece)
		if err != nil {
			return
		}
		if w.cut.Load() {
			continue
		}
		if _, err := to.Write(piece[:n]); err != nil {
			return
		}
	}
}

// A line that was cut without a word must not hold whoever waits for an answer, nor the pool: the driver's contexts do
// not end a read.
func TestACutLineIsGivenUp(t *testing.T) {
	t.Parallel()
	w, through := aWire(t, storetest.URL(t))
	s, err := store.Open(t.Context(), through, store.PoolOf(2), store.SilentFor(300*time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { go s.Close() }) // a driver that waits would let it wait
	time.Sleep(400 * time.Millisecond) // idling is no silence
	if err := s.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.cut.Store(true)
	answers := make(chan error)
	for range 2 {
		go func() { answers <- s.Ping(t.Context()) }()
	}
	for range 2 {
		select {
		case err := <-answers:
			if err == nil {
				t.Error("an answer came through a line that was cut")
			}
		case <-time.After(20 * time.Second):
			t.Fatal("somebody still waits for an answer")
		}
	}
	w.cut.Store(false)
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("after the line was mended: %v", err)
	}
}
