package staff

import (
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
	Mine, Behalf bool
}

// mayDo is what the reader may do at any time.
type mayDo struct{ Title, Href, Blocked string }

// nextStep is the one thing on top of the page.
type nextStep struct{ Title, Text, Href, Button string }

func (r reading) openTasks() (open []openTask) {
	for _, t := range r.view.Open {
		line := openTask{taskLine: lineOf(r.w, r.p, t), Href: "/tasks/" + string(t.ID), Holder: holderOf(r.w, t)}
		capacity, err := dispatch.CapacityOf(r.p, t)
		line.Mine, line.Behalf = err == nil && line.Blocked == "", capacity.OnBehalf
		open = append(open, line)
	}
	return open
}

func (r reading) mayDo() (may []mayDo) {
	for _, t := range r.view.Standing {
		capacity, err := dispatch.CapacityOf(r.p, t)
		if err != nil {
			continue
		}
		one := mayDo{Title: titleOf(r.w, t), Href: "/tasks/" + string(t.ID)}
		if capacity.OnBehalf {
			one.Title = r.w.T("page.case.on-behalf", "Title", web.KindTitle(r.w, string(t.Kind)))
		}
		if refusal := t.Blocked(); refusal != nil {
			one.Blocked = refusal.Reason
		}
		may = append(may, one)
	}
	return may
}

// nextStep is what the reader has to do first; else who has to, and what happens if they do not.
func (r reading) nextStep(open []openTask) *nextStep {
	if r.view.Ending != "" {
		return &nextStep{Title: r.w.T("page.case.step.ended"), Text: r.w.T("page.case.step.ended-how",
			"Ending", standing(r.w, r.view.Phase, r.view.Ending), "Date", r.dateOf(r.view.EndedAt))}
	}
	if mine := firstOf(open); mine != nil {
		return &nextStep{Title: r.w.T("page.case.step.yours", "Title", mine.Title), Text: r.w.T("page.case.step.due",
			"Since", r.w.Date(mine.OpenedAt), "Due", r.dateOf(mine.DueAt)), Href: mine.Href, Button: r.w.T("page.case.step.button")}
	}
	if len(open) > 0 {
		return &nextStep{Title: r.w.T("page.case.step.others", "Title", open[0].Title), Text: r.w.T("page.case.step.waits",
			"Holder", open[0].Holder, "Since", r.w.Date(open[0].OpenedAt), "Due", r.dateOf(open[0].DueAt))}
	}
	return &nextStep{Title: r.w.T("page.case.step.idle"), Text: r.byTheClock()}
}

// byTheClock is what happens next when nobody does anything.
func (r reading) byTheClock() string {
	what := r.view.Next.What
	if _, known := casework.KindOf(casework.TaskKind(what)); !known || r.view.Next.When.IsZero() {
		return r.w.T("page.case.step.idle-text")
	}
	return r.w.T("page.case.step.next", "What", web.KindTitle(r.w, what), "When", r.w.Date(r.view.Next.When))
}

// firstOf is what is due first among what is the reader's own; what they may do for the government comes after that.
func firstOf(open []openTask) (first *openTask) {
	for i, t := range open {
		if t.Mine && (first == nil || first.Behalf && !t.Behalf) {
			first = &open[i]
		}
	}
	return first
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
	if !r.p.Has(casework.Head) {
		return ""
	}
	return r.Config.WorkflowURL(string(r.view.CaseNumber))
}

// mayAdd: an auditor reads everything and changes nothing.
func mayAdd(p store.Person) bool {
	_, err := web.AddingRole(p)
	return err == nil
}
