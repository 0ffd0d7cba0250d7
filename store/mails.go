package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// MailState says how far a mail has come.
type MailState string

// The states of a mail. Refused: for good, by the mail server. Cancelled: nobody wants it any more.
const (
	MailQueued    MailState = "queued"
	MailSending   MailState = "sending"
	MailSent      MailState = "sent"
	MailRefused   MailState = "refused"
	MailCancelled MailState = "cancelled"
)

// QueuedMail is a message to one person, ready but for the placeholders {link} and {code}: the personal link and the
// code themselves are never stored.
type QueuedMail struct {
	MessageID   string            `db:"message_id"` // with its angle brackets; the same message has the same for good
	Key         string            `db:"key"`        // of the intent; with the address it is there once in a case
	Template    string            `db:"template"`
	Role        casework.Role     `db:"to_role"`
	Person      casework.PersonID `db:"to_person"`
	Name        string            `db:"to_name"`
	Address     string            `db:"to_address"`
	Subject     string            `db:"subject"`
	Text        string            `db:"text"`
	HTML        string            `db:"html"`
	InReplyTo   string            `db:"in_reply_to"`
	Attachments List[string]      `db:"attachments"` // document IDs
	Letter      string            `db:"letter"`      // key of the letter that it brings
	Task        casework.TaskID   `db:"task_id"`     // what it asks for
	Link        string            `db:"link_id"`     // the ID of the link that {link} stands for
	Code        string            `db:"code_id"`     // the ID of the code that {code} stands for
}

// Mail is a message with how far it has come.
type Mail struct {
	QueuedMail
	CaseNumber casework.CaseNumber `db:"case_number"`
	State      MailState           `db:"state"`
	Answer     string              `db:"answer"`    // the mail server's
	At         time.Time           `db:"at"`        // process time at which it was queued
	QueuedAt   time.Time           `db:"queued_at"` // real time
	SettledAt  *time.Time          `db:"settled_at"`
}

// mailColumns of mails m.
const mailColumns = `m.message_id, m.case_number, m.key, m.template, m.to_role, m.to_person, m.to_name, m.to_address, m.subject, m.text,
	m.html, m.in_reply_to, m.attachments, m.letter, COALESCE(m.task_id::text, '') AS task_id, COALESCE(m.link_id, '') AS link_id,
	COALESCE(m.code_id, '') AS code_id, m.state, m.answer, m.at, m.queued_at, m.settled_at`

// aboutMail says which mail an entry is about.
func (e Entry) aboutMail(m Mail) Entry {
	e.Outcome, e.Reason, e.Person, e.Task, e.About = m.Template, m.Subject, m.Person, m.Task, m.MessageID
	return e
}

// Queue keeps mails for delivery and notes each in the trail, with the actor and the time of as. A mail whose key and
// address the case has already is not queued again; its Message-ID is returned all the same, so that a repetition
// delivers what the first one queued.
func (c *Tx) Queue(ctx context.Context, as Entry, mails ...QueuedMail) (ids []string, err error) {
	at := as.At
	if at.IsZero() {
		at = c.ProcessNow()
	}
	for _, m := range mails {
		var row struct {
			ID  string `db:"message_id"`
			New bool   `db:"new"`
		}
		err := c.tx.GetContext(ctx, &row, `
			WITH made AS (
				INSERT INTO mails (message_id, case_number, key, template, to_role, to_person, to_name, to_address, subject, text, html,
					in_reply_to, attachments, letter, task_id, link_id, code_id, at, queued_at)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::uuid[], $14, $15::uuid, NULLIF($16, ''), NULLIF($17, ''), $18, $19)
				ON CONFLICT (case_number, key, to_address) DO NOTHING
				RETURNING message_id)
			SELECT message_id, true AS new FROM made
			UNION ALL
			SELECT message_id, false FROM mails WHERE case_number = $2 AND key = $3 AND to_address = $8`,
			m.MessageID, c.Request.CaseNumber, m.Key, m.Template, m.Role, m.Person, m.Name, m.Address, m.Subject, m.Text, m.HTML,
			m.InReplyTo, uuids(m.Attachments), m.Letter, optionalUUID(m.Task), m.Link, m.Code, clip(at), c.Now)
		if err != nil {
			return nil, fmt.Errorf("queue %s: %w", m.MessageID, err)
		}
		if ids = append(ids, row.ID); row.New {
			note := as.aboutMail(Mail{QueuedMail: m})
			note.What = casework.TrailMailQueued
			c.Note(note)
		}
	}
	return ids, nil
}

// MailedSince counts the mails of a template to an address that this case queued since a real instant.
func (c *Tx) MailedSince(ctx context.Context, template, address string, since time.Time) (n int, err error) {
	err = c.tx.GetContext(ctx, &n, `SELECT count(*) FROM mails WHERE case_number = $1 AND template = $2 AND lower(to_address) = lower($3) AND queued_at >= $4`,
		c.Request.CaseNumber, template, address, since)
	return n, err
}

// Mail is one message, for those who deliver it.
func (s *Store) Mail(ctx context.Context, messageID string) (m Mail, err error) {
	err = s.db.GetContext(ctx, &m, `SELECT `+mailColumns+` FROM mails m WHERE m.message_id = $1`, messageID)
	return m, found(err)
}

// MailToSend marks a mail as being handed to the mail server and returns it with its files. Only one whose State is
// then sending may be sent; one that is settled is returned as it is.
func (s *Store) MailToSend(ctx context.Context, messageID string) (m Mail, files []Document, err error) {
	err = s.inTx(ctx, func(tx *sqlx.Tx) error {
		err := tx.GetContext(ctx, &m, `
			UPDATE mails m
			SET    state = CASE WHEN state = 'queued' THEN 'sending' ELSE state END,
			       sending_at = CASE WHEN state = 'queued' THEN clock_timestamp() ELSE sending_at END
			WHERE  message_id = $1 RETURNING `+mailColumns, messageID)
		if err != nil || m.State != MailSending {
			return found(err)
		}
		return tx.SelectContext(ctx, &files, `
			SELECT `+documentColumns+`, d.body FROM unnest($1::uuid[]) WITH ORDINALITY AS n(id, place) JOIN documents d USING (id) ORDER BY n.place`,
			uuids(m.Attachments))
	})
	return m, files, err
}

// MailNotTaken lets a mail wait again that the mail server surely does not have: until it is tried once more, what takes it
// back takes it back.
func (s *Store) MailNotTaken(ctx context.Context, messageID string) error {
	_, err := s.db.ExecContext(ctx, `UPDATE mails SET state = 'queued', sending_at = NULL WHERE message_id = $1 AND state = 'sending'`, messageID)
	return err
}

// MailSent settles a mail that the mail server took. It says so once, however often it is told.
func (s *Store) MailSent(ctx context.Context, messageID, answer string) error {
	_, err := s.settleMail(ctx, messageID, MailSent, answer, nil)
	return err
}

// MailRefused settles a mail that cannot be delivered. Then, in the same transaction, also may queue what tells of it;
// it runs again with each repetition.
func (s *Store) MailRefused(ctx context.Context, messageID, answer string, also func(*Tx, Mail) error) (Mail, error) {
	return s.settleMail(ctx, messageID, MailRefused, answer, also)
}

func (s *Store) settleMail(ctx context.Context, messageID string, state MailState, answer string, also func(*Tx, Mail) error) (m Mail, err error) {
	if m, err = s.Mail(ctx, messageID); err != nil {
		return Mail{}, err
	}
	err = s.InCase(ctx, m.CaseNumber, func(c *Tx) error {
		if m, err = c.settle(ctx, messageID, state, answer); err != nil || also == nil || m.State != state {
			return err
		}
		return also(c, m)
	})
	return m, err
}

// settle moves a mail that is on its way to its last state; one that is settled stays as it is.
func (c *Tx) settle(ctx context.Context, messageID string, state MailState, answer string) (m Mail, err error) {
	err = found(c.tx.GetContext(ctx, &m, `
		UPDATE mails m SET state = $2, answer = $3, settled_at = $4, sending_at = COALESCE(sending_at, $4)
		WHERE  message_id = $1 AND state IN ('queued', 'sending') RETURNING `+mailColumns, messageID, state, answer, c.Now))
	if errors.Is(err, ErrNotFound) {
		err = found(c.tx.GetContext(ctx, &m, `SELECT `+mailColumns+` FROM mails m WHERE m.message_id = $1`, messageID))
		return m, err
	}
	if err != nil {
		return m, err
	}
	what := casework.TrailMailSent
	if state == MailRefused {
		what = casework.TrailMailRefused
	}
	c.Note(Entry{ActorRole: casework.MailRole, What: what}.aboutMail(m))
	return m, nil
}

// MailsUndelivered are some mails (of no case, where there is no number) that have waited for longer than that, for a check that each has its delivery: others
// each time, since while the mail server is away many wait rightly, and must not hide one that nobody delivers.
func (s *Store) MailsUndelivered(ctx context.Context, longer time.Duration, limit int) (deliveries []casework.Delivery, err error) {
	rows, err := s.db.QueryxContext(ctx, `
		SELECT case_number, message_id FROM (
			SELECT case_number, message_id, state, queued_at FROM mails UNION ALL SELECT '', message_id, state, queued_at FROM house_mails) m
		WHERE  state IN ('queued', 'sending') AND queued_at < clock_timestamp() - $1 * interval '1 second'
		ORDER  BY random() LIMIT $2`, longer.Seconds(), limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var d casework.Delivery
		if err := rows.Scan(&d.CaseNumber, &d.MessageID); err != nil {
			return nil, err
		}
		deliveries = append(deliveries, d)
	}
	return deliveries, rows.Err()
}
