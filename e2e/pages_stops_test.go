package e2e

import (
	"context"
	"testing"

	"github.com/chromedp/chromedp"

	"connex/e2e/tour"
)

// stopsWithLinks are what the pages are about, and where the guests' begin.
type stopsWithLinks struct {
	tour.Stops
	links map[string]string
}

// stops are a request that has just come in, one whose government has its link and which waits for others, so that it does not
// lapse, and one that is suspended.
func (s *system) stops(t *testing.T) stopsWithLinks {
	t.Helper()
	underway, fresh, paused := s.requestUpTo(t, "whole", "check-conflict"), s.requestUpTo(t, "whole", "assess-eligibility"), s.requestUpTo(t, "suspended", "resume")
	at := stopsWithLinks{Stops: tour.Stops{Case: underway.number, Paused: paused.number, PausedLink: s.mails.link(paused.contact, paused.number)},
		links: map[string]string{"government": s.mails.link(underway.contact, underway.number)}}
	at.Task, at.GuestTask, at.PassOn = s.openTask(t, fresh.number, "assess-eligibility"), s.openTask(t, underway.number, "ask-us"), s.openTask(t, underway.number, "change-contact")
	at.Resume, at.PausedTask = s.openTask(t, at.Paused, "resume"), s.openTask(t, at.Paused, "ask-us")
	return at
}

// openTask is the ID of a task that waits or stands in a request.
func (s *system) openTask(t *testing.T, number, kind string) string {
	t.Helper()
	id := s.openTasks(t, number)[kind]
	if id == "" {
		t.Fatalf("%s has no task %s", number, kind)
	}
	return id
}

// openTasks are the IDs of a request's tasks by their kinds.
func (s *system) openTasks(t *testing.T, number string) map[string]string {
	t.Helper()
	var now request
	if err := s.as(t, "auditor").see(t.Context(), "/api/v1/requests/"+number, &now); err != nil {
		t.Fatal(err)
	}
	tasks := map[string]string{}
	for _, task := range append(now.OpenTasks, now.StandingTasks...) {
		if tasks[task.Kind] == "" {
			tasks[task.Kind] = task.ID
		}
	}
	return tasks
}

// troubles are brought about where a state asks for them.
type troubles struct {
	beside *tour.Beside
	paused func(*reader)
}

func (s *system) troubles(t *testing.T, at stopsWithLinks) troubles {
	t.Helper()
	program, environ := s.apiOfItsOwn(t)
	beside, err := tour.OpenBeside(t.Context(), program, s.database, environ...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = beside.Close() }) // it is killed
	return troubles{beside, func(r *reader) {
		if err := s.console(t).TerminateWorkflow(context.WithoutCancel(t.Context()), at.Paused, "", "by mistake"); err != nil {
			r.fail("terminate a workflow", err)
		}
	}}
}

// bring one of them about, and mend it, as far as that can be mended.
func (o troubles) bring(r *reader, trouble tour.Trouble) (mend func()) {
	r.t.Helper()
	switch trouble {
	case tour.Terminated:
		o.paused(r)
	case tour.Offline:
		r.must("hear of changes", chromedp.Evaluate[chromedp.Void](tour.Hears, chromedp.EvalAwaitPromise))
		r.loses(true)
		return func() { r.loses(false) }
	case tour.Away:
		mend := o.beside.Cut()
		return func() {
			if err := mend(); err != nil {
				r.fail("mend the line", err)
			}
		}
	}
	return func() {}
}
