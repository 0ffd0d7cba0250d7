package reconcile_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"go.temporal.io/api/common/v1"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/converter"

	"connex/api/apitest"
	"connex/api/reconcile"
	"connex/casework"
	"connex/store"
)

// server has the workflows that a test gives it, and shows them as Temporal does.
type server struct {
	t         *testing.T
	workflows map[string]*shown
	away      bool
	queried   int
	onQuery   func()
}

type shown struct {
	status   enums.WorkflowExecutionStatus
	attempts int32
	overview *casework.Overview // nil: nobody answers
	attrs    map[string]any
}

var errAway = errors.New("connection refused")

func (s *server) ListWorkflow(context.Context, *workflowservice.ListWorkflowExecutionsRequest) (*workflowservice.ListWorkflowExecutionsResponse, error) {
	if s.away {
		return nil, errAway
	}
	list := &workflowservice.ListWorkflowExecutionsResponse{}
	for id, w := range s.workflows {
		if w.status == enums.WORKFLOW_EXECUTION_STATUS_RUNNING {
			list.Executions = append(list.Executions, &workflow.WorkflowExecutionInfo{Execution: &common.WorkflowExecution{WorkflowId: id}, SearchAttributes: s.attributes(w)})
		}
	}
	return list, nil
}

func (s *server) attributes(w *shown) *common.SearchAttributes {
	fields := map[string]*common.Payload{}
	for name, value := range w.attrs {
		payload, err := converter.GetDefaultDataConverter().ToPayload(value)
		if err != nil {
			s.t.Error(err)
		}
		fields[name] = payload
	}
	return &common.SearchAttributes{IndexedFields: fields}
}

func (s *server) DescribeWorkflowExecution(_ context.Context, id, _ string) (*workflowservice.DescribeWorkflowExecutionResponse, error) {
	w := s.workflows[id]
	switch {
	case s.away:
		return nil, errAway
	case w == nil:
		return nil, serviceerror.NewNotFound("no such workflow")
	}
	return &workflowservice.DescribeWorkflowExecutionResponse{WorkflowExecutionInfo: &workflow.WorkflowExecutionInfo{Status: w.status},
		PendingWorkflowTask: &workflow.PendingWorkflowTaskInfo{Attempt: w.attempts}}, nil
}

type overview struct{ casework.Overview }

func (overview) HasValue() bool { return true }
func (o overview) Get(into any) error {
	*into.(*casework.Overview) = o.Overview
	return nil
}

func (s *server) QueryWorkflow(_ context.Context, id, _, _ string, _ ...any) (converter.EncodedValue, error) {
	s.queried++
	if s.onQuery != nil {
		s.onQuery()
	}
	if w := s.workflows[id]; w.overview != nil {
		return overview{*w.overview}, nil
	}
	return nil, serviceerror.NewDeadlineExceeded("no worker")
}

// bench is a request with a task that waits and one that stands, and its workflow that knows them.
type bench struct {
	*apitest.House
	server *server
	n      casework.CaseNumber
	r      *reconcile.Reconciler
}

func aBench(t *testing.T) *bench {
	t.Helper()
	t.Parallel()
	h := apitest.New(t)
	b := &bench{House: h, server: &server{t: t, workflows: map[string]*shown{}}}
	b.r = reconcile.New(h.Store, b.server, slog.New(slog.NewTextHandler(h.Log, nil)))
	b.another()
	return b
}

func (b *bench) another() {
	b.n = b.Request()
	b.Open(b.n, casework.AnswerGovernment, b.Account("officer").ID)
	b.Open(b.n, casework.Withdraw, "")
	b.server.workflows[string(b.n)] = b.known()
}

// known is the request's workflow as it should be.
func (b *bench) known() *shown {
	u, err := b.Store.UnderwayNow(b.server.t.Context(), string(b.n))
	if err != nil {
		b.server.t.Fatal(err)
	}
	w := &shown{status: enums.WORKFLOW_EXECUTION_STATUS_RUNNING, attempts: 1, overview: &casework.Overview{Phase: u.Phase, Suspended: u.Suspended},
		attrs: map[string]any{casework.AttrPhase: u.Phase, casework.AttrSuspended: u.Suspended, casework.AttrWaitingFor: []string{string(casework.AnswerGovernment)}}}
	for _, id := range u.Tasks {
		w.overview.Tasks = append(w.overview.Tasks, casework.Task{ID: id})
	}
	return w
}

// found are the troubles after a round.
func (b *bench) found() (what []store.Trouble) {
	t := b.server.t
	t.Helper()
	if err := b.r.Round(t.Context()); err != nil {
		t.Fatal(err)
	}
	return b.kept()
}

func (b *bench) kept() (what []store.Trouble) {
	list, err := b.Store.Stuck(b.server.t.Context())
	if err != nil {
		b.server.t.Fatal(err)
	}
	for _, s := range list {
		what = append(what, s.What)
	}
	return what
}

func TestWhatDoesNotFitIsFound(t *testing.T) {
	for name, tt := range map[string]struct {
		trouble store.Trouble // "": none
		change  func(*bench, *shown)
	}{
		"as it should be": {"", func(*bench, *shown) {}},
		"terminated":      {store.NoWorkflow, func(_ *bench, w *shown) { w.status = enums.WORKFLOW_EXECUTION_STATUS_TERMINATED }},
		"completed":       {store.NoWorkflow, func(_ *bench, w *shown) { w.status = enums.WORKFLOW_EXECUTION_STATUS_COMPLETED }},
		"lost":            {store.NoWorkflow, func(b *bench, _ *shown) { clear(b.server.workflows) }},
		"terminated, and the request has ended as well": {"", func(b *bench, w *shown) {
			w.status = enums.WORKFLOW_EXECUTION_STATUS_TERMINATED
			b.Temporal.Happen(b.server.t, casework.Transition{ID: "end", CaseNumber: b.n, Workflow: string(b.n), At: time.Now(), Request: casework.RequestChange{Ending: casework.Void}})
		}},
		"its task fails":       {store.Failing, func(_ *bench, w *shown) { w.attempts = 7; w.overview = nil }},
		"a worker was killed":  {"", func(_ *bench, w *shown) { w.attempts = 2 }},
		"a task more":          {store.Differs, func(_ *bench, w *shown) { w.overview.Tasks = append(w.overview.Tasks, casework.Task{ID: "x"}) }},
		"a task less":          {store.Differs, func(_ *bench, w *shown) { w.overview.Tasks = w.overview.Tasks[1:] }},
		"another phase":        {store.Differs, func(_ *bench, w *shown) { w.overview.Phase = casework.Closing }},
		"suspended":            {store.Differs, func(_ *bench, w *shown) { w.overview.Suspended = true }},
		"it thinks it is over": {store.Differs, func(_ *bench, w *shown) { w.overview.Ending = casework.Closed }},
		"no worker to ask":     {"", func(_ *bench, w *shown) { w.overview = nil }},
		"only the console lags": {"", func(_ *bench, w *shown) {
			w.attrs[casework.AttrPhase] = "closing"
			delete(w.attrs, casework.AttrWaitingFor)
		}},
		"it moves while we look": {"", func(b *bench, w *shown) {
			w.overview.Tasks = w.overview.Tasks[1:]
			b.server.onQuery = func() { b.Open(b.n, casework.AnswerGovernment, b.Account("officer").ID) }
		}},
	} {
		t.Run(name, func(t *testing.T) {
			b := aBench(t)
			tt.change(b, b.server.workflows[string(b.n)])
			var want []store.Trouble
			if tt.trouble != "" {
				want = append(want, tt.trouble)
			}
			if got := b.found(); len(got) != len(want) || len(got) > 0 && got[0] != want[0] {
				t.Errorf("found %v, want %v\n%s", got, want, b.Log)
			}
		})
	}
}

func TestItIsSaidOnceAndTakenBack(t *testing.T) {
	b := aBench(t)
	w := b.server.workflows[string(b.n)]
	w.status = enums.WORKFLOW_EXECUTION_STATUS_TERMINATED
	for range 3 {
		b.found()
	}
	if n := strings.Count(b.Log.String(), "a case stands still"); n != 1 {
		t.Errorf("it was said %d times:\n%s", n, b.Log)
	}
	b.server.away = true
	if err := b.r.Round(t.Context()); err == nil || len(b.kept()) != 1 {
		t.Errorf("Temporal is away: %v, kept %v", err, b.kept())
	}
	b.server.away = false
	w.status = enums.WORKFLOW_EXECUTION_STATUS_RUNNING
	if got := b.found(); len(got) != 0 || strings.Count(b.Log.String(), "a case goes on again") != 1 {
		t.Errorf("reset by an operator: still %v\n%s", got, b.Log)
	}
	if last, err := b.Store.LastRound(t.Context()); err != nil || time.Since(last) > time.Minute {
		t.Errorf("the last round was at %s, %v", last, err)
	}
}

// What nothing shows at sight is found when its turn comes, or by who looks at everything.
func TestEachIsAskedInItsTurn(t *testing.T) {
	b := aBench(t)
	for range 10 {
		b.another()
	}
	last := b.server.workflows[string(b.n)]
	last.overview.Tasks = last.overview.Tasks[1:]
	for round, want := range []struct{ queries, found int }{{5, 0}, {10, 0}, {11 + 1, 1}} { // a find is looked at twice
		if got := b.found(); len(got) != want.found || b.server.queried != want.queries {
			t.Errorf("round %d found %v after %d queries, want %+v", round+1, got, b.server.queried, want)
		}
	}
	b.server.workflows[string(b.n)] = b.known()
	if err := b.r.Everything(t.Context()); err != nil || len(b.kept()) != 0 {
		t.Errorf("who looks at everything finds %v, %v", b.kept(), err)
	}
}

func TestOperatorsSeeTheFigures(t *testing.T) {
	b := aBench(t)
	b.server.workflows[string(b.n)].status = enums.WORKFLOW_EXECUTION_STATUS_TERMINATED
	b.found()
	if err := b.r.Count(t.Context()); err != nil {
		t.Fatal(err)
	}
	figures := string(b.Stranger().Get("/metrics").Raw)
	for _, want := range []string{`connex_stuck{what="no-workflow"} 1`, `connex_stuck{what="pending"} 0`, "connex_reconciled_timestamp_seconds 1."} {
		if !strings.Contains(figures, want) {
			t.Errorf("/metrics does not say %s", want)
		}
	}
}
