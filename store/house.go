package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// House is a transaction in which the staff's accounts change. One works at a time, so what it reads of all accounts
// holds until it ends; what it notes in the administration's trail is written with the change or not at all.
type House struct {
	tx *sqlx.Tx
	by Person

	// Now is the real instant of the transaction.
	Now time.Time
}

// InHouse changes accounts on somebody's behalf; a person without an ID is the command line.
func (s *Store) InHouse(ctx context.Context, by Person, do func(*House) error) error {
	return s.inTx(ctx, func(tx *sqlx.Tx) error {
		h := &House{tx: tx, by: by}
		err := tx.GetContext(ctx, &h.Now, `SELECT clock_timestamp() FROM pg_advisory_xact_lock(hashtext('accounts'))`)
		if err != nil {
			return err
		}
		h.Now = h.Now.UTC()
		return do(h)
	})
}

// Account is one as it stands in this transaction.
func (h *House) Account(ctx context.Context, id casework.PersonID) (a Account, err error) {
	err = h.tx.GetContext(ctx, &a, `SELECT `+accountColumns+` FROM accounts WHERE id = $1`, id)
	return a, found(err)
}

// Accounts are all of them.
func (h *House) Accounts(ctx context.Context) (accounts []Account, err error) {
	err = h.tx.SelectContext(ctx, &accounts, `SELECT `+accountColumns+` FROM accounts ORDER BY name, id`)
	return accounts, err
}

// Invite adds an account without a password; ErrAddressTaken where there is one with this address.
func (h *House) Invite(ctx context.Context, a Account) (Account, error) {
	err := found(h.tx.GetContext(ctx, &a, `
		INSERT INTO accounts (email, name, phone, password_hash, roles) VALUES ($1, $2, $3, '', $4)
		ON CONFLICT (email) DO NOTHING RETURNING `+accountColumns, lower(a.Email), clean(a.Name), clean(a.Phone), a.Roles))
	if err == ErrNotFound {
		err = ErrAddressTaken
	}
	if err != nil {
		return Account{}, err
	}
	return a, h.Note(ctx, Deed{What: DeedInvited, About: a.ID, AboutName: a.Name, Becomes: roleList(a.Roles)})
}

// Change sets name, telephone and roles, and notes each that is new.
func (h *House) Change(ctx context.Context, a Account, reason string) error {
	was, err := h.Account(ctx, a.ID)
	if err != nil {
		return err
	}
	_, err = h.tx.ExecContext(ctx, `UPDATE accounts SET name = $2, phone = $3, roles = $4 WHERE id = $1`, a.ID, clean(a.Name), clean(a.Phone), a.Roles)
	if err != nil {
		return err
	}
	for _, d := range []Deed{
		{What: DeedName, Was: was.Name, Becomes: a.Name}, {What: DeedPhone, Was: was.Phone, Becomes: a.Phone},
		{What: DeedRoles, Was: roleList(was.Roles), Becomes: roleList(a.Roles)},
	} {
		if d.Was == d.Becomes {
			continue
		}
		d.About, d.AboutName, d.Reason = a.ID, a.Name, reason
		if err := h.Note(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

// Readdress sets the address of somebody who is invited, whose links lead nowhere any more; ErrAddressTaken where it is
// another's.
func (h *House) Readdress(ctx context.Context, a Account, reason string) error {
	was, err := h.Account(ctx, a.ID)
	if err != nil {
		return err
	}
	if err := h.voidLinks(ctx, a.ID); err != nil || was.Email == lower(a.Email) {
		return err
	}
	err = found(h.tx.GetContext(ctx, &a.Email, `
		UPDATE accounts SET email = $2 WHERE id = $1 AND NOT EXISTS (SELECT FROM accounts WHERE email = $2) RETURNING email`, a.ID, lower(a.Email)))
	if err == ErrNotFound {
		err = ErrAddressTaken
	}
	if err != nil {
		return err
	}
	return h.Note(ctx, Deed{What: DeedAddress, About: a.ID, AboutName: was.Name, Was: was.Email, Becomes: a.Email, Reason: reason})
}

// voidLinks makes every link useless that somebody was mailed, and keeps back the mails with one that have not gone out yet.
func (h *House) voidLinks(ctx context.Context, id casework.PersonID) error {
	_, err := h.tx.ExecContext(ctx, `
		WITH useless AS (UPDATE account_links SET used_at = $2 WHERE account = $1 AND used_at IS NULL)
		UPDATE house_mails SET state = 'cancelled', settled_at = $2 WHERE to_person = $1 AND link_id IS NOT NULL AND state = 'queued'`, id, h.Now)
	return err
}

// Close ends an account with its sessions and absences at once; its links lead nowhere any more. Of somebody who has not chosen
// a password, it takes the invitation back.
func (h *House) Close(ctx context.Context, id casework.PersonID, reason string) error {
	if err := h.voidLinks(ctx, id); err != nil {
		return err
	}
	var a Account
	err := found(h.tx.GetContext(ctx, &a, `
		WITH back AS (UPDATE absences SET ended_at = $2 WHERE account = $1 AND ended_at IS NULL AND until_day >= ($2 AT TIME ZONE 'Europe/Berlin')::date)
		UPDATE accounts SET active = false, left_at = $2, session_round = session_round + 1 WHERE id = $1 AND active RETURNING `+accountColumns, id, h.Now))
	if err != nil {
		return err
	}
	what := DeedLeft
	if a.State() == AccountTakenBack {
		what = DeedTakenBack
	}
	return h.Note(ctx, Deed{What: what, About: id, AboutName: a.Name, Reason: reason})
}

// Return opens a closed account again, without a password.
func (h *House) Return(ctx context.Context, a Account) error {
	var name string
	err := found(h.tx.GetContext(ctx, &name, `
		UPDATE accounts SET active = true, left_at = NULL, password_hash = '' WHERE id = $1 AND NOT active RETURNING name`, a.ID))
	if err != nil {
		return err
	}
	what := DeedReturned
	if a.State() == AccountTakenBack {
		what = DeedReinvited
	}
	return h.Note(ctx, Deed{What: what, About: a.ID, AboutName: name})
}

// SetPassword sets one that was hashed, and ends the sessions that there are.
func (h *House) SetPassword(ctx context.Context, id casework.PersonID, hash PasswordHash) (a Account, err error) {
	err = found(h.tx.GetContext(ctx, &a, `
		WITH useless AS (UPDATE account_links SET used_at = $3 WHERE account = $1 AND used_at IS NULL)
		UPDATE accounts SET password_hash = $2, session_round = session_round + 1 WHERE id = $1 AND active RETURNING `+accountColumns,
		id, string(hash), h.Now))
	return a, err
}

func roleList(roles []casework.Role) string {
	sorted := slices.Clone(roles)
	slices.Sort(sorted)
	texts := make([]string, len(sorted))
	for i, r := range sorted {
		texts[i] = string(r)
	}
	return strings.Join(texts, " ")
}

// Deed is a line of the administration's trail.
type Deed struct {
	Seq       int64             `db:"seq"`
	At        time.Time         `db:"at"`
	Actor     casework.PersonID `db:"actor"` // empty: the command line
	ActorName string            `db:"actor_name"`
	What      string            `db:"what"`
	About     casework.PersonID `db:"about"`
	AboutName string            `db:"about_name"`
	Was       string            `db:"was"`
	Becomes   string            `db:"becomes"`
	Reason    string            `db:"reason"`
}

// What administrators do, as their trail calls it.
const (
	DeedInvited    = "invited"
	DeedReinvited  = "invited-again"
	DeedTakenBack  = "taken-back" // the invitation
	DeedName       = "name"
	DeedAddress    = "address"
	DeedPhone      = "phone"
	DeedRoles      = "roles"
	DeedPassword   = "password" // chosen by the person themselves
	DeedHandedOver = "handed-over"
	DeedLeft       = "left"
	DeedReturned   = "returned"
	DeedAbsence    = "absence"
)

// Deeds lists them all, for those who have words for each.
var Deeds = []string{DeedInvited, DeedReinvited, DeedTakenBack, DeedName, DeedAddress, DeedPhone, DeedRoles, DeedPassword, DeedHandedOver, DeedLeft, DeedReturned, DeedAbsence}

// Note adds a line to the administration's trail, by whoever this transaction works for.
func (h *House) Note(ctx context.Context, d Deed) error {
	_, err := h.tx.ExecContext(ctx, `
		INSERT INTO admin_trail (at, actor, actor_name, what, about, about_name, was, becomes, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		h.Now, h.by.ID, h.by.Name, d.What, d.About, d.AboutName, clean(d.Was), clean(d.Becomes), clean(d.Reason))
	if err != nil {
		return fmt.Errorf("note %s: %w", d.What, err)
	}
	return nil
}
