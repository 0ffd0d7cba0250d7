package main

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

// oldestPostgres is the first version whose SQL the migrations may use.
const oldestPostgres = 15

var errNoPostgres = fmt.Errorf(`no PostgreSQL server programs (initdb, postgres) of version %d or newer on PATH or in /usr/lib/postgresql.
Either install them:   Debian, Ubuntu: apt-get install postgresql    Fedora: dnf install postgresql-server    macOS: brew install postgresql@%[1]d
or use a server that you have: DATABASE_URL=postgres://user:password@host:5432/database`, oldestPostgres)

// findPostgres is the folder of the programs that can serve this data: those of the version that made it, else the newest.
func findPostgres(data string) (string, error) {
	made, newest, where := version(data), 0, ""
	for _, bin := range postgresFolders() {
		v := serverVersion(filepath.Join(bin, "postgres"))
		if made != "" && strconv.Itoa(v) == made {
			return bin, nil
		}
		if v > newest {
			newest, where = v, bin
		}
	}
	switch {
	case newest < oldestPostgres:
		return "", errNoPostgres
	case made != "":
		return "", fmt.Errorf("%s was made by PostgreSQL %s, but only %d is here: install %[2]s, or start afresh with another CONNEX_DATA",
			data, made, newest)
	}
	return where, nil
}

// postgresFolders are those with both programs; PATH comes first.
func postgresFolders() []string {
	var folders []string
	if found, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(found); err == nil {
			folders = append(folders, filepath.Dir(real))
		}
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin"} {
		more, _ := filepath.Glob(pattern)
		folders = append(folders, more...)
	}
	return slices.DeleteFunc(folders, func(folder string) bool {
		return !executable(filepath.Join(folder, "initdb")) || !executable(filepath.Join(folder, "postgres"))
	})
}

func executable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}

// version is the major version that made a data folder, "" where there is none.
func version(data string) string {
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
