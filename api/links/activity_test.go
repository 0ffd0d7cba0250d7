package links_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"connex/api/apitest"
	"connex/api/pagetest"
	"connex/casework"
)

// activities are agreed in a request, one of each title.
func activities(t *testing.T, h *apitest.House, n casework.CaseNumber, expert casework.PersonID, titles ...string) {
	t.Helper()
	officer := h.Account("officer")
	var plans []any
	for _, title := range titles {
		plans = append(plans, map[string]any{"title": title, "form": "advice", "stage": "during", "experts": []any{string(expert)}, "start": "2027-01-04", "end": "2027-02-05", "deliverable": "A model"})
	}
	proposed, err := h.Dispatch.Complete(t.Context(), officer, h.Open(n, casework.ProposeSupport, officer.ID), uuid.NewString(),
		casework.Values{"outcome": "propose", "suggestions": "We suggest this.", "experts": []any{string(expert)}, "activities": plans}, "")
	if err != nil {
		t.Fatal(err)
	}
	stands(t, h, n, casework.RequestChange{Decision: &casework.BoardWord{Result: casework.ResultApproved}, Agreed: true})
	planned := casework.Transition{ID: uuid.NewString(), CaseNumber: n, Workflow: string(n), At: time.Now()}
	for i := range titles {
		planned.Activities = append(planned.Activities, casework.ActivityChange{Number: i + 1, State: casework.ActivityPlanned, Action: proposed.Action, Index: i,
			Start: "2027-01-04", End: "2027-02-05", Experts: []casework.PersonID{expert}})
	}
	h.Temporal.Happen(t, planned)
}

// Where two activities have ended, two questions of the same name wait for the same reader.
func TestGuestsAreToldWhichActivityIsMeant(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	ana, expertsHome := anExpert(t, h, n)
	titles := []string{"A fiscal model", "A course on contracts"}
	activities(t, h, n, ana.ID, titles...)
	for _, guest := range []struct {
		home, label string
		kind        casework.TaskKind
		holder      casework.PersonID
	}{{"/p/" + h.Government(n), "Your view of the support", casework.EvaluateSupport, ""}, {expertsHome, "Report on your work", casework.ReportActivity, ana.ID}} {
		tasks := map[string]string{}
		for i, title := range titles {
			tasks[title] = guest.home + "/tasks/" + string(h.Open(n, guest.kind, guest.holder, func(t *casework.Task) { t.Activity = i + 1 }))
		}
		page := pagetest.NewBrowser(t, h.URL).Get(guest.home).Answers(200)
		for title, task := range tasks {
			if got := page.Link(guest.label + ", Activity “" + title + "”"); got != task {
				t.Errorf("the link that names %s leads to %q", title, got)
			}
			pagetest.NewBrowser(t, h.URL).Get(task).Answers(200).Says("Activity “" + title + "”")
		}
	}
}
