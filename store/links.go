package store

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"connex/casework"
)

const linkColumns = `l.id, l.case_number, l.role, l.person, l.name, l.email, l.token_hash, l.created_at, l.expires_at, l.revoked_at`

const goodLink = `l.revoked_at IS NULL AND (l.expires_at IS NULL OR l.expires_at > now())`

// LinkByHash is the holder of the link with this token's SHA-256, as long as it is good.
func (s *Store) LinkByHash(ctx context.Context, tokenHash []byte) (Person, error) {
	var l Link
	err := s.db.GetContext(ctx, &l, `SELECT `+linkColumns+` FROM links l WHERE l.token_hash = $1 AND `+goodLink, tokenHash)
	return l.holder(), found(err)
}

// AnyLinkByHash is the link with this token's SHA-256, good or not: for telling who comes by it how to go on.
func (s *Store) AnyLinkByHash(ctx context.Context, tokenHash []byte) (l Link, err error) {
	err = s.db.GetContext(ctx, &l, `SELECT `+linkColumns+` FROM links l WHERE l.token_hash = $1`, tokenHash)
	return l, found(err)
}

// LinksEnded tells whether the case ended so long ago that no link to it is good any more.
func (c *Tx) LinksEnded() bool {
	end := c.Request.EndedRealAt
	return end != nil && c.Now.After(end.AddDate(0, 0, linkDaysAfterEnd))
}

// LinkTo is the newest good link of somebody in this case, or a new one: its ID, of which secret makes the token.
func (c *Tx) LinkTo(ctx context.Context, secret []byte, to Recipient) (id string, err error) {
	err = c.tx.GetContext(ctx, &id, `
		SELECT l.id FROM links l
		WHERE  l.case_number = $1 AND l.role = $2 AND l.person = $3 AND l.email = $4 AND `+goodLink+`
		ORDER  BY l.created_at DESC LIMIT 1`, c.Request.CaseNumber, to.Role, to.ID, lower(to.Email))
	if !errors.Is(found(err), ErrNotFound) {
		return id, err
	}
	l := Link{ID: uuid.NewString(), Role: to.Role, Person: to.ID, Name: to.Name, Email: to.Email}
	l.TokenHash = casework.TokenHash(casework.LinkToken(secret, l.ID))
	return l.ID, c.AddLink(ctx, l)
}

// AddLink keeps a new link of this case: ID, Role, Person, Name, Email and TokenHash are the caller's.
func (c *Tx) AddLink(ctx context.Context, l Link) error {
	_, err := c.tx.ExecContext(ctx, `
		INSERT INTO links (id, case_number, role, person, name, email, token_hash, expires_at)
		SELECT $1, $2, $3, $4, $5, $6, $7, ended_real_at + $8 * interval '1 day' FROM requests WHERE case_number = $2
		ON CONFLICT (id) DO NOTHING`, l.ID, c.Request.CaseNumber, l.Role, l.Person, l.Name, lower(l.Email), l.TokenHash, linkDaysAfterEnd)
	return err
}

// Code is a confirmation code by mail. Only a hash of 32 bytes is kept: a keyed one, since six digits are soon tried.
type Code struct {
	ID      string
	Link    string
	Task    casework.TaskID
	Hash    []byte
	Expires time.Time
	Asking  string // a UUID: what asked for it; empty: nothing that could ask again
}

// codeTries is how many wrong codes a task takes before the codes that were sent are good no more.
const codeTries = 5

// goodCode is the condition on one that may still be used, of which $1 is how many wrong ones a task takes.
const goodCode = `used_at IS NULL AND expires_at > clock_timestamp() AND tries < $1`

// AddCode keeps a code that is about to be mailed. False where the same asking has one that is still good: then nothing
// is kept.
func (c *Tx) AddCode(ctx context.Context, n Code) (added bool, err error) {
	_, err = c.tx.ExecContext(ctx, `UPDATE codes SET asking = NULL WHERE link_id = $2 AND task_id = $3 AND asking = $4 AND NOT (`+goodCode+`)`,
		codeTries, n.Link, uuidOr(n.Task), optionalUUID(n.Asking))
	if err != nil {
		return false, err
	}
	done, err := c.tx.ExecContext(ctx, `
		INSERT INTO codes (id, link_id, task_id, code_hash, expires_at, asking) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (link_id, task_id, asking) DO NOTHING`, n.ID, n.Link, uuidOr(n.Task), n.Hash, n.Expires, optionalUUID(n.Asking))
	if err != nil {
		return false, err
	}
	rows, err := done.RowsAffected()
	return rows > 0, err
}

// CodesSince counts the codes that were mailed to a link since a real instant: nobody needs many.
func (c *Tx) CodesSince(ctx context.Context, link string, since time.Time) (n int, err error) {
	err = c.tx.GetContext(ctx, &n, `SELECT count(*) FROM codes WHERE link_id = $1 AND created_at >= $2`, link, since)
	return n, err
}

// CodeWaits tells whether a code that was mailed for a task is still good.
func (s *Store) CodeWaits(ctx context.Context, link string, task casework.TaskID) (waits bool, err error) {
	err = s.db.GetContext(ctx, &waits, `
		SELECT EXISTS (SELECT FROM codes WHERE link_id = $2 AND task_id = $3 AND `+goodCode+`)`, codeTries, link, uuidOr(task))
	return waits, err
}

// useCode uses up a code that is good for this link and task, in the transaction that writes what it confirms.
func useCode(ctx context.Context, tx *sqlx.Tx, link string, task casework.TaskID, hash []byte) error {
	var id string
	err := found(tx.GetContext(ctx, &id, `
		UPDATE codes SET used_at = clock_timestamp()
		WHERE  link_id = $2 AND task_id = $3 AND code_hash = $4 AND `+goodCode+`
		RETURNING id`, codeTries, link, uuidOr(task), hash))
	if err == ErrNotFound {
		return ErrWrongCode
	}
	return err
}

// countTry notes a wrong code against all that are out: six digits are few.
func (s *Store) countTry(ctx context.Context, link string, task casework.TaskID) error {
	_, err := s.db.ExecContext(ctx, `UPDATE codes SET tries = tries + 1 WHERE link_id = $1 AND task_id = $2 AND used_at IS NULL`, link, uuidOr(task))
	return err
}
