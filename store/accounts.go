package store

import (
	"context"
	"strings"
	"time"

	"connex/casework"
)

// Account is somebody of the staff. Password is only ever written.
type Account struct {
	ID        casework.PersonID   `db:"id"`
	Email     string              `db:"email"`
	Name      string              `db:"name"`
	Phone     string              `db:"phone"` // named in mails and letters
	Roles     List[casework.Role] `db:"roles"`
	Active    bool                `db:"active"`
	CreatedAt time.Time           `db:"created_at"`
	Password  string              `db:"-"`
}

const accountColumns = `id, email, name, phone, roles, active, created_at`

func lower(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

func (a Account) person() Person {
	return Person{ID: a.ID, Name: a.Name, Email: a.Email, Roles: a.Roles}
}

// CreateAccount adds an account, or finds the one that has this address already and leaves it as it is.
func (s *Store) CreateAccount(ctx context.Context, a Account) (made Account, err error) {
	if made, err = s.AccountByEmail(ctx, a.Email); err == nil {
		return made, nil
	}
	hash, err := hashPassword(a.Password)
	if err != nil {
		return Account{}, err
	}
	_, err = s.db.ExecContext(ctx, `
		INSERT INTO accounts (email, name, phone, password_hash, roles) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (email) DO NOTHING`, lower(a.Email), a.Name, a.Phone, hash, a.Roles)
	if err != nil {
		return Account{}, err
	}
	return s.AccountByEmail(ctx, a.Email)
}

// ChangeAccount sets name, phone, roles and whether the account is active; the password too, where one is given.
func (s *Store) ChangeAccount(ctx context.Context, a Account) error {
	hash := ""
	if a.Password != "" {
		var err error
		if hash, err = hashPassword(a.Password); err != nil {
			return err
		}
	}
	var id string
	return found(s.db.GetContext(ctx, &id, `
		UPDATE accounts SET name = $2, phone = $3, roles = $4, active = $5, password_hash = COALESCE(NULLIF($6, ''), password_hash)
		WHERE  id = $1 RETURNING id`, a.ID, a.Name, a.Phone, a.Roles, a.Active, hash))
}

// Accounts lists all, by name.
func (s *Store) Accounts(ctx context.Context) (accounts []Account, err error) {
	err = s.db.SelectContext(ctx, &accounts, `SELECT `+accountColumns+` FROM accounts ORDER BY name, id`)
	return accounts, err
}

// AccountByEmail finds an account, active or not.
func (s *Store) AccountByEmail(ctx context.Context, email string) (a Account, err error) {
	err = s.db.GetContext(ctx, &a, `SELECT `+accountColumns+` FROM accounts WHERE email = $1`, lower(email))
	return a, found(err)
}

// SignIn finds the active account with this address and password; ErrNotFound for any other, and as late for each.
func (s *Store) SignIn(ctx context.Context, email, password string) (Person, error) {
	var row struct {
		Account
		Hash string `db:"password_hash"`
	}
	err := found(s.db.GetContext(ctx, &row, `SELECT `+accountColumns+`, password_hash FROM accounts WHERE email = $1`, lower(email)))
	if err != nil && err != ErrNotFound {
		return Person{}, err
	}
	match, err := fits(ctx, password, row.Hash)
	switch {
	case err != nil:
		return Person{}, err
	case !match || !row.Active:
		return Person{}, ErrNotFound
	}
	return row.person(), nil
}

// Staff is the person of an account as it is now; ErrNotFound where it was closed meanwhile.
func (s *Store) Staff(ctx context.Context, id casework.PersonID) (Person, error) {
	var a Account
	err := s.db.GetContext(ctx, &a, `SELECT `+accountColumns+` FROM accounts WHERE id = $1 AND active`, id)
	return a.person(), found(err)
}
