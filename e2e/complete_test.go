package e2e

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"
)

// vanished: the task was gone before its decision came.
type vanished struct{ answer answer }

func (v *vanished) Error() string { return "gone meanwhile: " + v.answer.String() }

// complete fills the form and sends it, as often as it takes to know the answer.
func (j *journey) complete(ctx context.Context, p *person, t *task, s step) error {
	clear(j.tasks)
	filled, err := j.fill(ctx, p, t, s.Form)
	if err != nil {
		return err
	}
	what := fmt.Sprintf("%s %v by %s", t.Kind, filled["outcome"], s.As)
	key := uuid.NewString()
	a, err := j.decide(ctx, p, t, key, filled)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	switch {
	case len(s.Status) > 0:
		return wantStatus(what, a, s.Status)
	case slices.Contains([]int{http.StatusNotFound, http.StatusConflict}, a.status) && j.gone(ctx, s, t):
		return &vanished{a}
	case a.status != http.StatusOK:
		return fmt.Errorf("%s: %s", what, a)
	case s.Twice:
		return j.again(ctx, p, t, key, filled, what)
	}
	return nil
}

func wantStatus(what string, a answer, wanted []int) error {
	if !slices.Contains(wanted, a.status) {
		return fmt.Errorf("%s: wanted %v, got %s", what, wanted, a)
	}
	if a.problem().Detail == "" && len(a.problem().Fields) == 0 {
		return fmt.Errorf("%s: %d without a sentence: %s", what, a.status, a.text)
	}
	return nil
}

func (j *journey) gone(ctx context.Context, s step, was *task) bool {
	clear(j.tasks)
	_, now, err := j.find(ctx, s)
	return err == nil && (now == nil || now.ID != was.ID)
}

// again completes what is done a second time.
func (j *journey) again(ctx context.Context, p *person, t *task, key string, filled map[string]any, what string) error {
	same, err := j.send(ctx, p, t, key, filled)
	if err != nil {
		return err
	}
	if same.status != http.StatusOK && same.status != http.StatusAccepted {
		return fmt.Errorf("%s, the same again: %s", what, same)
	}
	late, err := j.decide(ctx, p, t, uuid.NewString(), filled)
	if err != nil {
		return err
	}
	return wantStatus(what+", a second time", late, []int{http.StatusConflict, http.StatusNotFound})
}

// decide sends a decision until its fate is known, and writes it into the book: 200 where it is applied, even if it was
// on its way for a while.
func (j *journey) decide(ctx context.Context, p *person, t *task, key string, filled map[string]any) (a answer, err error) {
	entry := j.book.open(*t, fmt.Sprint(filled["outcome"]), key)
	for begun := time.Now(); ; {
		if a, err = j.send(ctx, p, t, key, filled); err != nil {
			return a, err
		}
		if a.status == http.StatusAccepted {
			j.book.wait(entry)
			a, err = j.applied(ctx, p, a)
		}
		if err != nil {
			return a, err
		}
		if a.known() {
			j.book.close(entry, a)
			return a, nil
		}
		j.book.doubt(entry)
		if time.Since(begun) > patience {
			return a, fmt.Errorf("nobody says what became of it: %s", a)
		}
		if err := j.pause(ctx); err != nil {
			return a, err
		}
	}
}

// send posts a decision once, with the code from the mail where one is asked for.
func (j *journey) send(ctx context.Context, p *person, t *task, key string, filled map[string]any) (answer, error) {
	path := p.api() + "/tasks/" + t.ID + "/complete"
	body := map[string]any{"form": filled}
	if t.code == "" {
		if t.asked.IsZero() {
			t.asked = time.Now()
		}
		a := p.post(ctx, path, body, "Idempotency-Key", key)
		if a.status != http.StatusPreconditionRequired {
			return a, nil
		}
		if t.code = j.mails.code(p.address, j.number, t.asked); t.code == "" {
			return a, fmt.Errorf("no confirmation code was mailed to %s", p.address)
		}
	}
	return p.post(ctx, path, body, "Idempotency-Key", key, "Confirmation-Code", t.code), nil
}

// applied follows up a decision that is on its way.
func (j *journey) applied(ctx context.Context, p *person, onItsWay answer) (answer, error) {
	location := onItsWay.header.Get("Location")
	if location == "" {
		return onItsWay, fmt.Errorf("202 without Location: %s", onItsWay)
	}
	for begun := time.Now(); time.Since(begun) < patience; {
		var action struct{ State, Reason string }
		if err := p.see(ctx, location, &action); err != nil {
			return onItsWay, err
		}
		switch action.State {
		case "applied":
			return answer{status: http.StatusOK, text: onItsWay.text}, nil
		case "refused":
			return answer{status: http.StatusConflict, text: fmt.Sprintf("{%q: %q}", "detail", action.Reason)}, nil
		}
		if err := j.pause(ctx); err != nil {
			return onItsWay, err
		}
	}
	return onItsWay, fmt.Errorf("still pending after %s: %s", patience, onItsWay)
}
