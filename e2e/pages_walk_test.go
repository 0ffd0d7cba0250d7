package e2e

import (
	"context"
	"errors"
	"testing"

	"connex/e2e/tour"
)

// walk is a request on its way, which waits at some stages until somebody has seen it there.
type walk struct {
	stages chan tour.Stage
	on     chan struct{}
	fault  error // once stages is closed
}

// stageBefore are the steps before which a request is looked at the first time that they come, by whose they are.
var stageBefore = map[string]string{
	"government submit-request-letter": "formal request", "board1 cast-vote": "governance decision", "head sign-approval-letter": "agreement",
	"officer propose-support": "support design", "government agree-support": "support design, proposed", "officer plan-mission": "scoping mission",
	"evaluator write-evaluation": "implementation", "government closing-questionnaire": "closing",
}

// walk sets out with a request; its first member of the board votes at the browser.
func (s *system) walk(t *testing.T) *walk {
	t.Helper()
	told, err := readScenario("whole")
	if err != nil {
		t.Fatal(err)
	}
	j, err := s.begin(t.Context(), told)
	if err != nil {
		t.Fatal(err)
	}
	w := &walk{stages: make(chan tour.Stage, 1), on: make(chan struct{})}
	go func() {
		defer close(w.stages)
		w.fault = j.walks(context.WithoutCancel(t.Context()), w)
	}()
	return w
}

// walks to the last stage.
func (j *journey) walks(ctx context.Context, w *walk) error {
	seen := map[string]bool{}
	for _, next := range j.Steps {
		who := next.As + " " + next.Kind
		if name := stageBefore[who]; name != "" && !seen[name] {
			seen[name] = true
			stage, err := j.stage(ctx, name, next)
			if err != nil {
				return err
			}
			w.stages <- stage
			<-w.on
			clear(j.tasks)
		}
		if len(seen) == len(stageBefore) {
			return nil
		}
		if who == "board1 cast-vote" {
			continue
		}
		if err := j.do(ctx, next); err != nil {
			return err
		}
	}
	return errors.New("the scenario ended before the last stage")
}

// stage is where a request is when a step waits to be done.
func (j *journey) stage(ctx context.Context, name string, next step) (tour.Stage, error) {
	_, found, err := j.await(ctx, next)
	if err != nil {
		return tour.Stage{}, err
	}
	return tour.Stage{Name: name, Case: j.number, Link: j.mails.link(j.contact, j.number), Tasks: map[string]string{next.Kind: found.ID}}, nil
}
