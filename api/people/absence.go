package people

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"connex/casework"
	"connex/store"
)

// EnterAbsence enters when somebody is away and who stands in, for themselves or by an administrator. Both are told.
func (p People) EnterAbsence(ctx context.Context, by store.Person, a store.Absence) error {
	if wrong := daysWrong(a, time.Now()); wrong != nil {
		return wrong
	}
	var sent []string
	err := p.Store.InHouse(ctx, by, func(h *store.House) error {
		who, err := h.Account(ctx, a.Account)
		if err != nil {
			return err
		}
		accounts, err := h.Accounts(ctx)
		if err != nil {
			return err
		}
		there, err := h.Absences(ctx)
		if err != nil {
			return err
		}
		substitute, err := substituteOf(a, who, accounts, there)
		if err != nil {
			return err
		}
		a.ID, a.Name, a.Substitute, a.SubstituteName = uuid.NewString(), who.Name, substitute.ID, substitute.Name
		if err := h.AddAbsence(ctx, a); err != nil {
			return err
		}
		sent, err = p.tellAbsence(ctx, h, by, a, who, substitute)
		return err
	})
	p.deliver(ctx, err, sent)
	return err
}

func daysWrong(a store.Absence, now time.Time) error {
	faults := casework.Faults{}
	for field, day := range map[string]string{"from": a.From, "until": a.Until} {
		if casework.StartOf(day).IsZero() {
			faults[field] = casework.Say("problem.absence.missing")
		}
	}
	if len(faults) > 0 {
		return &casework.FormError{Fields: faults}
	}
	if why := a.Days().Wrong(casework.DateOf(now)); why != "" {
		return wrong("until", "problem.absence."+why)
	}
	return nil
}

// Nobody is what one says where nobody is to stand in.
const Nobody = "nobody"

// substituteOf is who stands in. That nobody does must be said, unless nobody could.
func substituteOf(a store.Absence, who store.Account, accounts []store.Account, there []store.Absence) (store.Account, error) {
	for _, other := range there {
		if !a.Days().Meets(other.Days()) {
			continue
		}
		if other.Account == a.Account {
			return store.Account{}, wrong("from", "problem.absence.twice")
		}
		if other.Account == a.Substitute {
			return store.Account{}, wrong("substitute", "problem.absence.away")
		}
	}
	candidates := Substitutes(accounts, who)
	i := slices.IndexFunc(candidates, func(c store.Account) bool { return c.ID == a.Substitute })
	switch {
	case i >= 0:
		return candidates[i], nil
	case a.Substitute == Nobody || a.Substitute == "" && len(candidates) == 0:
		return store.Account{}, nil
	}
	return store.Account{}, wrong("substitute", "problem.absence.substitute")
}

// Substitutes are those who could stand in for somebody.
func Substitutes(accounts []store.Account, who store.Account) []store.Account {
	return slices.DeleteFunc(slices.Clone(accounts), func(a store.Account) bool {
		return a.ID == who.ID || a.State() != store.AccountActive || !casework.CanStandIn(who.Roles, a.Roles)
	})
}

func (p People) tellAbsence(ctx context.Context, h *store.House, by store.Person, a store.Absence, who, substitute store.Account) ([]string, error) {
	other := by.Name
	if by.ID == who.ID {
		other = ""
	}
	mails := []store.HouseMail{p.writer().Absent(who, a, other)}
	if substitute.ID != "" {
		mails = append(mails, p.writer().StandingIn(substitute, a))
	}
	return h.Queue(ctx, mails...)
}

// EndAbsence takes an absence back. Both are told.
func (p People) EndAbsence(ctx context.Context, by store.Person, account casework.PersonID, id string) error {
	var sent []string
	err := p.Store.InHouse(ctx, by, func(h *store.House) error {
		there, err := h.Absences(ctx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(there, func(a store.Absence) bool { return a.ID == id && a.Account == account })
		if i < 0 {
			return store.ErrNotFound
		}
		a := there[i]
		if err := h.EndAbsence(ctx, a); err != nil {
			return err
		}
		var mails []store.HouseMail
		for _, told := range []casework.PersonID{a.Account, a.Substitute} {
			if told == "" {
				continue
			}
			to, err := h.Account(ctx, told)
			if err != nil {
				return err
			}
			mails = append(mails, p.writer().AbsenceOver(to, a, by.Name))
		}
		sent, err = h.Queue(ctx, mails...)
		return err
	})
	p.deliver(ctx, err, sent)
	return err
}
