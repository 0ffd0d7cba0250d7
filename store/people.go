package store

import (
	"context"

	"connex/casework"
)

// Recipient is somebody to whom a case writes.
type Recipient struct {
	Role  casework.Role     `db:"role"`
	ID    casework.PersonID `db:"id"`
	Name  string            `db:"name"`
	Email string            `db:"email"`
}

// Names are what everybody on the staff and on the roster is called, by their IDs.
func (s *Store) Names(ctx context.Context) (map[casework.PersonID]string, error) {
	var rows []struct {
		ID   casework.PersonID `db:"id"`
		Name string            `db:"name"`
	}
	err := s.db.SelectContext(ctx, &rows, `SELECT id, name FROM accounts UNION ALL SELECT id, name FROM experts`)
	names := map[casework.PersonID]string{}
	for _, row := range rows {
		names[row.ID] = row.Name
	}
	return names, err
}

// Recipients are whom an intent means: one person; or without one the government's contact, or everybody in a role of
// staff who may see the request. It may be nobody, as where only a telephone number is known.
func (c *Tx) Recipients(ctx context.Context, role casework.Role, person casework.PersonID) (list []Recipient, err error) {
	switch role {
	case casework.Government:
		if c.Request.ContactEmail == "" {
			return nil, nil
		}
		return []Recipient{contactOf(c.Request)}, nil
	case casework.Expert:
		err = c.tx.SelectContext(ctx, &list, `SELECT $1 AS role, id, name, email FROM experts WHERE id = $2`, role, person)
		return list, err
	}
	err = c.tx.SelectContext(ctx, &list, `
		SELECT $1 AS role, id, name, email FROM accounts
		WHERE  active AND NOT id = ANY ($3::text[]) AND CASE WHEN $2 <> '' THEN id = $2 ELSE $1 = ANY (roles) END
		ORDER  BY name, id`, role, person, c.Request.Recused)
	return list, err
}

// contactOf is who answers for the government.
func contactOf(r Request) Recipient {
	return Recipient{Role: casework.Government, ID: ContactID(r.CaseNumber, r.ContactEmail), Name: r.ContactName, Email: r.ContactEmail}
}

// Did are the kinds of tasks that somebody completed in this case.
func (c *Tx) Did(ctx context.Context, person casework.PersonID) (kinds []casework.TaskKind, err error) {
	err = c.tx.SelectContext(ctx, &kinds, `SELECT DISTINCT kind FROM actions WHERE case_number = $1 AND actor = $2 AND state = 'applied'`, c.Request.CaseNumber, person)
	return kinds, err
}

// Deputies are those who stand in now for somebody of the staff in a role, and may see the request.
func (c *Tx) Deputies(ctx context.Context, role casework.Role, away casework.PersonID) (list []Recipient, err error) {
	err = c.tx.SelectContext(ctx, &list, `
		SELECT $1 AS role, d.id, d.name, d.email FROM accounts d
		WHERE  d.active AND $1 = ANY (d.roles) AND NOT d.id = ANY ($4::text[]) AND $2 IN (SELECT stood_in_for(d.id, $3)) ORDER BY d.name, d.id`,
		role, away, c.Now, c.Request.Recused)
	return list, err
}

// StandsFor are those for whom somebody stands in now.
func (c *Tx) StandsFor(ctx context.Context, deputy casework.PersonID) (away []casework.PersonID, err error) {
	err = c.tx.SelectContext(ctx, &away, `SELECT stood_in_for($1, $2)`, deputy, c.Now)
	return away, err
}

// Staff is an account by its ID, active or not: who a letter or mail names.
func (c *Tx) Staff(ctx context.Context, id casework.PersonID) (a Account, err error) {
	err = c.tx.GetContext(ctx, &a, `SELECT `+accountColumns+` FROM accounts WHERE id = $1`, id)
	return a, found(err)
}

// Action is an action of this case with its form.
func (c *Tx) Action(ctx context.Context, id casework.ActionID) (Action, error) {
	actions, err := actionsIn(ctx, c.tx, c.Request.CaseNumber, []casework.ActionID{id})
	if err != nil || len(actions) == 0 {
		return Action{}, notThere(err)
	}
	return actions[0], nil
}

// Task is a task of this case, as it is in this transaction.
func (c *Tx) Task(ctx context.Context, id casework.TaskID) (Task, error) {
	tasks, err := c.tasks(ctx, `t.id = $2::uuid`, uuidOr(id))
	if err != nil || len(tasks) == 0 {
		return Task{}, notThere(err)
	}
	return tasks[0], nil
}

// Waiting are the open tasks for one person, or for a role, that are no standing ones: what a reminder lists.
func (c *Tx) Waiting(ctx context.Context, role casework.Role, person casework.PersonID) ([]Task, error) {
	return c.tasks(ctx, `t.status = 'open' AND NOT t.standing AND t.role = $2 AND t.holder IN ('', $3)`, role, person)
}

// OpenTasks are all open tasks of the case that are no standing ones.
func (c *Tx) OpenTasks(ctx context.Context) ([]Task, error) {
	return c.tasks(ctx, `t.status = 'open' AND NOT t.standing`)
}

func (c *Tx) tasks(ctx context.Context, where string, args ...any) ([]Task, error) {
	var rows []taskRow
	err := c.tx.SelectContext(ctx, &rows, `SELECT `+taskColumns+` FROM requests r JOIN tasks t USING (case_number) `+taskHolders+`
		WHERE  r.case_number = $1 AND `+where+` ORDER BY t.due_at NULLS LAST, t.id`, append([]any{c.Request.CaseNumber}, args...)...)
	if err != nil {
		return nil, err
	}
	return tasksOf(rows, "")
}

// TaskStatuses are those of the tasks of a kind, in the request itself (0) or in one of its activities, oldest first.
func (c *Tx) TaskStatuses(ctx context.Context, kind casework.TaskKind, activity int) (statuses []TaskStatus, err error) {
	err = c.tx.SelectContext(ctx, &statuses, `
		SELECT status FROM tasks WHERE case_number = $1 AND kind = $2 AND activity = $3 ORDER BY opened_at, id`, c.Request.CaseNumber, kind, activity)
	return statuses, err
}

// Activities are the case's support activities, by number.
func (c *Tx) Activities(ctx context.Context) ([]Activity, error) {
	return activitiesOf(ctx, c.tx, c.Request.CaseNumber)
}

// Letter is the document of a letter of this case, without its bytes.
func (c *Tx) Letter(ctx context.Context, key string) (d Document, err error) {
	err = c.tx.GetContext(ctx, &d, `SELECT `+documentColumns+` FROM letters l JOIN documents d ON d.id = l.document WHERE l.case_number = $1 AND l.key = $2`,
		c.Request.CaseNumber, key)
	return d, found(err)
}

// MailsTo are the Message-IDs of what was mailed to an address in this case, newest first: what a mail answers.
func (c *Tx) MailsTo(ctx context.Context, address string) (ids []string, err error) {
	err = c.tx.SelectContext(ctx, &ids, `
		SELECT message_id FROM mails WHERE case_number = $1 AND to_address = $2 ORDER BY queued_at DESC, seq DESC LIMIT 20`, c.Request.CaseNumber, address)
	return ids, err
}

func notThere(err error) error {
	if err == nil {
		return ErrNotFound
	}
	return err
}
