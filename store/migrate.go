package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// The schema's steps, forward only: 0007-expert-availability.sql. A file is never edited once it is merged, and its first
// comment says why it is there. What running code would trip over takes two releases: add, then remove.
//
//go:embed migrations/*.sql
var migrations embed.FS

// ErrOldSchema: the database waits for migrations that this program needs.
var ErrOldSchema = errors.New("the database has an older schema: run «api migrate» first")

// Migrate brings the schema up to date. Several processes may start at once: one works, the others wait for it.
func Migrate(ctx context.Context, url string) error {
	db, err := connect(url, nil, nil)
	if err != nil {
		return err
	}
	defer db.Close()
	provider, err := migrator(db.DB)
	if err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

func migrator(db *sql.DB) (*goose.Provider, error) {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
	if err != nil {
		return nil, err
	}
	steps, err := steps()
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, db, nil, goose.WithSessionLocker(locker),
		goose.WithGoMigrations(steps...), goose.WithDisableGlobalRegistry(true), goose.WithTableName("schema_versions"))
}

// steps are the files as they stand: plain SQL, each in a transaction of its own.
func steps() (steps []*goose.Migration, err error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := migrations.ReadFile(name)
		if err != nil {
			return nil, err
		}
		number, _, _ := strings.Cut(path.Base(name), "-")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%s: its name begins with no number", name)
		}
		up := &goose.GoFunc{RunTx: func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, string(text))
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			return nil
		}}
		steps = append(steps, goose.NewGoMigration(version, up, nil))
	}
	return steps, nil
}

// checkSchema refuses an older schema; a newer one is another process's, which has seen to it that we can run on.
func (s *Store) checkSchema(ctx context.Context) error {
	steps, err := steps()
	if err != nil {
		return err
	}
	var there bool
	if err := s.db.GetContext(ctx, &there, `SELECT to_regclass('schema_versions') IS NOT NULL`); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	var version int64
	if there {
		if err := s.db.GetContext(ctx, &version, `SELECT COALESCE(max(version_id), 0) FROM schema_versions WHERE is_applied`); err != nil {
			return fmt.Errorf("database: %w", err)
		}
	}
	if version < steps[len(steps)-1].Version {
		return ErrOldSchema
	}
	return nil
}
