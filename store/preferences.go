package store

import (
	"context"

	"connex/casework"
)

// Preferences are how somebody of the staff reads and is written to.
type Preferences struct {
	Language string `db:"language"`
	Writing  string `db:"writing"` // of dates and numbers
	Zone     string `db:"time_zone"`
	Look     string `db:"look"` // light, dark; empty: as the device has it
	Mails    string `db:"mails"`
}

// How mails come to somebody: each at once, or what waits once a day.
const (
	MailsAtOnce = "at-once"
	MailsDaily  = "daily"
)

// Prefer changes one's own preferences and telephone.
func (h *House) Prefer(ctx context.Context, id casework.PersonID, p Preferences, phone string) error {
	was, err := h.Account(ctx, id)
	if err != nil {
		return err
	}
	_, err = h.tx.ExecContext(ctx, `
		UPDATE accounts SET language = $2, writing = $3, time_zone = $4, look = $5, mails = $6, phone = $7 WHERE id = $1`,
		id, p.Language, p.Writing, p.Zone, p.Look, p.Mails, clean(phone))
	if err != nil || was.Phone == phone {
		return err
	}
	return h.Note(ctx, Deed{What: DeedPhone, About: id, AboutName: was.Name, Was: was.Phone, Becomes: phone})
}
