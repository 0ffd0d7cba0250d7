package e2e

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"
)

// attempt is somebody about to send a form.
type attempt struct {
	who  *person
	task *task
	form map[string]any
}

// allAtOnce sends several decisions at the same moment and gives their answers in order.
func (j *journey) allAtOnce(t testing.TB, attempts []attempt) []answer {
	t.Helper()
	answers := make([]answer, len(attempts))
	var all errgroup.Group
	for i, a := range attempts {
		all.Go(func() (err error) {
			answers[i], err = j.companion().decide(context.WithoutCancel(t.Context()), a.who, a.task, uuid.NewString(), a.form)
			return err
		})
	}
	if err := all.Wait(); err != nil {
		t.Fatal(err)
	}
	return answers
}

func (j *journey) prepared(t testing.TB, as, kind string, said map[string]any) attempt {
	t.Helper()
	p, found, filled := j.waiting(t, as, kind, said)
	return attempt{p, found, filled}
}

// Of several people who do the same thing at the same moment one is first; the others are told so.
func TestOfSeveralAtOnceOneIsFirst(t *testing.T) {
	inTurn(t)
	j := theSystem(t).requestUpTo(t, "declined", "check-human-rights")
	var attempts []attempt
	kinds := []string{"check-human-rights", "check-environment", "check-conflict", "check-partners", "check-integrity"}
	for _, kind := range kinds {
		for _, as := range []string{"reviewer", "reviewer2", "board3"} {
			attempts = append(attempts, j.prepared(t, as, kind, map[string]any{"outcome": "proceed", "rating": "low"}))
		}
	}
	answers := j.allAtOnce(t, attempts)
	t.Logf("%d of %d who decided at once were told to look again later", j.book.waits(), len(attempts)) // how many depends on the machine
	for i, kind := range kinds {
		var told []int
		for _, a := range answers[3*i : 3*i+3] {
			told = append(told, a.status)
			if a.status == 409 && a.problem().Detail == "" {
				t.Errorf("%s was refused without a sentence: %s", kind, a)
			}
		}
		if slices.Sort(told); !slices.Equal(told, []int{200, 409, 409}) {
			t.Errorf("%s: three at once were told %v", kind, told)
		}
	}
	j.agrees(t)
}

// Whichever of a withdrawal, a voiding and a conclusion comes first counts, and the request ends once.
func TestOfTwoEndingsOneIsFirst(t *testing.T) {
	inTurn(t)
	s := theSystem(t)
	for range 3 {
		j := s.requestUpTo(t, "declined", "conclude-due-diligence")
		void := j.standingTask(t, "head", "void", "A mistake.")
		withdraw := j.codeFor(t, j.standingTask(t, "government", "withdraw", "No more."))
		conclude := j.prepared(t, "officer", "conclude-due-diligence", map[string]any{"outcome": "recommend", "summary": "Fine."})
		told := map[int]int{}
		for _, a := range j.allAtOnce(t, []attempt{void, withdraw, conclude})[:2] {
			told[a.status]++
		}
		if told[200] != 1 || told[409] != 1 {
			t.Errorf("%s: two endings at once were told %v", j.number, told)
		}
		j.agrees(t)
	}
}

func (j *journey) standingTask(t testing.TB, as, kind, why string) attempt {
	t.Helper()
	p, found, err := j.await(t.Context(), step{As: as, Kind: kind, Standing: true})
	if err != nil {
		t.Fatal(err)
	}
	return attempt{p, found, map[string]any{"outcome": kind, "reason": why}}
}

// codeFor gets the code first: who asks for one that moment may never get it, for the case may be over.
func (j *journey) codeFor(t testing.TB, a attempt) attempt {
	t.Helper()
	since := time.Now()
	if asked := complete(t.Context(), a.who, a.task.ID, uuid.NewString(), a.form); asked.status != http.StatusPreconditionRequired {
		t.Fatalf("want 428, got %s", asked)
	}
	a.task.code = j.mails.code(a.who.address, j.number, since)
	return a
}

// agrees holds the trail against the book, and sees that nothing ended twice.
func (j *journey) agrees(t testing.TB) {
	t.Helper()
	trail, err := j.trailOf(t.Context(), j.number)
	if err == nil {
		err = j.book.compare(trail)
	}
	ends := 0
	for _, e := range trail {
		if e.What == "request-ended" {
			ends++
		}
	}
	if err == nil && ends > 1 {
		err = fmt.Errorf("it ended %d times", ends)
	}
	if err != nil {
		t.Errorf("%s: %v", j.number, err)
	}
}
