package store

import (
	"context"
	"slices"
	"time"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// Morning is what a head looks at first: what only they do, and where something does not go on. Lists are the most
// urgent first, and no longer than one reads.
type Morning struct {
	Notes      []HeadNote                 // that nobody has heard
	Mine       []Task                     // that wait for heads
	Drafts     map[casework.TaskID]string // of the letters among them that are to be signed
	Escalated  []Task
	Nobody     []UnableTask
	Unanswered []Task // what governments asked
	Mails      []InboundMail
	Needed     []NeededLine
	Silent     []SilentTask
}

// UnableTask is a task that nobody can do, and the rule that says so, or "nobody" where no account may.
type UnableTask struct {
	Task
	Rule string
}

// NeededLine is a request whose support starts later than it is needed.
type NeededLine struct {
	CaseNumber  casework.CaseNumber `db:"case_number"`
	Country     string              `db:"country"`
	Institution string              `db:"institution"`
	Phase       casework.Phase      `db:"phase"`
	NeededFrom  string              `db:"needed_from"`
	Starts      time.Time           `db:"-"` // if everybody takes the time they have
	EnteredAt   time.Time           `db:"phase_entered_at"`
	Start       time.Time           `db:"calendar_start"`
	DayLength   time.Duration       `db:"day_length"`
}

// SilentTask is a task of a government of which nothing was heard for long.
type SilentTask struct {
	Task
	Heard time.Time // process time: the last sign of life, or when we asked
}

const morningMost = 200

// Morning reads it all. The lists need not be of one moment: each stands for itself, and the page hears of what changes.
func (s *Store) Morning(ctx context.Context, p Person, now time.Time) (m Morning, err error) {
	for _, part := range []func(context.Context, sqlx.QueryerContext, Person, time.Time) error{m.readNotes, m.readMine, m.readLate, m.readMails, m.readNeeded, m.readNobody} {
		if err := part(ctx, s.db, p, now); err != nil {
			return m, err
		}
	}
	return m, nil
}

func (m *Morning) readMine(ctx context.Context, q sqlx.QueryerContext, p Person, _ time.Time) (err error) {
	if m.Mine, err = selectedTasks(ctx, q, p, `t.role = 'head' AND (t.holder = '' OR t.holder = $2)`); err != nil {
		return err
	}
	m.Drafts, err = letterDrafts(ctx, q, p, m.Mine)
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

// lateTasks are all that may have waited for too long; which have, casework says. What stands still is not late.
const lateTasks = `
	SELECT ` + taskColumns + `, false AS conflict, '{}'::text[] AS reader_did, heard.at AS heard_real_at
	FROM   visible_to($1) v JOIN requests r USING (case_number) JOIN tasks t USING (case_number) ` + taskHolders + `
	LEFT   JOIN LATERAL (
		SELECT max(a.created_at) AS at FROM actions a WHERE t.role = 'government' AND a.case_number = t.case_number AND a.role = 'government' AND a.state = 'applied'
	) heard ON true
	WHERE  t.status = 'open' AND NOT t.standing AND NOT r.suspended
	AND    (t.due_real_at < $2 OR t.kind = ANY ($3) OR t.role = 'government')
	ORDER  BY t.due_real_at NULLS LAST, t.id`

func (m *Morning) readLate(ctx context.Context, q sqlx.QueryerContext, p Person, now time.Time) error {
	var rows []struct {
		taskRow
		HeardAt *time.Time `db:"heard_real_at"`
	}
	answers := []casework.TaskKind{casework.AnswerGovernment, casework.AnswerEligibilityQuestion}
	if err := sqlx.SelectContext(ctx, q, &rows, lateTasks, p.reader(), now, array(answers)); err != nil {
		return err
	}
	for _, row := range rows {
		t, err := row.task(p.ID)
		if err != nil {
			return err
		}
		today, heard := t.Calendar.Process(now), t.OpenedAt
		if row.HeardAt != nil && t.Calendar.Process(*row.HeardAt).After(heard) {
			heard = t.Calendar.Process(*row.HeardAt)
		}
		switch {
		case slices.Contains(answers, t.Kind) && casework.Unanswered(t.OpenedAt, today):
			m.Unanswered = append(m.Unanswered, t)
		case t.Role == casework.Government && casework.Silent(heard, today):
			m.Silent = append(m.Silent, SilentTask{t, heard})
		case t.OfCasework().Escalated():
			m.Escalated = append(m.Escalated, t)
		}
	}
	return nil
}

// readMails finds what somebody whom a case writes to has written, and nobody has written back since. A reminder is no
// answer.
func (m *Morning) readMails(ctx context.Context, q sqlx.QueryerContext, p Person, now time.Time) error {
	var mails []InboundMail
	err := sqlx.SelectContext(ctx, q, &mails, `
		SELECT `+inboundColumns+` FROM visible_to($1) v JOIN requests r USING (case_number) JOIN inbound_mails i USING (case_number)
		WHERE  r.ending = '' AND i.filed_as = 'case' AND i.kind = '' AND NOT i.unknown_sender AND i.received_at < $2::timestamptz - interval '3 days'
		AND    NOT EXISTS (SELECT FROM mails w WHERE w.case_number = i.case_number AND w.to_address = i.from_address AND w.queued_at > i.received_at
		                   AND w.template <> 'reminder')
		ORDER  BY i.received_at, i.id LIMIT $3`, p.reader(), now, morningMost)
	for _, mail := range mails {
		if casework.Unanswered(mail.ReceivedAt, now) {
			m.Mails = append(m.Mails, mail)
		}
	}
	return err
}

func (m *Morning) readNeeded(ctx context.Context, q sqlx.QueryerContext, p Person, now time.Time) error {
	var lines []NeededLine
	err := sqlx.SelectContext(ctx, q, &lines, `
		SELECT r.case_number, r.country, r.institution, r.phase, r.needed_from::text AS needed_from, r.phase_entered_at, r.calendar_start, r.day_length
		FROM   visible_to($1) v JOIN requests r USING (case_number)
		WHERE  r.ending = '' AND NOT r.suspended AND NOT r.withdrawn AND r.needed_from IS NOT NULL ORDER BY r.needed_from, r.case_number`, p.reader())
	if err != nil || len(lines) == 0 {
		return err
	}
	settings, err := settingsIn(ctx, q)
	for _, l := range lines {
		today := casework.Calendar{Start: l.Start.UTC(), DayLength: l.DayLength}.Process(now)
		starts, ahead := casework.SupportStarts(settings, l.Phase, l.EnteredAt, today)
		if ahead && casework.DateOf(starts) > l.NeededFrom {
			l.Starts = starts
			m.Needed = append(m.Needed, l)
		}
	}
	return err
}
