package main

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
)

// account is the user that PostgreSQL runs as when we are root, since it refuses to be root. A nil account is ourselves.
type account struct {
	uid, gid     uint32
	capabilities []uintptr
}

// Capabilities of Linux that open folders which belong to others.
const (
	dacOverride   = 1
	dacReadSearch = 2
)

// unprivileged picks that user, and makes sure that it can reach the data folder.
func unprivileged(data string) (*account, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		if found, err := user.Lookup(name); err == nil {
			return newAccount(found, data)
		}
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody: useradd --system postgres, or start as another user")
}

func newAccount(found *user.User, data string) (*account, error) {
	uid, err := strconv.ParseUint(found.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(found.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	a := &account{uid: uint32(uid), gid: uint32(gid)}
	if closed := closedFolder(data); closed != "" {
		return a, a.passThrough(closed, found.Username)
	}
	return a, nil
}

// closedFolder is the first folder on the way that is closed to others, such as /root.
func closedFolder(path string) string {
	var closed string
	for folder := path; ; folder = filepath.Dir(folder) {
		if info, err := os.Stat(folder); err == nil && info.Mode()&0o001 == 0 {
			closed = folder
		}
		if folder == filepath.Dir(folder) {
			return closed
		}
	}
}

// passThrough lets PostgreSQL through folders of root alone, so that a clone in /root works as well.
func (a *account) passThrough(closed, name string) error {
	status, _ := os.ReadFile("/proc/self/status")
	for _, capability := range []uintptr{dacReadSearch, dacOverride} {
		if has(string(status), "CapBnd:", capability) && has(string(status), "CapPrm:", capability) {
			a.capabilities = []uintptr{capability}
			return nil
		}
	}
	return fmt.Errorf("PostgreSQL runs as %s, whom %s is closed to: chmod o+x %[2]s, or set CONNEX_DATA to a folder elsewhere", name, closed)
}

// has reads a line like "CapBnd:	00000000a80425fb" of /proc/self/status.
func has(status, set string, capability uintptr) bool {
	for line := range strings.Lines(status) {
		if mask, found := strings.CutPrefix(line, set); found {
			bits, err := strconv.ParseUint(strings.TrimSpace(mask), 16, 64)
			return err == nil && bits&(1<<capability) != 0
		}
	}
	return false
}

// owns hands the folder to that user.
func (a *account) owns(path string) error {
	if a == nil {
		return nil
	}
	return os.Chown(path, int(a.uid), int(a.gid))
}
