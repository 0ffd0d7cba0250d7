package dispatch_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"connex/api/apitest"
	"connex/api/dispatch"
	"connex/casework"
	"connex/store"
)

var answered = casework.Values{"outcome": "answered", "answer": "Yes."}

// eventually waits for what the relay does in its own time.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Errorf("it never came true that %s", what)
}

func relaying(t *testing.T, h *apitest.House) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { h.Dispatch.Relay(ctx); close(ended) }()
	t.Cleanup(func() { stop(); <-ended })
}

// leaving is somebody who goes away as soon as what they do is written down.
func leaving(t *testing.T, h *apitest.House) context.Context {
	t.Helper()
	ctx, leave := context.WithCancel(t.Context())
	before := written(t, h)
	go func() {
		defer leave()
		for ; ctx.Err() == nil; time.Sleep(10 * time.Millisecond) {
			if written(t, h) > before {
				time.Sleep(200 * time.Millisecond) // they wait for the answer by now
				return
			}
		}
	}()
	return ctx
}

func written(t *testing.T, h *apitest.House) (n int) {
	if err := h.Store.DB().QueryRow(`SELECT count(*) FROM actions`).Scan(&n); err != nil {
		t.Error(err)
	}
	return n
}

// answersWhile has the officer of a new request complete a task while Temporal is as it is set, and go away.
func answersWhile(t *testing.T, h *apitest.House, temporal func(*apitest.Temporal)) (casework.CaseNumber, dispatch.Outcome) {
	t.Helper()
	n, officer := h.Request(), h.Account("officer")
	task := h.Open(n, casework.AnswerGovernment, officer.ID)
	h.Temporal.Set(temporal)
	outcome, err := h.Dispatch.Complete(leaving(t, h), officer, task, uuid.NewString(), answered, "")
	if err != nil {
		t.Fatal(err)
	}
	return n, outcome
}

func state(t *testing.T, h *apitest.House, id casework.ActionID) store.Action {
	t.Helper()
	a, err := h.Store.Action(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Who goes away does not undo what they did.
func TestTheRelaySendsWhatCouldNotBeSent(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	_, outcome := answersWhile(t, h, func(f *apitest.Temporal) { f.Away = true })
	if outcome.Applied {
		t.Fatalf("%+v: want it to be on its way", outcome)
	}
	h.Temporal.Set(func(f *apitest.Temporal) { f.Away = false })
	relaying(t, h)
	eventually(t, "the action is applied", func() bool { return state(t, h, outcome.Action).State == store.Applied })
}

func TestTheRelayRepeatsWhatWasLost(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	_, outcome := answersWhile(t, h, func(f *apitest.Temporal) { f.Deaf = true }) // accepted, and never heard of again
	if len(h.Temporal.Signals) != 1 {
		t.Fatalf("%+v, %d signals", outcome, len(h.Temporal.Signals))
	}
	h.Temporal.Set(func(f *apitest.Temporal) { f.Deaf = false })
	relaying(t, h)
	eventually(t, "the action is applied", func() bool { return state(t, h, outcome.Action).State == store.Applied })
}

func TestOnlyTheOldestIsSent(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n, officer := h.Request(), h.Account("officer")
	first, second := h.Open(n, casework.AnswerGovernment, officer.ID), h.Open(n, casework.AnswerGovernment, officer.ID)
	h.Temporal.Set(func(f *apitest.Temporal) { f.Deaf = true })
	for _, task := range []casework.TaskID{first, second} {
		if _, err := h.Dispatch.Complete(leaving(t, h), officer, task, uuid.NewString(), answered, ""); err != nil {
			t.Fatal(err)
		}
	}
	if len(h.Temporal.Signals) != 1 || h.Temporal.Signals[0].Task != first {
		t.Fatalf("sent: %+v, want the first alone", h.Temporal.Signals)
	}
	h.Temporal.Set(func(f *apitest.Temporal) { f.Deaf, f.Signals = false, nil })
	relaying(t, h)
	eventually(t, "both took effect", func() bool {
		var order []casework.TaskID
		h.Temporal.Set(func(f *apitest.Temporal) {
			for _, d := range f.Signals {
				order = append(order, d.Task)
			}
		})
		return len(order) >= 2 && order[0] == first && order[len(order)-1] == second
	})
}

func TestARequestThatEndedMeanwhile(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n, outcome := answersWhile(t, h, func(f *apitest.Temporal) { f.Away = true })
	h.Temporal.Happen(t, casework.Transition{ID: "end", CaseNumber: n, Workflow: string(n), At: time.Now(), Because: casework.ActionID(uuid.NewString()), // no clock, which would yield
		Request: casework.RequestChange{Ending: casework.Void}})
	h.Temporal.Set(func(f *apitest.Temporal) { f.Away, f.Gone = false, true })
	relaying(t, h)
	eventually(t, "the action is refused", func() bool {
		a := state(t, h, outcome.Action)
		return a.State == store.Refused && a.Rule == casework.RuleEnded
	})
}

func TestAClosedWorkflowOfARequestThatGoesOn(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	_, outcome := answersWhile(t, h, func(f *apitest.Temporal) { f.Gone = true })
	if outcome.Applied {
		t.Fatalf("%+v: want it to be kept, for somebody to look at", outcome)
	}
	if a := state(t, h, outcome.Action); a.State != store.Pending {
		t.Errorf("the action is %s, want pending", a.State)
	}
}

func TestAFirstInterestWhileTemporalIsAway(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	h.Temporal.Set(func(f *apitest.Temporal) { f.Away = true })
	interest := dispatch.FirstInterest{Key: "reference 17", Values: casework.Values{"channel": "web", "summary": "Help.", "contactPhone": "+224 1"}}
	n, err := h.Dispatch.Start(leaving(t, h), interest)
	if err != nil || !n.Valid() {
		t.Fatalf("%q, %v: want a number", n, err)
	}
	h.Temporal.Set(func(f *apitest.Temporal) { f.Away = false })
	relaying(t, h)
	eventually(t, "the request is there", func() bool {
		there, err := h.Store.HasCase(t.Context(), n)
		return err == nil && there
	})
	again, err := h.Dispatch.Start(t.Context(), interest)
	if err != nil || again != n {
		t.Errorf("the same reference again: %q, %v, want %q", again, err, n)
	}
	interest.Values = casework.Values{"channel": "web", "summary": "Other.", "contactPhone": "+224 1"}
	if _, err := h.Dispatch.Start(t.Context(), interest); !errors.Is(err, store.ErrKeyReused) {
		t.Errorf("another one under the same reference: %v, want ErrKeyReused", err)
	}
}

func TestCodesRunOut(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	expert := h.Expert("Leila Haddad", "leila@experts.example")
	task := h.Open(n, casework.SignCodeOfConduct, expert.ID)
	p, err := h.Store.LinkByHash(t.Context(), casework.TokenHash(h.Link(n, casework.Expert, expert.ID, expert.Email)))
	if err != nil {
		t.Fatal(err)
	}
	try := func(code string) error {
		_, err := h.Dispatch.Complete(t.Context(), p, task, uuid.NewString(), casework.Values{"outcome": "refuse"}, code)
		return err
	}
	var needed *dispatch.CodeRequired
	if err := try(""); !errors.As(err, &needed) || needed.Wrong {
		t.Fatalf("without a code: %v", err)
	}
	for range 6 {
		if err := try("not it"); !errors.As(err, &needed) || !needed.Wrong {
			t.Fatalf("a wrong code: %v", err)
		}
	}
	var id string
	var kept []byte
	if err := h.Store.DB().QueryRowContext(t.Context(), `SELECT id, code_hash FROM codes`).Scan(&id, &kept); err != nil {
		t.Fatal(err)
	}
	if code := casework.ConfirmationCode(apitest.Secret, id); bytes.Equal(kept, casework.TokenHash(code)) {
		t.Error("a million tries on what is kept of a code tell the code")
	}
	if err := try(casework.ConfirmationCode(apitest.Secret, id)); !errors.As(err, &needed) {
		t.Errorf("the right code after too many wrong ones: %v, want it refused", err)
	}
	for range 19 {
		err = try("")
	}
	if !errors.As(err, &needed) {
		t.Errorf("the twentieth code: %v", err)
	}
	if err := try(""); !errors.Is(err, dispatch.ErrTooManyCodes) {
		t.Errorf("one more code: %v, want ErrTooManyCodes", err)
	}
	if len(h.Temporal.Signals) != 0 {
		t.Errorf("%d decisions went out, want none", len(h.Temporal.Signals))
	}
}

func TestACodeIsGoodForAsLongAsTheSettingsSay(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	h.Sets(casework.GroupLinks, casework.Settings{casework.ConfirmationMinutes: "90"})
	h.Sets(casework.GroupLetterhead, casework.Settings{casework.LetterheadName: "The Unit", casework.LetterheadAddress: "A Street 1\nBerlin", casework.LetterheadMail: "unit@connex.test"})
	n := h.Request()
	expert := h.Expert("Leila Haddad", "leila@experts.example")
	task := h.Open(n, casework.SignCodeOfConduct, expert.ID)
	p, err := h.Store.LinkByHash(t.Context(), casework.TokenHash(h.Link(n, casework.Expert, expert.ID, expert.Email)))
	if err != nil {
		t.Fatal(err)
	}
	var needed *dispatch.CodeRequired
	if _, err = h.Dispatch.Complete(t.Context(), p, task, uuid.NewString(), casework.Values{"outcome": "refuse"}, ""); !errors.As(err, &needed) || needed.Minutes != 90 {
		t.Fatalf("without a code: %+v, %v", needed, err)
	}
	if _, err = h.Dispatch.Complete(t.Context(), p, task, uuid.NewString(), casework.Values{"outcome": "refuse"}, "000000"); !errors.As(err, &needed) || !needed.Wrong || needed.Minutes != 90 {
		t.Errorf("with a wrong one: %+v, %v", needed, err)
	}
	var minutes int
	var text string
	err = h.Store.DB().QueryRowContext(t.Context(), `
		SELECT round(extract(epoch FROM c.expires_at - m.queued_at) / 60), m.text FROM codes c JOIN mails m ON m.code_id = c.id`).Scan(&minutes, &text)
	if err != nil {
		t.Fatal(err)
	}
	if minutes != 90 || !strings.Contains(text, "good for 90 minutes") || !strings.Contains(text, "The officer\nfor The Unit\nE-mail: officer@connex.test\nA Street 1, Berlin") {
		t.Errorf("good for %d minutes:\n%s", minutes, text)
	}
}

func TestLettersComePrefilled(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n, officer := h.Request(), h.Account("officer")
	sheet, err := h.Dispatch.Sheet(t.Context(), officer, h.Open(n, casework.PrepareRequestLetter, officer.ID))
	if err != nil {
		t.Fatal(err)
	}
	if field := sheet.Form.Field("paragraphs"); casework.Empty(field.Value) {
		t.Errorf("no paragraph is proposed: %+v", field)
	}
}

// What is proposed names the officer as the letter itself would, with the telephone.
func TestAProposedLetterNamesTheOfficersTelephone(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n, officer := h.Request(), h.Account("officer")
	if _, err := h.Store.DB().ExecContext(t.Context(), `UPDATE accounts SET phone = '+49 30 1' WHERE id = $1`, officer.ID); err != nil {
		t.Fatal(err)
	}
	sheet, err := h.Dispatch.Sheet(t.Context(), officer, h.Open(n, casework.DraftDeclining, officer.ID))
	if err != nil {
		t.Fatal(err)
	}
	if all := fmt.Sprint(sheet.Form.Field("paragraphs").Value); !strings.Contains(all, "+49 30 1, officer@connex.test") {
		t.Errorf("proposed: %s", all)
	}
}
