package store

import (
	"context"
	"strings"
	"time"

	"connex/casework"
)

// Account is somebody of the staff. Password is only ever written.
type Account struct {
	ID         casework.PersonID   `db:"id"`
	Email      string              `db:"email"`
	Name       string              `db:"name"`
	Phone      string              `db:"phone"` // named in mails and letters
	Roles      List[casework.Role] `db:"roles"`
	Active     bool                `db:"active"`
	Invited    bool                `db:"invited"` // has not chosen a password yet
	CreatedAt  time.Time           `db:"created_at"`
	SignedInAt *time.Time          `db:"signed_in_at"`
	LeftAt     *time.Time          `db:"left_at"`
	Round      int                 `db:"session_round"`
	Password   string              `db:"-"`
	Preferences
}

// AccountState says whether somebody can sign in.
type AccountState string

// The states of an account.
const (
	AccountActive    AccountState = "active"
	AccountInvited   AccountState = "invited"
	AccountTakenBack AccountState = "taken-back" // the invitation was, before a password was chosen
	AccountLeft      AccountState = "left"
)

// State is how an account stands.
func (a Account) State() AccountState {
	switch {
	case !a.Active && a.Invited:
		return AccountTakenBack
	case !a.Active:
		return AccountLeft
	case a.Invited:
		return AccountInvited
	}
	return AccountActive
}

const accountColumns = `id, email, name, phone, roles, active, password_hash = '' AS invited, created_at, signed_in_at, left_at, session_round, language, writing, time_zone, look, mails`

// accountColumnsOf are those columns where another table has some of the same names.
func accountColumnsOf(table string) string {
	return table + "." + strings.ReplaceAll(accountColumns, ", ", ", "+table+".")
}

func lower(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// Person is the account as somebody who reads or acts.
func (a Account) Person() Person {
	return Person{ID: a.ID, Name: a.Name, Email: a.Email, Roles: a.Roles, Round: a.Round, Prefers: a.Preferences}
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

// Fits tells whether this is the password of an active account.
func (s *Store) Fits(ctx context.Context, id casework.PersonID, password string) (bool, error) {
	var hash string
	err := found(s.db.GetContext(ctx, &hash, `SELECT password_hash FROM accounts WHERE id = $1 AND active`, id))
	if err != nil {
		return false, err
	}
	return fits(ctx, password, hash)
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
	return row.Person(), nil
}

// Account finds one by its ID, active or not.
func (s *Store) Account(ctx context.Context, id casework.PersonID) (a Account, err error) {
	err = s.db.GetContext(ctx, &a, `SELECT `+accountColumns+` FROM accounts WHERE id = $1`, id)
	return a, found(err)
}

// SignedIn notes when somebody last signed in.
func (s *Store) SignedIn(ctx context.Context, id casework.PersonID) error {
	_, err := s.db.ExecContext(ctx, `UPDATE accounts SET signed_in_at = clock_timestamp() WHERE id = $1`, id)
	return err
}

// Staff is the person of an account as it is now; ErrNotFound where it was closed meanwhile.
func (s *Store) Staff(ctx context.Context, id casework.PersonID) (Person, error) {
	var row staffRow
	err := s.db.GetContext(ctx, &row, `SELECT `+staffColumns+` FROM accounts a WHERE a.id = $1 AND a.active`, id)
	return row.person(), found(err)
}

// staffRow is an account a with those for whom its owner stands in now.
type staffRow struct {
	Account
	StandsFor List[casework.PersonID] `db:"stands_for"`
}

var staffColumns = accountColumnsOf("a") + `, ARRAY(SELECT stood_in_for(a.id, clock_timestamp())) AS stands_for`

func (row staffRow) person() Person {
	p := row.Person()
	p.StandsFor = row.StandsFor
	return p
}
