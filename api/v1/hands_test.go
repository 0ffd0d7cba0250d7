package v1_test

import (
	"net/http"
	"testing"

	"github.com/google/uuid"

	"connex/api/apitest"
	"connex/casework"
)

func TestTakingAndGivingBack(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	task := "/api/v1/tasks/" + string(h.Open(n, casework.CheckEnvironment, ""))
	personal := "/api/v1/tasks/" + string(h.Open(n, casework.DiscussScope, h.Account("officer").ID))
	h.Account("reviewer2", casework.Reviewer)
	steps := []struct {
		as, path string
		status   int
	}{
		{"officer", task + "/take", http.StatusForbidden},
		{"reviewer", task + "/give-back", http.StatusConflict},
		{"reviewer", task + "/take", http.StatusNoContent},
		{"reviewer2", task + "/take", http.StatusConflict},
		{"officer", personal + "/take", http.StatusConflict},
		{"admin", task + "/take", http.StatusNotFound},
		{"reviewer", task + "/give-back", http.StatusNoContent},
		{"reviewer2", task + "/take", http.StatusNoContent},
	}
	for _, step := range steps {
		if a := h.As(step.as).Do(http.MethodPost, step.path, nil); a.Status != step.status {
			t.Errorf("%s %s: %d %s, want %d", step.as, step.path, a.Status, a.Raw, step.status)
		}
	}
	if a := h.As("reviewer").Get(task); a.Status != http.StatusForbidden {
		t.Errorf("a colleague opens a taken task: %d, want 403", a.Status)
	}
}

func TestReassigning(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	h.Account("officer2")
	task := "/api/v1/tasks/" + string(h.Open(n, casework.DiscussScope, h.Account("officer").ID)) + "/reassign"
	vote := "/api/v1/tasks/" + string(h.Open(n, casework.CastVote, h.Account("board1").ID)) + "/reassign"
	theirs := "/api/v1/tasks/" + string(h.Open(n, casework.ProvideInformation, "")) + "/reassign"
	own := "/api/v1/tasks/" + string(h.Open(n, casework.DeclareConflict, "")) + "/reassign"
	h.Account("officer3", casework.CaseOfficer)
	h.Temporal.Happen(t, casework.Transition{ID: "conflict", CaseNumber: n, Workflow: string(n),
		Request: casework.RequestChange{Officer: h.Account("officer").ID, Conflicts: []casework.PersonID{h.Account("officer3").ID, h.Account("deputy").ID}}})
	to := func(address string) map[string]any { return map[string]any{"to": address, "reason": "On leave."} }
	for name, tt := range map[string]struct {
		as, path string
		body     map[string]any
		status   int
	}{
		"to somebody without the role": {"head", task, to("reviewer@connex.test"), 422},
		"to nobody":                    {"head", task, to("who@connex.test"), 422},
		"without a reason":             {"head", task, map[string]any{"to": "officer2@connex.test"}, 422},
		"by somebody else":             {"reviewer", task, to("officer2@connex.test"), 403},
		"by another officer":           {"officer2", task, to("officer2@connex.test"), 403},
		"a vote":                       {"head", vote, to("board2@connex.test"), 409},
		"what everybody may do":        {"head", own, to("officer2@connex.test"), 409},
		"to somebody in conflict":      {"head", task, to("officer3@connex.test"), 409},
		"by a head in conflict":        {"deputy", task, to("officer2@connex.test"), 409},
		"a government's":               {"head", theirs, to("officer2@connex.test"), 200},
		"by the head":                  {"head", task, to("officer2@connex.test"), 200},
	} {
		t.Run(name, func(t *testing.T) {
			if a := h.As(tt.as).Post(tt.path, tt.body, "Idempotency-Key", uuid.NewString()); a.Status != tt.status {
				t.Errorf("%d %s, want %d", a.Status, a.Raw, tt.status)
			}
		})
	}
	for _, s := range h.Temporal.Signals {
		if s.Carried.String("to") != string(h.Account("officer2").ID) {
			t.Errorf("what went out: %+v, want reassignments to officer2", s)
		}
	}
	if len(h.Temporal.Signals) != 2 {
		t.Errorf("%d reassignments went out, want 2", len(h.Temporal.Signals))
	}
}
