package activities

import (
	"context"
	"errors"

	"connex/casework"
	"connex/store"

	"github.com/google/uuid"
)

// gatherer finds in the transaction what a mail needs to say.
type gatherer struct {
	ctx       context.Context
	tx        *store.Tx
	in        store.Intent
	publicURL string
}

// gather finds what is the same for all recipients.
func (g *gatherer) gather() (m material, err error) {
	m = material{mail: g.in.Mail, at: g.in.Transition.At, request: aboutRequest(g.tx.Request), former: g.tx.Former, experts: map[casework.PersonID]string{},
		about: map[casework.ActionID]deed{}, titles: map[int]string{}}
	m.request.Evaluations = g.in.Transition.Request.Withdrawn && g.in.Transition.Request.Ending == ""
	for _, step := range []func(*material) error{g.findTask, g.findOfficer, g.findDeeds, g.findTitles, g.findHolder, g.findSecretariat} {
		if err := step(&m); err != nil {
			return m, err
		}
	}
	return m, nil
}

func aboutRequest(r store.Request) subjectMatter {
	return subjectMatter{CaseNumber: r.CaseNumber, Country: r.Country, Institution: r.Institution, Sector: r.Sector, Resource: r.Resource,
		Language: r.Language, Contact: r.ContactName, ContactMail: r.ContactEmail, Phone: r.ContactPhone}
}

// findTask finds the task that the mail is about.
func (g *gatherer) findTask(m *material) error {
	kind := saysItAll[g.in.Template]
	t, there := opened(g.in.Transition, func(t casework.Task) bool { return t.ID == g.in.Task || g.in.Task == "" && t.Kind == kind })
	if !there && g.in.Task != "" {
		row, err := g.tx.Task(g.ctx, g.in.Task)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		t, there = row.OfCasework(), err == nil
	}
	if there {
		m.task = &t
	}
	return nil
}

// findOfficer finds who signs: the case officer, or before there is one whoever of the staff acts.
func (g *gatherer) findOfficer(m *material) error {
	id := g.tx.Request.Officer
	if act := g.in.Action; id == "" && act != nil && act.Role.Staff() {
		id = act.Actor
	}
	a, err := g.account(id)
	m.officer = staff(a, casework.CaseOfficer)
	return err
}

// account is the zero one where there is none.
func (g *gatherer) account(id casework.PersonID) (store.Account, error) {
	if id == "" {
		return store.Account{}, nil
	}
	a, err := g.tx.Staff(g.ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return store.Account{}, nil
	}
	return a, err
}

func staff(a store.Account, role casework.Role) person {
	return person{ID: a.ID, Role: role, Name: a.Name, Address: a.Email, Phone: a.Phone}
}

// findDeeds finds the action that the mail is about, and those that its task is about.
func (g *gatherer) findDeeds(m *material) error {
	if err := g.learn(m, g.in.Mail.Action); err != nil {
		return err
	}
	if d, known := m.about[g.in.Mail.Action]; known {
		m.deed = &d
	}
	if m.task == nil {
		return nil
	}
	return g.learn(m, m.task.About...)
}

// learn adds actions to what is known, and the experts whom they name.
func (g *gatherer) learn(m *material, ids ...casework.ActionID) error {
	for _, id := range ids {
		if _, known := m.about[id]; known || id == "" {
			continue
		}
		a, err := g.action(id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		m.about[id] = deed{Kind: a.Kind, Outcome: a.Outcome, Actor: a.ActorName, Form: a.Form}
		form := casework.FormFor(casework.FormContext{Kind: a.Kind, Replacing: a.Form.String("by") != ""})
		experts, _ := casework.Named(form, a.Form)
		if err := g.findExperts(m, experts); err != nil {
			return err
		}
	}
	return nil
}

// action is one with its form; the one that is being applied is at hand.
func (g *gatherer) action(id casework.ActionID) (store.Action, error) {
	if own := g.in.Action; own != nil && own.ID == id {
		return *own, nil
	}
	return g.tx.Action(g.ctx, id)
}

func (g *gatherer) findExperts(m *material, ids []casework.PersonID) error {
	for _, id := range ids {
		if m.experts[id] != "" {
			continue
		}
		found, err := g.tx.Recipients(g.ctx, casework.Expert, id)
		if err != nil {
			return err
		}
		for _, e := range found {
			m.experts[e.ID] = e.Name
		}
	}
	return nil
}

func (g *gatherer) findTitles(m *material) error {
	activities, err := g.tx.Activities(g.ctx)
	for _, a := range activities {
		m.titles[a.Number] = a.Title
	}
	m.ofActivity = g.in.Transition.OfActivity
	return err
}

// findSecretariat finds in whose name the mail goes out.
func (g *gatherer) findSecretariat(m *material) error {
	settings, err := g.tx.Settings(g.ctx)
	m.secretariat = settings.Letterhead()
	return err
}

// findHolder says who holds the task, in words.
func (g *gatherer) findHolder(m *material) error {
	if m.task == nil {
		return nil
	}
	m.holderRole = m.task.Role
	switch {
	case m.task.Holder == "":
		return nil
	case m.task.Role == casework.Expert:
		err := g.findExperts(m, []casework.PersonID{m.task.Holder})
		m.holder = m.experts[m.task.Holder]
		return err
	}
	a, err := g.account(m.task.Holder)
	m.holder = a.Name
	return err
}

// key is the intent's; of a reminder it is the morning's, so that whoever holds a task and has a role that holds another
// gets one mail.
func (g *gatherer) key() string {
	if g.in.Template == "reminder" {
		return "reminder/" + casework.DateOf(g.in.Transition.At)
	}
	return g.in.Key
}

// findStruck finds what waits for a person, in whatever role, and was reminded of; for somebody new, all that waits.
func (g *gatherer) findStruck(m *material) error {
	if g.in.Template != "reminder" && g.in.Template != newContact {
		return nil
	}
	roles, people := []casework.Role{m.to.Role}, []casework.PersonID{m.to.ID}
	if m.to.Role.Staff() {
		a, err := g.account(m.to.ID)
		if err != nil {
			return err
		}
		away, err := g.tx.StandsFor(g.ctx, m.to.ID)
		if err != nil {
			return err
		}
		roles, people = a.Roles, append(people, away...)
	}
	m.struck = nil
	for _, role := range roles {
		for _, holder := range people {
			if err := g.findWaiting(m, role, holder); err != nil {
				return err
			}
		}
	}
	for _, t := range m.struck {
		if err := g.learn(m, t.About...); err != nil {
			return err
		}
	}
	return nil
}

// newContact is the mail to whoever answers for the government from now on.
const newContact = "new-contact"

// findWaiting adds what waits for a role, or for one who is the recipient or whom they stand in for.
func (g *gatherer) findWaiting(m *material, role casework.Role, holder casework.PersonID) error {
	waiting, err := g.tx.Waiting(g.ctx, role, holder)
	for _, t := range waiting {
		inPlace := holder != m.to.ID
		asked := t.Clock.Struck > 0 || g.in.Template == newContact
		if asked && (!inPlace || t.Holder != "" && casework.MayStandIn(t.Kind)) {
			m.struck = append(m.struck, t.OfCasework())
		}
	}
	return err
}

// personalLink is the newest good link of a guest in this case, or a new one.
func (g *gatherer) personalLink(secret []byte, p person) (string, error) {
	there, err := g.tx.LinkFor(g.ctx, p.Role, p.ID, p.Address)
	if !errors.Is(err, store.ErrNotFound) {
		return there.ID, err
	}
	l := store.Link{ID: uuid.NewString(), Role: p.Role, Person: p.ID, Name: p.Name, Email: p.Address}
	l.TokenHash = casework.TokenHash(casework.LinkToken(secret, l.ID))
	return l.ID, g.tx.AddLink(g.ctx, l)
}
