package activities

import (
	"slices"

	"connex/casework"
	"connex/store"
)

// ofAMorning tells whether a mail is one of those of which each person gets one in a case and morning, with all that
// struck: whoever holds a task, has a role that holds another and hears of a third one reads of them together.
func ofAMorning(template string) bool { return template == "reminder" || template == "escalated" }

// key is the intent's; of a reminder and an escalation it is the morning's. What is read to a government by telephone is no
// reminder of whoever reads it.
func (g *gatherer) key(m *material) string {
	switch {
	case ofAMorning(g.in.Template) && m.byPhone:
		return "reminder/" + casework.DateOf(g.in.Transition.At) + "/by-telephone"
	case ofAMorning(g.in.Template):
		return "reminder/" + casework.DateOf(g.in.Transition.At)
	}
	return g.in.Key
}

// newContact is the mail to whoever answers for the government from now on.
const newContact = "new-contact"

// findWaiting finds what waits for the reader and was reminded of (for somebody new, all that waits), and what was
// escalated to them.
func (g *gatherer) findWaiting(m *material) error {
	m.struck, m.late = nil, nil
	if !ofAMorning(g.in.Template) && g.in.Template != newContact {
		return nil
	}
	roles, people := []casework.Role{m.to.Role}, []casework.PersonID{m.to.ID}
	switch {
	case m.byPhone:
		roles = []casework.Role{casework.Government}
	case m.to.Role.Staff():
		away, err := g.tx.StandsFor(g.ctx, m.to.ID)
		if err != nil {
			return err
		}
		m.away = map[casework.PersonID]string{}
		for _, id := range away {
			a, err := g.account(id)
			if err != nil {
				return err
			}
			m.away[id] = a.Name
		}
		roles, people = m.to.Roles, append(people, away...)
		if err := g.findLate(m, people); err != nil {
			return err
		}
	}
	if err := g.findStruck(m, roles, people); err != nil {
		return err
	}
	for _, t := range m.struck {
		if err := g.learn(m, t.About...); err != nil {
			return err
		}
	}
	return nil
}

// findLate: who holds a task is reminded of it and does not hear of themselves.
func (g *gatherer) findLate(m *material, people []casework.PersonID) error {
	open, err := g.tx.OpenTasks(g.ctx)
	for _, row := range open {
		t := g.struckByNow(row)
		role, person := t.EscalatesTo(g.tx.Request.Officer)
		hears := slices.Contains(m.to.Roles, role) && (person == "" || slices.Contains(people, person))
		escalated := t.Escalated() || g.in.Template == "escalated" && t.ID == g.in.Task
		if hears && escalated && t.Holder != m.to.ID {
			m.late = append(m.late, row)
		}
	}
	return err
}

// findStruck finds what waits for a role, or for one who is the recipient or whom they stand in for.
func (g *gatherer) findStruck(m *material, roles []casework.Role, people []casework.PersonID) error {
	for _, role := range roles {
		for _, holder := range people {
			waiting, err := g.tx.Waiting(g.ctx, role, holder)
			if err != nil {
				return err
			}
			for _, row := range waiting {
				t := g.struckByNow(row)
				asked := t.Clock.Struck > 0 || g.in.Template == newContact || t.ID == g.in.Task
				inPlace := holder != m.to.ID
				if !asked || inPlace && (t.Holder == "" || !casework.MayStandIn(t.Kind)) || m.has(t.ID) {
					continue
				}
				barred, err := g.barred(&t, m.to.ID)
				if err != nil {
					return err
				}
				if !barred {
					m.struck = append(m.struck, t)
				}
			}
		}
	}
	return nil
}

// struckByNow is a task with its clock as it stands: one of another workflow of the case may strike in the same morning,
// a moment later.
func (g *gatherer) struckByNow(row store.Task) casework.Task {
	t := row.OfCasework()
	if !row.Suspended {
		t.Clock.StrikeUntil(t.Rhythm(), g.in.Transition.At)
	}
	return t
}

// has tells whether a task is among those that the mail tells of already.
func (m *material) has(id casework.TaskID) bool {
	return slices.ContainsFunc(m.struck, func(t casework.Task) bool { return t.ID == id }) ||
		slices.ContainsFunc(m.late, func(t store.Task) bool { return t.ID == id })
}

// only is the one task that the mail asks for or tells of, where it is one.
func (m *material) only() (casework.Task, bool) {
	switch {
	case len(m.struck)+len(m.late) > 1 || m.passedOn() && !m.yours():
		return casework.Task{}, false
	case len(m.struck) == 1:
		return m.struck[0], true
	case len(m.late) == 1:
		return m.late[0].OfCasework(), true
	case m.task != nil:
		return *m.task, true
	}
	return casework.Task{}, false
}
