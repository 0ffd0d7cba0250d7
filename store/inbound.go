package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// InboundMail is a mail that came in, kept whole. It is filed and shown, and decides nothing.
type InboundMail struct {
	ID            string              `db:"id"`
	MessageID     string              `db:"message_id"` // can be missing or forged
	SHA256        string              `db:"sha256"`     // of the raw mail
	Raw           []byte              `db:"raw"`        // filled only where one asks for it
	From          string              `db:"from_address"`
	FromName      string              `db:"from_name"`
	Subject       string              `db:"subject"`
	Text          string              `db:"text"`
	Kind          string              `db:"kind"`
	FiledAs       string              `db:"filed_as"` // case, first-interest (to triage), raw
	CaseNumber    casework.CaseNumber `db:"case_number"`
	UnknownSender bool                `db:"unknown_sender"` // nobody whom the case writes to
	Attachments   List[string]        `db:"attachments"`    // document IDs
	ReceivedAt    time.Time           `db:"received_at"`    // real time
	Aside         bool                `db:"aside"`          // it was set aside
}

const inboundColumns = `i.id, i.message_id, i.sha256, i.from_address, i.from_name, i.subject, i.text, i.kind, i.filed_as, i.case_number,
	i.unknown_sender, i.attachments, i.received_at, i.aside`

// FileMail keeps a received mail, once: the same mail again is found and not kept twice (false). One that belongs to a
// case is noted in its trail, and its attachments become documents of the case. Whether its sender is known, FileMail
// finds out itself.
func (s *Store) FileMail(ctx context.Context, m InboundMail, attachments []NewDocument) (filed InboundMail, isNew bool, err error) {
	sum := sha256.Sum256(m.Raw)
	m.SHA256 = hex.EncodeToString(sum[:])
	for _, text := range []*string{&m.MessageID, &m.From, &m.FromName, &m.Subject, &m.Text} {
		*text = clean(*text)
	}
	err = s.inTx(ctx, func(tx *sqlx.Tx) error {
		if err := keepMail(ctx, tx, &m); err != nil {
			return err
		}
		if m.CaseNumber == "" { // the list of those that wait is another one
			_, err := tx.ExecContext(ctx, `SELECT pg_notify('connex', ':')`)
			return err
		}
		c, err := s.lock(ctx, tx, m.CaseNumber)
		if err != nil {
			return err
		}
		if err := c.fileInto(ctx, &m, attachments, Person{Name: m.From}, casework.MailRole); err != nil {
			return err
		}
		return c.writeTrail(ctx)
	})
	if errors.Is(err, errFiledBefore) {
		err = s.db.GetContext(ctx, &filed, `SELECT `+inboundColumns+` FROM inbound_mails i WHERE i.message_id = $1 AND i.sha256 = $2`, m.MessageID, m.SHA256)
		return filed, false, err
	}
	m.Raw = nil
	return m, err == nil, err
}

var errFiledBefore = errors.New("filed before")

func keepMail(ctx context.Context, tx *sqlx.Tx, m *InboundMail) error {
	err := tx.GetContext(ctx, m, `
		INSERT INTO inbound_mails AS i (message_id, sha256, raw, from_address, from_name, subject, text, kind, filed_as, case_number, unknown_sender)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, true) ON CONFLICT (message_id, sha256) DO NOTHING
		RETURNING `+inboundColumns, m.MessageID, m.SHA256, m.Raw, lower(m.From), m.FromName, m.Subject, m.Text, m.Kind, m.FiledAs, m.CaseNumber)
	if errors.Is(found(err), ErrNotFound) {
		return errFiledBefore
	}
	return err
}

// fileInto notes the mail in its case, as filed by whoever did, and keeps what was attached, which is its sender's.
func (c *Tx) fileInto(ctx context.Context, m *InboundMail, attachments []NewDocument, by Person, role casework.Role) error {
	ids := List[string]{}
	for i, n := range attachments {
		n.Kind, n.By, n.Role = MailFile, Person{Name: m.From}, casework.MailRole
		n.Key = fmt.Sprintf("inbound/%s/%d", m.ID, i)
		d, err := c.AddDocument(ctx, n)
		if err != nil {
			return err
		}
		ids = append(ids, d.ID)
	}
	err := c.tx.GetContext(ctx, m, `
		UPDATE inbound_mails i SET attachments = $2, unknown_sender = NOT EXISTS (
			SELECT FROM mails WHERE case_number = i.case_number AND to_address = i.from_address
			UNION ALL SELECT FROM requests WHERE case_number = i.case_number AND lower(contact_email) = i.from_address)
		WHERE  id = $1 RETURNING `+inboundColumns, m.ID, ids)
	if err != nil {
		return err
	}
	c.Note(Entry{What: casework.TrailMailFiled, Reason: m.Subject, About: m.ID}.by(by, role))
	return nil
}

// CaseOfMails is the case to which one of these Message-IDs belongs: of a mail that we sent or one that we filed.
func (s *Store) CaseOfMails(ctx context.Context, messageIDs []string) (n casework.CaseNumber, err error) {
	err = s.db.GetContext(ctx, &n, `
		SELECT case_number FROM (
			SELECT case_number, message_id FROM mails WHERE message_id = ANY ($1)
			UNION ALL SELECT case_number, message_id FROM inbound_mails WHERE message_id = ANY ($1) AND case_number <> '') m
		ORDER BY array_position($1::text[], message_id) LIMIT 1`, List[string](messageIDs))
	return n, found(err)
}

// HasCase tells whether there is such a case: for filing mail, never for a page.
func (s *Store) HasCase(ctx context.Context, n casework.CaseNumber) (there bool, err error) {
	err = s.db.GetContext(ctx, &there, `SELECT EXISTS (SELECT FROM requests WHERE case_number = $1)`, n)
	return there, err
}

// InboundMail is a received mail with its raw text: of a case that the reader may see, or of none for those who triage.
func (s *Store) InboundMail(ctx context.Context, p Person, id string) (m InboundMail, err error) {
	err = s.db.GetContext(ctx, &m, `
		SELECT `+inboundColumns+`, i.raw FROM inbound_mails i
		WHERE  i.id = $2 AND (i.case_number = '' AND $3 OR i.case_number IN (SELECT case_number FROM visible_to($1)))`,
		p.reader(), uuidOr(id), p.Link == nil && p.Has(casework.CaseOfficer, casework.Head))
	return m, found(err)
}
