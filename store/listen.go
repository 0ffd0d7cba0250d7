package store

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"time"

	"connex/casework"

	"github.com/lib/pq"
)

// Notice says that something was recorded in a case. It is only a hint: look again. Again says that hints may have been
// lost, so whatever one shows is to be read anew.
type Notice struct {
	CaseNumber casework.CaseNumber // empty where it is about none, such as mail that waits to be sorted
	Action     casework.ActionID   // empty where a clock or another workflow moved
	Again      bool
}

// hub hands notices to whoever asked for them. Nobody who reads slowly holds it up: what does not fit is replaced by a
// word that something was lost.
type hub struct {
	mu   sync.Mutex
	ears map[*ear]struct{}
	told []told // the newest, oldest first
}

type told struct {
	at     time.Time
	notice Notice
}

const kept = 64 // so many notices are there for whoever comes a moment late

type ear struct{ notices chan Notice }

// Subscribe hears all notices from now on, until stop is called.
func (s *Store) Subscribe() (notices <-chan Notice, stop func()) { return s.SubscribeSince(time.Now()) }

// SubscribeSince hears those as well that came since then: whoever read something first would miss what changed meanwhile.
// Where it is too long ago to know them all, Again comes first.
func (s *Store) SubscribeSince(since time.Time) (notices <-chan Notice, stop func()) {
	e := &ear{notices: make(chan Notice, 16)}
	s.hub.mu.Lock()
	defer s.hub.mu.Unlock()
	if s.hub.ears == nil {
		s.hub.ears = map[*ear]struct{}{}
	}
	s.hub.ears[e] = struct{}{}
	s.hub.catchUp(e, since)
	return e.notices, func() {
		s.hub.mu.Lock()
		defer s.hub.mu.Unlock()
		delete(s.hub.ears, e)
	}
}

func (h *hub) catchUp(e *ear, since time.Time) {
	if len(h.told) == kept && h.told[0].at.After(since) {
		e.tell(Notice{Again: true})
	}
	for _, t := range h.told {
		if t.at.After(since) {
			e.tell(t.notice)
		}
	}
}

func (h *hub) tell(n Notice) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.told = append(h.told[max(0, len(h.told)-kept+1):], told{time.Now(), n})
	for e := range h.ears {
		e.tell(n)
	}
}

// tell puts the notice in line. Where the line is full its oldest goes, and Again comes in its place: only tell puts
// anything in, and never two at once, so there is room.
func (e *ear) tell(n Notice) {
	select {
	case e.notices <- n:
		return
	default:
	}
	for range 2 {
		select {
		case <-e.notices:
		default:
		}
	}
	e.notices <- Notice{Again: true}
	e.notices <- n
}

const (
	pingEvery    = 10 * time.Second
	pingDeadline = 5 * time.Second
)

// Listen hears the database until ctx ends: one connection for the whole process. A connection that answers no ping in
// time is dropped and made anew; after each loss everybody is told to look again.
func (s *Store) Listen(ctx context.Context) error {
	for ctx.Err() == nil {
		s.listenOnce(ctx)
		s.hub.tell(Notice{Again: true})
	}
	return nil
}

// listenOnce listens until the connection is found to be dead, or ctx ends.
func (s *Store) listenOnce(ctx context.Context) {
	l := pq.NewDialListener(dialer{}, s.url, 100*time.Millisecond, 5*time.Second, nil)
	// Closing waits for a ping that nobody answers: on a half-open connection until the network gives it up.
	defer func() { go l.Close() }()
	go func() { _ = l.Listen(channelName) }() // it tries again by itself until it is closed
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case n, open := <-l.Notify:
			if !open {
				return
			}
			s.hub.tell(noticeOf(n))
		case <-ping.C:
			if !answers(l) {
				return
			}
		}
	}
}

const channelName = "connex"

// noticeOf reads «case:action». nil comes after the connection was made anew.
func noticeOf(n *pq.Notification) Notice {
	if n == nil {
		return Notice{Again: true}
	}
	number, action, _ := strings.Cut(n.Extra, ":")
	return Notice{CaseNumber: casework.CaseNumber(number), Action: casework.ActionID(action)}
}

// answers pings under a deadline of our own: the driver has none, and a half-open connection is only found by using it.
func answers(l *pq.Listener) bool {
	answer := make(chan error, 1)
	go func() { answer <- l.Ping() }()
	select {
	case err := <-answer:
		return err == nil || errors.Is(err, net.ErrClosed)
	case <-time.After(pingDeadline):
		return false
	}
}

// dialer bounds how long a connection attempt of the listener may take.
type dialer struct{}

func (dialer) Dial(network, address string) (net.Conn, error) {
	return net.DialTimeout(network, address, connectTimeout)
}

func (dialer) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	return net.DialTimeout(network, address, min(timeout, connectTimeout))
}
