package activities

import (
	"slices"
	"strings"

	"connex/casework"
	"connex/store"
	"connex/words"
)

// recipients are those who get a mail. Where nobody can get it, nobody does: the task is on the pages all the same.
// Nothing goes to who no longer acts here, and what is escalated not to who holds it.
func (g *gatherer) recipients(m *material) (people []person, err error) {
	if g.in.Former {
		return g.former(), nil
	}
	role, id := g.in.To, g.in.Person
	if m.byPhone = role == casework.Government && g.tx.Request.ContactEmail == ""; m.byPhone {
		role, id = casework.CaseOfficer, g.tx.Request.Officer // who calls the government and tells it
	}
	found, err := g.tx.Recipients(g.ctx, role, id)
	if err != nil {
		return nil, err
	}
	for _, r := range found {
		escalatedToItsHolder := g.in.Template == "escalated" && m.task != nil && m.task.Holder == r.ID
		if !slices.Contains(g.tx.Request.Conflicts, r.ID) && !escalatedToItsHolder && r.ID != g.except {
			people = append(people, person{ID: r.ID, Role: r.Role, Name: r.Name, Address: r.Email})
		}
	}
	deputies, err := g.deputies(m, role, id)
	if err != nil {
		return nil, err
	}
	return g.readers(m, append(people, deputies...))
}

// readers are the same people with how they read, without those of the staff who cannot do what is asked, or who read of
// it in their daily digest.
func (g *gatherer) readers(m *material, all []person) (people []person, err error) {
	kind := casework.TaskKind("")
	if m.task != nil {
		kind = m.task.Kind
	}
	waits := !m.byPhone && casework.WaitsForDigest(g.in.Template, kind)
	for _, p := range all {
		if !p.Role.Staff() {
			people = append(people, p)
			continue
		}
		a, err := g.account(p.ID)
		if err != nil {
			return nil, err
		}
		barred, err := g.barred(m.task, p.ID)
		if err != nil {
			return nil, err
		}
		p.Language, p.Manner, p.Roles = a.Language, words.Manner{Writing: a.Writing, Zone: a.Zone}, a.Roles
		if !barred && !(waits && a.Mails == store.MailsDaily) {
			people = append(people, p)
		}
	}
	return people, nil
}

// barred tells whether somebody cannot do what the mail asks of whoever has a role. An escalation asks nothing of them
// but to help it on.
func (g *gatherer) barred(t *casework.Task, p casework.PersonID) (bool, error) {
	if t == nil || t.Holder != "" || !t.Role.Staff() || g.in.Template == "escalated" {
		return false, nil
	}
	kinds, err := g.tx.Did(g.ctx, p)
	if a := g.in.Action; a != nil && a.Actor == p { // what is being applied just now
		kinds = append(kinds, a.Kind)
	}
	dossier := casework.Part{Person: p, Did: kinds, Conflict: slices.Contains(g.tx.Request.Conflicts, p)}.In(g.tx.Request.Officer)
	return casework.Barred(t.Kind, dossier, p) != nil, err
}

// deputies get what goes to somebody of the staff in person who is away. A vote is the member's own.
func (g *gatherer) deputies(m *material, role casework.Role, id casework.PersonID) (people []person, err error) {
	if id == "" || !role.Staff() || m.task != nil && m.task.Role.Staff() && !casework.MayStandIn(m.task.Kind) {
		return nil, nil
	}
	found, err := g.tx.Deputies(g.ctx, role, id)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	away, err := g.account(id)
	for _, r := range found {
		if !slices.Contains(g.tx.Request.Conflicts, r.ID) && r.ID != g.except {
			people = append(people, person{ID: r.ID, Role: r.Role, Name: r.Name, Address: r.Email, For: away.Name})
		}
	}
	return people, err
}

// former is who answered for the government until now, where that is not who does from now on.
func (g *gatherer) former() []person {
	was := g.tx.Former
	if was.Email == "" || strings.EqualFold(was.Email, g.tx.Request.ContactEmail) {
		return nil
	}
	return []person{{ID: was.ID, Role: was.Role, Name: was.Name, Address: was.Email}}
}

// newestTo is the mail that this one follows, so that a mailbox shows a case as one thread.
func (g *gatherer) newestTo(p person) (string, error) {
	ids, err := g.tx.MailsTo(g.ctx, p.Address)
	if err != nil || len(ids) == 0 {
		return "", err
	}
	return ids[0], nil
}
