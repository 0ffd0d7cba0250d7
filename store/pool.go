package store

import (
	"context"
	"net"
	"time"
)

// silence is how long the server may say nothing while an answer is awaited. Its own limits end every statement sooner,
// so this is a line that was cut without a word. The driver would wait for as long as the kernel hopes, a quarter of an
// hour, whatever its context says, and hold a connection of the pool as long.
const silence = 10 * time.Second

// poolDialer makes the connections of the pool.
type poolDialer struct {
	net.Dialer
	silence time.Duration
}

func (l *poolDialer) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return l.DialContext(ctx, network, address)
}

func (l *poolDialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	made, err := l.Dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &poolConn{Conn: made, silence: l.silence}, nil
}

// poolConn is one connection. It is read only while an answer is awaited, so it may idle in the pool for any time.
type poolConn struct {
	net.Conn
	silence  time.Duration
	deadline bool // the driver has set one of its own, as while it signs in
}

func (l *poolConn) SetDeadline(t time.Time) error {
	l.deadline = !t.IsZero()
	return l.Conn.SetDeadline(t)
}

func (l *poolConn) Read(b []byte) (int, error) {
	if !l.deadline {
		if err := l.SetReadDeadline(time.Now().Add(l.silence)); err != nil {
			return 0, err
		}
	}
	return l.Conn.Read(b)
}

func (l *poolConn) Write(b []byte) (int, error) {
	if !l.deadline {
		if err := l.SetWriteDeadline(time.Now().Add(l.silence)); err != nil {
			return 0, err
		}
	}
	return l.Conn.Write(b)
}
