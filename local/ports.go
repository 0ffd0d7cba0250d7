package main

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync"
)

const searched = 500 // ports above the usual one before we give up

// ports hands out addresses to listen on, each one once. Servers that start side by side ask at the same time.
type ports struct {
	mu   sync.Mutex
	held []net.Listener
}

// asked takes the address that somebody set; where it is taken it says by whom. Port 0 means: any.
func (p *ports) asked(setting, addr string) (string, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", err
	}
	if port == "0" {
		return p.near(host, usualPort)
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		return "", fmt.Errorf("%s=%s: %w", setting, addr, err)
	}
	if err := p.take(host, number); err != nil {
		return "", fmt.Errorf("%s=%s is not to be had: %w%s", setting, addr, err, heldBy(number))
	}
	return addr, nil
}

// near takes the first free port from the usual one upwards.
func (p *ports) near(host string, usual int) (string, error) {
	for port := usual; port < usual+searched; port++ {
		if p.take(host, port) == nil {
			return net.JoinHostPort(host, strconv.Itoa(port)), nil
		}
	}
	return "", fmt.Errorf("no port is free on %s between %d and %d", host, usual, usual+searched-1)
}

// take tries the port, and reserves it: two systems that start at the same moment would both find it free, since its
// server listens only a second later.
func (p *ports) take(host string, port int) error {
	tried, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
	if err != nil {
		return err
	}
	defer tried.Close()
	reserved, err := reserve(port)
	if err != nil {
		return errors.New("another system is about to listen there")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held = append(p.held, reserved)
	return nil
}

func (p *ports) close() {
	for _, held := range p.held {
		_ = held.Close()
	}
}

// heldBy names the process behind a port, as far as we may see it.
func heldBy(port int) string {
	pid, found := listener(port)
	if !found {
		return ""
	}
	name, line := programOf(pid)
	return fmt.Sprintf("; %s has it (process %d: %s)", name, pid, line)
}
