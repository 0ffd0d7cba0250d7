// Package store keeps CONNEX casework in PostgreSQL: one file per aggregate, SQL beside its Go. What a transition
// changes is written by Apply alone, in one transaction under the request's row lock; whatever else is added to a case
// (a file, a mail that went out) goes through InCase under the same lock, so that the trail has no gaps. Every read of
// case content takes its reader and joins visible_to: who may not see a request cannot tell that it exists.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// ErrNotFound is also the answer to who may not see it.
var ErrNotFound = errors.New("not found")

// Store is the database. It may be used by many at once.
type Store struct {
	db   *sqlx.DB
	url  string
	seal []byte // key of the trail's seals; nil: plain hashes
	hub  hub

	dialer    *poolDialer
	countries countryNames
}

// Option changes how a store is opened.
type Option func(*Store)

// SealedWith makes the trail's hashes keyed ones, so that whoever can write the database still cannot forge them. All
// processes need the same key, and it must not be in the database.
func SealedWith(key []byte) Option { return func(s *Store) { s.seal = key } }

// SilentFor limits how long the server may say nothing while an answer is awaited.
func SilentFor(d time.Duration) Option { return func(s *Store) { s.dialer.silence = d } }

// PoolOf limits how many connections this process opens.
func PoolOf(connections int) Option { return func(s *Store) { s.db.SetMaxOpenConns(connections) } }

// Limits that keep one slow statement from holding everything up. A statement ends before the activity that sent it
// gives up (five seconds), so two attempts never work at once for long.
const (
	connectTimeout   = 5 * time.Second
	statementTimeout = "4000"  // milliseconds
	lockTimeout      = "3500"  // milliseconds
	idleTimeout      = "15000" // milliseconds within a transaction
	poolSize         = 20
)

// Open connects to a database whose schema is the one that this program was made for, or newer.
func Open(ctx context.Context, url string, options ...Option) (*Store, error) {
	pool := &poolDialer{silence: silence}
	db, err := connect(url, pool, map[string]string{"statement_timeout": statementTimeout, "lock_timeout": lockTimeout,
		"idle_in_transaction_session_timeout": idleTimeout})
	if err != nil {
		return nil, err
	}
	s := &Store{db: db, url: url, dialer: pool}
	for _, option := range options {
		option(s)
	}
	if err := s.checkSchema(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

// connect opens a pool whose sessions have these settings, unless the URL says otherwise. Without a dialer of ours nothing
// bounds how long a statement takes, as migrations need it.
func connect(url string, dialer pq.Dialer, settings map[string]string) (*sqlx.DB, error) {
	config, err := pq.NewConfig(url)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: %w", err)
	}
	config.ConnectTimeout = connectTimeout
	config.BinaryParameters = true            // a query with parameters takes one round trip and not two
	config.DisablePreparedBinaryResult = true // what a prepared statement returns is read as of any other
	// No statement of ours runs long enough to be worth compiling: that took up to 400 ms of lists that read in 15.
	sessions := map[string]string{"application_name": "connex " + filepath.Base(os.Args[0]), "timezone": "UTC", "jit": "off"}
	maps.Copy(sessions, settings)
	maps.Copy(sessions, config.Runtime)
	config.Runtime = sessions
	connector, err := pq.NewConnectorConfig(config)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: %w", err)
	}
	if dialer != nil {
		connector.Dialer(dialer)
	}
	db := sqlx.NewDb(sql.OpenDB(preparing{connector}), "postgres")
	db.SetMaxOpenConns(poolSize)
	db.SetMaxIdleConns(poolSize)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return db, nil
}

// DB is for the session library, which brings its own statements.
func (s *Store) DB() *sql.DB { return s.db.DB }

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.db.PingContext(ctx) }

// Close ends all connections.
func (s *Store) Close() error { return s.db.Close() }

// inTx runs do in one transaction at READ COMMITTED: what it decides on is read after the lock that it takes first.
func (s *Store) inTx(ctx context.Context, do func(*sqlx.Tx) error) error {
	tx, err := s.db.BeginTxx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return errors.Join(err, rollback(tx))
	}
	return tx.Commit()
}

// reading runs do in one snapshot, so that the parts of a page fit together.
func (s *Store) reading(ctx context.Context, do func(*sqlx.Tx) error) error {
	tx, err := s.db.BeginTxx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return err
	}
	return errors.Join(do(tx), rollback(tx))
}

// rollback's error matters only while the connection lives; a transaction whose context ended is over already.
func rollback(tx *sqlx.Tx) error {
	if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// found turns the driver's word for «no row» into ours.
func found(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}
