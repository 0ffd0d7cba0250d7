package store

import (
	"context"
	"fmt"

	"connex/casework"
)

// actor is the decision's, or whose decision in another workflow this follows from, else the clock.
func (a *application) actor(e Entry) Entry {
	action := a.action
	if action == nil {
		action = a.because()
	}
	if action == nil {
		e.ActorRole = casework.ClockRole
		return e
	}
	e.ActorID, e.ActorName, e.ActorRole, e.OnBehalf = action.Actor, action.ActorName, action.Role, action.OnBehalf
	return e
}

// noteEntries writes the transition's lines, each with what it is about.
func (a *application) noteEntries(ctx context.Context) error {
	about, err := a.tasksNamed(ctx)
	if err != nil {
		return err
	}
	for _, e := range a.t.Entries {
		task := about[e.Task]
		line := Entry{At: a.t.At, What: e.What, Task: e.Task, TaskKind: task.Kind, Activity: max(a.t.OfActivity, task.Activity),
			Outcome: e.Outcome, Reason: e.Reason, Person: e.Person, About: sentenceText(e.Why)}
		if line.Reason == "" {
			line.Reason = a.reasonFor(line.What)
		}
		a.Note(a.actor(line))
	}
	return nil
}

// reasonFor finds in the action's form why something was done: what was decided, or a deadline moved by it.
func (a *application) reasonFor(what string) string {
	switch {
	case a.action != nil && (what == string(a.action.Kind) || what == casework.TrailDeadlineMoved):
		return reasonIn(a.action.Form)
	case a.action == nil && a.because() != nil:
		return reasonIn(a.because().Form)
	}
	return ""
}

// reasonIn is why a person decided so, in their own words.
func reasonIn(form casework.Values) string {
	for _, field := range []string{"reason", "reasons", "comment"} {
		if text := form.String(field); text != "" {
			return text
		}
	}
	return ""
}

// tasksNamed are the tasks that the entries name. Most are in the transition itself.
func (a *application) tasksNamed(ctx context.Context) (map[casework.TaskID]casework.Task, error) {
	named := map[casework.TaskID]casework.Task{}
	for _, t := range append(append([]casework.Task{}, a.t.Open...), a.t.Changed...) {
		named[t.ID] = t
	}
	var unknown []casework.TaskID
	for _, e := range a.t.Entries {
		if _, known := named[e.Task]; e.Task != "" && !known {
			unknown = append(unknown, e.Task)
		}
	}
	if len(unknown) == 0 {
		return named, nil
	}
	var rows []struct {
		ID       casework.TaskID   `db:"id"`
		Kind     casework.TaskKind `db:"kind"`
		Activity int               `db:"activity"`
	}
	err := a.tx.SelectContext(ctx, &rows, `SELECT id, kind, activity FROM tasks WHERE case_number = $1 AND id = ANY ($2::uuid[])`,
		a.t.CaseNumber, uuids(unknown))
	if err != nil {
		return nil, fmt.Errorf("tasks of the trail: %w", err)
	}
	for _, row := range rows {
		named[row.ID] = casework.Task{ID: row.ID, Kind: row.Kind, Activity: row.Activity}
	}
	return named, nil
}

// queueMails has the intents composed and keeps them for delivery. A key that the case has already queues nothing, and
// neither does a mail that asks for a task which never was: opened and shut in one breath.
func (a *application) queueMails(ctx context.Context) error {
	if len(a.t.Mails) == 0 {
		return nil
	}
	wanted, err := a.wantedMails(ctx)
	if err != nil {
		return err
	}
	var mails []QueuedMail
	for _, intent := range wanted {
		made, err := a.composer.Compose(ctx, a.Tx, Intent{Mail: intent, Transition: a.t, Action: a.action})
		if err != nil {
			return fmt.Errorf("compose %s: %w", intent.Key, err)
		}
		mails = append(mails, made...)
	}
	a.answer.Mails, err = a.Queue(ctx, a.actor(Entry{At: a.t.At}), mails...)
	return err
}

func (a *application) wantedMails(ctx context.Context) (wanted []casework.Mail, err error) {
	keys, tasks := List[string]{}, List[string]{}
	for _, m := range a.t.Mails {
		keys = append(keys, m.Key)
		if m.Task != "" {
			tasks = append(tasks, uuidOr(m.Task))
		}
	}
	var there []struct {
		Key    string `db:"key"`
		Queued bool   `db:"queued"`
	}
	err = a.tx.SelectContext(ctx, &there, `
		SELECT DISTINCT key, true AS queued FROM mails WHERE case_number = $1 AND key = ANY ($2)
		UNION ALL SELECT id::text, false FROM tasks WHERE case_number = $1 AND id = ANY ($3::uuid[])`, a.t.CaseNumber, keys, tasks)
	if err != nil {
		return nil, err
	}
	queued, exists := map[string]bool{}, map[string]bool{}
	for _, row := range there {
		if row.Queued {
			queued[row.Key] = true
		} else {
			exists[row.Key] = true
		}
	}
	for _, m := range a.t.Mails {
		if queued[m.Key] || m.Task != "" && !exists[uuidOr(m.Task)] {
			continue
		}
		queued[m.Key] = true
		wanted = append(wanted, m)
	}
	return wanted, nil
}
