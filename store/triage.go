package store

import (
	"context"
	"errors"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// Mail that belongs to no case waits for a case officer: it becomes a request, or is filed to one. Between the two steps
// of becoming one it is tied: it has its case number, but the case is not there before its workflow's first Record.

// ErrMailTaken: the mail belongs to a case already, or was set aside.
var ErrMailTaken = errors.New("this mail waits for nobody any more")

const toTriage = `i.case_number = '' AND i.filed_as <> 'case' AND NOT i.aside`

// MailsToTriage are those that belong to no case, oldest first, for case officers; what could not be read is among them.
func (s *Store) MailsToTriage(ctx context.Context) (list []InboundMail, err error) {
	err = s.db.SelectContext(ctx, &list, `SELECT `+inboundColumns+` FROM inbound_mails i WHERE `+toTriage+` ORDER BY i.received_at, i.id`)
	return list, err
}

// CountMailsToTriage is how many they are.
func (s *Store) CountMailsToTriage(ctx context.Context) (n int, err error) {
	err = s.db.GetContext(ctx, &n, `SELECT count(*) FROM inbound_mails i WHERE `+toTriage)
	return n, err
}

// tieMail makes a mail that of the case that is being started; one mail starts one.
func tieMail(ctx context.Context, tx *sqlx.Tx, id string, n casework.CaseNumber) error {
	tied, err := tx.ExecContext(ctx, `UPDATE inbound_mails i SET case_number = $2 WHERE i.id = $1 AND `+toTriage, uuidOr(id), n)
	if err != nil {
		return err
	}
	if rows, err := tied.RowsAffected(); err != nil || rows == 0 {
		return errors.Join(err, ErrMailTaken)
	}
	return nil
}

// MailBecame files a mail that was triaged to the case that it became or belongs to, with its attachments, once. It is
// ErrMailTaken where it is filed already or set aside, and ErrNotFound where the case is not there (yet).
func (s *Store) MailBecame(ctx context.Context, by Person, role casework.Role, id string, n casework.CaseNumber, attachments []NewDocument) error {
	return s.InCase(ctx, n, func(c *Tx) error {
		var m InboundMail
		err := c.tx.GetContext(ctx, &m, `
			UPDATE inbound_mails i SET case_number = $2, filed_as = 'case'
			WHERE  i.id = $1 AND i.case_number IN ('', $2) AND i.filed_as <> 'case' AND NOT i.aside RETURNING `+inboundColumns, uuidOr(id), n)
		if errors.Is(found(err), ErrNotFound) {
			return ErrMailTaken
		}
		if err != nil {
			return err
		}
		return c.fileInto(ctx, &m, attachments, by, role)
	})
}

// MailFiledBy names who filed a mail to its case; nothing where that was nobody of the staff, or is still to be done.
func (s *Store) MailFiledBy(ctx context.Context, m InboundMail) (name string, err error) {
	err = s.db.GetContext(ctx, &name, `
		SELECT COALESCE(max(actor_name), '') FROM trail WHERE case_number = $1 AND what = $2 AND about = $3 AND actor_role <> $4`,
		m.CaseNumber, casework.TrailMailFiled, m.ID, casework.MailRole)
	return name, err
}

// MailsTied are those whose case has come to be since, with their raw text: they can be filed now.
func (s *Store) MailsTied(ctx context.Context, most int) (list []InboundMail, err error) {
	err = s.db.SelectContext(ctx, &list, `
		SELECT `+inboundColumns+`, i.raw FROM inbound_mails i JOIN requests r USING (case_number)
		WHERE  i.filed_as <> 'case' ORDER BY i.received_at LIMIT $1`, most)
	return list, err
}
