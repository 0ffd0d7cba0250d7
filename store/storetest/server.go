package storetest

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"connex/local/postgres"
)

// keeper runs the server for as long as its standard input is open, then takes everything away: it ends with the test
// process even if that is killed, and nobody need call anything.
const keeper = `
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
	-c max_connections=200 -c shared_buffers=64MB -c autovacuum=off >"$2/log" 2>&1 &
server=$!
read -r forever
kill -QUIT $server
wait $server
rm -rf "$2"`

// held is our end of the keeper's pipe. It is never closed but by the end of the process, nor collected before.
var held io.Closer //nolint:unused // that it is held is its use

// startServer makes a server in a folder of its own, to be reached by a socket there alone.
func startServer() (string, error) {
	bin, err := postgres.Find("")
	if err != nil {
		return "", fmt.Errorf("%w\n(the tests take TEST_DATABASE_URL)", err)
	}
	folder, err := os.MkdirTemp("/tmp", "connex-pg-") // short: a socket's path may have 107 bytes
	if err != nil {
		return "", err
	}
	as, err := unprivileged(folder)
	if err != nil {
		return "", err
	}
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", filepath.Join(folder, "data"), "-U", "connex", "-A", "trust", "-E", "UTF8",
		"--locale=C.UTF-8", "--no-sync", "--no-instructions")
	initdb.Dir, initdb.SysProcAttr = folder, as
	if text, err := initdb.CombinedOutput(); err != nil {
		return "", fmt.Errorf("initdb: %w\n%s", err, text)
	}
	keep := exec.Command("/bin/sh", "-c", keeper, "keeper", bin, folder)
	keep.Dir, keep.SysProcAttr = "/", as
	if held, err = keep.StdinPipe(); err != nil {
		return "", err
	}
	if err := keep.Start(); err != nil {
		return "", err
	}
	address := "postgres://connex@/postgres?sslmode=disable&host=" + folder
	return address, ready(address, folder)
}

func ready(address, folder string) error {
	db, err := sql.Open("postgres", address)
	if err != nil {
		return err
	}
	defer db.Close()
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		if err = db.Ping(); err == nil {
			return nil
		}
		if time.Since(begun) > 30*time.Second {
			log, _ := os.ReadFile(filepath.Join(folder, "log"))
			return fmt.Errorf("PostgreSQL does not answer: %w\n%s", err, log)
		}
	}
}

// unprivileged is how to run as somebody else where we are root, whom PostgreSQL refuses; the folder is handed over.
func unprivileged(folder string) (*syscall.SysProcAttr, error) {
	if os.Geteuid() != 0 {
		return &syscall.SysProcAttr{Setsid: true}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		found, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.Atoi(found.Uid)
		if err != nil {
			return nil, err
		}
		gid, err := strconv.Atoi(found.Gid)
		if err != nil {
			return nil, err
		}
		as := &syscall.SysProcAttr{Setsid: true, Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
		return as, os.Chown(folder, uid, gid)
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody")
}
