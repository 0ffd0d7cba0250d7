package store

import (
	"context"
	"fmt"

	"connex/casework"

	"github.com/lib/pq"
)

// Screening are the hints of country data as they were when a request was screened, by the check that they are for.
type Screening struct {
	Country string                                `json:"country"`
	Date    string                                `json:"date"` // in the case's calendar
	Hints   map[casework.TaskKind][]casework.Hint `json:"hints"`
}

func screen(country, date string) Screening {
	s := Screening{Country: country, Date: date, Hints: map[casework.TaskKind][]casework.Hint{}}
	for _, kind := range append([]casework.TaskKind{casework.AssessEligibility}, casework.Checks...) {
		if hints := casework.Hints(country, kind); len(hints) > 0 {
			s.Hints[kind] = hints
		}
	}
	return s
}

// learnActions reads the actions whose forms this transition copies from.
func (a *application) learnActions(ctx context.Context) error {
	var wanted []casework.ActionID
	want := func(id casework.ActionID) {
		if _, known := a.known[id]; id != "" && !known {
			wanted = append(wanted, id)
		}
	}
	for _, change := range a.t.Activities {
		want(change.Action)
	}
	want(a.t.Because)
	if len(wanted) == 0 {
		return nil
	}
	actions, err := actionsIn(ctx, a.tx, a.t.CaseNumber, wanted)
	for _, action := range actions {
		a.known[action.ID] = action
	}
	return err
}

// changeRequest writes the request's row: the facts of the form, and what the story says.
func (a *application) changeRequest(ctx context.Context) error {
	c := a.t.Request
	facts := casework.Values{}
	if a.action != nil {
		facts = factsOf(*a.action)
	}
	var decision, next, screening any
	var plan casework.ActionID
	if c.Decision != nil {
		decision = asJSON(c.Decision)
	}
	if a.t.OfActivity == 0 { // an activity's transition says nothing of it
		next = asJSON(a.t.Next)
	}
	if a.t.Plan != nil {
		plan = a.t.Plan.Action
	}
	if c.Screening {
		country := facts.String("country")
		if country == "" {
			country = a.Request.Country
		}
		screening = asJSON(screen(country, casework.DateOf(a.t.At)))
	}
	a.Former = contactOf(a.Request)
	var row requestRow
	err := a.tx.GetContext(ctx, &row, `
		UPDATE requests r SET `+setFacts+`,
			phase = COALESCE(NULLIF($3, ''), phase),
			phase_entered_at = CASE WHEN $3 NOT IN ('', phase) THEN $4 ELSE phase_entered_at END,
			ending = COALESCE(NULLIF($5, ''), ending),
			ended_at = CASE WHEN $5 <> '' THEN $4 ELSE ended_at END,
			ended_real_at = CASE WHEN $5 <> '' THEN $6 ELSE ended_real_at END,
			officer = COALESCE(NULLIF($7, ''), officer),
			suspended = COALESCE($8, suspended),
			suspended_real_at = CASE WHEN $8 IS NULL THEN suspended_real_at WHEN $8 THEN COALESCE(suspended_real_at, $6) END,
			risk = COALESCE(NULLIF($9, ''), risk),
			decision = COALESCE($10::jsonb, decision),
			agreed = agreed OR $11,
			withdrawn = withdrawn OR $12,
			screening = COALESCE($13::jsonb, screening),
			plan_action = COALESCE($14::uuid, plan_action),
			next = COALESCE($15::jsonb, next),
			conflicts = ARRAY(SELECT unnest(conflicts) UNION SELECT unnest($16::text[]) ORDER BY 1),
			recused = ARRAY(SELECT unnest(recused) UNION SELECT unnest($17::text[]) ORDER BY 1)
		WHERE  case_number = $1
		RETURNING `+requestColumns,
		a.t.CaseNumber, asJSON(facts), c.Phase, clip(a.t.At), c.Ending, a.Now, c.Officer, c.Suspended, c.Risk, decision, c.Agreed, c.Withdrawn,
		screening, optionalUUID(plan), next, array(c.Conflicts), array(c.Recused))
	if err != nil {
		return fmt.Errorf("request row: %w", err)
	}
	before := a.Request.facts()
	if a.Request, err = row.request(); err != nil {
		return err
	}
	return a.correct(ctx, before, facts)
}

// endLinks lets personal links live for a while after the case has ended.
func (a *application) endLinks(ctx context.Context) error {
	if a.t.Request.Ending == "" {
		return nil
	}
	_, err := a.tx.ExecContext(ctx, `
		UPDATE links SET expires_at = $2::timestamptz + $3 * interval '1 day' WHERE case_number = $1 AND revoked_at IS NULL AND expires_at IS NULL`,
		a.t.CaseNumber, a.Now, linkDaysAfterEnd)
	return err
}

// revokeLinks ends what leads an address here that is the government's no more: it was passed on, or corrected. With
// a new contact all links end, also those of an address that stays: whoever has one is not for sure whom we mean. Mails of
// this transition make a new one.
func (a *application) revokeLinks(ctx context.Context) error {
	now := lower(a.Request.ContactEmail)
	if !a.t.Request.NewContact && lower(a.Former.Email) == now {
		return nil
	}
	_, err := a.tx.ExecContext(ctx, `
		UPDATE links SET revoked_at = $3 WHERE case_number = $1 AND role = $2 AND revoked_at IS NULL AND ($4 OR email <> $5)`,
		a.t.CaseNumber, casework.Government, a.Now, a.t.Request.NewContact, now)
	return err
}

// linkDaysAfterEnd are real days.
const linkDaysAfterEnd = 90

// bindExperts keeps what an expert signed and declared.
func (a *application) bindExperts(ctx context.Context) error {
	for _, b := range a.t.Binding {
		if b.Signed {
			if err := a.keepSignature(ctx, b); err != nil {
				return err
			}
		}
		if b.State == "" {
			continue
		}
		var action casework.ActionID
		if a.action != nil {
			action = a.action.ID
		}
		_, err := a.tx.ExecContext(ctx, `
			INSERT INTO interests (case_number, expert, state, action_id, at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (case_number, expert) DO UPDATE SET state = $3, action_id = COALESCE($4, interests.action_id), at = $5`,
			a.t.CaseNumber, b.Expert, b.State, optionalUUID(action), clip(a.t.At))
		if err != nil {
			return fmt.Errorf("interests of %s: %w", b.Expert, err)
		}
	}
	return nil
}

// keepSignature writes a signature of the Code down, with the instant at which the expert signed and not that at which
// the signature was recorded, and with the language and the hash of the text that was signed.
func (a *application) keepSignature(ctx context.Context, b casework.Binding) error {
	if a.action == nil {
		return fmt.Errorf("a signature of %s that nobody gave", b.Expert)
	}
	code, known := casework.CodeByVersion(b.Version)
	if !known {
		return fmt.Errorf("a signature of version %q of the Code, which does not exist", b.Version)
	}
	name := a.action.Form.String("fullName")
	if name == "" {
		name = a.action.ActorName
	}
	_, err := a.tx.ExecContext(ctx, `
		INSERT INTO code_signatures (action_id, expert, version, language, signed_at, name, sha256, case_number) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		uuidOr(a.action.ID), b.Expert, b.Version, code.Language, a.action.CreatedAt, name, code.SHA256, a.t.CaseNumber)
	return err
}

// keepLetters notes which documents went out as letters.
func (a *application) keepLetters(ctx context.Context) error {
	for _, l := range a.t.Letters {
		_, err := a.tx.ExecContext(ctx, `
			INSERT INTO letters (case_number, key, kind, document, actions, activity, scan, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (case_number, key) DO NOTHING`,
			a.t.CaseNumber, l.Key, l.Kind, uuidOr(l.Document), pq.Array([]string(uuids(l.Actions))), l.Activity, l.Scan, clip(a.t.At))
		if err != nil {
			return fmt.Errorf("letter %s: %w", l.Key, err)
		}
	}
	return nil
}
