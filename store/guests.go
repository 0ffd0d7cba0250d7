package store

import (
	"context"
	"time"

	"connex/casework"
)

// What a personal link's holder may read beside request, tasks and documents. What of it they are shown is for their
// page to choose.

// PhasesEntered says when a request first came into each of its phases, in its own time.
func (s *Store) PhasesEntered(ctx context.Context, p Person, n casework.CaseNumber) (map[casework.Phase]time.Time, error) {
	var rows []struct {
		Phase casework.Phase `db:"phase"`
		At    time.Time      `db:"at"`
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT e.outcome AS phase, min(e.at) AS at FROM visible_to($1) v JOIN trail e USING (case_number)
		WHERE  e.case_number = $2 AND e.what = $3 AND e.outcome <> '' GROUP BY e.outcome`, p.reader(), n, casework.TrailPhaseEntered)
	entered := map[casework.Phase]time.Time{}
	for _, row := range rows {
		entered[row.Phase] = row.At
	}
	return entered, err
}

// OfficerOf is the case officer of a request whom its guests may turn to; ErrNotFound while there is none.
func (s *Store) OfficerOf(ctx context.Context, p Person, n casework.CaseNumber) (a Account, err error) {
	err = s.db.GetContext(ctx, &a, `SELECT `+accountColumns+` FROM accounts WHERE active AND id = (
		SELECT r.officer FROM visible_to($1) v JOIN requests r USING (case_number) WHERE r.case_number = $2)`, p.reader(), n)
	return a, found(err)
}

// talk are the kinds in which a government and the Secretariat speak to each other.
var talk = []casework.TaskKind{casework.StartRequest, casework.AskUs, casework.AnswerGovernment, casework.AnswerEligibilityQuestion,
	casework.AssessEligibility, casework.DiscussScope, casework.PrepareRequestLetter, casework.ConcludeDueDiligence, casework.AnswerBoard,
	casework.ProvideInformation, casework.AgreeSupport, casework.InformOnExpert}

// Talk is what a government and the Secretariat said to each other by forms, oldest first; what the reader said last may still
// be on its way. An expert has no part in it.
func (s *Store) Talk(ctx context.Context, p Person, n casework.CaseNumber) ([]Action, error) {
	if !p.Has(casework.Government) {
		return nil, nil
	}
	var rows []actionRow
	err := s.db.SelectContext(ctx, &rows, `
		SELECT `+actionColumns+` FROM visible_to($1) v JOIN actions a USING (case_number)
		WHERE  a.case_number = $2 AND (a.state = 'applied' OR a.state = 'pending' AND a.actor = $4) AND a.kind = ANY ($3)
		ORDER  BY a.settled_at NULLS LAST, a.created_at, a.id`, p.reader(), n, array(talk), p.ID)
	if err != nil {
		return nil, err
	}
	return actionsOf(rows)
}

// WorkOf are the support activities of a request in which an expert works, by number.
func (s *Store) WorkOf(ctx context.Context, p Person, n casework.CaseNumber) (list []Activity, err error) {
	err = s.db.SelectContext(ctx, &list, `
		SELECT `+activityColumns+` FROM visible_to($1) v JOIN activities x USING (case_number)
		WHERE  x.case_number = $2 AND $3 = ANY (x.experts) ORDER BY x.number`, p.reader(), n, p.ID)
	return list, err
}
