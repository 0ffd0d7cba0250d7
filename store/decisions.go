package store

import (
	"context"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

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
