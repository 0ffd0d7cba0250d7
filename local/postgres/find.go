// Package postgres finds the programs of a PostgreSQL server on this machine.
package postgres

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Oldest is the first version whose SQL the migrations may use.
const Oldest = 15

// ErrNone says what to do where there is none.
var ErrNone = fmt.Errorf(`no PostgreSQL server programs (initdb, postgres) of version %d or newer on PATH or in /usr/lib/postgresql.
Either install them:   Debian, Ubuntu: apt-get install postgresql    Fedora: dnf install postgresql-server    macOS: brew install postgresql@%[1]d
or use a server that you have: DATABASE_URL=postgres://user:password@host:5432/database`, Oldest)

// Find is the folder of the programs that can serve this data: those of the version that made it, else the newest. Of no
// folder it finds the newest; ErrNone where none is new enough.
func Find(data string) (string, error) {
	made, newest, where := Version(data), 0, ""
	for _, bin := range folders() {
		v := serverVersion(filepath.Join(bin, "postgres"))
		if made != "" && strconv.Itoa(v) == made {
			return bin, nil
		}
		if v > newest {
			newest, where = v, bin
		}
	}
	switch {
	case newest < Oldest:
		return "", ErrNone
	case made != "":
		return "", fmt.Errorf("%s was made by PostgreSQL %s, but only %d is here: install %[2]s, or start afresh with another CONNEX_DATA",
			data, made, newest)
	}
	return where, nil
}

// folders are those with both programs; PATH comes first.
func folders() []string {
	var all []string
	if found, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(found); err == nil {
			all = append(all, filepath.Dir(real))
		}
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin"} {
		more, _ := filepath.Glob(pattern)
		all = append(all, more...)
	}
	return slices.DeleteFunc(all, func(folder string) bool {
		_, lacksOne := exec.LookPath(filepath.Join(folder, "initdb"))
		_, lacksOther := exec.LookPath(filepath.Join(folder, "postgres"))
		return lacksOne != nil || lacksOther != nil
	})
}

// Version is the major version that made a data folder, "" where there is none.
func Version(data string) string {
	if data == "" {
		return ""
	}
	text, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "of another user" // found, but not ours: the message then names the folder
	}
	return strings.TrimSpace(string(text))
}

// serverVersion is 15 for "postgres (PostgreSQL) 15.14 (Debian …)", 0 where there is no answer.
func serverVersion(postgres string) int {
	text, err := exec.Command(postgres, "--version").Output()
	words := strings.Fields(string(text))
	if err != nil || len(words) < 3 {
		return 0
	}
	major, _, _ := strings.Cut(words[2], ".")
	number, _ := strconv.Atoi(major)
	return number
}
