package store

import (
	"context"
	"fmt"
	"time"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// NewRequest is a first interest. ID is the idempotency key: the same key starts one request.
type NewRequest struct {
	ID       casework.ActionID
	Person   Person        // the zero value: somebody on the public page
	Role     casework.Role // in which they act: Anyone, a role of staff, MailRole, ImportRole
	Form     casework.Values
	Calendar casework.Calendar
	Question bool   // it is only a question about eligibility
	Mail     string // the received mail that it came by, where it waited to be triaged
}

// StartRequest gives a case number and writes the first interest down, both or neither. The action's Start is the input
// with which the workflow is to be started; the request itself appears with the workflow's first Record.
func (s *Store) StartRequest(ctx context.Context, n NewRequest) (a Action, err error) {
	row := actionRow{Action: Action{ID: n.ID, Kind: casework.StartRequest, Outcome: casework.RequestStartOut, Actor: n.Person.ID,
		ActorName: n.Person.Name, Role: n.Role, Form: n.Form}}
	if row.BodyHash, err = bodyHash(row.Kind, n.Question, n.Form); err != nil {
		return Action{}, err
	}
	err = s.inTx(ctx, func(tx *sqlx.Tx) error {
		if err := startOnce(ctx, tx, n.ID); err != nil {
			return err
		}
		if a, err = repeatedAction(ctx, tx, row); found(err) != ErrNotFound {
			return err
		}
		if row.CaseNumber, err = allocate(ctx, tx, n.Calendar.Start); err != nil {
			return err
		}
		row.Workflow = string(row.CaseNumber)
		row.Start = &casework.RequestStart{CaseNumber: row.CaseNumber, Calendar: n.Calendar, Action: casework.ActionID(uuidOr(n.ID)), Actor: n.Person.ID,
			Role: n.Role, At: clip(time.Now()), Question: n.Question, Country: n.Form.String("country"), Sector: n.Form.String("sector")}
		if a, err = insertAction(ctx, tx, row); err != nil || n.Mail == "" {
			return err
		}
		return tieMail(ctx, tx, n.Mail, row.CaseNumber)
	})
	return a, err
}

// StartedBy is the case that somebody started under a key, empty where there is none. The public page, where nobody is
// known, is asked as nobody; what came in by other ways without a person is not told there.
func (s *Store) StartedBy(ctx context.Context, who casework.PersonID, key string) (n casework.CaseNumber, err error) {
	err = s.db.GetContext(ctx, &n, `
		SELECT coalesce(max(case_number), '') FROM actions
		WHERE  id = $1 AND kind = $2 AND actor = $3 AND (actor <> '' OR role = $4)`,
		uuidOr(ActionIDFor(who, key)), casework.StartRequest, who, casework.Anyone)
	return n, err
}

// startOnce lets only one of two starts with the same key go on at a time, so that no case number is given for nothing.
func startOnce(ctx context.Context, tx *sqlx.Tx, id casework.ActionID) error {
	_, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 1))`, uuidOr(id))
	return err
}

// allocate gives the next case number of the year in which the case starts. The counter rolls back with the rest, so
// there are no gaps.
func allocate(ctx context.Context, tx *sqlx.Tx, start time.Time) (casework.CaseNumber, error) {
	year := start.In(casework.Berlin).Year()
	var number int
	err := tx.GetContext(ctx, &number, `
		INSERT INTO case_numbers AS c (year, last) VALUES ($1, 1)
		ON CONFLICT (year) DO UPDATE SET last = c.last + 1 RETURNING last`, year)
	if err != nil {
		return "", fmt.Errorf("case number: %w", err)
	}
	return casework.NewCaseNumber(year, number), nil
}
