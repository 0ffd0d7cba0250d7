package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// waitingTask is what decides whether a task stands on the page, and where. All that wait are asked for this little, and
// only those that are shown for the rest. An expert's is there only if somebody was told that it is late.
type waitingTask struct {
	ID        casework.TaskID         `db:"id"`
	Kind      casework.TaskKind       `db:"kind"`
	Role      casework.Role           `db:"role"`
	Holder    casework.PersonID       `db:"holder"`
	OpenedAt  time.Time               `db:"opened_at"`
	Clock     jsonColumn              `db:"clock"` // if it has struck
	Suspended bool                    `db:"suspended"`
	Officer   casework.PersonID       `db:"officer"`
	Conflicts List[casework.PersonID] `db:"conflicts"`
	Acts      List[string]            `db:"acts"`     // kind and person, of what was done in its case, where separation of duties is about it
	HeardAt   *time.Time              `db:"heard_at"` // in real time: when a government that it waits for last did something
	Start     time.Time               `db:"calendar_start"`
	DayLength time.Duration           `db:"day_length"`
}

const waitingTasks = `
	SELECT t.id, t.kind, t.role, t.holder, t.opened_at, CASE WHEN jsonb_exists(t.clock, 'struck') THEN t.clock END AS clock,
		r.suspended, r.officer, r.conflicts, r.calendar_start, r.day_length,
		CASE WHEN t.kind = ANY ($2) THEN (
			SELECT array_agg(DISTINCT a.kind || ' ' || a.actor) FROM actions a WHERE a.case_number = t.case_number AND a.state = 'applied') END AS acts,
		CASE WHEN t.role = 'government' THEN (
			SELECT max(a.created_at) FROM actions a WHERE a.case_number = t.case_number AND a.role = 'government' AND a.state = 'applied') END AS heard_at
	FROM   visible_to($1) v JOIN requests r USING (case_number) JOIN tasks t USING (case_number)
	WHERE  t.status = 'open' AND NOT t.standing AND (t.role <> 'expert' OR jsonb_exists(t.clock, 'struck'))
	ORDER  BY t.due_real_at NULLS LAST, t.id`

// readTasks finds what waits for heads, what has waited for too long, and what nobody can do.
func (m *Morning) readTasks(ctx context.Context, q sqlx.QueryerContext, p Person, now time.Time, most int) error {
	var tasks []waitingTask
	if err := sqlx.SelectContext(ctx, q, &tasks, waitingTasks, p.reader(), array(barring())); err != nil {
		return err
	}
	people, err := activeByRole(ctx, q)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if t.Role == casework.Head && (t.Holder == "" || t.Holder == p.ID) {
			m.Mine = append(m.Mine, Task{ID: t.ID})
		}
		if rule := t.unable(people[t.Role]); rule != "" {
			m.Nobody.add(UnableTask{Task{ID: t.ID}, rule}, most)
		}
		if err := m.late(t, now, most); err != nil {
			return err
		}
	}
	if err := m.complete(ctx, q, p); err != nil {
		return err
	}
	m.Drafts, err = letterDrafts(ctx, q, p, m.Mine)
	return err
}

// unable is the rule by which nobody can complete a task of staff: the account is closed or has lost the role, or
// separation of duties and conflicts of interest leave nobody.
func (t waitingTask) unable(people []casework.PersonID) string {
	if !t.Role.Staff() {
		return ""
	}
	dossier := casework.Dossier{Officer: t.Officer, Conflicts: t.Conflicts}
	for _, act := range t.Acts {
		kind, person, _ := strings.Cut(act, " ")
		dossier.Remember(casework.Act{Person: casework.PersonID(person), Kind: casework.TaskKind(kind)})
	}
	return casework.Unable(casework.Task{Kind: t.Kind, Holder: t.Holder}, dossier, people)
}

// late sorts a task that has waited for too long. What stands still is not late.
func (m *Morning) late(t waitingTask, now time.Time, most int) error {
	if t.Suspended {
		return nil
	}
	clocked, calendar, heard := casework.Task{Kind: t.Kind}, casework.Calendar{Start: t.Start.UTC(), DayLength: t.DayLength}, t.OpenedAt
	if err := t.Clock.into(&clocked.Clock); err != nil {
		return err
	}
	if t.HeardAt != nil && calendar.Process(*t.HeardAt).After(heard) {
		heard = calendar.Process(*t.HeardAt)
	}
	today, answers := calendar.Process(now), t.Kind == casework.AnswerGovernment || t.Kind == casework.AnswerEligibilityQuestion
	switch shown := (Task{ID: t.ID}); {
	case answers && casework.Unanswered(t.OpenedAt, today):
		m.Unanswered.add(shown, most)
	case t.Role == casework.Government && casework.Silent(heard, today):
		m.Silent.add(SilentTask{shown, heard}, most)
	case clocked.Escalated():
		m.Escalated.add(shown, most)
	}
	return nil
}

// complete reads the rest of the tasks that are shown, of which the ID alone is known.
func (m *Morning) complete(ctx context.Context, q sqlx.QueryerContext, p Person) error {
	shown, ids := map[casework.TaskID][]*Task{}, []casework.TaskID{}
	show := func(t *Task) { shown[t.ID], ids = append(shown[t.ID], t), append(ids, t.ID) }
	for _, list := range [][]Task{m.Mine, m.Escalated.Items, m.Unanswered.Items} {
		for i := range list {
			show(&list[i])
		}
	}
	for i := range m.Silent.Items {
		show(&m.Silent.Items[i].Task)
	}
	for i := range m.Nobody.Items {
		show(&m.Nobody.Items[i].Task)
	}
	if len(ids) == 0 {
		return nil
	}
	tasks, err := selectedTasks(ctx, q, p, `t.id = ANY ($3::uuid[])`, uuids(ids))
	for _, t := range tasks {
		for _, place := range shown[t.ID] {
			*place = t
		}
	}
	return err
}

// selectedTasks are those that wait and fulfil a condition on tasks t and requests r; $3 and on are its arguments.
func selectedTasks(ctx context.Context, q sqlx.QueryerContext, p Person, where string, arguments ...any) ([]Task, error) {
	var rows []taskRow
	err := sqlx.SelectContext(ctx, q, &rows, selectTasks+` WHERE t.status = 'open' AND NOT t.standing AND (`+where+`) ORDER BY t.due_real_at NULLS LAST, t.id`,
		append([]any{p.reader(), p.ID}, arguments...)...)
	if err != nil {
		return nil, err
	}
	return tasksOf(rows, p.ID)
}

func activeByRole(ctx context.Context, q sqlx.QueryerContext) (map[casework.Role][]casework.PersonID, error) {
	var rows []struct {
		ID   casework.PersonID `db:"id"`
		Role casework.Role     `db:"role"`
	}
	err := sqlx.SelectContext(ctx, q, &rows, `SELECT a.id, x.role FROM accounts a CROSS JOIN unnest(a.roles) AS x(role) WHERE a.active ORDER BY a.name, a.id`)
	people := map[casework.Role][]casework.PersonID{}
	for _, r := range rows {
		people[r.Role] = append(people[r.Role], r.ID)
	}
	return people, err
}

// barring are the kinds that separation of duties is about.
func barring() []casework.TaskKind {
	return slices.DeleteFunc(casework.AllKinds(), func(k casework.TaskKind) bool {
		kind, _ := casework.KindOf(k)
		return len(kind.Bars) == 0
	})
}
