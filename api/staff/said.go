package staff

import (
	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// said are the decisions as they were written: votes, evaluations, and all else.
func (r reading) said() (votes, evaluations, rest []web.Said) {
	for _, a := range r.decisions {
		one := web.SaidIn(r.w, a, r.view.Calendar().Process(a.CreatedAt), r.known, r.p)
		one.Title = r.ofActivity(one.Title, a.Workflow)
		switch a.Kind {
		case casework.CastVote:
			votes = append(votes, one)
		case casework.WriteEvaluation, casework.ClosingEvaluation:
			evaluations = append(evaluations, one)
		default:
			rest = append(rest, one)
		}
	}
	return votes, evaluations, rest
}

// plans are the plan that was agreed to, and the newest proposal where it is another one.
func (r reading) plans() (plans []web.Said) {
	add := func(title string, a *store.Action) {
		one := web.SaidIn(r.w, *a, r.view.Calendar().Process(a.CreatedAt), r.known, r.p)
		one.ID, one.Title, one.Outcome = "plan-"+string(a.ID), r.w.T("page.case."+title), ""
		plans = append(plans, one)
	}
	if r.view.Plan != nil {
		add("plan-agreed", r.view.Plan)
	}
	if p := r.view.Proposal; p != nil && (r.view.Plan == nil || p.ID != r.view.Plan.ID) {
		add("plan-proposed", p)
	}
	return plans
}

// ofActivity adds the activity's number to what was decided in its own workflow.
func (r reading) ofActivity(title, workflow string) string {
	for _, a := range r.view.Activities {
		if workflow == a.CaseNumber.ActivityWorkflowID(a.Number) {
			return r.w.T("page.task.of-activity", "Title", title, "Number", a.Number)
		}
	}
	return title
}

// saidAbout are the decisions that a task is about.
func (s room) saidAbout(c *gin.Context, t store.Task) (said []web.Said, err error) {
	p := web.PersonOf(c)
	actions, err := s.Store.ActionsAbout(c.Request.Context(), p, t)
	if err != nil || len(actions) == 0 {
		return nil, err
	}
	documents, err := s.Store.Documents(c.Request.Context(), p, t.CaseNumber)
	if err != nil {
		return nil, err
	}
	_, known, err := s.whoIsWho(c, documents)
	for _, a := range actions {
		said = append(said, web.SaidIn(web.Words(c), a, t.Calendar.Process(a.CreatedAt), known, p))
	}
	return said, err
}

// whoIsWho are the names behind the IDs of people and documents.
func (s room) whoIsWho(c *gin.Context, documents []store.Document) (map[casework.PersonID]string, web.Known, error) {
	names, known := map[casework.PersonID]string{}, web.Known{Experts: map[string]string{}, Documents: map[string]web.LineValue{}}
	for _, d := range documents {
		known.Documents[d.ID] = web.LineValue{Text: d.Title, Href: documentHref(d.ID)}
	}
	roster, err := s.Store.Roster(c.Request.Context())
	if err != nil {
		return nil, known, err
	}
	for _, e := range roster {
		names[e.ID], known.Experts[string(e.ID)] = e.Name, e.Name
	}
	accounts, err := s.Store.Accounts(c.Request.Context())
	for _, a := range accounts {
		names[a.ID] = a.Name
	}
	return names, known, err
}
