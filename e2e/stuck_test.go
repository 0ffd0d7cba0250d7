package e2e

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"connex/api/reconcile"
)

// An operator terminates a case by mistake: it is noticed and said, decisions are kept, and all goes on when the run is
// reset.
func TestATerminatedCaseIsNoticedAndGoesOnWhenItIsReset(t *testing.T) {
	inTurn(t)
	s := theSystem(t)
	j := s.requestUpTo(t, "declined", "check-environment")
	p, found, good := j.waiting(t, "reviewer", "check-environment", map[string]any{"outcome": "proceed", "rating": "low"})
	if err := s.console(t).TerminateWorkflow(t.Context(), j.number, "", "by mistake"); err != nil {
		t.Fatal(err)
	}
	key := uuid.NewString()
	if a := complete(t.Context(), p, found.ID, key, good); a.status != http.StatusAccepted {
		t.Errorf("a decision on a terminated case: want 202, got %s", a)
	}
	s.noticed(t, j.number)
	s.reset(t, j.number)
	s.applied(t, p, key)
	j.tookEffectOnce(t, found)
	s.wellAgain(t, j.number)
	if err := j.goOnFrom(t.Context(), "check-conflict"); err != nil {
		t.Fatal(err)
	}
	if err := j.ended(t.Context()); err != nil {
		t.Error(err)
	}
}

const noticeWithin = 90 * time.Second // two rounds of the comparison, on a busy machine

// noticed: the operators' figures, log and command say it, and so does the page of whoever works on the case.
func (s *system) noticed(t testing.TB, number string) {
	t.Helper()
	s.pageSays(t, number, true)
	waitFor(t, noticeWithin, "/metrics to count it", func() (struct{}, bool) {
		a := (&person{base: s.base}).get(t.Context(), "/metrics")
		return struct{}{}, strings.Contains(a.text, `connex_stuck{what="no-workflow"}`) && !strings.Contains(a.text, `connex_stuck{what="no-workflow"} 0`)
	})
	log, err := os.ReadFile(filepath.Join(s.folder, "data", "logs", "api.log"))
	if err != nil || !strings.Contains(string(log), `"a case stands still","case":"`+number) {
		t.Errorf("the log does not say it: %v", err)
	}
	list, status := s.stuckList(t)
	if status == 0 || !slices.ContainsFunc(list, func(line string) bool { return strings.HasPrefix(line, number+"  no-workflow") }) {
		t.Errorf("api stuck ends with %d and lists %q", status, list)
	}
}

func (s *system) wellAgain(t testing.TB, number string) {
	t.Helper()
	if list, _ := s.stuckList(t); slices.ContainsFunc(list, func(line string) bool { return strings.HasPrefix(line, number) }) {
		t.Errorf("api stuck still lists %q", list)
	}
	s.pageSays(t, number, false)
}

// pageSays waits for the page of the case to say that it stands still, or not to.
func (s *system) pageSays(t testing.TB, number string, still bool) {
	t.Helper()
	officer := s.as(t, "officer")
	waitFor(t, noticeWithin, fmt.Sprintf("the page of %s to say that it stands still (%t)", number, still), func() (answer, bool) {
		a := officer.get(t.Context(), "/requests/"+number)
		return a, a.status == http.StatusOK && strings.Contains(a.text, "This request stands still") == still
	})
}

// apiOfItsOwn is the program of another api of this system, and what it is told, but for its database.
func (s *system) apiOfItsOwn(t testing.TB) (program string, environ []string) {
	t.Helper()
	secret, err := s.secret()
	if err != nil {
		t.Fatal(err)
	}
	_, local, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(filepath.Dir(local), "api"), []string{"TEMPORAL_ADDRESS=" + s.temporal, "TEMPORAL_NAMESPACE=" + s.namespace, "CONNEX_SECRET=" + secret}
}

// stuckList is what the operators' command prints, and how it ends.
func (s *system) stuckList(t testing.TB) (lines []string, status int) {
	t.Helper()
	program, environ := s.apiOfItsOwn(t)
	command := exec.CommandContext(t.Context(), program, "stuck")
	command.Env = append(append(without("CONNEX_", "DATABASE_URL", "TEMPORAL_"), "DATABASE_URL="+s.database), environ...)
	text, err := command.Output()
	if ended := new(exec.ExitError); err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	return strings.Split(string(text), "\n"), command.ProcessState.ExitCode()
}

// After all that was done to the servers every workflow that must run does, and knows what the rows say.
func workflowsAndRowsAgreeAfterAllFaults(t *testing.T, s *system) {
	s.isBack(t)
	book, err := s.ledger()
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	log := slog.New(slog.NewTextHandler(&said, nil))
	if err := reconcile.New(book, s.console(t), log).Everything(context.WithoutCancel(t.Context())); err != nil {
		t.Fatal(err)
	}
	list, err := book.Stuck(t.Context())
	if err != nil || len(list) > 0 {
		t.Errorf("these stand still: %+v, %v\n%s", list, err, &said)
	}
}
