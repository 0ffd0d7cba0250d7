// Package storetest gives tests a real PostgreSQL: one server for a test process, which ends with it however the process
// ends, and for each test a fresh database cloned from a migrated one. TEST_DATABASE_URL names a server to use
// instead; its user must be allowed to create databases.
package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"path"
	"sync"
	"testing"
	"time"

	"connex/store"

	_ "github.com/lib/pq" // the driver
)

// New opens a fresh, migrated database that goes when the test ends.
func New(t testing.TB, options ...store.Option) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), URL(t), options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("closing the store: %v", err)
		}
	})
	return s
}

// URL is the address of a fresh, migrated database that goes when the test ends; other processes may use it, too.
func URL(t testing.TB) string {
	t.Helper()
	made, err := template()
	if err != nil {
		t.Fatal(err)
	}
	return clone(t, made)
}

// Empty is the address of a fresh database without any tables.
func Empty(t testing.TB) string {
	t.Helper()
	admin, err := server()
	if err != nil {
		t.Fatal(err)
	}
	return database(t, admin, `template0`)
}

// migrated is the server with a migrated database to clone.
type migrated struct{ admin, name string }

// template migrates once for this process. The name is of our own, so that packages tested side by side on one server
// do not meet; a process that was killed leaves its template behind there.
var template = sync.OnceValues(func() (m migrated, err error) {
	if m.admin, err = server(); err != nil {
		return m, err
	}
	m.name = newName("template")
	if err := run(m.admin, `CREATE DATABASE `+m.name); err != nil {
		return m, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return m, store.Migrate(ctx, at(m.admin, m.name))
})

func clone(t testing.TB, m migrated) string { return database(t, m.admin, m.name) }

func database(t testing.TB, admin, from string) string {
	t.Helper()
	name := newName("test")
	if err := run(admin, `CREATE DATABASE `+name+` TEMPLATE `+from+` STRATEGY FILE_COPY`); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := run(admin, `DROP DATABASE `+name+` WITH (FORCE)`); err != nil {
			t.Errorf("dropping the test's database: %v", err)
		}
	})
	return at(admin, name)
}

func newName(what string) string {
	random := make([]byte, 8)
	_, _ = rand.Read(random) // it never fails
	return "connex_" + what + "_" + hex.EncodeToString(random)
}

// at is the same server with another database.
func at(admin, name string) string {
	u, err := url.Parse(admin)
	if err != nil {
		panic(err) // it was used before
	}
	u.Path = path.Join("/", name)
	return u.String()
}

func run(admin, statement string) error {
	db, err := sql.Open("postgres", admin)
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

// server is the address of the server's own database.
var server = sync.OnceValues(func() (string, error) {
	if given := os.Getenv("TEST_DATABASE_URL"); given != "" {
		if _, err := url.Parse(given); err != nil {
			return "", fmt.Errorf("TEST_DATABASE_URL: %w", err)
		}
		return given, nil
	}
	return startServer()
})
