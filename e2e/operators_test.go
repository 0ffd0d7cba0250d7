package e2e

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/sdk/v1"
	info "go.temporal.io/api/workflow/v1"
	"go.temporal.io/sdk/converter"

	"connex/casework"
)

// What an operator finds in the Temporal console: where the case stands, whom it waits for, what each timer and activity
// is about.
func TestTheConsoleShowsWhereACaseStands(t *testing.T) {
	inTurn(t)
	s := theSystem(t)
	j := s.requestUpTo(t, "declined", "check-environment")
	about := s.describes(t, j.number)
	for name, wanted := range map[string]string{casework.AttrCaseNumber: j.number, casework.AttrPhase: "due-diligence", casework.AttrCountry: "ZM",
		casework.AttrSuspended: "false"} {
		if got := shown(t, about, name); got != wanted {
			t.Errorf("%s shows %s, want %s", name, got, wanted)
		}
	}
	const all = "[check-conflict check-environment check-integrity check-partners]"
	waitFor(t, untilAsked, casework.AttrWaitingFor+" to show "+all, func() (string, bool) { // a decision is answered from its row, before its run has said so
		waits := shown(t, s.describes(t, j.number), casework.AttrWaitingFor)
		return waits, waits == all
	})
	if len(about.GetMemo().GetFields()) == 0 {
		t.Error("there is no memo with country and sector")
	}
	if details := s.details(t, j.number); !strings.Contains(details, "due-diligence") || !strings.Contains(details, "check-environment") {
		t.Errorf("the details say %q", details)
	}
	s.summarised(t, j.number)
}

// describes is what the console knows of a run.
func (s *system) describes(t testing.TB, workflow string) *info.WorkflowExecutionInfo {
	t.Helper()
	about, err := s.console(t).DescribeWorkflowExecution(t.Context(), workflow, "")
	if err != nil {
		t.Fatal(err)
	}
	return about.GetWorkflowExecutionInfo()
}

// shown is the value of a search attribute.
func shown(t testing.TB, about *info.WorkflowExecutionInfo, name string) string {
	t.Helper()
	payload := about.GetSearchAttributes().GetIndexedFields()[name]
	if payload == nil {
		return ""
	}
	var value any
	if err := converter.GetDefaultDataConverter().FromPayload(payload, &value); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(value)
}

// details are what the console shows of a run, which only a living worker can say.
func (s *system) details(t testing.TB, workflow string) string {
	t.Helper()
	answer, err := s.console(t).QueryWorkflow(t.Context(), workflow, "", "__temporal_workflow_metadata")
	if err != nil {
		t.Fatal(err)
	}
	var metadata sdk.WorkflowMetadata
	if err := answer.Get(&metadata); err != nil {
		t.Fatal(err)
	}
	return metadata.GetCurrentDetails()
}

// summarised: each timer and each activity of the run carries a summary.
func (s *system) summarised(t testing.TB, workflow string) {
	t.Helper()
	history := s.console(t).GetWorkflowHistory(t.Context(), workflow, "", false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for history.HasNext() {
		event, err := history.Next()
		if err != nil {
			t.Fatal(err)
		}
		kind := event.GetEventType()
		if kind != enums.EVENT_TYPE_TIMER_STARTED && kind != enums.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED {
			continue
		}
		if len(event.GetUserMetadata().GetSummary().GetData()) == 0 {
			t.Errorf("event %d, %s, has no summary", event.GetEventId(), kind)
		}
	}
}

// The workflow and the rows say the same: else one of them was restored, or written by something else.
func TestTheOverviewIsWhatTheRowsSay(t *testing.T) {
	inTurn(t)
	j := theSystem(t).requestUpTo(t, "declined", "conclude-due-diligence")
	answer, err := j.console(t).QueryWorkflow(t.Context(), j.number, "", casework.OverviewQuery)
	if err != nil {
		t.Fatal(err)
	}
	var overview casework.Overview
	if err := answer.Get(&overview); err != nil {
		t.Fatal(err)
	}
	rows, err := j.view(context.WithoutCancel(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	ids := func(tasks []task) []string {
		found := map[string]bool{}
		for _, t := range tasks {
			found[t.ID+" "+t.Kind] = true
		}
		return slices.Sorted(maps.Keys(found))
	}
	var known []task
	for _, t := range overview.Tasks {
		known = append(known, task{ID: string(t.ID), Kind: string(t.Kind)})
	}
	if told, stored := ids(known), ids(append(rows.OpenTasks, rows.StandingTasks...)); !slices.Equal(told, stored) {
		t.Errorf("the workflow has %q, the database %q", told, stored)
	}
	if string(overview.Phase) != rows.Phase || overview.Suspended != rows.Suspended || overview.Ending != "" {
		t.Errorf("the workflow says %s, %t, %q; the database %s, %t", overview.Phase, overview.Suspended, overview.Ending, rows.Phase, rows.Suspended)
	}
}
