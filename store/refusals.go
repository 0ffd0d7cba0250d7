package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"connex/casework"
)

// Whoever was answered that what they did is on its way goes away. Where it is refused afterwards they are told by mail; who is
// told at once is not told again.

// ToldRefusal notes that somebody was answered why what they did was refused.
func (s *Store) ToldRefusal(ctx context.Context, id casework.ActionID) error {
	_, err := tellRefusal(ctx, s.db, id)
	return err
}

func tellRefusal(ctx context.Context, e sqlx.ExecerContext, id casework.ActionID) (ours bool, err error) {
	done, err := e.ExecContext(ctx, `
		UPDATE actions SET refusal_told_at = clock_timestamp() WHERE id = $1 AND state = 'refused' AND refusal_told_at IS NULL`, uuidOr(id))
	if err != nil {
		return false, err
	}
	rows, err := done.RowsAffected()
	return rows > 0, err
}

// RefusalsUntold are actions that were refused longer ago than that, and whose actors have not been told. A first interest
// has nobody to tell.
func (s *Store) RefusalsUntold(ctx context.Context, longer time.Duration, limit int) ([]Action, error) {
	var rows []actionRow
	err := s.db.SelectContext(ctx, &rows, `
		SELECT `+actionColumns+` FROM actions a
		WHERE  a.state = 'refused' AND a.refusal_told_at IS NULL AND a.kind <> $2 AND a.settled_at < clock_timestamp() - $1 * interval '1 second'
		ORDER  BY a.settled_at LIMIT $3`, longer.Seconds(), casework.StartRequest, limit)
	if err != nil {
		return nil, err
	}
	return actionsOf(rows)
}

// TellsRefusal is true for whoever tells it: once.
func (c *Tx) TellsRefusal(ctx context.Context, id casework.ActionID) (ours bool, err error) {
	return tellRefusal(ctx, c.tx, id)
}

// ActorOf is where somebody who acted is reached now: nobody where an account is closed, or may not see the case any more.
// Of a guest it is the link by which they came; good tells whether that still leads to their page.
func (c *Tx) ActorOf(ctx context.Context, a Action) (to Recipient, good bool, err error) {
	if a.Role.Staff() {
		people, err := c.Recipients(ctx, a.Role, a.Actor)
		if err != nil || len(people) == 0 {
			return Recipient{}, false, notThere(err)
		}
		return people[0], true, nil
	}
	var row struct {
		Recipient
		Good bool `db:"good"`
	}
	err = found(c.tx.GetContext(ctx, &row, `SELECT l.role, l.person AS id, l.name, l.email, `+goodLink+` AS good FROM links l WHERE l.id = $1 AND l.case_number = $2`,
		a.Link, c.Request.CaseNumber))
	return row.Recipient, row.Good, err
}

// KeepForm lets whoever filled in a task's form that was refused find it again as their draft, unless they have written something
// newer. To take a task or give it away is no answer to what it asks.
func (c *Tx) KeepForm(ctx context.Context, a Action) error {
	_, err := c.tx.ExecContext(ctx, `
		INSERT INTO drafts AS d (task_id, person, form, saved_at) SELECT t.id, $2, $3::jsonb, $4 FROM tasks t WHERE t.id = $1::uuid AND t.kind = $6
		ON CONFLICT (task_id, person) DO UPDATE SET form = `+draftSaid("$7")+`, saved_at = EXCLUDED.saved_at WHERE d.saved_at <= $5`,
		optionalUUID(a.Task), a.Actor, asJSON(a.Form), c.Now, a.CreatedAt, a.Kind, casework.Beside)
	if err != nil {
		return fmt.Errorf("keep what %s was to say: %w", a.ID, err)
	}
	return nil
}

// LeftWritten are the tasks that are closed, and for which p had sent something that was refused: what they wrote is kept
// there as their draft.
func (s *Store) LeftWritten(ctx context.Context, p Person, n casework.CaseNumber) (tasks []LeftTask, err error) {
	err = s.db.SelectContext(ctx, &tasks, `
		SELECT DISTINCT t.id, t.kind FROM visible_to($1) v JOIN actions a USING (case_number) JOIN tasks t ON t.id = a.task_id
		JOIN   drafts d ON d.task_id = t.id AND d.person = a.actor
		WHERE  a.case_number = $2 AND a.actor = $3 AND a.state = 'refused' AND t.status <> 'open' ORDER BY t.id`, p.reader(), n, p.ID)
	return tasks, err
}

// LeftTask is such a task.
type LeftTask struct {
	ID   casework.TaskID   `db:"id"`
	Kind casework.TaskKind `db:"kind"`
}
