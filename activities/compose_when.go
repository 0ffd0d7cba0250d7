package activities

import (
	"cmp"
	"slices"
	"time"

	"connex/casework"
)

// by words until when something is asked for, and how long that is; of a colleague also since when it should have been
// there. A guest who has let a day pass is given the next one, as long as we would remind them of it.
func (w *writer) by(t casework.Task) string {
	due := t.Clock.Due
	w.v.Due, w.v.Away = "", ""
	if due.IsZero() {
		return ""
	}
	id := "mail.by."
	switch {
	case w.audience() == "staff" && t.Clock.Overdue(w.at):
		id = "mail.late."
	case w.audience() != "staff" && casework.DateOf(due) <= casework.DateOf(w.at):
		if due = w.next(t); due.IsZero() {
			return ""
		}
	}
	w.v.Due, w.v.Away = w.date(due), w.w.Away(due, w.at)
	return w.t(id + w.audience())
}

// next is when the task's clock strikes next, the zero time where it is silent from here on.
func (w *writer) next(t casework.Task) time.Time {
	_, when, _ := t.Clock.Next(t.Rhythm())
	return when
}

func (w *writer) date(t time.Time) string { return w.w.Day(casework.DateOf(t)) }

// then words what happens if nothing is done: when the next reminder comes, and who hears of it at last.
func (w *writer) then(t casework.Task) string {
	w.v.Remind, w.v.Last = "", ""
	var last casework.Strike
	for _, stage := range t.Ahead() {
		switch on := w.date(t.Clock.StageAt(stage)); stage.Strike {
		case casework.Remind:
			w.v.Remind = cmp.Or(w.v.Remind, on)
		case casework.Escalate, casework.GiveUp:
			w.v.Last, last = on, stage.Strike
		}
	}
	w.v.Tells = w.t("mail.tells." + string(t.Role))
	said := ""
	switch {
	case w.audience() != "staff":
		said = w.t("mail.then." + w.audience() + "." + string(last))
	case w.v.Remind != "" && w.v.Last != "":
		said = w.t("mail.then.staff.both")
	case w.v.Remind != "":
		said = w.t("mail.then.staff.remind")
	case w.v.Last != "":
		said = w.t("mail.then.staff.escalate")
	}
	return casework.OneLine(said + " " + w.t("mail.ask."+string(t.Kind)+".then."+w.audience()))
}

// why words why it is this person who is asked, or told.
func (w *writer) why(t *casework.Task) string {
	w.v.As = w.t("mail.as." + string(w.to.Role))
	if w.to.Role == casework.CaseOfficer && w.officer.ID == w.to.ID {
		w.v.As = w.t("mail.as.officer")
	}
	switch {
	case w.audience() != "staff":
		return w.t("mail.why." + w.audience())
	case t != nil && t.Holder == w.to.ID && t.TakenBy:
		return w.t("mail.why.taken")
	case t != nil && t.Holder == w.to.ID:
		w.v.As = w.asHolder(*t)
		return w.t("mail.why.person")
	case t != nil && t.Holder == "" && t.Role.Staff():
		w.v.As = w.t("mail.as." + string(t.Role))
		return w.t("mail.why.role")
	}
	if w.v.For = w.to.For; t != nil && w.away[t.Holder] != "" {
		w.v.For = w.away[t.Holder]
	}
	if w.v.For != "" {
		return w.t("mail.why.substitute")
	}
	return w.t("mail.why.told")
}

// whyLate words why an escalation comes to this person.
func (w *writer) whyLate(t casework.Task) string {
	role, officer := t.EscalatesTo(w.officer.ID)
	if role == casework.Head {
		w.v.As = w.t("mail.as.head")
		return w.t("mail.why.told")
	}
	if w.v.For = w.away[officer]; w.v.For != "" && officer != w.to.ID {
		return w.t("mail.why.substitute")
	}
	w.v.As = w.t("mail.as.officer")
	return w.t("mail.why.told")
}

// asHolder is as what somebody holds a task in person.
func (w *writer) asHolder(t casework.Task) string {
	if kind, _ := casework.KindOf(t.Kind); kind.Holding == casework.ByOfficer {
		return w.t("mail.as.officer")
	}
	return w.t("mail.as." + string(t.Role))
}

// waiting lists what this person was reminded of, and what a reply would be about.
func (w *writer) waiting() {
	var ons []string
	var lines string
	quote := w.v.Quote
	for _, t := range w.struck {
		w.asked(t)
		w.v.Why = w.why(&t)
		lines = joined(lines, w.t("mail.waiting."+w.audience()))
		ons = append(ons, w.v.On)
	}
	if len(w.struck) != 1 || w.audience() != "staff" {
		w.v.Quote, w.v.Ask = quote, ""
	}
	w.v.Waiting, w.v.On = lines, w.several(ons)
}

// escalations list what was escalated to this person.
func (w *writer) escalations() {
	var ons []string
	for _, row := range w.late {
		t := row.OfCasework()
		w.holder, w.holderRole = row.HolderName, t.Role
		w.v.Holder = w.heldBy()
		w.asked(t)
		w.v.Why = w.whyLate(t)
		w.v.Late = joined(w.v.Late, w.t("mail.escalation"))
		ons = append(ons, w.v.On)
	}
	w.v.LateOn, w.v.Ask, w.v.Quote = w.several(ons), "", "" // what is asked is for its holder to read
}

// several names what there is, or says how much it is where a colleague has a list of it.
func (w *writer) several(ons []string) string {
	if w.audience() == "staff" && len(ons) > 1 {
		return w.w.T("mail.tasks", "Count", len(ons))
	}
	return w.w.List(slices.Compact(ons))
}
