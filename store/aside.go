package store

import (
	"context"
	"strings"
	"time"
)

// Mail that is nobody's case, such as spam, is set aside, so that what waits is what somebody has to sort. It is kept, and
// can be put back.

// MailAside is a mail that was set aside, by whom and why.
type MailAside struct {
	InboundMail
	Reason string    `db:"reason"`
	By     string    `db:"by_name"`
	At     time.Time `db:"aside_at"`
}

const mailsAside = `
	SELECT ` + inboundColumns + `, l.reason, l.by_name, l.at AS aside_at
	FROM   inbound_mails i
	JOIN   LATERAL (SELECT reason, by_name, at FROM mails_set_aside WHERE mail = i.id ORDER BY seq DESC LIMIT 1) l ON true
	WHERE  i.aside`

// SetMailsAside sets those aside that wait to be sorted, or puts those back that were set aside (aside false), and returns
// how many it found so. A reason is asked for by the page, and by the database.
func (s *Store) SetMailsAside(ctx context.Context, by Person, ids []string, aside bool, reason string) (n int64, err error) {
	uuids := List[string]{}
	for _, id := range ids {
		uuids = append(uuids, uuidOr(id))
	}
	err = s.db.GetContext(ctx, &n, `
		WITH moved AS (
			UPDATE inbound_mails SET aside = $2
			WHERE  id = ANY ($1::uuid[]) AND aside <> $2 AND case_number = '' AND filed_as <> 'case' RETURNING id),
		noted AS (INSERT INTO mails_set_aside (mail, aside, reason, by, by_name) SELECT id, $2, $3, $4, $5 FROM moved RETURNING mail),
		told AS (SELECT pg_notify('connex', ':') FROM noted LIMIT 1)
		SELECT count(*) FROM noted LEFT JOIN told ON true`,
		uuids, aside, clean(strings.TrimSpace(reason)), by.ID, by.Name)
	return n, err
}

// MailsAside are those that were set aside, newest first.
func (s *Store) MailsAside(ctx context.Context, asked int, after string) (Page[MailAside], error) {
	before, id := "infinity", "ffffffff-ffff-ffff-ffff-ffffffffffff"
	if moment, which, ours := momentAndID(after); ours {
		before, id = moment, which
	}
	n := limit(asked)
	var mails []MailAside
	err := s.db.SelectContext(ctx, &mails, mailsAside+` AND (i.received_at, i.id) < ($1::timestamptz, $2::uuid)
		ORDER BY i.received_at DESC, i.id DESC LIMIT $3`, before, id, n+1)
	return pageOf(mails, n, func(m MailAside) string { return cursor(m.ReceivedAt.UTC().Format(time.RFC3339Nano), m.ID) }), err
}

// MailAside says of one by whom and why it was set aside.
func (s *Store) MailAside(ctx context.Context, id string) (m MailAside, err error) {
	err = s.db.GetContext(ctx, &m, mailsAside+` AND i.id = $1`, uuidOr(id))
	return m, found(err)
}
