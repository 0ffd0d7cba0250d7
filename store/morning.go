package store

import (
	"context"
	"time"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// Morning is what a head looks at first: what only they do, and where something does not go on. Lists are the most
// urgent first, and no longer than one reads.
type Morning struct {
	Notes      Few[HeadNote]              // that nobody has heard
	Mine       []Task                     // that wait for heads
	Drafts     map[casework.TaskID]string // of the letters among them that are to be signed
	Escalated  Few[Task]
	Nobody     Few[UnableTask]
	Unanswered Few[Task] // what governments asked
	Mails      []InboundMail
	Needed     Few[NeededLine]
	Silent     Few[SilentTask]
}

// Few are the first of a list, and how long it is.
type Few[T any] struct {
	Items []T
	All   int
}

func (f *Few[T]) add(item T, most int) {
	if f.All++; f.All <= most {
		f.Items = append(f.Items, item)
	}
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

// mostMails is how many unanswered mails are looked for.
const mostMails = 200

// Morning reads it all as it was at one moment, of each list so many.
func (s *Store) Morning(ctx context.Context, p Person, now time.Time, most int) (m Morning, err error) {
	err = s.reading(ctx, func(tx *sqlx.Tx) error {
		if m.Notes, err = unheardNotes(ctx, tx, p, most); err != nil {
			return err
		}
		if err := m.readTasks(ctx, tx, p, now, most); err != nil {
			return err
		}
		if err := m.readMails(ctx, tx, p, now); err != nil {
			return err
		}
		return m.readNeeded(ctx, tx, p, now, most)
	})
	return m, err
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
		ORDER  BY i.received_at, i.id LIMIT $3`, p.reader(), now, mostMails)
	for _, mail := range mails {
		if casework.Unanswered(mail.ReceivedAt, now) {
			m.Mails = append(m.Mails, mail)
		}
	}
	return err
}

func (m *Morning) readNeeded(ctx context.Context, q sqlx.QueryerContext, p Person, now time.Time, most int) error {
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
			m.Needed.add(l, most)
		}
	}
	return err
}
