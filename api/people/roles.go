package people

import (
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

// heldBy says what is held by the roles that somebody had and is to have no more; nil where nothing is.
func heldBy(was, becomes []casework.Role, held store.Holdings) error {
	still := &HeldBy{}
	var said []casework.Sentence
	for _, role := range was {
		by := held.By(role)
		if slices.Contains(becomes, role) || by.None() {
			continue
		}
		still.Roles = append(still.Roles, role)
		said = append(said, saidOf(role, by)...)
	}
	if len(still.Roles) == 0 {
		return nil
	}
	still.Form.Fields = casework.Faults{"roles": casework.Say("problem.people.still-held", "Held", said)}
	return still
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
