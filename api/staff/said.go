package staff

import (
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// at is when somebody acted, in the case's calendar.
func (r reading) at(a store.Action) time.Time { return r.file.Calendar().Process(a.CreatedAt) }

// said is a decision as it was written.
func (r reading) said(d store.Decided) web.Said {
	said := web.SaidIn(r.w, d.Action, r.at(d.Action), r.known, r.p)
	said.Open = r.print
	if d.Activity > 0 {
		said.Title = r.w.T("page.task.of-activity", "Title", said.Title, "Number", d.Activity)
	}
	return said
}

// place writes a decision out in a part of the page that is its own; the story leads there.
func (r reading) place(d store.Decided, part string) *web.Said {
	said := r.said(d)
	said.ID = part + "-" + string(d.ID)
	r.placed[d.ID] = "#" + said.ID
	return &said
}

// writtenAt is where a decision is written out.
func (r reading) writtenAt(id casework.ActionID) string {
	if place, placed := r.placed[id]; placed {
		return place
	}
	return "#said-" + string(id)
}

// plans are the plan that was agreed to, and the newest proposal where it is another one.
func (r reading) plans() (plans []web.Said) {
	var agreed, proposed *store.Decided
	for i, d := range r.file.Decided {
		if d.ID == r.file.PlanAction {
			agreed = &r.file.Decided[i]
		}
		if d.Kind == casework.ProposeSupport || d.Kind == casework.ReviseSupport && d.Outcome == casework.Change {
			proposed = &r.file.Decided[i]
		}
	}
	add := func(title string, d *store.Decided) {
		one := r.place(*d, "plan")
		one.Title, one.Outcome = r.w.T("page.case."+title), ""
		plans = append(plans, *one)
	}
	if agreed != nil {
		add("plan-agreed", agreed)
	}
	if proposed != nil && proposed != agreed {
		add("plan-proposed", proposed)
	}
	return plans
}

// saidAbout are the decisions that a task is about, as they were written.
// A single one is unfolded.
func (s room) saidAbout(c *gin.Context, t store.Task, actions []store.Action) (said []web.Said, err error) {
	if len(actions) == 0 {
		return nil, nil
	}
	p, known := web.PersonOf(c), web.Known{Experts: map[string]string{}, Documents: map[string]web.LineValue{}}
	documents, err := s.Store.Documents(c.Request.Context(), p, t.CaseNumber)
	if err != nil {
		return nil, err
	}
	for _, d := range documents {
		known.Documents[d.ID] = web.LineValue{Text: d.Title, Href: documentHref(d.ID)}
	}
	names, err := s.Store.Names(c.Request.Context())
	for id, name := range names {
		known.Experts[string(id)] = name
	}
	for _, a := range actions {
		said = append(said, web.SaidIn(web.Words(c), a, t.Calendar.Process(a.CreatedAt), known, p))
	}
	if len(said) == 1 {
		said[0].Open = true
	}
	return said, err
}
