package people

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"connex/casework"
	"connex/store"
)

// Who leaves, or loses a role, may stand in for somebody who is away. That absence goes on: were it only ended and told, what waits for one
// person would wait for somebody who is not there. So the administrator names who stands in from now on, or says that nobody does.

// Standing are the absences in which they stand in; where a role is taken away, those in which they do by it.
func (l Leaving) Standing(accounts []store.Account, there []store.Absence) []store.Absence {
	return slices.DeleteFunc(slices.Clone(there), func(a store.Absence) bool {
		return a.Substitute != l.Who || l.Role != "" && !casework.StandsInBy(l.Role, rolesOf(accounts, a.Account), rolesOf(accounts, l.Who))
	})
}

func rolesOf(accounts []store.Account, who casework.PersonID) []casework.Role {
	i := slices.IndexFunc(accounts, func(a store.Account) bool { return a.ID == who })
	if i < 0 {
		return nil
	}
	return accounts[i].Roles
}

// Instead are those who could stand in from now on instead of who leaves.
func Instead(of store.Absence, accounts []store.Account, there []store.Absence) []store.Account {
	absent := slices.IndexFunc(accounts, func(a store.Account) bool { return a.ID == of.Account })
	if absent < 0 {
		return nil
	}
	return slices.DeleteFunc(Substitutes(accounts, accounts[absent]), func(c store.Account) bool {
		return c.ID == of.Substitute || slices.ContainsFunc(there, func(a store.Absence) bool { return a.Account == c.ID && a.Days().Meets(of.Days()) })
	})
}

// InsteadField is where the form names who stands in from now on.
func InsteadField(a store.Absence) string { return "instead-" + a.ID }

// instead is who was named; nobody where that was said, or where there is nobody to name.
func (l Leaving) instead(a store.Absence, accounts []store.Account, there []store.Absence) (named store.Account, wrong bool) {
	candidates, chosen := Instead(a, accounts, there), l.Instead[a.ID]
	i := slices.IndexFunc(candidates, func(c store.Account) bool { return c.ID == chosen })
	if i >= 0 {
		return candidates[i], false
	}
	return store.Account{}, chosen != Nobody && len(candidates) > 0
}

// standsIn checks that somebody is named for each of those absences.
func (l Leaving) standsIn(accounts []store.Account, there []store.Absence, faults casework.Faults) {
	for _, a := range l.Standing(accounts, there) {
		if _, wrong := l.instead(a, accounts, there); wrong {
			faults[InsteadField(a)] = casework.Say("problem.people.instead")
		}
	}
}

// passOnStanding lets each absence go on with whoever was named. Both are told.
func (p People) passOnStanding(ctx context.Context, h *store.House, by store.Person, l Leaving) (sent []string, err error) {
	accounts, err := h.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	there, err := h.Absences(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range l.Standing(accounts, there) {
		substitute, wrong := l.instead(a, accounts, there)
		if wrong {
			return nil, &casework.FormError{Fields: casework.Faults{InsteadField(a): casework.Say("problem.people.instead")}}
		}
		if err := h.EndAbsence(ctx, a); err != nil {
			return nil, err
		}
		a.ID, a.Substitute, a.SubstituteName = uuid.NewString(), substitute.ID, substitute.Name
		if err := h.AddAbsence(ctx, a); err != nil {
			return nil, err
		}
		who, err := h.Account(ctx, a.Account)
		if err != nil {
			return nil, err
		}
		told, err := p.tellAbsence(ctx, h, by, a, who, substitute)
		if err != nil {
			return nil, err
		}
		sent = append(sent, told...)
	}
	return sent, nil
}
