package staff

import (
	"cmp"
	"time"

	"connex/api/dispatch"
	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// openTask is a task on the page of its case.
type openTask struct {
	taskLine
	Href, Holder string
	Late         string // for how long it has been overdue
	Mine, Behalf bool
}

// mayDo is what the reader may do at any time.
type mayDo struct{ Title, Href, Blocked string }

func (r reading) openTasks() (open []openTask) {
	for _, t := range r.file.Open {
		line := openTask{taskLine: lineOf(r.w, r.p, t), Href: "/tasks/" + string(t.ID), Holder: holderOf(r.w, t)}
		capacity, err := dispatch.CapacityOf(r.p, t)
		line.Mine, line.Behalf = err == nil && line.Blocked == "", capacity.OnBehalf
		if err != nil {
			line.Blocked = "" // nobody asks why they may not do what waits for somebody else
		}
		if t.Overdue {
			line.Late = r.days(r.now.Sub(*t.DueAt))
		}
		open = append(open, line)
	}
	return open
}

func (r reading) mayDo() (may []mayDo) {
	for _, t := range r.file.Standing {
		capacity, err := dispatch.CapacityOf(r.p, t)
		if err != nil {
			continue
		}
		one := mayDo{Title: titleOf(r.w, t), Href: "/tasks/" + string(t.ID)}
		if capacity.OnBehalf {
			one.Title = r.w.T("page.case.on-behalf", "Title", plainTitle(r.w, t.Kind))
		}
		if refusal := t.Blocked(); refusal != nil {
			one.Blocked = r.w.Refusal(*refusal)
		}
		may = append(may, one)
	}
	return may
}

// nextStep is the one thing on top of the page: who has to act, since when, by when; and what happens if nobody does.
type nextStep struct {
	Title, Text, Next string
	Href, Button      string
	Mine, Late        bool
}

// nextStep is what the reader has to do first, with what they are reminded of rather than somebody else; else who has to.
func (r reading) nextStep(open []openTask) *nextStep {
	if r.file.Ending != "" {
		return &nextStep{Title: r.w.T("page.case.step.ended"), Text: r.w.T("page.case.step.ended-how",
			"Ending", standing(r.w, r.file.Phase, r.file.Ending), "Date", r.dateOf(r.file.EndedAt))}
	}
	next := r.whatNext()
	for _, t := range open {
		if t.Mine && !t.Behalf {
			return &nextStep{Title: r.w.T("page.case.step.yours", "Title", t.Title), Text: r.w.T("page.case.step.due", "Since", r.w.Date(t.OpenedAt),
				"Due", r.dateOf(t.DueAt), "Late", t.Late), Next: cmp.Or(r.firstStrike([]store.Task{t.Task}), next), Href: t.Href, Button: r.w.T("page.case.step.button"), Mine: true, Late: t.Overdue}
		}
	}
	if len(open) == 0 {
		return &nextStep{Title: r.w.T("page.case.step.idle"), Text: next}
	}
	first := open[0]
	step := &nextStep{Title: r.w.T("page.case.step.others", "Title", first.Title), Text: r.w.T("page.case.step.waits", "Holder", first.Holder,
		"Since", r.w.Date(first.OpenedAt), "Due", r.dateOf(first.DueAt), "Late", first.Late, "More", len(open)-1), Next: next, Late: first.Overdue}
	if first.Mine {
		step.Href, step.Button = first.Href, r.w.T("case.step.on-behalf")
	}
	return step
}

// whatNext is what happens next when nobody does anything: the first strike of a clock, else the first date of an activity.
func (r reading) whatNext() string {
	if r.file.Suspended {
		return r.w.T("case.next.suspended")
	}
	if text := r.firstStrike(r.file.Open); text != "" {
		return text
	}
	first := time.Time{}
	text := r.w.T("page.case.step.idle-text")
	for _, a := range r.file.Activities {
		what, when := "starts", casework.StartOf(a.Start)
		if a.State == casework.ActivityRunning {
			what, when = "ends", casework.StartOf(a.End)
		} else if a.State != casework.ActivityPlanned {
			continue
		}
		if when.After(r.now) && (first.IsZero() || when.Before(first)) {
			first, text = when, r.w.T("case.next."+what, "Number", a.Number, "Title", a.Title, "Date", r.w.Date(when))
		}
	}
	return text
}

// firstStrike is the next thing that the clocks of these tasks do; nothing where they are silent.
func (r reading) firstStrike(tasks []store.Task) (text string) {
	first := time.Time{}
	for _, t := range tasks {
		if t.Standing || t.Status != store.TaskOpen {
			continue
		}
		stage, when, more := t.Clock.Next(t.OfCasework().Rhythm())
		if more && (first.IsZero() || when.Before(first)) {
			first, text = when, r.w.T("case.next."+string(stage.Strike), "Date", r.w.Date(when), "Holder", nameOr(t.HolderName, r.w.T("page.role."+string(t.Role))), "Title", titleOf(r.w, t))
		}
	}
	return text
}

func (r reading) dateOf(t *time.Time) string {
	if t == nil {
		return ""
	}
	return r.w.Date(*t)
}

// console is the request's workflow, for those who help when something is stuck: the heads, since an administrator sees
// no request.
func (r reading) console() string {
	if !r.p.Has(casework.Head) || r.print {
		return ""
	}
	return r.Config.WorkflowURL(string(r.file.CaseNumber))
}

// mayAdd: an auditor reads everything and changes nothing.
func mayAdd(p store.Person) bool {
	_, err := web.AddingRole(p)
	return err == nil
}
