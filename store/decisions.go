package store

import (
	"context"

	"connex/casework"
)

// ActionsAbout are the decisions that a task is about, in their order: the reader may see the task, so they may see what
// it shows. What of them a guest may read is for their page to choose.
func (s *Store) ActionsAbout(ctx context.Context, p Person, t Task) ([]Action, error) {
	if len(t.About) == 0 {
		return nil, nil
	}
	var rows []actionRow
	err := s.db.SelectContext(ctx, &rows, `
		SELECT `+actionColumns+` FROM visible_to($1) v JOIN actions a USING (case_number) JOIN unnest($3::uuid[]) WITH ORDINALITY AS n(id, place) USING (id)
		WHERE  a.case_number = $2 ORDER BY n.place`, p.reader(), t.CaseNumber, uuids(t.About))
	if err != nil {
		return nil, err
	}
	return actionsOf(rows)
}

// ActionThatDid is what completed a task; ErrNotFound where nobody did.
func (s *Store) ActionThatDid(ctx context.Context, p Person, t Task) (Action, error) {
	var row actionRow
	err := s.db.GetContext(ctx, &row, `SELECT `+actionColumns+` FROM visible_to($1) v JOIN actions a USING (case_number) WHERE a.case_number = $2 AND a.id = $3`,
		p.reader(), t.CaseNumber, uuidOr(t.Action))
	if err != nil {
		return Action{}, found(err)
	}
	return row.action()
}

// Activities are a case's support activities, without their check-ins, for whoever may see the case.
func (s *Store) Activities(ctx context.Context, p Person, n casework.CaseNumber) (list []Activity, err error) {
	err = s.db.SelectContext(ctx, &list, `
		SELECT `+activityColumns+` FROM visible_to($1) v JOIN activities x USING (case_number) WHERE x.case_number = $2 ORDER BY x.number`, p.reader(), n)
	return list, err
}
