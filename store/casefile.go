package store

import (
	"context"
	"errors"
	"time"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// CaseFile is all that a member of staff sees of a case, as it was at one moment. How it is read matters: the page that
// shows it stands open all day, and looks again with everything that happens.
type CaseFile struct {
	Request
	Open       []Task // what waits, most urgent first
	Standing   []Task
	Opened     []Task // by the transition of the reader's own action, open or not
	Documents  []Document
	Messages   []Message // sent and received, oldest first
	Decided    []Decided // with their forms, oldest first; never a vote that is hidden from the reader
	Own        *Action   // the reader's action that was asked about
	Activities []Activity
	Stuck      []Stuck      // what does not go on by itself, oldest first
	Experts    []CaseExpert // everybody on the roster whose interests in this case are known
	Story      []Entry      // the whole trail, oldest first, without what is hidden from the reader
	Broken     *Tampered    // where the trail is not what was written; nil where it is whole
	Notes      []Note       // oldest first
	Names      map[casework.PersonID]string
	Colleagues []casework.Colleague // who else of the staff may see this case
}

// Decided is a decision with what its task was about.
type Decided struct {
	Action
	Subject  string
	Activity int
	Opened   time.Time // when its task was opened; votes of one round have the same
}

// Message is a mail in either direction.
type Message struct {
	ID          string       `db:"id"` // the Message-ID, or our own of a received one
	Received    bool         `db:"received"`
	Name        string       `db:"name"` // of whom it went to or came from
	Address     string       `db:"address"`
	Subject     string       `db:"subject"`
	Text        string       `db:"text"`
	Letter      string       `db:"letter"` // key of the letter that it brings
	State       MailState    `db:"state"`  // of a received one: received, or unknown for its sender
	At          time.Time    `db:"at"`     // real time
	Attachments List[string] `db:"attachments"`
}

// CaseExpert is an expert with where their interests in a case stand.
type CaseExpert struct {
	Expert
	Interests string
}

// CaseFile reads it, for members of staff who may see the case; and what became of one of their own actions.
func (s *Store) CaseFile(ctx context.Context, p Person, n casework.CaseNumber, own casework.ActionID) (f CaseFile, err error) {
	if p.Link != nil {
		return f, ErrNotFound
	}
	if own != "" {
		own = casework.ActionID(uuidOr(own))
	}
	r := caseReader{file: &f, p: p, own: own, seal: s.seal}
	err = s.reading(ctx, func(tx *sqlx.Tx) (err error) {
		r.tx = tx
		if err := r.begin(ctx, n); err != nil {
			return err
		}
		for _, part := range []func(context.Context) error{r.decided, r.tasks, r.documents, r.messages, r.people, r.story} {
			if err := part(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	return f, err
}

// caseReader reads a case's file, a statement for each part.
type caseReader struct {
	tx   *sqlx.Tx
	file *CaseFile
	p    Person
	own  casework.ActionID
	seal []byte
}

// begin reads the request's row, and in the same statement its activities and what is stuck.
func (r caseReader) begin(ctx context.Context, n casework.CaseNumber) error {
	var row struct {
		requestRow
		Activities jsonColumn `db:"activities"`
		Stuck      jsonColumn `db:"stuck"`
	}
	err := r.tx.GetContext(ctx, &row, `
		SELECT `+requestColumns+`,
			(SELECT jsonb_agg(to_jsonb(x) ORDER BY x.number) FROM (SELECT `+activityColumns+` FROM activities x WHERE x.case_number = $2) x) AS activities,
			(SELECT jsonb_agg(to_jsonb(x) ORDER BY x.since, x.what) FROM (`+stuck+`) x WHERE x.case_number = $2) AS stuck
		FROM   visible_to($1) v JOIN requests r USING (case_number) WHERE r.case_number = $2`, r.p.reader(), n)
	if err != nil {
		return found(err)
	}
	if r.file.Request, err = row.request(); err != nil {
		return err
	}
	return errors.Join(row.Activities.into(&r.file.Activities), row.Stuck.into(&r.file.Stuck))
}

// tasks that are open, and those that the reader's own action opened: a transition is written at one instant.
func (r caseReader) tasks(ctx context.Context) error {
	var caused *time.Time
	if r.file.Own != nil {
		caused = r.file.Own.SettledAt
	}
	var rows []taskRow
	err := r.tx.SelectContext(ctx, &rows, selectTasks+`
		WHERE  t.case_number = $3 AND (t.status = 'open' OR t.opened_real_at = $4) ORDER BY t.due_at NULLS LAST, t.opened_at, t.id`,
		r.p.reader(), r.p.ID, r.file.CaseNumber, caused)
	if err != nil {
		return err
	}
	tasks, err := tasksOf(rows, r.p.ID)
	for _, t := range tasks {
		if caused != nil && t.OpenedReal != nil && t.OpenedReal.Equal(*caused) {
			r.file.Opened = append(r.file.Opened, t)
		}
		switch {
		case t.Status != TaskOpen:
		case t.Standing:
			r.file.Standing = append(r.file.Standing, t)
		default:
			r.file.Open = append(r.file.Open, t)
		}
	}
	return err
}

func (r caseReader) documents(ctx context.Context) error {
	return r.tx.SelectContext(ctx, &r.file.Documents, `SELECT `+documentColumns+visibleDocuments+` AND d.case_number = $4 ORDER BY d.added_at, d.id`,
		r.p.reader(), r.p.ID, "", r.file.CaseNumber)
}

func (r caseReader) messages(ctx context.Context) error {
	return r.tx.SelectContext(ctx, &r.file.Messages, `
		SELECT message_id AS id, false AS received, to_name AS name, to_address AS address, subject, text, letter, state, queued_at AS at, attachments
		FROM   mails WHERE case_number = $1
		UNION ALL
		SELECT id::text, true, from_name, from_address, subject, text, '', CASE WHEN unknown_sender THEN 'unknown' ELSE 'received' END, received_at, attachments
		FROM   inbound_mails WHERE case_number = $1
		ORDER  BY at, id`, r.file.CaseNumber)
}

// decided is also where the reader's own action is found, whatever has become of it.
func (r caseReader) decided(ctx context.Context) error {
	var rows []struct {
		actionRow
		Subject  string    `db:"subject"`
		Activity int       `db:"activity"`
		Opened   time.Time `db:"opened_at"`
		Shown    bool      `db:"shown"`
	}
	err := r.tx.SelectContext(ctx, &rows, `
		SELECT `+actionColumns+`, COALESCE(t.subject, '') AS subject, COALESCE(t.activity, 0) AS activity, COALESCE(t.opened_at, a.created_at) AS opened_at,
			a.state = 'applied' AND NOT a.kind = ANY ($3) AS shown
		FROM   actions a LEFT JOIN tasks t ON t.id = a.task_id
		WHERE  a.case_number = $1 AND (a.state = 'applied' OR a.id = $4::uuid AND a.actor = $2)
		AND    NOT (a.kind = 'cast-vote' AND a.actor <> $2 AND EXISTS (
			SELECT FROM tasks mine WHERE mine.case_number = $1 AND mine.opened_at <= t.opened_at
			AND mine.kind = 'cast-vote' AND mine.status = 'open' AND mine.holder = $2))
		ORDER  BY a.settled_at, a.id`, r.file.CaseNumber, r.p.ID, array([]casework.TaskKind{casework.Take, casework.GiveBack, casework.Reassign}), optionalUUID(r.own))
	if err != nil {
		return err
	}
	for _, row := range rows {
		action, err := row.action()
		if err != nil {
			return err
		}
		if action.ID == r.own && action.Actor == r.p.ID {
			r.file.Own = &action
		}
		if row.Shown {
			r.file.Decided = append(r.file.Decided, Decided{action, row.Subject, row.Activity, row.Opened.UTC()})
		}
	}
	return nil
}

// people are the names behind all IDs, the colleagues, and the experts of this case with their standing.
func (r caseReader) people(ctx context.Context) error {
	var rows []struct {
		Expert
		Colleague bool   `db:"colleague"`
		Interests string `db:"interests"`
	}
	named := []casework.PersonID{}
	for _, d := range r.file.Decided {
		named = append(named, namedIn([]Action{d.Action})...)
	}
	for _, a := range r.file.Activities {
		named = append(named, a.Experts...)
	}
	err := r.tx.SelectContext(ctx, &rows, `
		SELECT a.id, a.name, a.email, false AS available, '' AS code_version, 'epoch'::timestamptz AS signed_at, '' AS code_years, '' AS interests,
			a.id <> $2 AND EXISTS (SELECT FROM visible_to(a.id) v WHERE v.case_number = $1) AS colleague
		FROM   accounts a
		UNION ALL
		SELECT x.id, x.name, x.email, x.available, COALESCE(c.version, ''), COALESCE(c.signed_at, 'epoch'),
			COALESCE((SELECT value #>> '{}' FROM settings WHERE name = 'codeYears' ORDER BY seq DESC LIMIT 1), ''),
			COALESCE(i.state, CASE WHEN x.id = ANY ($3) THEN 'unknown' END, ''), false
		FROM   experts x
		LEFT   JOIN interests i ON i.case_number = $1 AND i.expert = x.id
		LEFT   JOIN LATERAL (SELECT version, signed_at FROM code_signatures WHERE expert = x.id ORDER BY signed_at DESC LIMIT 1) c
		       ON x.id = ANY ($3) OR i.expert IS NOT NULL
		ORDER  BY name, id`, r.file.CaseNumber, r.p.ID, array(named))
	if err != nil {
		return err
	}
	r.file.Names = map[casework.PersonID]string{ContactID(r.file.CaseNumber, r.file.ContactEmail): r.file.ContactName}
	for _, row := range rows {
		r.file.Names[row.ID] = row.Name
		if row.Colleague {
			r.file.Colleagues = append(r.file.Colleagues, casework.Colleague{ID: row.ID, Name: row.Name, Email: row.Email})
		}
		if row.Interests != "" {
			r.file.Experts = append(r.file.Experts, CaseExpert{row.Expert, row.Interests})
		}
	}
	return nil
}
