package activities

import (
	"context"
	"errors"

	"connex/casework"
	"connex/store"
)

// gatherer finds in the transaction what a mail needs to say.
type gatherer struct {
	ctx       context.Context
	tx        *store.Tx
	in        store.Intent
	publicURL string
	except    casework.PersonID // who cannot be reached
}

// gather finds what is the same for all recipients.
func (g *gatherer) gather() (m material, err error) {
	m = material{mail: g.in.Mail, at: g.in.Transition.At, request: aboutRequest(g.tx.Request), former: g.tx.Former, experts: map[casework.PersonID]string{},
		about: map[casework.ActionID]deed{}, titles: map[int]string{}}
	m.request.Evaluations = g.in.Transition.Request.Withdrawn && g.in.Transition.Request.Ending == ""
	m.request.Ended = g.tx.Request.Ending != ""
	if ofAMorning(g.in.Template) {
		m.mail.Template = "reminder"
	}
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
		if err := g.findTaker(m, d); err != nil {
			return err
		}
	}
	if m.task == nil {
		return nil
	}
	return g.learn(m, m.task.About...)
}

// findTaker finds to whom a task was passed on. Some bring the whole request along; then one that does not wait for the new case
// officer was only the way.
func (g *gatherer) findTaker(m *material, d deed) error {
	if d.Kind != casework.Reassign {
		return nil
	}
	a, err := g.account(casework.PersonID(d.Form.String("to")))
	m.taker = a.Name
	if m.task != nil && casework.TakesRequestAlong(m.task.Kind) {
		m.mail.Template = "officer-changed"
		if m.task.Standing || !m.task.Role.Staff() {
			m.task = nil
		}
	}
	return err
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
