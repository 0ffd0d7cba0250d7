package people

import (
	"context"
	"slices"

	"connex/casework"
	"connex/store"
)

// HeldBy is why roles cannot be taken away: something is still held by them. It is what is wrong with the form as well.
type HeldBy struct {
	Roles []casework.Role
	Form  casework.FormError
}

func (e *HeldBy) Error() string { return e.Form.Error() }

// Unwrap is the fault of the form.
func (e *HeldBy) Unwrap() error { return &e.Form }

// heldBy says what is held by the roles that somebody had and is to have no more, and for how many they stand in by them; nil
// where there is nothing. Of those who are away it needs the roles.
func heldBy(was, becomes []casework.Role, held store.Holdings, away [][]casework.Role) error {
	still := &HeldBy{}
	var said []casework.Sentence
	left := slices.Clone(was)
	for _, role := range was {
		if slices.Contains(becomes, role) {
			continue
		}
		about := saidOf(role, held.By(role))
		if n := standingBy(role, left, away); n > 0 {
			about = append(about, casework.Say("problem.people.held-standing", "Role", casework.Say("page.role."+string(role)), "Count", n))
		}
		left = slices.DeleteFunc(left, func(r casework.Role) bool { return r == role })
		if len(about) > 0 {
			still.Roles, said = append(still.Roles, role), append(said, about...)
		}
	}
	if len(still.Roles) == 0 {
		return nil
	}
	still.Form.Fields = casework.Faults{"roles": casework.Say("problem.people.still-held", "Held", said)}
	return still
}

// standingBy counts those for whom somebody stands in by a role, of all the roles that they have.
func standingBy(role casework.Role, roles []casework.Role, away [][]casework.Role) (n int) {
	for _, absent := range away {
		if casework.StandsInBy(role, absent, roles) {
			n++
		}
	}
	return n
}

// stoodInFor are the roles of each for whom somebody stands in, now or later.
func stoodInFor(ctx context.Context, h *store.House, who casework.PersonID) (away [][]casework.Role, err error) {
	accounts, err := h.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	there, err := h.Absences(ctx)
	for _, a := range (Leaving{Who: who}).Standing(accounts, there) {
		away = append(away, rolesOf(accounts, a.Account))
	}
	return away, err
}

func saidOf(role casework.Role, by store.Holdings) (said []casework.Sentence) {
	if n := len(by.Requests); n > 0 {
		said = append(said, casework.Say("problem.people.held-requests", "Count", n))
	}
	if n := len(by.Tasks); n > 0 {
		said = append(said, casework.Say("problem.people.held-tasks", "Role", casework.Say("page.role."+string(role)), "Count", n))
	}
	if n := len(by.Votes); n > 0 {
		said = append(said, casework.Say("problem.people.held-votes", "Count", n))
	}
	return said
}
