package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// Tx is a transaction in which one case changes: its request's row is locked, so everything that is read in it holds
// until it ends, and entries of the trail follow each other without a gap.
type Tx struct {
	tx      *sqlx.Tx
	seal    []byte
	entries []Entry

	settings casework.Settings // that hold, once somebody asked

	// Request is the row as this transaction leaves it, but for the trail's head.
	Request Request
	// Former is who answered for the government before this transition.
	Former Recipient
	// Now is the real instant at which everything in this transaction is recorded.
	Now time.Time
}

// InCase runs do under the lock of a case, also of one that has ended: for what changes nothing in the process. Entries
// that it notes are sealed at the end, in the order in which they were noted.
func (s *Store) InCase(ctx context.Context, n casework.CaseNumber, do func(*Tx) error) error {
	return s.inTx(ctx, func(tx *sqlx.Tx) error {
		c, err := s.lock(ctx, tx, n)
		if err != nil {
			return err
		}
		if err := do(c); err != nil {
			return err
		}
		noted := len(c.entries) > 0
		if err := c.writeTrail(ctx); err != nil || !noted {
			return err
		}
		return c.tell(ctx)
	})
}

// tell lets whoever listens look again, once this is committed.
func (c *Tx) tell(ctx context.Context) error {
	_, err := c.tx.ExecContext(ctx, `SELECT pg_notify('connex', $1 || ':')`, c.Request.CaseNumber)
	return err
}

// lock takes the request's row. Readers and new references to it pass; every other change of this case waits.
func (s *Store) lock(ctx context.Context, tx *sqlx.Tx, n casework.CaseNumber) (*Tx, error) {
	var row struct {
		requestRow
		Now time.Time `db:"now"`
	}
	err := tx.GetContext(ctx, &row, `
		SELECT `+requestColumns+`, clock_timestamp() AS now FROM requests r WHERE r.case_number = $1 FOR NO KEY UPDATE`, n)
	if err != nil {
		return nil, found(err)
	}
	request, err := row.request()
	if err != nil {
		return nil, fmt.Errorf("request %s: %w", n, err)
	}
	return &Tx{tx: tx, seal: s.seal, Request: request, Now: row.Now.UTC()}, nil
}

// ProcessNow is the case's time.
func (c *Tx) ProcessNow() time.Time { return c.Request.Calendar().Process(c.Now) }

// Note adds a line to the trail. Case, numbers, times and hashes are filled in where they are missing.
func (c *Tx) Note(e Entry) {
	e.CaseNumber, e.RecordedAt = c.Request.CaseNumber, c.Now
	if e.At.IsZero() {
		e.At = c.ProcessNow()
	}
	c.entries = append(c.entries, e)
}

// by fills in the actor of an entry.
func (e Entry) by(p Person, role casework.Role) Entry {
	e.ActorID, e.ActorName, e.ActorRole = p.ID, p.Name, role
	return e
}

// writeTrail seals what was noted and moves the head on.
func (c *Tx) writeTrail(ctx context.Context) error {
	if len(c.entries) == 0 {
		return nil
	}
	lines := chain(slices.Clone(c.entries), c.Request.TrailSeq, c.Request.TrailHash, c.seal)
	last := lines[len(lines)-1]
	_, err := c.tx.ExecContext(ctx, `
		WITH written AS (
			INSERT INTO trail (case_number, seq, at, recorded_at, actor_role, actor_id, actor_name, on_behalf, what, task_id, task_kind, activity,
				outcome, reason, person, about, version, prev_hash, hash)
			SELECT $1, e."seq", e."at", e."recordedAt", e."actorRole", e."actorId", e."actorName", e."onBehalf", e."what", e."task", e."taskKind",
				e."activity", e."outcome", e."reason", e."person", e."about", e."version", e."prevHash", e."hash"
			FROM   jsonb_to_recordset($2::jsonb) AS e("seq" bigint, "at" timestamptz, "recordedAt" timestamptz, "actorRole" text, "actorId" text,
				"actorName" text, "onBehalf" boolean, "what" text, "task" text, "taskKind" text, "activity" integer, "outcome" text, "reason" text,
				"person" text, "about" text, "version" smallint, "prevHash" text, "hash" text))
		UPDATE requests SET trail_seq = $3, trail_hash = $4 WHERE case_number = $1`,
		c.Request.CaseNumber, asJSON(linesOf(lines)), last.Seq, last.Hash)
	if err != nil {
		return fmt.Errorf("trail of %s: %w", c.Request.CaseNumber, err)
	}
	c.Request.TrailSeq, c.Request.TrailHash, c.entries = last.Seq, last.Hash, nil
	return nil
}
