package store

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// FormBasis is what the form of a task is made of: the context of its fields, and where that comes from.
type FormBasis struct {
	Context casework.FormContext
	Request Request
	About   []Action // the decisions that the task is about
}

// FormContext is what the form of a task is made of, for this reader: facts of the request, what was said before, whom
// one may choose. A government is offered the experts that were proposed to it and nobody else of the roster. Its parts
// need not be of one moment: what was decided never changes, and what is chosen is asked about again when it is sent.
func (s *Store) FormContext(ctx context.Context, p Person, t Task) (b FormBasis, err error) {
	if b.Request, err = s.Request(ctx, p, t.CaseNumber); err != nil {
		return b, err
	}
	if b.About, err = actionsIn(ctx, s.db, t.CaseNumber, t.About); err != nil {
		return b, err
	}
	if b.Context, err = formContext(ctx, s.db, b.Request, t, b.About); err != nil {
		return b, err
	}
	if err := b.nameExpert(ctx, s, p); err != nil {
		return b, err
	}
	experts, err := choosable(ctx, s.db, t, b.About)
	b.Context.Experts = b.offered(experts)
	return b, err
}

// offered is how the form offers experts: to a proposal those who fit best first, else by name.
func (b *FormBasis) offered(experts []Expert) (options []casework.Option) {
	if b.Context.Kind.Proposes() {
		return casework.Offer(needOf(b.Request, b.Context.NamedExpert), profilesOf(experts))
	}
	for _, e := range experts {
		options = append(options, casework.Option{Value: string(e.ID), Label: e.Name})
	}
	return options
}

func formContext(ctx context.Context, q sqlx.QueryerContext, r Request, t Task, about []Action) (c casework.FormContext, err error) {
	c = casework.FormContext{Kind: t.Kind, Offers: t.Outcomes, Today: casework.DateOf(r.Calendar().Process(time.Now())),
		Replacing: t.Kind == casework.ProposeChange && strings.HasPrefix(t.Subject, "replace")}
	if c.Known, err = known(ctx, q, r, t, about); err != nil {
		return c, err
	}
	switch t.Kind {
	case casework.SignCodeOfConduct:
		c.Signer = t.HolderName
	case casework.ChangeContact:
		c.ContactName, c.Contact = r.ContactName, r.ContactEmail
	case casework.ReportActivity:
		c.MostDays, err = daysOf(ctx, q, r, t)
	case casework.SettleVote:
		c.Members, err = absentMembers(ctx, q, t.CaseNumber)
	case casework.MoveDeadline:
		c.Deadlines, err = deadlines(ctx, q, t.CaseNumber)
	}
	return c, err
}

// known fills in what is known: the request's facts, then what the form's own kind said before, then what follows from
// several decisions together.
func known(ctx context.Context, q sqlx.QueryerContext, r Request, t Task, about []Action) (casework.Values, error) {
	values := r.facts()
	for _, a := range about {
		if a.Kind == t.Kind || sameFields[t.Kind] == a.Kind {
			for name, value := range a.Form {
				values[name] = value
			}
		}
	}
	switch t.Kind {
	case casework.ReviseSupport, casework.ProposeSupport:
		return values, errors.Join(planInto(ctx, q, r, about, values), conditionsInto(ctx, q, r, values))
	case casework.DraftApproval:
		if _, redrafted := values["conditions"]; redrafted {
			return values, nil
		}
		return values, conditionsInto(ctx, q, r, values)
	case casework.CheckIn, casework.EndActivity:
		return values, stepInto(ctx, q, t, values)
	}
	return values, nil
}

// sameFields are kinds whose forms ask what another kind's asked.
var sameFields = map[casework.TaskKind]casework.TaskKind{casework.ProposeChange: casework.PlanActivity}

// planInto fills a proposal from the newest one that it is about, else from the plan that was agreed to.
func planInto(ctx context.Context, q sqlx.QueryerContext, r Request, about []Action, values casework.Values) error {
	plans := slices.DeleteFunc(slices.Clone(about), func(a Action) bool { return a.Form["experts"] == nil })
	if len(plans) == 0 && r.PlanAction != "" {
		var err error
		if plans, err = actionsIn(ctx, q, r.CaseNumber, []casework.ActionID{r.PlanAction}); err != nil {
			return err
		}
	}
	if len(plans) == 0 {
		return nil
	}
	for _, name := range []string{"suggestions", "experts", "activities", "scopingMission", "namedExpertAnswer"} {
		if value, said := plans[len(plans)-1].Form[name]; said {
			values[name] = value
		}
	}
	return nil
}

func conditionsInto(ctx context.Context, q sqlx.QueryerContext, r Request, values casework.Values) error {
	conditions, err := conditionsOf(ctx, q, r)
	if len(conditions) > 0 {
		values["conditions"] = conditions
	}
	return err
}

// conditionsOf merges those of the due diligence and of the votes in favour, each once, in that order.
func conditionsOf(ctx context.Context, q sqlx.QueryerContext, r Request) (conditions []any, err error) {
	if r.Decision == nil {
		return nil, nil
	}
	actions, err := actionsIn(ctx, q, r.CaseNumber, r.Decision.Actions)
	decisive := make([]casework.Values, len(actions))
	for i, a := range actions {
		decisive[i] = a.Form
	}
	for _, text := range casework.MergedConditions(decisive) {
		conditions = append(conditions, text)
	}
	return conditions, err
}

// stepInto fills in the step of the negotiation that the last check-in of the activity told.
func stepInto(ctx context.Context, q sqlx.QueryerContext, t Task, values casework.Values) error {
	delete(values, "negotiationStage") // the request's own is a stage, and this field takes a step
	var step string
	err := found(sqlx.GetContext(ctx, q, &step, `
		SELECT COALESCE(a.form->>'negotiationStage', '') FROM activities x JOIN actions a ON a.id = x.check_in_action
		WHERE  x.case_number = $1 AND x.number = $2`, t.CaseNumber, t.Activity))
	if err == ErrNotFound {
		return nil
	}
	if step != "" {
		values["negotiationStage"] = step
	}
	return err
}

// daysOf are those that a task's activity takes or took, from its first to its last or to today; 0 if it has not begun. Whoever
// reports in the middle of it, or after it was ended early, may have worked ahead.
func daysOf(ctx context.Context, q sqlx.QueryerContext, r Request, t Task) (int, error) {
	var of struct {
		First time.Time `db:"first"` // process time, as the last
		Last  time.Time `db:"last"`
	}
	err := found(sqlx.GetContext(ctx, q, &of, `
		SELECT LEAST(began_at, start_date::timestamp AT TIME ZONE 'Europe/Berlin') AS first, GREATEST(began_at, end_date::timestamp AT TIME ZONE 'Europe/Berlin') AS last
		FROM   activities WHERE case_number = $1 AND number = $2 AND began_at IS NOT NULL`, t.CaseNumber, t.Activity))
	if err == ErrNotFound {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	if now := r.Calendar().Process(time.Now()); now.After(of.Last) {
		of.Last = now
	}
	return casework.DaysFor(of.First, of.Last), nil
}

// choosable are the experts whom the form offers.
func choosable(ctx context.Context, q sqlx.QueryerContext, t Task, about []Action) (experts []Expert, err error) {
	fields := casework.FieldsOf(t.Kind)
	if t.Kind != casework.ProposeChange && !slices.ContainsFunc(fields, takesExperts) {
		return nil, nil
	}
	if t.Role.Staff() {
		err = sqlx.SelectContext(ctx, q, &experts, selectExperts+`ORDER BY x.name, x.id`)
		return experts, err
	}
	return expertsNamed(ctx, q, namedIn(about))
}

func takesExperts(f casework.Field) bool {
	return f.Type == casework.OneExpert || f.Type == casework.Experts || f.Type == casework.Team || f.Type == casework.Activities
}

// namedIn are the experts that these actions name.
func namedIn(actions []Action) (ids []casework.PersonID) {
	for _, a := range actions {
		experts, _ := casework.Named(casework.FormFor(casework.FormContext{Kind: a.Kind, Replacing: a.Form["by"] != nil}), a.Form)
		ids = append(ids, experts...)
	}
	return ids
}

// absentMembers are those whose vote is out.
func absentMembers(ctx context.Context, q sqlx.QueryerContext, n casework.CaseNumber) (members []casework.Option, err error) {
	err = sqlx.SelectContext(ctx, q, &members, `
		SELECT a.id AS value, a.name AS label, '' AS raises FROM tasks t JOIN accounts a ON a.id = t.holder
		WHERE  t.case_number = $1 AND t.kind = 'cast-vote' AND t.status = 'open' ORDER BY a.name, a.id`, n)
	return members, err
}

// deadlines are those of a case that can be moved, what is due first first.
func deadlines(ctx context.Context, q sqlx.QueryerContext, n casework.CaseNumber) (list []casework.Deadline, err error) {
	var rows []struct {
		ID       casework.TaskID   `db:"id"`
		Kind     casework.TaskKind `db:"kind"`
		Activity int               `db:"activity"`
		DueAt    time.Time         `db:"due_at"`
	}
	err = sqlx.SelectContext(ctx, q, &rows, `
		SELECT id, kind, activity, due_at FROM tasks WHERE case_number = $1 AND status = 'open' AND NOT standing AND due_at IS NOT NULL
		ORDER  BY due_at, id`, n)
	for _, r := range rows {
		if casework.MovableKind(r.Kind) {
			list = append(list, casework.Deadline{Task: r.ID, Kind: r.Kind, Activity: r.Activity, Due: casework.DateOf(r.DueAt)})
		}
	}
	return list, err
}

// facts are the request's own, by the names of their fields.
func (r Request) facts() casework.Values {
	values := casework.Values{"renegotiation": r.Renegotiation}
	for name, value := range map[string]string{"country": r.Country, "institution": r.Institution, "sector": r.Sector, "resource": r.Resource,
		"negotiationStage": r.NegotiationStage, "negotiationStep": r.NegotiationStep, "language": r.Language, "channel": r.Channel,
		"summary": r.Summary, "contactName": r.ContactName, "contactEmail": r.ContactEmail, "contactPhone": r.ContactPhone, "scope": r.Scope,
		"neededFrom": r.NeededFrom, "neededUntil": r.NeededUntil, "letterDocument": r.LetterDocument, "letterDate": r.LetterDate,
		"signatory": r.Signatory, "signatoryOffice": r.SignatoryOffice, "background": r.Background, "proposedExpert": r.ProposedExpert} {
		if value != "" {
			values[name] = value
		}
	}
	if len(r.Disciplines) > 0 {
		disciplines := make([]any, len(r.Disciplines))
		for i, d := range r.Disciplines {
			disciplines[i] = d
		}
		values["disciplines"] = disciplines
	}
	return values
}
