package store

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"connex/casework"
)

var (
	unknownAction = casework.RefusedBy(casework.RuleUnknownAction, "refusal.unknown-action")
	otherAction   = casework.RefusedBy(casework.RuleOtherAction, "refusal.other-action")
	hasEnded      = casework.RefusedBy(casework.RuleEnded, "refusal.ended")
	taskDone      = casework.RefusedBy(casework.RuleTaskDone, "refusal.task-gone")
	notYours      = casework.RefusedBy(casework.RuleNotHolder, "refusal.no-longer-yours")
	inConflict    = casework.RefusedBy(casework.RuleConflict, "refusal.conflict")
	notApproved   = casework.RefusedBy(casework.RuleNotApproved, "refusal.not-approved")
	notAgreed     = casework.RefusedBy(casework.RuleNotAgreed, "refusal.not-agreed")
)

// verdict is what examine found. Settled: nothing is to be written, and this is the answer. Else the answer has the
// refusal with which the action is to be marked, or is empty.
type verdict struct {
	settled bool
	answer  casework.Recorded
}

func nothing(answer casework.Recorded) verdict { return verdict{settled: true, answer: answer} }

func refusing(r *casework.Refusal) verdict { return verdict{answer: casework.Recorded{Refusal: r}} }

// circumstances are all that decides whether a transition may be applied, read in one statement after the lock.
type circumstances struct {
	Answer   jsonColumn          `db:"answer"`    // of the first time
	Waiting  bool                `db:"waiting"`   // an action that the clock yields to
	TaskOpen bool                `db:"task_open"` // the one that is completed
	Account  bool                `db:"account"`   // is active
	Roles    List[casework.Role] `db:"roles"`
	LinkGood bool                `db:"link_good"`
	StandsIn bool                `db:"stands_in"` // they stood in, when they decided, for whose place they took
}

// askCircumstances about the action a, or about nobody where a clock moved.
const askCircumstances = `
	(SELECT answer FROM transitions WHERE id = $1) AS answer,
	EXISTS (SELECT FROM actions w WHERE w.task_id = ANY ($2::uuid[]) AND w.state = 'pending')
	OR $6 AND EXISTS (SELECT FROM actions w WHERE w.case_number = $4 AND w.state = 'pending') AS waiting,
	EXISTS (SELECT FROM tasks t WHERE t.id = $3::uuid AND t.case_number = $4 AND t.status = 'open') AS task_open,
	EXISTS (SELECT FROM accounts s WHERE s.id = a.actor AND s.active) AS account,
	COALESCE((SELECT s.roles FROM accounts s WHERE s.id = a.actor), '{}') AS roles,
	EXISTS (SELECT FROM stood_in_for(a.actor, a.created_at) AS f WHERE f = a.stands_for) AS stands_in,
	EXISTS (SELECT FROM links l WHERE l.id = a.link_id AND l.case_number = $4 AND l.person = a.actor AND l.revoked_at IS NULL
	        AND (l.expires_at IS NULL OR l.expires_at > $5)) AS link_good`

// examine says whether the transition may be applied now. The order matters: a repetition first; then whether the
// decision is really somebody's; then what the world has become since it was made.
func (a *application) examine(ctx context.Context) (verdict, error) {
	var row struct {
		actionRow
		circumstances
	}
	about := []any{a.t.ID, uuids(a.t.YieldTo), optionalUUID(a.t.Completes), a.t.CaseNumber, a.Now, a.yieldsToAll()}
	var err error
	if a.t.Decision == nil {
		err = a.tx.GetContext(ctx, &row.circumstances, `SELECT `+askCircumstances+` FROM (SELECT '' AS actor, '' AS link_id, '' AS stands_for, now() AS created_at) a`, about...)
	} else {
		err = a.tx.GetContext(ctx, &row, `SELECT `+actionColumns+`, `+askCircumstances+` FROM actions a WHERE a.id = $7 AND a.case_number = $4`,
			append(about, uuidOr(a.t.Decision.Action))...)
	}
	switch err = found(err); {
	case errors.Is(err, ErrNotFound):
		return nothing(casework.Recorded{Refusal: unknownAction}), nil
	case err != nil:
		return verdict{}, err
	}
	if row.Answer != nil {
		var first casework.Recorded
		err := row.Answer.into(&first)
		return nothing(first), err
	}
	if a.t.Decision == nil {
		return a.judgeClock(row.circumstances), nil
	}
	action, err := row.action()
	if err != nil {
		return verdict{}, err
	}
	a.action, a.known[action.ID] = &action, action
	return a.judge(row.circumstances)
}

func (a *application) judgeClock(c circumstances) verdict {
	switch {
	case !a.Request.Open():
		return nothing(casework.Recorded{Ended: true})
	case c.Waiting, a.outrun():
		return nothing(casework.Recorded{Yielded: true})
	}
	if refusal := a.unlawful(); refusal != nil {
		return nothing(casework.Recorded{Refusal: refusal})
	}
	return verdict{}
}

// yieldsToAll: where a clock ends the request or begins an activity, every decision that is on its way came first.
// What follows from another workflow's decision is no clock.
func (a *application) yieldsToAll() bool {
	return a.t.Decision == nil && a.t.Because == "" && (a.t.Request.Ending != "" || a.begins())
}

// outrun: an activity's clock was faster than the word that the request is suspended or withdrawn. It looks again, and the
// word is there.
func (a *application) outrun() bool {
	if a.t.OfActivity == 0 || a.t.Because != "" {
		return false
	}
	return a.Request.Withdrawn && a.begins() || a.Request.Suspended && (a.begins() || len(a.t.YieldTo) > 0)
}

// begins tells whether an activity begins by the transition.
func (a *application) begins() bool {
	return slices.ContainsFunc(a.t.Entries, func(e casework.Entry) bool { return e.What == casework.TrailActivityBegan })
}

func (a *application) judge(c circumstances) (verdict, error) {
	same, err := saysTheSame(*a.action, *a.t.Decision)
	switch {
	case err != nil:
		return verdict{}, err
	case !same:
		return nothing(casework.Recorded{Refusal: otherAction}), nil
	case a.action.State == Refused: // as of a request that had ended
		return nothing(casework.Recorded{Refusal: a.action.Refusal()}), nil
	case a.action.State == Applied: // by another transition than this one
		return nothing(casework.Recorded{Refusal: taskDone}), nil
	case !a.Request.Open():
		return refusing(hasEnded), nil
	case a.t.Refusal != nil:
		return refusing(a.t.Refusal), nil
	case slices.Contains(a.Request.Conflicts, a.action.Actor): // declared to the request, of which an activity has not heard
		return refusing(inConflict), nil
	case a.Request.Withdrawn && a.begins():
		return refusing(hasEnded), nil
	case !a.stillMay(c), a.passesOnWhatIsOthers():
		return refusing(notYours), nil
	case a.t.Completes != "" && !c.TaskOpen:
		return refusing(taskDone), nil
	}
	return refusing(a.unlawful()), nil
}

// saysTheSame compares a decision with the row of its action, so that nobody decides from the console.
func saysTheSame(row Action, d casework.Decision) (bool, error) {
	if row.Task != d.Task || row.Kind != d.Kind || row.Outcome != d.Outcome || row.Actor != d.Actor || row.Role != d.Role || row.OnBehalf != d.OnBehalf || row.For != d.For {
		return false, nil
	}
	if row.Kind != casework.StartRequest && !row.CreatedAt.Equal(d.At) { // a signature is good from then
		return false, nil
	}
	if len(row.Carried) == 0 && len(d.Carried) == 0 {
		return true, nil
	}
	ours, err := canonical(row.Carried)
	if err != nil {
		return false, err
	}
	theirs, err := canonical(d.Carried)
	return bytes.Equal(ours, theirs), err
}

// stillMay tells whether the actor has the role in which they acted at this moment, or a link that is good.
func (a *application) stillMay(c circumstances) bool {
	switch role := a.action.Role; {
	case a.action.Kind == casework.StartRequest: // also the public page, a mail, an import; it asks for nothing
		return true
	case role.Staff():
		return c.Account && slices.Contains(c.Roles, role) && (a.action.For == "" || c.StandsIn)
	case role == casework.Government || role == casework.Expert:
		return c.LinkGood
	}
	return false
}

// passesOnWhatIsOthers: an old link may still be good, but only whoever answers for the government may name another.
func (a *application) passesOnWhatIsOthers() bool {
	return a.action.Kind == casework.ChangeContact && a.action.Role == casework.Government && a.action.Actor != contactOf(a.Request).ID
}

// unlawful is what must never be, whatever a workflow wants; the database refuses it as well.
func (a *application) unlawful() *casework.Refusal {
	word, agreed := a.Request.Decision, a.Request.Agreed || a.t.Request.Agreed
	if a.t.Request.Decision != nil {
		word = a.t.Request.Decision
	}
	approved := word != nil && word.Result == casework.ResultApproved
	approval := slices.ContainsFunc(a.t.Letters, func(l casework.Letter) bool { return l.Kind == approvalLetter })
	switch {
	case (approval || a.t.Request.Agreed) && !approved:
		return notApproved
	case len(a.t.Activities) > 0 && !agreed:
		return notAgreed
	}
	return nil
}

// approvalLetter is the kind of the letter that needs the board.
const approvalLetter = "approval"
