package casework

import (
	"fmt"
	"slices"
)

// Refusal is a rule saying no: a value, not a fault. Rule names the rule for programs, Reason tells the person.
type Refusal struct {
	Rule   string `json:"rule"`
	Reason string `json:"reason"`
}

func refuse(rule, format string, about ...any) *Refusal {
	return &Refusal{Rule: rule, Reason: fmt.Sprintf(format, about...)}
}

// The rules that refuse; the word stands in the action's row.
const (
	RuleTaskDone        = "task-done"
	RuleNotOffered      = "not-offered"
	RuleEnded           = "request-ended"
	RuleDuties          = "separation-of-duties"
	RuleConflict        = "conflict-of-interest"
	RuleNotHolder       = "not-holder"
	RuleUnknownAction   = "unknown-action"
	RuleOtherAction     = "other-action"
	RuleNotBound        = "not-bound-by-code"
	RuleTaken           = "taken"
	RuleNobodyToDecide  = "nobody-to-decide"
	RuleLetterUnfit     = "letter-unfit"
	RuleAlreadyStanding = "already-so"
	RuleNotApproved     = "not-approved" // no approval letter without a board decision in its favour
	RuleNotAgreed       = "not-agreed"   // no activity without the exchange of letters
	RuleNotAssessed     = "not-assessed" // a corrected country is assessed before the approval letter goes out
)

// Act is what somebody did in a request, as far as separation of duties must remember it.
type Act struct {
	Person PersonID `json:"person"`
	Kind   TaskKind `json:"kind"`
}

// Dossier is what decides who may do what in a request.
type Dossier struct {
	Officer   PersonID   `json:"officer,omitempty"`
	Acts      []Act      `json:"acts,omitempty"`
	Conflicts []PersonID `json:"conflicts,omitempty"` // who declared a conflict of interest
}

// Remember notes an act once.
func (d *Dossier) Remember(a Act) {
	if !slices.Contains(d.Acts, a) {
		d.Acts = append(d.Acts, a)
	}
}

func (d Dossier) did(p PersonID, kinds ...TaskKind) bool {
	return slices.ContainsFunc(d.Acts, func(a Act) bool { return a.Person == p && slices.Contains(kinds, a.Kind) })
}

// Bar is a rule of separation of duties: nil where it lets the person pass.
type Bar func(d Dossier, p PersonID) *Refusal

func didACheck(d Dossier, p PersonID) *Refusal {
	if !d.did(p, Checks...) {
		return nil
	}
	return refuse(RuleDuties, "Whoever completed a due-diligence check of a request does not vote on it.")
}

func draftedIt(d Dossier, p PersonID) *Refusal {
	if !d.did(p, DraftApproval, DraftDeclining) {
		return nil
	}
	return refuse(RuleDuties, "Whoever drafted a letter does not sign it; another head has to.")
}

func isItsOfficer(d Dossier, p PersonID) *Refusal {
	if d.Officer != p {
		return nil
	}
	return refuse(RuleDuties, "A request's case officer does not counter-sign its ratings; another head has to.")
}

func counterSigned(d Dossier, p PersonID) *Refusal {
	if !d.did(p, CounterSignRating) {
		return nil
	}
	return refuse(RuleDuties, "Whoever counter-signed a rating of a request does not conclude its due diligence.")
}

// Barred says why p may not complete a task of this kind in the request, or nil. It asks for separation of duties and
// conflicts of interest, not for who holds the task.
func Barred(k TaskKind, d Dossier, p PersonID) *Refusal {
	if slices.Contains(d.Conflicts, p) && k != DeclareConflict {
		return refuse(RuleConflict, "You have declared a conflict of interest in this request.")
	}
	for _, bar := range kinds[k].Bars {
		if refusal := bar(d, p); refusal != nil {
			return refusal
		}
	}
	return nil
}
