package store

import (
	"context"
	"fmt"
	"time"

	"connex/casework"
)

// HouseMail is a mail to somebody of the staff that belongs to no case. Its key is there once: the same mail is queued
// once, however often it is asked for.
type HouseMail struct {
	MessageID string            `db:"message_id"`
	Key       string            `db:"key"`
	Template  string            `db:"template"`
	Person    casework.PersonID `db:"to_person"`
	Name      string            `db:"to_name"`
	Address   string            `db:"to_address"`
	Subject   string            `db:"subject"`
	Text      string            `db:"text"`
	Link      string            `db:"link_id"` // the ID of the account link that {link} stands for
	State     MailState         `db:"state"`
	Answer    string            `db:"answer"`
	QueuedAt  time.Time         `db:"queued_at"`
}

const houseMailColumns = `n.message_id, n.key, n.template, n.to_person, n.to_name, n.to_address, n.subject, n.text, COALESCE(n.link_id, '') AS link_id,
	n.state, n.answer, n.queued_at`

// Queue keeps mails for delivery and returns the Message-IDs under which they are kept.
func (h *House) Queue(ctx context.Context, mails ...HouseMail) (ids []string, err error) {
	for _, n := range mails {
		var id string
		err := h.tx.GetContext(ctx, &id, `
			WITH made AS (
				INSERT INTO house_mails (message_id, key, template, to_person, to_name, to_address, subject, text, link_id, queued_at)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULLIF($9, ''), $10)
				ON CONFLICT (key) DO NOTHING RETURNING message_id)
			SELECT message_id FROM made UNION ALL SELECT message_id FROM house_mails WHERE key = $2`,
			n.MessageID, n.Key, n.Template, n.Person, n.Name, n.Address, n.Subject, n.Text, n.Link, h.Now)
		if err != nil {
			return nil, fmt.Errorf("queue %s: %w", n.Key, err)
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// HouseMail is one of them, for those who deliver it.
func (s *Store) HouseMail(ctx context.Context, messageID string) (n HouseMail, err error) {
	err = s.db.GetContext(ctx, &n, `SELECT `+houseMailColumns+` FROM house_mails n WHERE n.message_id = $1`, messageID)
	return n, found(err)
}

// HouseMailToSend marks a mail as being handed to the mail server. Only one whose state is then sending may be sent.
func (s *Store) HouseMailToSend(ctx context.Context, messageID string) (n HouseMail, err error) {
	err = s.db.GetContext(ctx, &n, `
		UPDATE house_mails n
		SET    state = CASE WHEN state = 'queued' THEN 'sending' ELSE state END,
		       sending_at = CASE WHEN state = 'queued' THEN clock_timestamp() ELSE sending_at END
		WHERE  n.message_id = $1 RETURNING `+houseMailColumns, messageID)
	return n, found(err)
}

// SettleHouseMail says what became of a mail, once.
func (s *Store) SettleHouseMail(ctx context.Context, messageID string, state MailState, answer string) error {
	_, err := s.db.ExecContext(ctx, `
		UPDATE house_mails SET state = $2, answer = $3, settled_at = clock_timestamp(), sending_at = COALESCE(sending_at, clock_timestamp())
		WHERE  message_id = $1 AND state IN ('queued', 'sending')`, messageID, state, answer)
	return err
}

// LastInvitation is the newest mail that invited somebody: whether it went out is what an administrator wants to know.
func (s *Store) LastInvitation(ctx context.Context, id casework.PersonID) (n HouseMail, err error) {
	err = s.db.GetContext(ctx, &n, `
		SELECT `+houseMailColumns+` FROM house_mails n WHERE n.to_person = $1 AND n.template = 'invitation' ORDER BY n.queued_at DESC LIMIT 1`, id)
	return n, found(err)
}
