package store

import (
	"context"
	"errors"
	"time"

	"connex/casework"
)

// TaskStatus says whether a task waits.
type TaskStatus string

// The statuses of a task.
const (
	TaskOpen      TaskStatus = "open"
	TaskDone      TaskStatus = "done"
	TaskCancelled TaskStatus = "cancelled"
	TaskGivenUp   TaskStatus = "given-up"
)

// Task is a task's row with what its reader must know of the request to act on it.
type Task struct {
	ID         casework.TaskID         `db:"id"`
	CaseNumber casework.CaseNumber     `db:"case_number"`
	Workflow   string                  `db:"workflow_id"`
	Key        string                  `db:"key"`
	Kind       casework.TaskKind       `db:"kind"`
	Activity   int                     `db:"activity"` // 0: of the request itself
	Role       casework.Role           `db:"role"`
	Holder     casework.PersonID       `db:"holder"` // empty: anyone who has the role
	Taken      bool                    `db:"taken"`
	Subject    string                  `db:"subject"`
	Standing   bool                    `db:"standing"`
	Outcomes   List[casework.Outcome]  `db:"outcomes"`
	About      List[casework.ActionID] `db:"about"`
	Status     TaskStatus              `db:"status"`
	OpenedAt   time.Time               `db:"opened_at"`
	OpenedReal *time.Time              `db:"opened_real_at"` // nil for those of old
	DueAt      *time.Time              `db:"due_at"`
	DueRealAt  *time.Time              `db:"due_real_at"`
	Overdue    bool                    `db:"overdue"`
	Clock      casework.Clock          `db:"-"`
	ClosedAt   *time.Time              `db:"closed_at"`
	Action     casework.ActionID       `db:"completed_action"`

	HolderName  string                  `db:"holder_name"` // empty where a role holds it
	HolderEmail string                  `db:"holder_email"`
	Phase       casework.Phase          `db:"phase"`
	Ending      casework.Ending         `db:"ending"`
	Suspended   bool                    `db:"suspended"`
	Country     string                  `db:"country"`
	Institution string                  `db:"institution"`
	Officer     casework.PersonID       `db:"officer"`
	Conflict    bool                    `db:"conflict"` // the reader has declared one
	ReaderDid   List[casework.TaskKind] `db:"reader_did"`
	Reader      casework.PersonID       `db:"-"`
	Calendar    casework.Calendar       `db:"-"`
	StrikeAt    *time.Time              `db:"next_strike_at"`

	ActivityTitle string `db:"activity_title"` // of a task that is read alone

	Unassessed bool                  `db:"unassessed"` // a letter to sign, while the corrected country waits to be assessed
	Team       []casework.TeamMember `db:"-"`          // of the activity that the task would begin
	CodeYears  string                `db:"-"`
}

// Blocked is why the reader may not do it, or nil: separation of duties and conflicts of interest, an expert who is not
// bound, a country that is not assessed. The workflow asks again when the decision arrives.
func (t Task) Blocked() *casework.Refusal {
	refusal := casework.Barred(t.Kind, casework.Part{Person: t.Reader, Did: t.ReaderDid, Conflict: t.Conflict}.In(t.Officer), t.Reader)
	if refusal != nil {
		return refusal
	}
	if t.Unassessed {
		return casework.RefusedBy(casework.RuleNotAssessed, "refusal.not-assessed")
	}
	return casework.Unbound(t.Team, casework.Settings{casework.CodeYears: t.CodeYears}, time.Now())
}

// OfCasework is the task as the workflow knows it.
func (t Task) OfCasework() casework.Task {
	return casework.Task{ID: t.ID, Kind: t.Kind, Key: t.Key, Activity: t.Activity, Role: t.Role, Holder: t.Holder, TakenBy: t.Taken,
		Subject: t.Subject, Standing: t.Standing, Opened: t.OpenedAt, Clock: t.Clock, Outcomes: t.Outcomes, About: t.About}
}

type taskRow struct {
	Task
	ClockJSON     jsonColumn    `db:"clock"`
	TeamJSON      jsonColumn    `db:"team"`
	CalendarStart time.Time     `db:"calendar_start"`
	DayLength     time.Duration `db:"day_length"`
}

func (row taskRow) task(reader casework.PersonID) (Task, error) {
	t := row.Task
	t.Reader = reader
	t.Calendar = casework.Calendar{Start: row.CalendarStart.UTC(), DayLength: row.DayLength}
	var team struct {
		Years   string                `json:"years"`
		Members []casework.TeamMember `json:"members"`
	}
	err := errors.Join(row.ClockJSON.into(&t.Clock), row.TeamJSON.into(&team))
	t.Team, t.CodeYears = team.Members, team.Years
	return t, err
}

func tasksOf(rows []taskRow, reader casework.PersonID) ([]Task, error) {
	tasks := make([]Task, len(rows))
	var faults []error
	for i, row := range rows {
		var err error
		tasks[i], err = row.task(reader)
		faults = append(faults, err)
	}
	return tasks, errors.Join(faults...)
}

// taskColumns of tasks t in requests r. While a request is suspended its clocks stand still, and so does what is overdue.
const taskColumns = `t.id, t.case_number, t.workflow_id, t.key, t.kind, t.activity, t.role, t.holder, t.taken, t.subject, t.standing,
	t.outcomes, t.about, t.status, t.opened_at, t.opened_real_at, t.due_at, t.due_real_at, t.next_strike_at, t.clock, t.closed_at,
	COALESCE(t.completed_action::text, '') AS completed_action,
	t.status = 'open' AND COALESCE(t.due_real_at < COALESCE(r.suspended_real_at, now()), false) AS overdue,
	COALESCE(h.name, e.name, CASE WHEN t.role = 'government' THEN r.contact_name END, '') AS holder_name,
	COALESCE(h.email, e.email, CASE WHEN t.role = 'government' THEN r.contact_email END, '') AS holder_email,
	r.phase, r.ending, r.suspended, r.country, r.institution, r.officer, r.calendar_start, r.day_length`

const taskHolders = `LEFT JOIN accounts h ON h.id = t.holder LEFT JOIN experts e ON e.id = t.holder`

// teamOf is who works on the activity of task t, with their newest signature of the Code and how their interests stand.
const teamOf = `(
	SELECT json_build_object('years', COALESCE((SELECT value #>> '{}' FROM settings WHERE name = 'codeYears' ORDER BY seq DESC LIMIT 1), ''),
		'members', json_agg(json_build_object('name', x.name, 'interests', COALESCE(i.state, ''), 'code', c.code) ORDER BY x.name, x.id))
	FROM   activities y JOIN experts x ON x.id = ANY (y.experts) LEFT JOIN interests i ON i.case_number = y.case_number AND i.expert = x.id
	LEFT   JOIN LATERAL (SELECT json_build_object('version', s.version, 'signedAt', s.signed_at) AS code FROM code_signatures s
		WHERE s.expert = x.id ORDER BY s.signed_at DESC LIMIT 1) c ON true
	WHERE  y.case_number = t.case_number AND y.number = t.activity)`

// selectTasks of the requests that reader $1 may see, with what $2, the reader as a person, did in each.
const selectTasks = `
	SELECT ` + taskColumns + `, $2 = ANY (r.conflicts) AS conflict,
		ARRAY(SELECT DISTINCT a.kind FROM actions a WHERE a.case_number = t.case_number AND a.actor = $2 AND a.state = 'applied') AS reader_did,
		t.kind = 'sign-approval-letter' AND EXISTS (SELECT FROM tasks a WHERE a.case_number = t.case_number AND a.kind = 'assess-eligibility' AND a.status = 'open') AS unassessed,
		CASE WHEN t.kind = 'start-activity' AND t.status = 'open' THEN ` + teamOf + ` END AS team
	FROM   visible_to($1) v JOIN requests r USING (case_number) JOIN tasks t USING (case_number) ` + taskHolders

// mayHold limits tasks to those of a personal link's holder; members of staff see all tasks of the requests they see.
const mayHold = ` AND ($3 = '' OR t.role = $3 AND ($3 = 'government' OR t.holder = $2))`

func linkRole(p Person) casework.Role {
	if p.Link == nil {
		return ""
	}
	return p.Link.Role
}

// Task is one task, open or not, for whom may see its request: for a personal link, its own tasks alone.
func (s *Store) Task(ctx context.Context, p Person, id casework.TaskID) (Task, error) {
	var row taskRow
	// Saying which case it is lets the planner ask about that one alone, and not about all that the reader may see.
	err := s.db.GetContext(ctx, &row, `SELECT q.*, COALESCE((SELECT x.title FROM activities x WHERE x.case_number = q.case_number AND x.number = q.activity), '') AS activity_title
		FROM (`+selectTasks+` WHERE t.id = $4 AND t.case_number = (SELECT case_number FROM tasks WHERE id = $4)`+mayHold+`) q`, p.reader(), p.ID, linkRole(p), uuidOr(id))
	if err != nil {
		return Task{}, found(err)
	}
	return row.task(p.ID)
}
