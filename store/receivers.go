package store

import (
	"context"

	"connex/casework"
)

// Candidate is an account that has the role to which a task can be given; Barred says why not, or is nil.
type Candidate struct {
	Account
	Barred *casework.Refusal `db:"-"`
}

type candidateRow struct {
	Account
	Did      List[casework.TaskKind] `db:"did"`
	Conflict bool                    `db:"conflict"`
}

// candidateColumns of accounts a in requests r, with what each of them did there.
func candidateColumns() string {
	return accountColumnsOf("a") + `, a.id = ANY (r.conflicts) AS conflict, COALESCE(x.did, '{}') AS did`
}

const candidateDeeds = `LEFT JOIN (SELECT case_number, actor, array_agg(DISTINCT kind) AS did FROM actions WHERE state = 'applied' GROUP BY case_number, actor) x
	ON x.case_number = r.case_number AND x.actor = a.id`

func (row candidateRow) of(k casework.TaskKind, phase casework.Phase, officer casework.PersonID) Candidate {
	part := casework.Part{Person: row.ID, Did: row.Did, Conflict: row.Conflict}
	return Candidate{Account: row.Account, Barred: casework.BarredFromReceiving(k, phase, part.In(officer), row.ID)}
}

// Candidates are the accounts with the role to which the task can be given, for who may see its request. Who has it is among
// them.
func (s *Store) Candidates(ctx context.Context, p Person, t Task) ([]Candidate, error) {
	var rows []candidateRow
	err := s.db.SelectContext(ctx, &rows, `
		SELECT `+candidateColumns()+`
		FROM   visible_to($1) v JOIN requests r USING (case_number) JOIN accounts a ON a.active AND $3 = ANY (a.roles) `+candidateDeeds+`
		WHERE  r.case_number = $2 ORDER BY a.name, a.id`, p.reader(), t.CaseNumber, casework.ReceivingRole(t.Kind))
	candidates := make([]Candidate, len(rows))
	for i, row := range rows {
		candidates[i] = row.of(t.Kind, t.Phase, t.Officer)
	}
	return candidates, err
}

// Receivers are those whom nothing bars.
func (s *Store) Receivers(ctx context.Context, p Person, t Task) (receivers []Account, err error) {
	candidates, err := s.Candidates(ctx, p, t)
	for _, c := range candidates {
		if c.Barred == nil {
			receivers = append(receivers, c.Account)
		}
	}
	return receivers, err
}

// Takers are for each request that somebody holds the case officers to whom it can go: through its task, if one is open. It is for who
// administers accounts, and asks for no visibility.
func (s *Store) Takers(ctx context.Context, from casework.PersonID, held []Holding) (map[casework.CaseNumber][]Account, error) {
	through := map[casework.CaseNumber]casework.TaskKind{}
	for _, h := range held {
		through[h.CaseNumber] = h.Kind
	}
	var rows []struct {
		candidateRow
		CaseNumber casework.CaseNumber `db:"case_number"`
		Phase      casework.Phase      `db:"phase"`
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT r.case_number, r.phase, `+candidateColumns()+`
		FROM   requests r JOIN accounts a ON a.active AND $2 = ANY (a.roles) AND a.id <> $1 `+candidateDeeds+`
		WHERE  r.officer = $1 AND r.ending = '' ORDER BY a.name, a.id`, from, casework.CaseOfficer)
	takers := map[casework.CaseNumber][]Account{}
	for _, row := range rows {
		if c := row.of(through[row.CaseNumber], row.Phase, from); c.Barred == nil {
			takers[row.CaseNumber] = append(takers[row.CaseNumber], c.Account)
		}
	}
	return takers, err
}
