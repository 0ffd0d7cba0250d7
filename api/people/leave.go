package people

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"connex/api/dispatch"
	"connex/casework"
	"connex/store"
)

// Leaving is what an administrator says when somebody leaves, or one of their roles is taken away: to whom each request goes,
// and why.
type Leaving struct {
	Who    casework.PersonID
	Role   casework.Role // the one that is taken away; empty: they leave
	Key    string        // of the page
	Reason string
	To     casework.PersonID                         // who takes over the requests
	ToEach map[casework.CaseNumber]casework.PersonID // or somebody else for a single one

	Instead map[string]casework.PersonID // who stands in from now on, by absence; or Nobody
}

func (l Leaving) taker(n casework.CaseNumber) casework.PersonID {
	if each := l.ToEach[n]; each != "" {
		return each
	}
	return l.To
}

// Held is what is to be handed over: all that waits for the person, or what does by the role; and what of it is on its way already.
func (l Leaving) Held(all store.Holdings) (still, onWay store.Holdings) {
	if l.Role != "" {
		all = all.By(l.Role)
	}
	return all.Parted()
}

// Over tells whether it was done before: then what is left is handed over.
func (l Leaving) Over(a store.Account) bool {
	return !a.Active || l.Role != "" && !slices.Contains(a.Roles, l.Role)
}

// Leave hands over what somebody holds and closes their account, or takes the role away; of what was closed or taken away
// before, it hands over what is left. That takes effect by itself, also when the account is closed already.
func (p People) Leave(ctx context.Context, d *dispatch.Dispatch, by store.Person, l Leaving) error {
	all, err := p.Store.Held(ctx, l.Who)
	if err != nil {
		return err
	}
	held, _ := l.Held(all)
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
	faults := casework.Faults{}
	if fault, wrong := l.irreplaceable(accounts); wrong {
		faults["reason"] = fault
	} else if strings.TrimSpace(l.Reason) == "" {
		faults["reason"] = casework.Say("problem.people.reason")
	}
	absences, err := p.Store.Absences(ctx, time.Now())
	if err != nil {
		return err
	}
	l.standsIn(accounts, absences, faults)
	takers, err := p.Store.Takers(ctx, l.Who, held.Requests)
	if err != nil {
		return err
	}
	if fault, wrong := l.untaken(held.Requests, takers); wrong {
		faults["to"] = fault
	}
	if len(faults) > 0 {
		return &casework.FormError{Fields: faults}
	}
	return nil
}

// irreplaceable says why they cannot leave, or the role not be taken away, whatever the reason.
func (l Leaving) irreplaceable(accounts []store.Account) (fault casework.Sentence, wrong bool) {
	without := slices.DeleteFunc(slices.Clone(accounts), func(a store.Account) bool { return a.ID == l.Who })
	if (l.Role == "" || l.Role == casework.Administrator) && countActive(without, casework.Administrator) == 0 {
		return casework.Say("problem.people.last-administrator"), true
	}
	only := slices.ContainsFunc(accounts, func(a store.Account) bool {
		return a.ID == l.Who && slices.Equal(a.Roles, store.List[casework.Role]{l.Role})
	})
	return casework.Say("problem.people.only-role"), only
}

// untaken says which requests would go to nobody, or to somebody who may not have them.
func (l Leaving) untaken(requests []store.Holding, takers map[casework.CaseNumber][]store.Account) (fault casework.Sentence, wrong bool) {
	var barred []string
	for _, request := range requests {
		to := l.taker(request.CaseNumber)
		if !slices.ContainsFunc(Takers(takers), func(a store.Account) bool { return a.ID == to }) {
			return casework.Say("problem.people.officer"), true
		}
		if !slices.ContainsFunc(takers[request.CaseNumber], func(a store.Account) bool { return a.ID == to }) {
			barred = append(barred, string(request.CaseNumber))
		}
	}
	return casework.Say("problem.people.barred", "Cases", strings.Join(barred, ", ")), len(barred) > 0
}

// Takers are all to whom any of the requests can go.
func Takers(of map[casework.CaseNumber][]store.Account) (all []store.Account) {
	for _, takers := range of {
		all = append(all, takers...)
	}
	slices.SortFunc(all, func(a, b store.Account) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return slices.CompactFunc(all, func(a, b store.Account) bool { return a.ID == b.ID })
}

func (p People) close(ctx context.Context, by store.Person, l Leaving, held store.Holdings) error {
	var sent []string
	err := p.Store.InHouse(ctx, by, func(h *store.House) error {
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
		if l.Over(a) {
			return nil
		}
		if sent, err = p.end(ctx, h, by, l, a); err != nil {
			return err
		}
		return somebodyAdministers(ctx, h, "reason")
	})
	p.deliver(ctx, err, sent)
	return err
}

// end closes the account, or takes the role away.
func (p People) end(ctx context.Context, h *store.House, by store.Person, l Leaving, a store.Account) (sent []string, err error) {
	if sent, err = p.passOnStanding(ctx, h, by, l); err != nil {
		return nil, err
	}
	reason := strings.TrimSpace(l.Reason)
	if l.Role == "" {
		return sent, h.Close(ctx, a.ID, reason)
	}
	a.Roles = slices.DeleteFunc(a.Roles, func(r casework.Role) bool { return r == l.Role })
	return sent, h.Change(ctx, a, reason)
}
