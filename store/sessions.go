package store

import (
	"context"
	"errors"
	"time"

	"connex/casework"
)

// Session is what a cookie stands for, with whoever it belongs to in the same statement: each page begins with it. Person
// is nobody where the account was closed, or where the session is from before sessions said whose they are.
func (s *Store) Session(ctx context.Context, token string) (data []byte, p Person, err error) {
	var row struct {
		Data []byte `db:"data"`
		staffRow
	}
	const good = `n.token = $1 AND n.expiry > current_timestamp`
	err = found(s.db.GetContext(ctx, &row, `SELECT n.data, `+staffColumns+` FROM sessions n JOIN accounts a ON a.id = n.account AND a.active WHERE `+good, token))
	if errors.Is(err, ErrNotFound) {
		err = found(s.db.GetContext(ctx, &row.Data, `SELECT n.data FROM sessions n WHERE `+good, token))
		return row.Data, Person{}, err
	}
	return row.Data, row.person(), err
}

// KeepSession writes one down, and whose it is.
func (s *Store) KeepSession(ctx context.Context, token string, data []byte, whose casework.PersonID, until time.Time) error {
	_, err := s.db.ExecContext(ctx, `
		INSERT INTO sessions (token, data, account, expiry) VALUES ($1, $2, $3, $4)
		ON CONFLICT (token) DO UPDATE SET data = EXCLUDED.data, account = EXCLUDED.account, expiry = EXCLUDED.expiry`, token, data, whose, until)
	return err
}
