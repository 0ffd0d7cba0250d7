package main

import (
	"context"
	"database/sql"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	_ "github.com/lib/pq"

	"connex/local/postgres"
)

const (
	postgresPort = 25432 // away from 5432, where people have their own
	databaseName = "connex"
	anywhere     = "/" // where PostgreSQL starts: a folder that is closed to its user it can open only once it runs
)

// startPostgres brings our own server up and returns the URL of the database.
func (s *system) startPostgres(ctx context.Context) (string, error) {
	data := s.folder.file("postgres")
	bin, err := postgres.Find(data)
	if err != nil {
		return "", err
	}
	user, err := unprivileged(s.folder.path)
	if err != nil {
		return "", err
	}
	password, err := s.folder.databasePassword()
	if err != nil {
		return "", err
	}
	addr, err := s.ports.near("127.0.0.1", postgresPort)
	if err != nil {
		return "", err
	}
	server := cluster{bin: bin, data: data, user: user, password: password, addr: addr}
	if err := server.create(s.console); err != nil {
		return "", err
	}
	if err := s.keep(ctx, postgresChild, server.program()); err != nil {
		return "", err
	}
	return server.url(databaseName), server.createDatabase(ctx)
}

// cluster is a PostgreSQL server of our own.
type cluster struct {
	bin, data, password, addr string
	user                      *account
}

// create makes the cluster where there is none. It grows beside its place and is moved there when it is whole, so that
// an interrupted start leaves no half of one.
func (c cluster) create(console *console) error {
	if postgres.Version(c.data) != "" {
		return nil
	}
	begun, half := time.Now(), c.data+".new"
	defer console.meanwhile("PostgreSQL", "making its data folder")()
	if err := c.emptyFolder(half); err != nil {
		return err
	}
	passwordFile := c.data + ".password"
	defer os.Remove(passwordFile)
	if err := c.writePassword(passwordFile); err != nil {
		return err
	}
	if text, err := c.initdb(half, passwordFile).CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, text)
	}
	console.say("PostgreSQL", "made its data folder %s (%s)", c.data, took(begun))
	return os.Rename(half, c.data)
}

func (c cluster) emptyFolder(path string) error {
	if err := os.RemoveAll(path); err != nil {
		return err
	}
	if err := os.Mkdir(path, 0o700); err != nil {
		return err
	}
	return c.user.owns(path)
}

// writePassword is for initdb, which takes it from a file only.
func (c cluster) writePassword(path string) error {
	if err := os.WriteFile(path, []byte(c.password+"\n"), 0o600); err != nil {
		return err
	}
	return c.user.owns(path)
}

func (c cluster) initdb(half, passwordFile string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.bin, "initdb"), "-D", half, "-U", databaseName, "-E", "UTF8",
		"--locale=C.UTF-8", "--auth=scram-sha-256", "--pwfile", passwordFile, "--no-sync", "--no-instructions")
	cmd.Dir = anywhere
	cmd.SysProcAttr = attributes(program{user: c.user, orphans: syscall.SIGKILL})
	return cmd
}

func (c cluster) program() program {
	_, port, _ := net.SplitHostPort(c.addr)
	return program{
		name: "PostgreSQL", path: filepath.Join(c.bin, "postgres"), dir: anywhere, user: c.user,
		// No socket file: its path may be too long or its folder not ours to write; TCP with a password does.
		args: []string{"-D", c.data, "-p", port, "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
			"-c", "max_connections=200"},
		env:   []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8"},
		ready: func(ctx context.Context) error { return ping(ctx, c.url("postgres")) },
		asks:  syscall.SIGINT, orphans: syscall.SIGINT, // both: end now, but tidily
		grace: 30 * time.Second,
	}
}

func (c cluster) url(database string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(databaseName, c.password), Host: c.addr,
		Path: database, RawQuery: "sslmode=disable"}
	return u.String()
}

func (c cluster) createDatabase(ctx context.Context) error {
	db, err := sql.Open("postgres", c.url("postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	var there bool
	err = db.QueryRowContext(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`, databaseName).Scan(&there)
	if err != nil || there {
		return err
	}
	_, err = db.ExecContext(ctx, `CREATE DATABASE `+databaseName)
	return err
}

func ping(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	db, err := sql.Open("postgres", url)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.PingContext(ctx)
}
