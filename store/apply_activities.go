package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"connex/casework"
)

// activityFields is what a transition says of one activity; null leaves a column as it is.
type activityFields struct {
	Number      int           `json:"number"`
	State       string        `json:"state"`
	Title       *string       `json:"title"`
	Form        *string       `json:"form"`
	Stage       *string       `json:"stage"`
	Experts     *List[string] `json:"experts"`
	Start       *string       `json:"start_date"`
	End         *string       `json:"end_date"`
	Deliverable *string       `json:"deliverable"`
	CheckInDays *int          `json:"check_in_every_days"`
	Action      *string       `json:"action_id"`
	CheckIn     *string       `json:"check_in_action"`
	BeganAt     *time.Time    `json:"began_at"`
	EndedAt     *time.Time    `json:"ended_at"`
}

// changeActivities adds the activities that are new and changes the others. An instant that stands stays.
func (a *application) changeActivities(ctx context.Context) error {
	if len(a.t.Activities) == 0 {
		return nil
	}
	var fields []activityFields // one for each: whoever comes instead may let the activity begin in the same moment
	for _, change := range a.t.Activities {
		next, err := a.activity(change)
		if err != nil {
			return fmt.Errorf("activity %d: %w", change.Number, err)
		}
		if i := slices.IndexFunc(fields, func(f activityFields) bool { return f.Number == next.Number }); i >= 0 {
			fields[i] = fields[i].then(next)
		} else {
			fields = append(fields, next)
		}
	}
	_, err := a.tx.ExecContext(ctx, `
		MERGE INTO activities x
		USING jsonb_to_recordset($2::jsonb) AS n(number integer, state text, title text, form text, stage text, experts text[], start_date date,
			end_date date, deliverable text, check_in_every_days integer, action_id uuid, check_in_action uuid, began_at timestamptz, ended_at timestamptz)
		ON    x.case_number = $1 AND x.number = n.number
		WHEN MATCHED THEN UPDATE SET state = COALESCE(NULLIF(n.state, ''), x.state), title = COALESCE(n.title, x.title),
			form = COALESCE(n.form, x.form), stage = COALESCE(n.stage, x.stage), experts = COALESCE(n.experts, x.experts),
			start_date = COALESCE(n.start_date, x.start_date), end_date = COALESCE(n.end_date, x.end_date),
			deliverable = COALESCE(n.deliverable, x.deliverable), check_in_every_days = COALESCE(n.check_in_every_days, x.check_in_every_days),
			action_id = COALESCE(n.action_id, x.action_id), check_in_action = COALESCE(n.check_in_action, x.check_in_action),
			began_at = COALESCE(x.began_at, n.began_at), ended_at = COALESCE(x.ended_at, n.ended_at)
		WHEN NOT MATCHED THEN INSERT (case_number, number, state, title, form, stage, experts, start_date, end_date, deliverable,
			check_in_every_days, action_id, check_in_action, began_at, ended_at)
			VALUES ($1, n.number, n.state, COALESCE(n.title, ''), COALESCE(n.form, ''), COALESCE(n.stage, ''), COALESCE(n.experts, '{}'),
			n.start_date, n.end_date, COALESCE(n.deliverable, ''), COALESCE(n.check_in_every_days, 0), n.action_id, n.check_in_action,
			n.began_at, n.ended_at)`, a.t.CaseNumber, asJSON(fields))
	if err != nil {
		return fmt.Errorf("activities: %w", err)
	}
	return nil
}

// then is the change with another one after it.
func (f activityFields) then(n activityFields) activityFields {
	return activityFields{Number: f.Number, State: cmp.Or(n.State, f.State), Title: cmp.Or(n.Title, f.Title), Form: cmp.Or(n.Form, f.Form),
		Stage: cmp.Or(n.Stage, f.Stage), Experts: cmp.Or(n.Experts, f.Experts), Start: cmp.Or(n.Start, f.Start), End: cmp.Or(n.End, f.End),
		Deliverable: cmp.Or(n.Deliverable, f.Deliverable), CheckInDays: cmp.Or(n.CheckInDays, f.CheckInDays), Action: cmp.Or(n.Action, f.Action),
		CheckIn: cmp.Or(n.CheckIn, f.CheckIn), BeganAt: cmp.Or(f.BeganAt, n.BeganAt), EndedAt: cmp.Or(f.EndedAt, n.EndedAt)}
}

// activity takes the texts from the form of the action that planned it, and what the transition says over those.
func (a *application) activity(change casework.ActivityChange) (activityFields, error) {
	f := activityFields{Number: change.Number, State: string(change.State)}
	if change.Action != "" {
		plan, err := a.planned(change)
		if err != nil {
			return f, err
		}
		experts, action := List[string]{}, uuidOr(change.Action)
		for _, expert := range plan.Experts {
			experts = append(experts, string(expert))
		}
		f.Title, f.Form, f.Stage, f.Deliverable, f.CheckInDays = &plan.Title, &plan.Form, &plan.Stage, &plan.Deliverable, &plan.CheckInEveryDays
		f.Experts, f.Start, f.End, f.Action = &experts, optionalDate(plan.Start), optionalDate(plan.End), &action
	}
	if change.Experts != nil {
		experts := List[string]{}
		for _, expert := range change.Experts {
			experts = append(experts, string(expert))
		}
		f.Experts = &experts
	}
	if start := optionalDate(change.Start); start != nil {
		f.Start = start
	}
	if end := optionalDate(change.End); end != nil {
		f.End = end
	}
	if change.CheckIn != "" {
		id := uuidOr(change.CheckIn)
		f.CheckIn = &id
	}
	at := clip(a.t.At)
	switch change.State {
	case casework.ActivityEnded, casework.ActivityEvaluated:
		f.BeganAt, f.EndedAt = &at, &at
	case casework.ActivityRunning:
		f.BeganAt = &at
	}
	return f, nil
}

func optionalDate(text string) *string {
	if !isDate(text) {
		return nil
	}
	return &text
}

// planned is the activity in the form of its action: one of several, or the only one.
func (a *application) planned(change casework.ActivityChange) (plan casework.ActivityPlan, err error) {
	action, known := a.known[change.Action]
	if !known {
		return plan, fmt.Errorf("its action %s is not of this case", change.Action)
	}
	if change.Index < 0 {
		err = casework.Values{"one": map[string]any(action.Form)}.Into("one", &plan)
		return plan, err
	}
	var plans []casework.ActivityPlan
	if err := action.Form.Into("activities", &plans); err != nil {
		return plan, err
	}
	if change.Index >= len(plans) {
		return plan, fmt.Errorf("its action plans only %d", len(plans))
	}
	return plans[change.Index], nil
}
