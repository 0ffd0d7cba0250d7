package people

import (
	"context"
	"errors"
	"time"

	"connex/casework"
	"connex/store"
)

// Forgotten mails a link to whoever has this address. Nobody learns from it whether there is such an account: neither
// from what it says nor from how long it takes.
func (p People) Forgotten(ctx context.Context, email string) error {
	enough := time.After(forgottenTakes)
	err := p.mailForgotten(ctx, email)
	select {
	case <-enough:
	case <-ctx.Done():
	}
	return err
}

// forgottenTakes is longer than the work does, so that the work cannot be seen.
const forgottenTakes = 300 * time.Millisecond

func (p People) mailForgotten(ctx context.Context, email string) error {
	a, err := p.Store.AccountByEmail(ctx, email)
	if errors.Is(err, store.ErrNotFound) || err == nil && !a.Active {
		return nil
	}
	if err != nil {
		return err
	}
	var sent []string
	err = p.Store.InHouse(ctx, a.Person(), func(h *store.House) error {
		now, err := h.Account(ctx, a.ID)
		if err != nil || !now.Active || now.Email != a.Email {
			return err // taken back or corrected meanwhile: nothing goes to the former address
		}
		before, err := h.LinksSince(ctx, a.ID, h.Now.Add(-forgottenGoodFor))
		if err != nil || before >= mostForgotten {
			return err
		}
		l := p.newLink(h, a, store.ForPassword, forgottenGoodFor)
		if err := h.AddLink(ctx, l); err != nil {
			return err
		}
		sent, err = h.Queue(ctx, p.writer().Forgotten(a, l))
		return err
	})
	go p.deliver(ctx, err, sent) // Temporal may be away, and the answer must not tell
	return err
}

// Linked is whose password the link with this token may set; store.ErrNotFound where it is good no more.
func (p People) Linked(ctx context.Context, token string) (store.Account, error) {
	return p.Store.LinkedAccount(ctx, casework.TokenHash(token))
}

// Choose sets the password of the link's account and uses the link up. Every session of the account ends.
func (p People) Choose(ctx context.Context, token, password, repeat string) error {
	a, err := p.Linked(ctx, token)
	if err != nil {
		return err
	}
	hash, err := hashed(ctx, a, password, repeat)
	if err != nil {
		return err
	}
	had := !a.Invited
	var sent []string
	err = p.Store.InHouse(ctx, a.Person(), func(h *store.House) error {
		id, err := h.UseLink(ctx, casework.TokenHash(token))
		if err != nil {
			return err
		}
		if err := setPassword(ctx, h, id, hash, &a); err != nil || !had {
			return err
		}
		sent, err = h.Queue(ctx, p.writer().PasswordChanged(a))
		return err
	})
	p.deliver(ctx, err, sent)
	return err
}

// ChangePassword sets one's own password. Every session ends; the account that is returned begins the next.
func (p People) ChangePassword(ctx context.Context, who store.Person, old, password, repeat string) (a store.Account, err error) {
	match, err := p.Store.Fits(ctx, who.ID, old)
	if err != nil {
		return a, err
	}
	if !match {
		return a, wrong("old", "problem.password.wrong")
	}
	if a, err = p.Store.Account(ctx, who.ID); err != nil {
		return a, err
	}
	hash, err := hashed(ctx, a, password, repeat)
	if err != nil {
		return a, err
	}
	var sent []string
	err = p.Store.InHouse(ctx, who, func(h *store.House) error {
		if err := setPassword(ctx, h, who.ID, hash, &a); err != nil {
			return err
		}
		sent, err = h.Queue(ctx, p.writer().PasswordChanged(a))
		return err
	})
	p.deliver(ctx, err, sent)
	return a, err
}

func setPassword(ctx context.Context, h *store.House, id casework.PersonID, hash store.PasswordHash, a *store.Account) (err error) {
	if *a, err = h.SetPassword(ctx, id, hash); err != nil {
		return err
	}
	return h.Note(ctx, store.Deed{What: store.DeedPassword, About: a.ID, AboutName: a.Name})
}

// hashed is a password that the rules take, as it is kept.
func hashed(ctx context.Context, a store.Account, password, repeat string) (store.PasswordHash, error) {
	if why := casework.WeakPassword(password, a.Name, a.Email); why != "" {
		return "", wrong("password", "problem.password."+why)
	}
	if password != repeat {
		return "", wrong("repeat", "problem.password.differs")
	}
	return store.HashPassword(ctx, password)
}
