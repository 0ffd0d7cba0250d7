package store

import (
	"context"
	"slices"
	"time"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// staffTask is what decides whether anybody can do a task.
type staffTask struct {
	ID        casework.TaskID         `db:"id"`
	Case      casework.CaseNumber     `db:"case_number"`
	Kind      casework.TaskKind       `db:"kind"`
	Role      casework.Role           `db:"role"`
	Holder    casework.PersonID       `db:"holder"`
	Officer   casework.PersonID       `db:"officer"`
	Conflicts List[casework.PersonID] `db:"conflicts"`
	Acts      jsonColumn              `db:"acts"` // that people did in its case, where separation of duties is about it
}

// readNobody finds the tasks of staff that nobody can complete: the account is closed or has lost the role, or separation
// of duties and conflicts of interest leave nobody.
func (m *Morning) readNobody(ctx context.Context, q sqlx.QueryerContext, p Person, _ time.Time) error {
	var tasks []staffTask
	err := sqlx.SelectContext(ctx, q, &tasks, `
		SELECT t.id, t.case_number, t.kind, t.role, t.holder, r.officer, r.conflicts,
			CASE WHEN t.kind = ANY ($2) THEN (
				SELECT jsonb_agg(DISTINCT jsonb_build_object('person', a.actor, 'kind', a.kind))
				FROM   actions a WHERE a.case_number = t.case_number AND a.state = 'applied') END AS acts
		FROM   visible_to($1) v JOIN requests r USING (case_number) JOIN tasks t USING (case_number)
		WHERE  t.status = 'open' AND NOT t.standing AND t.role NOT IN ('government', 'expert')`, p.reader(), array(barring()))
	if err != nil {
		return err
	}
	people, err := activeByRole(ctx, q)
	if err != nil {
		return err
	}
	rules, ids := map[casework.TaskID]string{}, List[string]{}
	for _, t := range tasks {
		dossier := casework.Dossier{Officer: t.Officer, Conflicts: t.Conflicts}
		if err := t.Acts.into(&dossier.Acts); err != nil {
			return err
		}
		if rule := casework.Unable(casework.Task{Kind: t.Kind, Holder: t.Holder}, dossier, people[t.Role]); rule != "" {
			rules[t.ID], ids = rule, append(ids, uuidOr(t.ID))
		}
	}
	if len(ids) == 0 {
		return nil
	}
	found, err := selectedTasks(ctx, q, p, `t.id = ANY ($3::uuid[])`, ids)
	for _, t := range found {
		m.Nobody = append(m.Nobody, UnableTask{t, rules[t.ID]})
	}
	return err
}

func activeByRole(ctx context.Context, q sqlx.QueryerContext) (map[casework.Role][]casework.PersonID, error) {
	var rows []struct {
		ID   casework.PersonID `db:"id"`
		Role casework.Role     `db:"role"`
	}
	err := sqlx.SelectContext(ctx, q, &rows, `SELECT a.id, x.role FROM accounts a CROSS JOIN unnest(a.roles) AS x(role) WHERE a.active ORDER BY a.name, a.id`)
	people := map[casework.Role][]casework.PersonID{}
	for _, r := range rows {
		people[r.Role] = append(people[r.Role], r.ID)
	}
	return people, err
}

// barring are the kinds that separation of duties is about.
func barring() []casework.TaskKind {
	return slices.DeleteFunc(casework.AllKinds(), func(k casework.TaskKind) bool {
		kind, _ := casework.KindOf(k)
		return len(kind.Bars) == 0
	})
}
