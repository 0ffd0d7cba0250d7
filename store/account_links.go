package store

import (
	"context"
	"time"

	"connex/casework"
)

// AccountLink lets somebody of the staff choose a password, once. Its token is not kept, only the token's SHA-256.
type AccountLink struct {
	ID        string
	Account   casework.PersonID
	Purpose   string
	TokenHash []byte
	ExpiresAt time.Time
}

// For what such a link was mailed.
const (
	ForInvitation = "invitation"
	ForPassword   = "password"
)

// AddLink keeps a link that is about to be mailed.
func (h *House) AddLink(ctx context.Context, l AccountLink) error {
	_, err := h.tx.ExecContext(ctx, `
		INSERT INTO account_links (id, account, purpose, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		l.ID, l.Account, l.Purpose, l.TokenHash, h.Now, clip(l.ExpiresAt))
	return err
}

// LinksSince counts the links that somebody was mailed since an instant: nobody needs many.
func (h *House) LinksSince(ctx context.Context, id casework.PersonID, since time.Time) (n int, err error) {
	err = h.tx.GetContext(ctx, &n, `SELECT count(*) FROM account_links WHERE account = $1 AND created_at >= $2`, id, since)
	return n, err
}

const goodAccountLink = `l.used_at IS NULL AND l.expires_at > clock_timestamp() AND a.active`

// LinkedAccount is whose password a link may set, as long as it is good.
func (s *Store) LinkedAccount(ctx context.Context, tokenHash []byte) (a Account, err error) {
	err = s.db.GetContext(ctx, &a, `
		SELECT `+accountColumnsOf("a")+` FROM account_links l JOIN accounts a ON a.id = l.account WHERE l.token_hash = $1 AND `+goodAccountLink, tokenHash)
	return a, found(err)
}

// UseLink uses a link up and says whose it is; ErrNotFound where it is good no more.
func (h *House) UseLink(ctx context.Context, tokenHash []byte) (id casework.PersonID, err error) {
	err = h.tx.GetContext(ctx, &id, `
		UPDATE account_links l SET used_at = $2 FROM accounts a
		WHERE  a.id = l.account AND l.token_hash = $1 AND `+goodAccountLink+` RETURNING l.account`, tokenHash, h.Now)
	return id, found(err)
}
