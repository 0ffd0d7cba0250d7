package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"connex/casework"

	"github.com/jmoiron/sqlx"
)

// Composer makes messages of an intent: one for each recipient. It reads in the transaction that queues them, so that
// they say what that transition wrote.
type Composer interface {
	Compose(ctx context.Context, tx *Tx, intent Intent) ([]QueuedMail, error)
}

// Intent is a mail that a transition wants, with what caused it.
type Intent struct {
	casework.Mail
	Transition casework.Transition
	Action     *Action // the action that is being applied or refused; nil where a clock or another workflow moved
}

// application is one run of Apply.
type application struct {
	*Tx
	t        casework.Transition
	composer Composer
	action   *Action // of the decision; nil without one
	known    map[casework.ActionID]Action
	answer   casework.Recorded
}

// Apply writes one transition whole or not at all, and says what came of it; a repetition gets the answer of the first.
// It decides only on what it reads after the lock.
func (s *Store) Apply(ctx context.Context, t casework.Transition, composer Composer) (answer casework.Recorded, err error) {
	err = s.inTx(ctx, func(tx *sqlx.Tx) error {
		answer, err = s.apply(ctx, tx, t, composer)
		return err
	})
	if err != nil && !errors.Is(err, errNothing) {
		return casework.Recorded{}, fmt.Errorf("apply %s: %w", t.ID, err)
	}
	return answer, nil
}

// errNothing: there is an answer, and nothing is to be kept.
var errNothing = errors.New("nothing is to be kept")

func (s *Store) apply(ctx context.Context, tx *sqlx.Tx, t casework.Transition, composer Composer) (casework.Recorded, error) {
	c, err := s.lock(ctx, tx, t.CaseNumber)
	if errors.Is(err, ErrNotFound) {
		c, err = s.begin(ctx, tx, t)
	}
	switch {
	case errors.Is(err, ErrNotFound) && t.Decision != nil:
		return casework.Recorded{Refusal: unknownAction}, errNothing
	case err != nil:
		return casework.Recorded{}, err
	}
	a := &application{Tx: c, t: t, composer: composer, known: map[casework.ActionID]Action{}}
	verdict, err := a.examine(ctx)
	switch {
	case err != nil:
		return casework.Recorded{}, err
	case verdict.settled:
		return verdict.answer, errNothing
	}
	if a.answer = verdict.answer; a.answer.Refusal != nil {
		return a.refuse(ctx)
	}
	if same, err := a.takeSettings(ctx); err != nil || !same {
		return a.answer, cmp.Or(err, errNothing)
	}
	return a.carryOut(ctx)
}

// takeSettings notes in the answer which settings a phase that begins takes along. Where the transition was told with
// others nothing is written: the workflow tells it again.
func (a *application) takeSettings(ctx context.Context) (same bool, err error) {
	if a.t.Settings == "" {
		return true, nil
	}
	now, err := a.Settings(ctx)
	if err != nil {
		return false, err
	}
	carried := now.Carried()
	a.answer.Settings = &carried
	return carried.Sum() == a.t.Settings, nil
}

// begin makes the request's row from its first interest. ErrNotFound: the transition names no such action.
func (s *Store) begin(ctx context.Context, tx *sqlx.Tx, t casework.Transition) (*Tx, error) {
	if t.Decision == nil || t.Decision.Kind != casework.StartRequest {
		return nil, ErrNotFound
	}
	var startJSON jsonColumn
	err := tx.GetContext(ctx, &startJSON, `SELECT start FROM actions WHERE id = $1 AND case_number = $2 AND kind = $3`,
		uuidOr(t.Decision.Action), t.CaseNumber, casework.StartRequest)
	if err != nil {
		return nil, found(err)
	}
	var start casework.RequestStart
	if err := startJSON.into(&start); err != nil {
		return nil, err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO requests (case_number, calendar_start, day_length, opened_at, phase_entered_at) VALUES ($1, $2, $3, $4, $4)
		ON CONFLICT DO NOTHING`, t.CaseNumber, start.Calendar.Start, start.Calendar.DayLength.Nanoseconds(), clip(t.At))
	if err != nil {
		return nil, err
	}
	return s.lock(ctx, tx, t.CaseNumber)
}

// carryOut writes what the transition changes, in an order in which each step can rely on those before it.
func (a *application) carryOut(ctx context.Context) (casework.Recorded, error) {
	steps := []func(context.Context) error{a.learnActions, a.changeRequest, a.closeTasks, a.openTasks, a.changeTasks,
		a.changeActivities, a.bindExperts, a.keepLetters, a.revokeLinks, a.noteEntries, a.queueMails, a.writeTrail, a.endLinks, a.finish}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return casework.Recorded{}, err
		}
	}
	return a.answer, nil
}

// refuse settles the action, and changes nothing of the case. Where the workflow itself refuses, the trail says so and why;
// of what is refused here it says nothing, and the action's row alone keeps the reason.
func (a *application) refuse(ctx context.Context) (casework.Recorded, error) {
	a.t.Entries = slices.DeleteFunc(slices.Clone(a.t.Entries), func(e casework.Entry) bool { return e.What != casework.TrailRefused })
	for _, step := range []func(context.Context) error{a.noteEntries, a.writeTrail, a.finish} {
		if err := step(ctx); err != nil {
			return casework.Recorded{}, err
		}
	}
	return a.answer, nil
}

// errRepeat: somebody else was faster; the same again will find what they wrote.
var errRepeat = errors.New("the action was settled elsewhere: try again")

// finish settles the decision's action, keeps the answer for a repetition, and tells whoever listens, once.
func (a *application) finish(ctx context.Context) error {
	raw, err := json.Marshal(a.answer)
	if err != nil {
		return err
	}
	var action casework.ActionID
	state, refusal := Applied, casework.Refusal{}
	if a.action != nil {
		action = a.action.ID
	}
	if a.answer.Refusal != nil {
		state, refusal = Refused, *a.answer.Refusal
	}
	var settled int
	err = a.tx.GetContext(ctx, &settled, `
		WITH kept AS (INSERT INTO transitions (id, case_number, answer, recorded_at) VALUES ($1, $2, $3, $4)),
		settled AS (
			UPDATE actions SET state = $6, rule = $7, reason = $8, settled_at = $4 WHERE id = $5::uuid AND state = 'pending' RETURNING id),
		told AS (SELECT pg_notify('connex', $2 || ':' || COALESCE($5::text, '')))
		SELECT (SELECT count(*) FROM settled) FROM told`,
		a.t.ID, a.t.CaseNumber, string(raw), a.Now, optionalUUID(action), state, refusal.Rule, whyOf(refusal))
	if err == nil && a.action != nil && settled != 1 {
		return errRepeat
	}
	return err
}
