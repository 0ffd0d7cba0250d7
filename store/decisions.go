package store

import (
	"context"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// Decisions are what was decided in a case, with the forms, oldest first: for members of staff alone. Whose vote in the
// current round is still out does not see how the others voted.
func (s *Store) Decisions(ctx context.Context, p Person, n casework.CaseNumber) (actions []Action, err error) {
	if p.Link != nil {
		return nil, ErrNotFound
	}
	var rows []actionRow
	err = s.db.SelectContext(ctx, &rows, `
		SELECT `+actionColumns+` FROM visible_to($1) v JOIN actions a USING (case_number)
		WHERE  a.case_number = $2 AND a.state = 'applied' AND NOT a.kind = ANY ($4)
		AND    NOT (a.kind = 'cast-vote' AND a.actor <> $3 AND EXISTS (
			SELECT FROM tasks vote JOIN tasks mine ON mine.case_number = vote.case_number AND mine.opened_at <= vote.opened_at
			WHERE vote.id = a.task_id AND mine.kind = 'cast-vote' AND mine.status = 'open' AND mine.holder = $3))
		ORDER  BY a.settled_at, a.id`,
		p.reader(), n, p.ID, array([]casework.TaskKind{casework.Take, casework.GiveBack, casework.Reassign}))
	if err != nil {
		return nil, err
	}
	return actionsOf(rows)
}

// ActionsAbout are the decisions that a task is about, in their order: the reader may see the task, so they may see what
// it shows. What of them a guest may read is for their page to choose.
func (s *Store) ActionsAbout(ctx context.Context, p Person, t Task) (actions []Action, err error) {
	if len(t.About) == 0 {
		return nil, nil
	}
	err = s.reading(ctx, func(tx *sqlx.Tx) error {
		if _, err := visibleRequest(ctx, tx, p, t.CaseNumber); err != nil {
			return err
		}
		actions, err = actionsIn(ctx, tx, t.CaseNumber, t.About)
		return err
	})
	return actions, err
}

// Activities are a case's support activities, for whoever may see the case.
func (s *Store) Activities(ctx context.Context, p Person, n casework.CaseNumber) (list []Activity, err error) {
	err = s.reading(ctx, func(tx *sqlx.Tx) error {
		if _, err := visibleRequest(ctx, tx, p, n); err != nil {
			return err
		}
		list, err = activitiesOf(ctx, tx, n)
		return err
	})
	return list, err
}
