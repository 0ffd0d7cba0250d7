// Package people does what concerns the staff's accounts and no case: inviting, passwords, roles, leaving. What it
// changes stands in the administration's trail, and its mails go the way of all others.
package people

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"connex/casework"
	"connex/housemail"
	"connex/store"
)

// Postman begins to deliver a mail; what it cannot begin now, the relay does later.
type Postman interface {
	Deliver(ctx context.Context, d casework.Delivery)
}

// People may be used by many at once.
type People struct {
	Store     *store.Store
	Post      Postman // nil: mails wait for the relay
	Secret    []byte
	PublicURL string
}

const (
	invitationGoodFor = 7 * 24 * time.Hour
	forgottenGoodFor  = time.Hour
	mostForgotten     = 5 // mails to one person within that time
)

func (p People) writer() housemail.Writer { return housemail.Writer{PublicURL: p.PublicURL} }

// Invite makes an account without a password and mails a link to choose one. The link is returned as well, for whoever
// has no mail yet.
func (p People) Invite(ctx context.Context, by store.Person, a store.Account) (made store.Account, link string, err error) {
	if a, err = checked(a); err != nil {
		return made, "", err
	}
	var sent []string
	err = p.Store.InHouse(ctx, by, func(h *store.House) error {
		if made, err = h.Invite(ctx, a); err != nil {
			return err
		}
		link, sent, err = p.mailLink(ctx, h, made, by.Name)
		return err
	})
	if errors.Is(err, store.ErrAddressTaken) {
		err = wrong("email", "problem.people.email-taken")
	}
	p.deliver(ctx, err, sent)
	return made, link, err
}

// InviteAgain sends a new link to somebody who has not chosen a password yet, or who comes back.
func (p People) InviteAgain(ctx context.Context, by store.Person, id casework.PersonID) (link string, err error) {
	var sent []string
	err = p.Store.InHouse(ctx, by, func(h *store.House) error {
		a, err := h.Account(ctx, id)
		if err != nil {
			return err
		}
		switch a.State() {
		case store.AccountActive:
			return ErrHasPassword
		case store.AccountLeft, store.AccountTakenBack:
			err = h.Return(ctx, a)
		default:
			err = h.Note(ctx, store.Deed{What: store.DeedReinvited, About: a.ID, AboutName: a.Name})
		}
		if err != nil {
			return err
		}
		link, sent, err = p.mailLink(ctx, h, a, by.Name)
		return err
	})
	p.deliver(ctx, err, sent)
	return link, err
}

// ErrHasPassword: who has chosen a password needs no invitation.
var ErrHasPassword = errors.New("this account has a password already")

func (p People) mailLink(ctx context.Context, h *store.House, a store.Account, by string) (link string, sent []string, err error) {
	l := p.newLink(h, a, store.ForInvitation, invitationGoodFor)
	if err := h.AddLink(ctx, l); err != nil {
		return "", nil, err
	}
	sent, err = h.Queue(ctx, p.writer().Invitation(a, l, by))
	return p.PublicURL + "/password/" + casework.AccountToken(p.Secret, l.ID), sent, err
}

func (p People) newLink(h *store.House, a store.Account, purpose string, goodFor time.Duration) store.AccountLink {
	l := store.AccountLink{ID: uuid.NewString(), Account: a.ID, Purpose: purpose, ExpiresAt: h.Now.Add(goodFor)}
	l.TokenHash = casework.TokenHash(casework.AccountToken(p.Secret, l.ID))
	return l
}

// Change sets name, telephone and roles; the address, too, of somebody who is invited. Whose name or address was corrected is
// mailed a new link, and invited again. Somebody must remain who can administer; by a role that is taken away nothing may be
// held any more (*HeldBy), since it would wait for somebody who may not do it.
func (p People) Change(ctx context.Context, by store.Person, a store.Account, reason string) (again bool, err error) {
	reason = strings.TrimSpace(reason)
	if reason == "" {
		return false, wrong("reason", "problem.people.reason")
	}
	var sent []string
	err = p.Store.InHouse(ctx, by, func(h *store.House) error {
		was, err := h.Account(ctx, a.ID)
		if err != nil {
			return err
		}
		if a, err = readdressed(was, a); err != nil {
			return err
		}
		if a, err = checked(a); err != nil {
			return err
		}
		held, err := h.Held(ctx, a.ID)
		if err != nil {
			return err
		}
		away, err := stoodInFor(ctx, h, a.ID)
		if err != nil {
			return err
		}
		if still := heldBy(was.Roles, a.Roles, held, away); still != nil {
			return still
		}
		if err := h.Change(ctx, a, reason); err != nil {
			return err
		}
		if again = was.State() == store.AccountInvited && (a.Name != was.Name || a.Email != was.Email); again {
			sent, err = p.correct(ctx, h, by, a, reason)
		}
		if err != nil {
			return err
		}
		return somebodyAdministers(ctx, h, "roles")
	})
	if errors.Is(err, store.ErrAddressTaken) {
		err = wrong("email", "problem.people.email-taken")
	}
	p.deliver(ctx, err, sent)
	return again, err
}

// readdressed is an account with the address that it is to have: only who has not chosen a password yet gets another.
func readdressed(was, a store.Account) (store.Account, error) {
	a.Email = strings.ToLower(strings.TrimSpace(a.Email))
	if was.State() == store.AccountInvited {
		return a, nil
	}
	if a.Email != "" && a.Email != was.Email {
		return a, ErrHasPassword
	}
	a.Email = was.Email
	return a, nil
}

// correct makes the invitation void that went out, and mails another.
func (p People) correct(ctx context.Context, h *store.House, by store.Person, a store.Account, reason string) (sent []string, err error) {
	if err := h.Readdress(ctx, a, reason); err != nil {
		return nil, err
	}
	_, sent, err = p.mailLink(ctx, h, a, by.Name)
	return sent, err
}

// somebodyAdministers looks at the accounts as they would be.
func somebodyAdministers(ctx context.Context, h *store.House, field string) error {
	accounts, err := h.Accounts(ctx)
	if err != nil {
		return err
	}
	if countActive(accounts, casework.Administrator) == 0 {
		return wrong(field, "problem.people.last-administrator")
	}
	return nil
}

// countActive counts those who can sign in and have a role.
func countActive(accounts []store.Account, role casework.Role) (n int) {
	for _, a := range accounts {
		if a.State() == store.AccountActive && slices.Contains(a.Roles, role) {
			n++
		}
	}
	return n
}

// FewHeads tells whether there are fewer than two heads: what one of them may not do, nobody could.
func FewHeads(accounts []store.Account) bool { return countActive(accounts, casework.Head) < 2 }

// Unreachable are the case officers who have no telephone, of whom mails name none unless the letterhead has one.
func Unreachable(accounts []store.Account) (names []string) {
	for _, a := range accounts {
		if a.Active && a.Phone == "" && slices.Contains(a.Roles, casework.CaseOfficer) {
			names = append(names, a.Name)
		}
	}
	return names
}

// Limits of what may stand in an account.
const longestName = 200

// checked is an account as it is kept, or what is wrong with it, by field.
func checked(a store.Account) (store.Account, error) {
	faults := casework.Faults{}
	a.Name, a.Email, a.Phone = casework.OneLine(a.Name), strings.TrimSpace(a.Email), casework.OneLine(a.Phone)
	if a.Name == "" || len(a.Name) > longestName {
		faults["name"] = casework.Say("invalid.missing")
	}
	if len(a.Phone) > longestName {
		faults["phone"] = casework.Say("invalid.wrong-type")
	}
	if !casework.ValidEmail(a.Email) || len(a.Email) > longestName {
		faults["email"] = casework.Say("problem.people.email")
	}
	if len(a.Roles) == 0 || slices.ContainsFunc(a.Roles, func(r casework.Role) bool { return !r.Staff() }) {
		faults["roles"] = casework.Say("problem.people.roles")
	}
	if len(faults) > 0 {
		return a, &casework.FormError{Fields: faults}
	}
	slices.Sort(a.Roles)
	a.Roles = slices.Compact(a.Roles)
	return a, nil
}

// deliver sends what was queued, unless the transaction failed.
func (p People) deliver(ctx context.Context, err error, ids []string) {
	if err != nil || p.Post == nil {
		return
	}
	for _, id := range ids {
		p.Post.Deliver(context.WithoutCancel(ctx), casework.Delivery{MessageID: id})
	}
}

func wrong(field, sentence string) error {
	return &casework.FormError{Fields: casework.Faults{field: casework.Say(sentence)}}
}
