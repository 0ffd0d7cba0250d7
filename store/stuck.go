package store

import (
	"context"
	"time"

	"connex/casework"
)

// Trouble is why something does not go on by itself.
type Trouble string

// What can be stuck. The first three only a comparison with Temporal finds, the others stand in our rows.
const (
	NoWorkflow  Trouble = "no-workflow" // the request is open, and its workflow was ended or lost
	Failing     Trouble = "failing"     // the worker's code fails at this workflow, again and again
	Differs     Trouble = "differs"     // the workflow says something else than our rows
	PendingLong Trouble = "pending"     // a decision has not taken effect for minutes
	ClockLate   Trouble = "late"        // a clock should have struck long ago
	Forgotten   Trouble = "forgotten"   // an open request that waits for nobody and no clock
	MailWaits   Trouble = "mail"        // a mail was not taken by the mail server for an hour
	MailboxShut Trouble = "mailbox"     // the mailbox that is polled, or a mail in it, cannot be read
	MailLost    Trouble = "mail-lost"   // a colleague's address refused a mail in the last days
)

// Troubles are all there are.
var Troubles = []Trouble{NoWorkflow, Failing, Differs, PendingLong, ClockLate, Forgotten, MailWaits, MailboxShut, MailLost}

// Stuck is something that does not go on by itself, without texts of the case. A mail about an account is of no case,
// nor is a mailbox.
type Stuck struct {
	What       Trouble             `db:"what" json:"what"`
	CaseNumber casework.CaseNumber `db:"case_number" json:"case_number"`
	About      string              `db:"about" json:"about"` // the workflow, the kind of task or action, the mail's template, or the mailbox
	Since      time.Time           `db:"since" json:"since"`
}

// mailboxesShut: one that nobody asks any more is no setting now.
const mailboxesShut = `
	SELECT 'mailbox' AS what, '' AS case_number, b.name AS about, b.failing_since AS since FROM mailboxes b
	WHERE  b.failing_since < clock_timestamp() - interval '10 minutes' AND b.next_at > clock_timestamp() - interval '1 hour'`

// A clock's instant is the case's; it is compared in real time. An activity that is not over has clocks of its own that
// no row shows, and what is suspended has none. When the last activity is over its request hears of it a moment later:
// whatever has just moved is not forgotten.
const stuck = `
	SELECT s.what, s.case_number, s.workflow_id AS about, s.since FROM stuck_workflows s
	UNION ALL
	SELECT 'pending', a.case_number, a.kind, a.created_at FROM actions a
	WHERE  a.state = 'pending' AND a.created_at < clock_timestamp() - interval '5 minutes'
	UNION ALL
	SELECT 'mail', m.case_number, m.template, m.queued_at FROM mails m
	WHERE  m.state IN ('queued', 'sending') AND m.queued_at < clock_timestamp() - interval '1 hour'
	UNION ALL
	SELECT 'mail', '', m.template, m.queued_at FROM house_mails m
	WHERE  m.state IN ('queued', 'sending') AND m.queued_at < clock_timestamp() - interval '1 hour'
	UNION ALL` + mailboxesShut + `
	UNION ALL
	SELECT 'mail-lost', m.case_number, m.template, m.settled_at
	FROM   (SELECT case_number, template, settled_at, to_person, to_address FROM mails WHERE state = 'refused'
	        UNION ALL SELECT '', template, settled_at, to_person, to_address FROM house_mails WHERE state = 'refused') m
	JOIN   accounts a ON a.id = m.to_person AND a.active AND a.email = lower(m.to_address)
	WHERE  m.settled_at > clock_timestamp() - interval '7 days'
	UNION ALL
	SELECT 'late', t.case_number, t.kind, x.strike FROM tasks t JOIN requests r USING (case_number)
	CROSS  JOIN LATERAL (SELECT r.calendar_start + (t.next_strike_at - r.calendar_start) * (r.day_length / 86400000000000.0) AS strike) x
	WHERE  t.status = 'open' AND t.next_strike_at IS NOT NULL AND r.ending = '' AND NOT r.suspended AND x.strike < clock_timestamp() - interval '10 minutes'
	UNION ALL
	SELECT 'forgotten', r.case_number, r.phase, r.phase_entered_real FROM (
		SELECT r.*, r.calendar_start + (r.phase_entered_at - r.calendar_start) * (r.day_length / 86400000000000.0) AS phase_entered_real FROM requests r) r
	WHERE  r.ending = '' AND NOT r.suspended AND r.next->>'when' IS NULL
	AND    NOT EXISTS (SELECT FROM trail l WHERE l.case_number = r.case_number AND l.seq = r.trail_seq AND l.recorded_at > clock_timestamp() - interval '1 minute')
	AND    NOT EXISTS (SELECT FROM tasks t WHERE t.case_number = r.case_number AND t.status = 'open' AND NOT t.standing)
	AND    NOT EXISTS (SELECT FROM activities x WHERE x.case_number = r.case_number AND x.state IN ('planned', 'running', 'ended'))`

// Stuck lists all of it for operators, oldest first.
func (s *Store) Stuck(ctx context.Context) (list []Stuck, err error) {
	err = s.db.SelectContext(ctx, &list, `SELECT * FROM (`+stuck+`) x ORDER BY x.since, x.case_number, x.what`)
	return list, err
}

// StuckFor lists what is stuck in the requests that p may see.
func (s *Store) StuckFor(ctx context.Context, p Person) (list []Stuck, err error) {
	err = s.db.SelectContext(ctx, &list, `
		SELECT x.* FROM (`+stuck+`) x JOIN visible_to($1) v USING (case_number) ORDER BY x.since, x.case_number, x.what`, p.reader())
	return list, err
}

// MailboxesShut are the mailboxes that cannot be read, for who waits for mail.
func (s *Store) MailboxesShut(ctx context.Context) (list []Stuck, err error) {
	err = s.db.SelectContext(ctx, &list, mailboxesShut+` ORDER BY b.failing_since`)
	return list, err
}
