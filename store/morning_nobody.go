package store

import (
	"context"
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
}

// readNobody finds the tasks of staff that nobody can complete: the account is closed or has lost the role, or separation
// of duties and conflicts of interest leave nobody.
func (m *Morning) readNobody(ctx context.Context, tx *sqlx.Tx, p Person, _ time.Time) error {
	var tasks []staffTask
	err := tx.SelectContext(ctx, &tasks, `
		SELECT t.id, t.case_number, t.kind, t.role, t.holder, r.officer, r.conflicts
		FROM   visible_to($1) v JOIN requests r USING (case_number) JOIN tasks t USING (case_number)
		WHERE  t.status = 'open' AND NOT t.standing AND t.role NOT IN ('government', 'expert')`, p.reader())
	if err != nil {
		return err
	}
	people, err := activeByRole(ctx, tx)
	if err != nil {
		return err
	}
	acts, err := actsThatBar(ctx, tx, tasks)
	if err != nil {
		return err
	}
	rules, ids := map[casework.TaskID]string{}, List[string]{}
	for _, t := range tasks {
		dossier := casework.Dossier{Officer: t.Officer, Conflicts: t.Conflicts, Acts: acts[t.Case]}
		if rule := casework.Unable(casework.Task{Kind: t.Kind, Holder: t.Holder}, dossier, people[t.Role]); rule != "" {
			rules[t.ID], ids = rule, append(ids, uuidOr(t.ID))
		}
	}
	if len(ids) == 0 {
		return nil
	}
	found, err := selectedTasks(ctx, tx, p, `t.id = ANY ($3::uuid[])`, ids)
	for _, t := range found {
		m.Nobody = append(m.Nobody, UnableTask{t, rules[t.ID]})
	}
	return err
}

func activeByRole(ctx context.Context, tx *sqlx.Tx) (map[casework.Role][]casework.PersonID, error) {
	var rows []struct {
		ID   casework.PersonID `db:"id"`
		Role casework.Role     `db:"role"`
	}
	err := tx.SelectContext(ctx, &rows, `SELECT a.id, x.role FROM accounts a CROSS JOIN unnest(a.roles) AS x(role) WHERE a.active ORDER BY a.name, a.id`)
	people := map[casework.Role][]casework.PersonID{}
	for _, r := range rows {
		people[r.Role] = append(people[r.Role], r.ID)
	}
	return people, err
}

// actsThatBar are what people did in the cases in which a task waits that separation of duties is about.
func actsThatBar(ctx context.Context, tx *sqlx.Tx, tasks []staffTask) (map[casework.CaseNumber][]casework.Act, error) {
	cases := List[string]{}
	for _, t := range tasks {
		if kind, _ := casework.KindOf(t.Kind); len(kind.Bars) > 0 {
			cases = append(cases, string(t.Case))
		}
	}
	var rows []struct {
		Case  casework.CaseNumber `db:"case_number"`
		Actor casework.PersonID   `db:"actor"`
		Kind  casework.TaskKind   `db:"kind"`
	}
	acts := map[casework.CaseNumber][]casework.Act{}
	if len(cases) == 0 {
		return acts, nil
	}
	err := tx.SelectContext(ctx, &rows, `SELECT DISTINCT case_number, actor, kind FROM actions WHERE case_number = ANY ($1) AND state = 'applied'`, cases)
	for _, r := range rows {
		acts[r.Case] = append(acts[r.Case], casework.Act{Person: r.Actor, Kind: r.Kind})
	}
	return acts, err
}
