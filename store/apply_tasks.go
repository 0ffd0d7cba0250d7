package store

import (
	"context"
	"fmt"
	"time"

	"connex/casework"
)

// taskFields is a task as it goes into the database, through jsonb_to_recordset: any number of them is one statement.
type taskFields struct {
	ID        string         `json:"id"`
	Workflow  string         `json:"workflow_id"`
	Key       string         `json:"key"`
	Kind      string         `json:"kind"`
	Activity  int            `json:"activity"`
	Role      string         `json:"role"`
	Holder    string         `json:"holder"`
	Taken     bool           `json:"taken"`
	Subject   string         `json:"subject"`
	Standing  bool           `json:"standing"`
	Outcomes  List[string]   `json:"outcomes"`
	About     List[string]   `json:"about"`
	OpenedAt  time.Time      `json:"opened_at"`
	DueAt     *time.Time     `json:"due_at"`
	DueRealAt *time.Time     `json:"due_real_at"`
	StrikeAt  *time.Time     `json:"next_strike_at"`
	Clock     casework.Clock `json:"clock"`
}

const taskRecord = `(id uuid, workflow_id text, key text, kind text, activity integer, role text, holder text, taken boolean, subject text,
	standing boolean, outcomes text[], about uuid[], opened_at timestamptz, due_at timestamptz, due_real_at timestamptz,
	next_strike_at timestamptz, clock jsonb)`

func (a *application) fieldsOf(tasks []casework.Task) []taskFields {
	calendar := a.Request.Calendar()
	fields := make([]taskFields, len(tasks))
	for i, t := range tasks {
		f := taskFields{ID: uuidOr(t.ID), Workflow: a.t.Workflow, Key: t.Key, Kind: string(t.Kind), Activity: t.Activity, Role: string(t.Role),
			Holder: string(t.Holder), Taken: t.TakenBy, Subject: t.Subject, Standing: t.Standing, Outcomes: List[string]{},
			About: uuids(t.About), OpenedAt: clip(t.Opened), Clock: t.Clock}
		for _, o := range t.Outcomes {
			f.Outcomes = append(f.Outcomes, string(o))
		}
		if !t.Standing && !t.Clock.Due.IsZero() {
			due, real := clip(t.Clock.Due), clip(calendar.Real(t.Clock.Due))
			f.DueAt, f.DueRealAt = &due, &real
		}
		if _, when, more := t.Clock.Next(t.Rhythm()); more {
			when = clip(when)
			f.StrikeAt = &when
		}
		fields[i] = f
	}
	return fields
}

func (a *application) openTasks(ctx context.Context) error {
	if len(a.t.Open) == 0 {
		return nil
	}
	_, err := a.tx.ExecContext(ctx, `
		INSERT INTO tasks (case_number, id, workflow_id, key, kind, activity, role, holder, taken, subject, standing, outcomes, about,
			opened_at, due_at, due_real_at, next_strike_at, clock, opened_real_at)
		SELECT $1, n.id, n.workflow_id, n.key, n.kind, n.activity, n.role, n.holder, n.taken, n.subject, n.standing, n.outcomes, n.about,
			n.opened_at, n.due_at, n.due_real_at, n.next_strike_at, n.clock, $3
		FROM   jsonb_to_recordset($2::jsonb) AS n`+taskRecord, a.t.CaseNumber, asJSON(a.fieldsOf(a.t.Open)), a.Now)
	if err != nil {
		return fmt.Errorf("open tasks: %w", err)
	}
	return nil
}

// changeTasks gives open tasks another clock, holder, or standing.
func (a *application) changeTasks(ctx context.Context) error {
	if len(a.t.Changed) == 0 {
		return nil
	}
	_, err := a.tx.ExecContext(ctx, `
		UPDATE tasks t
		SET    role = n.role, holder = n.holder, taken = n.taken, subject = n.subject, standing = n.standing, outcomes = n.outcomes, about = n.about,
		       due_at = n.due_at, due_real_at = n.due_real_at, next_strike_at = n.next_strike_at, clock = n.clock
		FROM   jsonb_to_recordset($2::jsonb) AS n`+taskRecord+`
		WHERE  t.id = n.id AND t.case_number = $1 AND t.status = 'open'`, a.t.CaseNumber, asJSON(a.fieldsOf(a.t.Changed)))
	if err != nil {
		return fmt.Errorf("change tasks: %w", err)
	}
	return nil
}

// closeTasks closes what the decision completes, what is cancelled and what is given up; at the end of a request all
// that is open. With a cancelled task go the mails that ask for it and were not handed to the mail server yet; with a
// withdrawal the letters; with the request what its mornings' mails ask. Who did a task has no draft of it any more; what
// others had written for it stays theirs to read for 90 days.
func (a *application) closeTasks(ctx context.Context) error {
	ids, statuses := a.closing()
	ends := a.t.Request.Ending != ""
	takesBack := a.t.Request.Withdrawn || a.t.Request.Ending == casework.Withdrawn || a.t.Request.Ending == casework.Void
	if len(ids) == 0 && !ends && !takesBack {
		return nil
	}
	var actor casework.PersonID
	var action casework.ActionID
	if a.action != nil {
		actor, action = a.action.Actor, a.action.ID
	}
	var cancelled []Mail
	err := a.tx.SelectContext(ctx, &cancelled, `
		WITH named AS (SELECT * FROM unnest($2::uuid[], $3::text[]) AS n(id, status)),
		ending AS (
			SELECT t.id, COALESCE(n.status, 'cancelled') AS status FROM tasks t LEFT JOIN named n USING (id)
			WHERE  t.case_number = $1 AND t.status = 'open' AND (n.id IS NOT NULL OR $4)),
		closed AS (
			UPDATE tasks t
			SET    status = e.status, closed_at = $5, closed_real_at = $6, next_strike_at = NULL,
			       completed_action = CASE WHEN e.status = 'done' THEN $7::uuid END,
			       completed_by = CASE WHEN e.status = 'done' THEN $8 ELSE '' END
			FROM   ending e WHERE t.id = e.id
			RETURNING t.id, t.status),
		done AS (DELETE FROM drafts d USING closed c WHERE d.task_id = c.id AND c.status = 'done' AND d.person = $8),
		old AS (SELECT d.task_id, d.person FROM drafts d JOIN tasks t ON t.id = d.task_id
			WHERE d.saved_at < $6 - interval '90 days' AND t.status <> 'open' FOR UPDATE OF d SKIP LOCKED),
		forgotten AS (DELETE FROM drafts d USING old o WHERE d.task_id = o.task_id AND d.person = o.person)
		UPDATE mails m SET state = 'cancelled', settled_at = $6
		WHERE  m.case_number = $1 AND m.state = 'queued'
		AND    (m.task_id IN (SELECT id FROM closed WHERE status <> 'done') OR $9 AND m.letter <> '' OR $4 AND m.template IN ('reminder', 'escalated'))
		RETURNING `+mailColumns,
		a.t.CaseNumber, ids, array(statuses), ends, clip(a.t.At), a.Now, optionalUUID(action), actor, takesBack)
	if err != nil {
		return fmt.Errorf("close tasks: %w", err)
	}
	for _, m := range cancelled {
		a.Note(a.actor(Entry{At: a.t.At, What: casework.TrailMailCancelled}.aboutMail(m)))
	}
	return nil
}

// closing are the tasks that the transition names, each with what becomes of it. One that is both completed and
// cancelled is completed.
func (a *application) closing() (ids List[string], statuses []TaskStatus) {
	named := map[string]bool{}
	name := func(status TaskStatus, tasks ...casework.TaskID) {
		for _, id := range tasks {
			if id != "" && !named[uuidOr(id)] {
				named[uuidOr(id)] = true
				ids, statuses = append(ids, uuidOr(id)), append(statuses, status)
			}
		}
	}
	name(TaskDone, a.t.Completes)
	name(TaskGivenUp, a.t.GiveUp...)
	name(TaskCancelled, a.t.Cancel...)
	return ids, statuses
}
