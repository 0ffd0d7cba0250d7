package store

import (
	"context"
	"fmt"
	"time"

	"connex/casework"
)

// Absence is when somebody is away, and who stands in for them.
type Absence struct {
	ID             string            `db:"id"`
	Account        casework.PersonID `db:"account"`
	Name           string            `db:"name"`
	Substitute     casework.PersonID `db:"substitute"` // empty: nobody
	SubstituteName string            `db:"substitute_name"`
	From           string            `db:"from_day"`
	Until          string            `db:"until_day"`
	Now            bool              `db:"now"` // it lasts
}

// Days are those of an absence, for the rules.
func (a Absence) Days() casework.Absence { return casework.Absence{From: a.From, Until: a.Until} }

// selectAbsences are those that are not over on a Berlin day ($1).
const selectAbsences = `
	SELECT a.id, a.account, w.name, COALESCE(a.substitute, '') AS substitute, COALESCE(s.name, '') AS substitute_name,
	       a.from_day::text, a.until_day::text, a.from_day <= $1::date AS now
	FROM   absences a JOIN accounts w ON w.id = a.account LEFT JOIN accounts s ON s.id = a.substitute
	WHERE  a.ended_at IS NULL AND a.until_day >= $1::date`

// Absences are all that last or are to come, the nearest first.
func (s *Store) Absences(ctx context.Context, now time.Time) (absences []Absence, err error) {
	err = s.db.SelectContext(ctx, &absences, selectAbsences+` ORDER BY a.from_day, a.id`, casework.DateOf(now))
	return absences, err
}

// Absences are those of one person, or in which they stand in.
func (h *House) Absences(ctx context.Context) (absences []Absence, err error) {
	err = h.tx.SelectContext(ctx, &absences, selectAbsences+` ORDER BY a.from_day, a.id`, casework.DateOf(h.Now))
	return absences, err
}

// AddAbsence enters one.
func (h *House) AddAbsence(ctx context.Context, a Absence) error {
	_, err := h.tx.ExecContext(ctx, `INSERT INTO absences (id, account, substitute, from_day, until_day, made_at) VALUES ($1, $2, NULLIF($3, ''), $4::date, $5::date, $6)`,
		a.ID, a.Account, a.Substitute, a.From, a.Until, h.Now)
	if err != nil {
		return fmt.Errorf("absence of %s: %w", a.Account, err)
	}
	return h.Note(ctx, Deed{What: DeedAbsence, About: a.Account, AboutName: a.Name, Becomes: a.told()})
}

// EndAbsence takes one back that lasts or is to come; ErrNotFound where there is none.
func (h *House) EndAbsence(ctx context.Context, a Absence) error {
	var id string
	err := found(h.tx.GetContext(ctx, &id, `UPDATE absences SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL RETURNING id`, a.ID, h.Now))
	if err != nil {
		return err
	}
	return h.Note(ctx, Deed{What: DeedAbsence, About: a.Account, AboutName: a.Name, Was: a.told()})
}

func (a Absence) told() string {
	if a.SubstituteName == "" {
		return a.From + " – " + a.Until
	}
	return a.From + " – " + a.Until + ", " + a.SubstituteName
}
