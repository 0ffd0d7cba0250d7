package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"time"

	"connex/casework"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// ErrKeyReused: the idempotency key is bound to something else that was done, or to somebody else.
var ErrKeyReused = errors.New("this idempotency key was used for something else")

// ErrWrongCode: the confirmation code is not one that was sent, or good no more.
var ErrWrongCode = errors.New("this confirmation code is not good")

// ActionState says how far an action has come.
type ActionState string

// The states of an action.
const (
	Pending ActionState = "pending"
	Applied ActionState = "applied"
	Refused ActionState = "refused"
)

// Action is what a person did once. Form has the texts, Carried what of it travels in history.
type Action struct {
	ID         casework.ActionID      `db:"id"`
	CaseNumber casework.CaseNumber    `db:"case_number"`
	Task       casework.TaskID        `db:"task_id"`
	Workflow   string                 `db:"workflow_id"`
	Kind       casework.TaskKind      `db:"kind"`
	Outcome    casework.Outcome       `db:"outcome"`
	Actor      casework.PersonID      `db:"actor"`
	ActorName  string                 `db:"actor_name"`
	Role       casework.Role          `db:"role"`
	Link       string                 `db:"link_id"`
	OnBehalf   bool                   `db:"on_behalf"`
	For        casework.PersonID      `db:"stands_for"` // in whose place, while they are away
	Form       casework.Values        `db:"-"`
	Carried    casework.Values        `db:"-"`
	Start      *casework.RequestStart `db:"-"` // of a first interest: the input of the workflow
	State      ActionState            `db:"state"`
	Rule       string                 `db:"rule"`
	Why        string                 `db:"reason"` // as the row has it: see Refusal
	CreatedAt  time.Time              `db:"created_at"`
	SettledAt  *time.Time             `db:"settled_at"`
	Attempts   int                    `db:"attempts"`

	// Alone: no older action of this case was pending, so the signal may be sent at once. Else the relay sends it in
	// its turn. Only AddAction and StartRequest say so.
	Alone bool `db:"-"`
	// Repeated: the key had been used for the very same before; nothing was written.
	Repeated bool `db:"-"`
}

// Decision is the action as the signal carries it.
func (a Action) Decision() casework.Decision {
	return casework.Decision{Action: a.ID, Task: a.Task, Kind: a.Kind, Outcome: a.Outcome, Actor: a.Actor, Role: a.Role,
		OnBehalf: a.OnBehalf, For: a.For, At: a.CreatedAt.UTC(), Carried: a.Carried}
}

// Refusal is why the action was refused; nil unless it was.
func (a Action) Refusal() *casework.Refusal {
	if a.State != Refused {
		return nil
	}
	refusal := refusalOf(a.Rule, a.Why)
	return &refusal
}

type actionRow struct {
	Action
	FormJSON    jsonColumn `db:"form"`
	CarriedJSON jsonColumn `db:"carried"`
	StartJSON   jsonColumn `db:"start"`
	BodyHash    []byte     `db:"body_hash"`
}

// actionColumns of actions a.
const actionColumns = `a.id, a.case_number, COALESCE(a.task_id::text, '') AS task_id, a.workflow_id, a.kind, a.outcome, a.actor,
	a.actor_name, a.role, a.link_id, a.on_behalf, a.stands_for, a.form, a.carried, a.start, a.body_hash, a.state, a.rule, a.reason, a.created_at,
	a.settled_at, a.attempts`

func (row actionRow) action() (Action, error) {
	a := row.Action
	a.CreatedAt = a.CreatedAt.UTC()
	return a, errors.Join(row.FormJSON.into(&a.Form), row.CarriedJSON.into(&a.Carried), row.StartJSON.into(&a.Start))
}

func actionsOf(rows []actionRow) ([]Action, error) {
	actions := make([]Action, len(rows))
	for i, row := range rows {
		var err error
		if actions[i], err = row.action(); err != nil {
			return nil, err
		}
	}
	return actions, nil
}

// ActionIDFor makes an idempotency key an action's ID: a UUID is one already, any other text becomes one that nobody
// else's text becomes.
func ActionIDFor(actor casework.PersonID, key string) casework.ActionID {
	if id, err := uuid.Parse(key); err == nil && len(key) == 36 {
		return casework.ActionID(id.String())
	}
	return casework.ActionID(uuid.NewSHA1(uuid.NameSpaceURL, []byte("connex:"+string(actor)+"\x00"+key)).String())
}

// NewAction is what somebody is about to do to a task. The form was decoded and checked; what of it is carried too.
type NewAction struct {
	ID       casework.ActionID
	Person   Person
	Role     casework.Role // in which they act
	Task     Task
	Kind     casework.TaskKind // the task's, or Reassign, Take, GiveBack
	Outcome  casework.Outcome
	OnBehalf bool
	For      casework.PersonID // in whose place
	Form     casework.Values
	Carried  casework.Values
	CodeHash []byte // the keyed hash of the confirmation code, where one is asked for: used up with the action, or not at all
}

// AddAction writes what somebody does down; from here on it is not lost. The same key with the same body is the same
// action, and nothing more is written.
func (s *Store) AddAction(ctx context.Context, n NewAction) (a Action, err error) {
	row := actionRow{Action: Action{ID: n.ID, CaseNumber: n.Task.CaseNumber, Task: n.Task.ID, Workflow: n.Task.Workflow, Kind: n.Kind,
		Outcome: n.Outcome, Actor: n.Person.ID, ActorName: n.Person.Name, Role: n.Role, OnBehalf: n.OnBehalf, For: n.For, Form: n.Form, Carried: n.Carried}}
	if n.Person.Link != nil {
		row.Link = n.Person.Link.ID
	}
	if row.BodyHash, err = bodyHash(n.Task.ID, n.Kind, n.Outcome, n.OnBehalf, n.Form); err != nil {
		return Action{}, err
	}
	if n.CodeHash == nil {
		return insertAction(ctx, s.db, row)
	}
	err = s.inTx(ctx, func(tx *sqlx.Tx) error {
		if a, err = insertAction(ctx, tx, row); err != nil || a.Repeated {
			return err
		}
		return useCode(ctx, tx, row.Link, n.Task.ID, n.CodeHash)
	})
	if errors.Is(err, ErrWrongCode) {
		err = errors.Join(err, s.countTry(ctx, row.Link, n.Task.ID))
	}
	return a, err
}

func bodyHash(parts ...any) ([]byte, error) {
	body, err := canonical(parts)
	sum := sha256.Sum256(body)
	return sum[:], err
}

// insertAction writes the row unless its key is there. Where it stands alone, the caller sends the signal now, and the
// relay keeps away for a moment.
func insertAction(ctx context.Context, q sqlx.QueryerContext, row actionRow) (Action, error) {
	if row.Form == nil {
		row.Form = casework.Values{}
	}
	if row.Carried == nil {
		row.Carried = casework.Values{}
	}
	var start any
	if row.Start != nil {
		start = asJSON(row.Start)
	}
	var made struct {
		actionRow
		IsAlone bool `db:"alone"`
	}
	err := sqlx.GetContext(ctx, q, &made, `
		WITH waiting AS (SELECT EXISTS (SELECT FROM actions WHERE case_number = $2 AND state = 'pending') AS others)
		INSERT INTO actions AS a (id, case_number, task_id, workflow_id, kind, outcome, actor, actor_name, role, link_id, on_behalf,
			form, carried, start, body_hash, stands_for, next_attempt_at)
		SELECT $1::uuid, $2, $3::uuid, $4, $5, $6, $7, $8, $9, $10, $11, $12::jsonb, $13::jsonb, $14::jsonb, $15, $16,
			clock_timestamp() + CASE WHEN others THEN interval '0' ELSE interval '3 seconds' END
		FROM   waiting
		ON CONFLICT (id) DO NOTHING
		RETURNING `+actionColumns+`, a.next_attempt_at > a.created_at + interval '1 second' AS alone`,
		uuidOr(row.ID), row.CaseNumber, optionalUUID(row.Task), row.Workflow, row.Kind, row.Outcome, row.Actor, row.ActorName, row.Role,
		row.Link, row.OnBehalf, asJSON(row.Form), asJSON(row.Carried), start, row.BodyHash, row.For)
	if errors.Is(err, sql.ErrNoRows) {
		return repeatedAction(ctx, q, row)
	}
	if err != nil {
		return Action{}, err
	}
	a, err := made.action()
	a.Alone = made.IsAlone
	return a, err
}

// repeatedAction is what stands under the key already, if it is the same done by the same person.
func repeatedAction(ctx context.Context, q sqlx.QueryerContext, row actionRow) (Action, error) {
	var there actionRow
	if err := sqlx.GetContext(ctx, q, &there, `SELECT `+actionColumns+` FROM actions a WHERE a.id = $1`, uuidOr(row.ID)); err != nil {
		return Action{}, err
	}
	if there.Actor != row.Actor || there.Role != row.Role || string(there.BodyHash) != string(row.BodyHash) {
		return Action{}, ErrKeyReused
	}
	a, err := there.action()
	a.Repeated = true
	return a, err
}

// ActionOf is an action for its actor; ErrNotFound for everybody else.
func (s *Store) ActionOf(ctx context.Context, p Person, id casework.ActionID) (Action, error) {
	var row actionRow
	err := s.db.GetContext(ctx, &row, `SELECT `+actionColumns+` FROM actions a WHERE a.id = $1 AND a.actor = $2`, uuidOr(id), p.ID)
	if err != nil {
		return Action{}, found(err)
	}
	return row.action()
}

// ActionsOf are those among these actions that are p's own, by their IDs.
func (s *Store) ActionsOf(ctx context.Context, p Person, ids []casework.ActionID) (map[casework.ActionID]Action, error) {
	known := make(List[string], len(ids))
	for i, id := range ids {
		known[i] = uuidOr(id)
	}
	var rows []actionRow
	err := s.db.SelectContext(ctx, &rows, `SELECT `+actionColumns+` FROM actions a WHERE a.id = ANY ($1::uuid[]) AND a.actor = $2`, known, p.ID)
	if err != nil {
		return nil, err
	}
	actions := make(map[casework.ActionID]Action, len(rows))
	for _, row := range rows {
		if actions[row.ID], err = row.action(); err != nil {
			return nil, err
		}
	}
	return actions, nil
}

// Action is an action whoever took it: for those who hand it on, never for a page.
func (s *Store) Action(ctx context.Context, id casework.ActionID) (Action, error) {
	var row actionRow
	err := s.db.GetContext(ctx, &row, `SELECT `+actionColumns+` FROM actions a WHERE a.id = $1`, uuidOr(id))
	if err != nil {
		return Action{}, found(err)
	}
	return row.action()
}

// actionsIn are actions of one case, in the order of the IDs.
func actionsIn(ctx context.Context, q sqlx.QueryerContext, n casework.CaseNumber, ids []casework.ActionID) ([]Action, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []actionRow
	err := sqlx.SelectContext(ctx, q, &rows, `
		SELECT `+actionColumns+` FROM unnest($2::uuid[]) WITH ORDINALITY AS n(id, place) JOIN actions a USING (id)
		WHERE  a.case_number = $1 ORDER BY n.place`, n, uuids(ids))
	if err != nil {
		return nil, err
	}
	return actionsOf(rows)
}
