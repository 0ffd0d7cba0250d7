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
}

// None tells whether there is nothing.
func (h Holdings) None() bool { return len(h.Requests)+len(h.Tasks)+len(h.Votes) == 0 }

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
		       COALESCE(t.role, '') AS role
		FROM   requests r LEFT JOIN LATERAL (
			SELECT t.id, t.workflow_id, t.kind, t.role FROM tasks t
			WHERE  t.case_number = r.case_number AND t.status = 'open' AND t.kind = ANY ($2)
			ORDER  BY t.activity, t.id LIMIT 1) t ON true
		WHERE  r.officer = $1 AND r.ending = '' ORDER BY r.case_number`, id, array(takingAlong()))
	if err != nil {
		return h, err
	}
	var personal []Holding
	err = tx.SelectContext(ctx, &personal, `
		SELECT t.case_number, t.id AS task_id, t.workflow_id, t.kind, t.role FROM tasks t
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
