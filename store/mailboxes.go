package store

import (
	"context"
	"errors"
	"time"

	"github.com/lib/pq"
)

// ErrMailboxLost: another process reads the mailbox by now.
var ErrMailboxLost = errors.New("another process reads the mailbox")

// Mailbox is how far a mailbox was read, for whoever reads it now.
type Mailbox struct {
	Name     string        `db:"name"`
	Holder   string        `db:"holder"`
	Validity int64         `db:"validity"` // 0: it was never read
	Last     int64         `db:"last"`
	Waiting  pq.Int64Array `db:"waiting"`
	At       time.Time     `db:"nothing_waits"` // when all that had come in was taken
	Failures int           `db:"failures"`      // times in a row that it could not be read to its end
}

// BeginMailbox makes a mailbox the holder's for a while, if it is its time and nobody reads it.
func (s *Store) BeginMailbox(ctx context.Context, name, holder string, lease time.Duration) (m Mailbox, mine bool, err error) {
	err = s.db.GetContext(ctx, &m, `
		INSERT INTO mailboxes AS m (name, holder, next_at) VALUES ($1, $2, clock_timestamp() + $3 * interval '1 second')
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, next_at = excluded.next_at WHERE m.next_at <= clock_timestamp()
		RETURNING m.name, m.holder, m.validity, m.last, m.waiting, m.nothing_waits, m.failures`, name, holder, lease.Seconds())
	if errors.Is(found(err), ErrNotFound) {
		return m, false, nil
	}
	return m, err == nil, err
}

// KeepMailbox notes how far it was read, and that it is its holder's for another while.
func (s *Store) KeepMailbox(ctx context.Context, m Mailbox, lease time.Duration) error {
	return s.holding(ctx, `
		UPDATE mailboxes SET validity = $3, last = $4, waiting = $5, nothing_waits = $6, next_at = clock_timestamp() + $7 * interval '1 second'
		WHERE  name = $1 AND holder = $2`, m.Name, m.Holder, m.Validity, m.Last, m.Waiting, m.At, lease.Seconds())
}

// EndMailbox gives it back until it is time again, well or not.
func (s *Store) EndMailbox(ctx context.Context, m Mailbox, next time.Duration, well bool) error {
	return s.holding(ctx, `
		UPDATE mailboxes SET holder = '', next_at = clock_timestamp() + $3 * interval '1 second',
			failures = CASE WHEN $4 THEN 0 ELSE failures + 1 END, failing_since = CASE WHEN $4 THEN NULL ELSE COALESCE(failing_since, clock_timestamp()) END
		WHERE  name = $1 AND holder = $2`, m.Name, m.Holder, next.Seconds(), well)
}

func (s *Store) holding(ctx context.Context, statement string, args ...any) error {
	done, err := s.db.ExecContext(ctx, statement, args...)
	if err != nil {
		return err
	}
	if rows, err := done.RowsAffected(); err != nil || rows == 0 {
		return errors.Join(err, ErrMailboxLost)
	}
	return nil
}
