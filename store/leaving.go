package store

import (
	"context"
	"slices"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// Holdings are what waits for somebody in person: case, kind and number alone, which is what an administrator sees.
type Holdings struct {
	Requests []Holding // as case officer, each with a task that takes the request along; without one where none is open
	Tasks    []Holding // of a role, taken
	Votes    []Holding // the member's own
}

// Holding is one of them.
type Holding struct {
	CaseNumber casework.CaseNumber `db:"case_number"`
	Task       casework.TaskID     `db:"task_id"`
	Workflow   string              `db:"workflow_id"`
	Kind       casework.TaskKind   `db:"kind"`
	Role       casework.Role       `db:"role"`
	OnWay      bool                `db:"on_way"`  // was handed over, which has not taken effect yet
	GoesTo     string              `db:"goes_to"` // whom; empty: everybody in the role again
}

// None tells whether there is nothing.
func (h Holdings) None() bool { return len(h.Requests)+len(h.Tasks)+len(h.Votes) == 0 }

// Parted tells what is still held from what is on its way to others.
func (h Holdings) Parted() (still, onWay Holdings) {
	still.Requests, onWay.Requests = parted(h.Requests)
	still.Tasks, onWay.Tasks = parted(h.Tasks)
	still.Votes, onWay.Votes = parted(h.Votes)
	return still, onWay
}

func parted(all []Holding) (still, onWay []Holding) {
	for _, held := range all {
		if held.OnWay {
			onWay = append(onWay, held)
		} else {
			still = append(still, held)
		}
	}
	return still, onWay
}

// By is what is held by a role: requests by that of a case officer, a task by its own, votes by that of a board member.
func (h Holdings) By(role casework.Role) (by Holdings) {
	if role == casework.CaseOfficer {
		by.Requests = h.Requests
	}
	if role == casework.BoardMember {
		by.Votes = h.Votes
	}
	for _, task := range h.Tasks {
		if task.Role == role {
			by.Tasks = append(by.Tasks, task)
		}
	}
	return by
}

// Held is what waits for somebody. It is for who administers accounts, and asks for no visibility.
func (s *Store) Held(ctx context.Context, id casework.PersonID) (held Holdings, err error) {
	err = s.reading(ctx, func(tx *sqlx.Tx) error {
		held, err = heldIn(ctx, tx, id)
		return err
	})
	return held, err
}

// Held is the same as it stands in this transaction.
func (h *House) Held(ctx context.Context, id casework.PersonID) (Holdings, error) {
	return heldIn(ctx, h.tx, id)
}

func heldIn(ctx context.Context, tx *sqlx.Tx, id casework.PersonID) (h Holdings, err error) {
	err = tx.SelectContext(ctx, &h.Requests, `
		SELECT r.case_number, COALESCE(t.id::text, '') AS task_id, COALESCE(t.workflow_id, '') AS workflow_id, COALESCE(t.kind, '') AS kind,
		       COALESCE(t.role, '') AS role, w.at IS NOT NULL AS on_way, COALESCE(w.name, '') AS goes_to
		FROM   requests r LEFT JOIN LATERAL (
			SELECT t.id, t.workflow_id, t.kind, t.role FROM tasks t
			WHERE  t.case_number = r.case_number AND t.status = 'open' AND t.kind = ANY ($2)
			ORDER  BY t.activity, t.id LIMIT 1) t ON true
		LEFT JOIN LATERAL (
			SELECT p.created_at AS at, a.name FROM actions p JOIN tasks pt ON pt.id = p.task_id LEFT JOIN accounts a ON a.id = p.carried->>'to'
			WHERE  p.case_number = r.case_number AND p.state = 'pending' AND p.kind = 'reassign' AND pt.kind = ANY ($2)
			ORDER  BY p.created_at DESC LIMIT 1) w ON true
		WHERE  r.officer = $1 AND r.ending = '' ORDER BY r.case_number`, id, array(takingAlong()))
	if err != nil {
		return h, err
	}
	var personal []Holding
	err = tx.SelectContext(ctx, &personal, `
		SELECT t.case_number, t.id AS task_id, t.workflow_id, t.kind, t.role, w.at IS NOT NULL AS on_way, COALESCE(w.name, '') AS goes_to
		FROM   tasks t LEFT JOIN LATERAL (
			SELECT p.created_at AS at, a.name FROM actions p LEFT JOIN accounts a ON a.id = p.carried->>'to'
			WHERE  p.case_number = t.case_number AND p.task_id = t.id AND p.state = 'pending' AND p.kind IN ('reassign', 'give-back')
			ORDER  BY p.created_at DESC LIMIT 1) w ON true
		WHERE  t.holder = $1 AND t.status = 'open' AND (t.taken OR t.kind = 'cast-vote') ORDER BY t.case_number, t.kind`, id)
	for _, held := range personal {
		if kind, _ := casework.KindOf(held.Kind); kind.Holding == casework.ByMember {
			h.Votes = append(h.Votes, held)
		} else if kind.Holding == casework.ByRole {
			h.Tasks = append(h.Tasks, held)
		}
	}
	return h, err
}

// takingAlong are the kinds of tasks that take the request along when they are reassigned.
func takingAlong() []casework.TaskKind {
	return slices.DeleteFunc(casework.AllKinds(), func(k casework.TaskKind) bool { return !casework.TakesRequestAlong(k) })
}
