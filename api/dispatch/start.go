package dispatch

import (
	"context"
	"time"

	"connex/casework"
	"connex/store"
)

// FirstInterest is what starts a request.
type FirstInterest struct {
	Person   store.Person  // the zero value: somebody on the public page
	Role     casework.Role // empty: what Person's is
	Key      string        // the same key starts one request; any text
	Values   casework.Values
	Question bool   // it is only a question about eligibility
	Mail     string // the received mail that it came by, where it waited to be triaged
}

// Start gives a first interest its case number and starts the request. The number is given for good even where Temporal
// is away; the relay starts it then. The error is ErrNotYours for an auditor or administrator, or a *casework.FormError.
func (d *Dispatch) Start(ctx context.Context, f FirstInterest) (casework.CaseNumber, error) {
	role, err := f.role()
	if err != nil {
		return "", err
	}
	values, err := casework.DecodeFirstInterest(casework.FirstInterestForm(f.Question), f.Values)
	if err != nil {
		return "", err
	}
	notices, stop := d.store.Subscribe()
	defer stop()
	action, err := d.store.StartRequest(ctx, store.NewRequest{ID: store.ActionIDFor(f.Person.ID, f.Key), Person: f.Person, Role: role,
		Form: values, Question: f.Question, Mail: f.Mail, Calendar: casework.Calendar{Start: time.Now().UTC().Truncate(time.Millisecond), DayLength: d.Day}})
	if err != nil {
		return "", err
	}
	_, err = d.handOver(ctx, action, notices)
	if err == nil && f.Mail != "" {
		d.fileTied(ctx, f.Person, action.CaseNumber, f.Mail)
	}
	return action.CaseNumber, err
}

// role is what somebody starts a request as: anybody may, but of the staff whoever only reads or administers.
func (f FirstInterest) role() (casework.Role, error) {
	switch {
	case f.Role != "":
		return f.Role, nil
	case f.Person.ID == "":
		return casework.Anyone, nil
	}
	capacity, err := actingRole(f.Person)
	return capacity.Role, err
}
