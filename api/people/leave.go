package people

import (
	"context"
	"slices"
	"strings"

	"connex/api/dispatch"
	"connex/casework"
	"connex/store"
)

// Leaving is what an administrator says when somebody leaves: to whom each request goes, and why.
type Leaving struct {
	Who    casework.PersonID
	Key    string // of the page
	Reason string
	To     casework.PersonID                         // who takes over the requests
	ToEach map[casework.CaseNumber]casework.PersonID // or somebody else for a single one
}

func (l Leaving) taker(n casework.CaseNumber) casework.PersonID {
	if each := l.ToEach[n]; each != "" {
		return each
	}
	return l.To
}

// Leave hands over what somebody holds and closes their account; of a closed account, what is left. What it hands over
// takes effect by itself, also when the account is closed already.
func (p People) Leave(ctx context.Context, d *dispatch.Dispatch, by store.Person, l Leaving) error {
	held, err := p.Store.Held(ctx, l.Who)
	if err != nil {
		return err
	}
	if err := p.mayLeave(ctx, l, held); err != nil {
		return err
	}
	clearance := dispatch.Clearance{By: by, Key: l.Key, Reason: strings.TrimSpace(l.Reason)}
	for _, request := range held.Requests {
		if request.Task == "" {
			continue // nothing is open in it now; it is on the list until something is
		}
		if err := d.PassOn(ctx, clearance, request, l.taker(request.CaseNumber)); err != nil {
			return err
		}
	}
	for _, task := range held.Tasks {
		if err := d.Release(ctx, clearance, task); err != nil {
			return err
		}
	}
	return p.close(ctx, by, l, held)
}

// mayLeave checks everything before anything is handed over.
func (p People) mayLeave(ctx context.Context, l Leaving, held store.Holdings) error {
	accounts, err := p.Store.Accounts(ctx)
	if err != nil {
		return err
	}
	without := slices.DeleteFunc(slices.Clone(accounts), func(a store.Account) bool { return a.ID == l.Who })
	faults := casework.Faults{}
	if strings.TrimSpace(l.Reason) == "" {
		faults["reason"] = casework.Say("problem.people.reason")
	}
	if countActive(without, casework.Administrator) == 0 {
		faults["reason"] = casework.Say("problem.people.last-administrator")
	}
	for _, request := range held.Requests {
		if !slices.ContainsFunc(Takers(accounts, l.Who), func(a store.Account) bool { return a.ID == l.taker(request.CaseNumber) }) {
			faults["to"] = casework.Say("problem.people.officer")
		}
	}
	if len(faults) > 0 {
		return &casework.FormError{Fields: faults}
	}
	return nil
}

// Takers are those who can take over somebody's requests.
func Takers(accounts []store.Account, from casework.PersonID) []store.Account {
	return slices.DeleteFunc(slices.Clone(accounts), func(a store.Account) bool {
		return a.ID == from || !a.Active || !slices.Contains(a.Roles, casework.CaseOfficer)
	})
}

func (p People) close(ctx context.Context, by store.Person, l Leaving, held store.Holdings) error {
	return p.Store.InHouse(ctx, by, func(h *store.House) error {
		a, err := h.Account(ctx, l.Who)
		if err != nil {
			return err
		}
		for _, request := range held.Requests {
			to, err := h.Account(ctx, l.taker(request.CaseNumber))
			if err != nil {
				return err
			}
			err = h.Note(ctx, store.Deed{What: store.DeedHandedOver, About: a.ID, AboutName: a.Name, Was: string(request.CaseNumber), Becomes: to.Name, Reason: l.Reason})
			if err != nil {
				return err
			}
		}
		if !a.Active {
			return nil
		}
		if err := h.Close(ctx, a.ID, strings.TrimSpace(l.Reason)); err != nil {
			return err
		}
		return somebodyAdministers(ctx, h, "reason")
	})
}
