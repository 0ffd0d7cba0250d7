package store

import (
	"context"
	"time"

	"connex/casework"
)

// Precedent is another case in which the like of a form was written. Its times are its own.
type Precedent struct {
	CaseNumber   casework.CaseNumber `db:"case_number"`
	Phase        casework.Phase      `db:"phase"`
	Ending       casework.Ending     `db:"ending"`
	Country      string              `db:"country"`
	Institution  string              `db:"institution"`
	Sector       string              `db:"sector"`
	Resource     string              `db:"resource"`
	Language     string              `db:"language"`
	SameSector   bool                `db:"same_sector"`
	SameResource bool                `db:"same_resource"`
	SameCountry  bool                `db:"same_country"`
	WrittenAt    time.Time           `db:"written_at"` // real

	CalendarStart time.Time     `db:"calendar_start"`
	DayLength     time.Duration `db:"day_length"`
}

// Written is when the newest form was written, in that case's time.
func (p Precedent) Written() time.Time {
	return casework.Calendar{Start: p.CalendarStart.UTC(), DayLength: p.DayLength}.Process(p.WrittenAt)
}

// exemplary are requests r that reader $2 may take for an example: whoever has a conflict of interest does not look there, and
// what was entered by mistake is none. alike are actions a whose forms are of the kinds $3 and hold one of the fields $4.
const (
	exemplary = `r.ending <> 'void' AND NOT $2 = ANY (r.conflicts)`
	alike     = `a.kind = ANY ($3) AND a.state = 'applied' AND a.form ?| $4::text[]`
)

// Precedents are those for a task, what is most alike first: the same resource, sector and country. A text narrows them as it
// does everywhere; an empty one narrows nothing.
func (s *Store) Precedents(ctx context.Context, p Person, t Task, text string, most int) (list []Precedent, err error) {
	terms, err := s.terms(ctx, text)
	if err != nil {
		return nil, err
	}
	kinds, by := casework.PrecedentsOf(t.Kind)
	args, narrowed := []any{p.reader(), p.ID, array(kinds), List[string](by), t.CaseNumber, most}, ``
	if len(terms) > 0 {
		args = append(args, queries(terms), countriesOf(terms))
		narrowed = ` AND r.case_number IN ` + casesWithAll(`$7`, `$8`)
	}
	err = s.db.SelectContext(ctx, &list, `
		SELECT c.*, c.sector <> '' AND c.sector = o.sector AS same_sector, c.resource <> '' AND c.resource = o.resource AS same_resource,
			c.country <> '' AND c.country = o.country AS same_country
		FROM  (SELECT r.case_number, r.phase, r.ending, r.country, r.institution, r.sector, r.resource, r.language, r.calendar_start, r.day_length, w.written_at
			FROM visible_to($1) v JOIN requests r USING (case_number)
			JOIN (SELECT a.case_number, max(a.created_at) AS written_at FROM actions a WHERE `+alike+` GROUP BY a.case_number) w USING (case_number)
			WHERE `+exemplary+narrowed+`) c
		JOIN   requests o ON o.case_number = $5 AND o.case_number <> c.case_number
		ORDER  BY (c.resource <> '' AND c.resource = o.resource)::int + (c.sector <> '' AND c.sector = o.sector)::int
			+ (c.country <> '' AND c.country = o.country)::int DESC, c.written_at DESC, c.case_number LIMIT $6`, args...)
	return list, err
}

// Precedent is one of them with its forms, the newest first; ErrNotFound where the reader may not look there, or where nothing
// of the kind was written.
func (s *Store) Precedent(ctx context.Context, p Person, t Task, n casework.CaseNumber) (Request, []Action, error) {
	kinds, by := casework.PrecedentsOf(t.Kind)
	var rows []actionRow
	err := s.db.SelectContext(ctx, &rows, `
		SELECT `+actionColumns+` FROM visible_to($1) v JOIN requests r USING (case_number) JOIN actions a USING (case_number)
		WHERE  r.case_number = $5 AND r.case_number <> $6 AND `+exemplary+` AND `+alike+` ORDER BY a.created_at DESC, a.id`,
		p.reader(), p.ID, array(kinds), List[string](by), n, t.CaseNumber)
	if err != nil {
		return Request{}, nil, err
	}
	if len(rows) == 0 {
		return Request{}, nil, ErrNotFound
	}
	written, err := actionsOf(rows)
	if err != nil {
		return Request{}, nil, err
	}
	r, err := s.Request(ctx, p, n)
	return r, written, err
}
