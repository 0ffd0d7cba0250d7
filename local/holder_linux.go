package main

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// reserve marks a port as ours among all systems on this machine, by a socket that has a name but no file: it goes
// when we go.
func reserve(port int) (net.Listener, error) {
	return net.Listen("unix", fmt.Sprintf("@connex-port-%d", port))
}

// listener finds the process that listens on a TCP port.
func listener(port int) (pid int, found bool) {
	for _, table := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		text, err := os.ReadFile(table)
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(text)) {
			if inode, ok := listens(line, port); ok {
				return ownerOf(inode)
			}
		}
	}
	return 0, false
}

// listens reads a line of /proc/net/tcp: number, local address, remote address, state (0A: listens), …, inode.
func listens(line string, port int) (inode string, ok bool) {
	fields := strings.Fields(line)
	if len(fields) < 10 || fields[3] != "0A" {
		return "", false
	}
	return fields[9], strings.HasSuffix(fields[1], fmt.Sprintf(":%04X", port))
}

func ownerOf(inode string) (pid int, found bool) {
	descriptors, _ := filepath.Glob("/proc/[0-9]*/fd/*")
	for _, descriptor := range descriptors {
		if target, err := os.Readlink(descriptor); err == nil && target == "socket:["+inode+"]" {
			pid, err = strconv.Atoi(strings.Split(descriptor, "/")[2])
			return pid, err == nil
		}
	}
	return 0, false
}

// programOf is a process's name and the beginning of its command line.
func programOf(pid int) (name, line string) {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid))
	arguments, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	line = string(bytes.TrimSpace(bytes.ReplaceAll(arguments, []byte{0}, []byte{' '})))
	return strings.TrimSpace(string(text)), line[:min(len(line), 120)]
}
