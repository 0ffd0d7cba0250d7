//go:build !linux

package main

import (
	"net"
	"strconv"
)

// reserve has no meaning here: another system that starts at the same moment may be handed the same port.
func reserve(int) (net.Listener, error) { return net.Listen("tcp", "127.0.0.1:0") }

func listener(int) (pid int, found bool) { return 0, false }

func programOf(pid int) (name, line string) { return "process", strconv.Itoa(pid) }
