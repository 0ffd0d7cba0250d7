package casework

import "slices"

// Refusal is a rule saying no: a value, not a fault. Rule names the rule for programs, Why tells the person.
type Refusal struct {
	Rule    string   `json:"rule"`
	Why     Sentence `json:"why,omitzero"`
	English string   `json:"reason,omitempty"` // of a refusal from before sentences had IDs
}

// RefusedBy is a rule saying why not, by the sentence's ID and what stands in it.
func RefusedBy(rule, why string, with ...any) *Refusal {
	return &Refusal{Rule: rule, Why: Say(why, with...)}
}

// The rules that refuse; the word stands in the action's row.
const (
	RuleTaskDone       = "task-done"
	RuleNotOffered     = "not-offered"
	RuleEnded          = "request-ended"
	RuleDuties         = "separation-of-duties"
	RuleConflict       = "conflict-of-interest"
	RuleNotHolder      = "not-holder"
	RuleUnknownAction  = "unknown-action"
	RuleOtherAction    = "other-action"
	RuleNotBound       = "not-bound-by-code"
	RuleTaken          = "taken"
	RuleNobodyToDecide = "nobody-to-decide"
	RuleLetterUnfit    = "letter-unfit"
	RuleNotApproved    = "not-approved" // no approval letter without a board decision in its favour
	RuleNotAgreed      = "not-agreed"   // no activity without the exchange of letters
	RuleNotAssessed    = "not-assessed" // a corrected country is assessed before the approval letter goes out
	RuleReceiver       = "receiver-barred"
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
	return RefusedBy(RuleDuties, "refusal.duties.checked")
}

func draftedIt(d Dossier, p PersonID) *Refusal {
	if !d.did(p, DraftApproval, DraftDeclining) {
		return nil
	}
	return RefusedBy(RuleDuties, "refusal.duties.drafted")
}

func isItsOfficer(d Dossier, p PersonID) *Refusal {
	if d.Officer != p {
		return nil
	}
	return RefusedBy(RuleDuties, "refusal.duties.officer")
}

func counterSigned(d Dossier, p PersonID) *Refusal {
	if !d.did(p, CounterSignRating) {
		return nil
	}
	return RefusedBy(RuleDuties, "refusal.duties.counter-signed")
}

// BarredFromOffice says why p may not become the case officer of a request in this phase, or nil: what waits for the case
// officer in person before the phase is over, p would not be let do.
func BarredFromOffice(phase Phase, d Dossier, p PersonID) *Refusal {
	if phase != DueDiligence {
		return nil
	}
	d.Officer = p
	return Barred(ConcludeDueDiligence, d, p)
}

// Part is what somebody has to do with a request: which kinds of things they did in it, and whether they declared a conflict of
// interest.
type Part struct {
	Person   PersonID
	Did      []TaskKind
	Conflict bool
}

// In is of the dossier of a request with that case officer what concerns the person.
func (part Part) In(officer PersonID) Dossier {
	d := Dossier{Officer: officer}
	for _, kind := range part.Did {
		d.Remember(Act{Person: part.Person, Kind: kind})
	}
	if part.Conflict {
		d.Conflicts = []PersonID{part.Person}
	}
	return d
}

// BarredFromReceiving says why a task of this kind in a request in this phase may not be given to p, or nil. With some goes
// the office of the case officer. Somebody else reads it than who is barred.
func BarredFromReceiving(k TaskKind, phase Phase, d Dossier, p PersonID) *Refusal {
	var refusal *Refusal
	if TakesRequestAlong(k) {
		refusal = BarredFromOffice(phase, d, p)
		d.Officer = p
	}
	if refusal == nil {
		refusal = Barred(k, d, p)
	}
	switch {
	case refusal == nil:
		return nil
	case refusal.Rule == RuleConflict:
		return RefusedBy(RuleReceiver, "refusal.receiver-conflict")
	}
	return &Refusal{Rule: RuleReceiver, Why: refusal.Why}
}

// OfReceiver tells whether somebody else could be given what was refused.
func (r Refusal) OfReceiver() bool { return r.Rule == RuleReceiver }

// Barred says why p may not complete a task of this kind in the request, or nil. It asks for separation of duties and
// conflicts of interest, not for who holds the task.
func Barred(k TaskKind, d Dossier, p PersonID) *Refusal {
	if slices.Contains(d.Conflicts, p) && k != DeclareConflict {
		return RefusedBy(RuleConflict, "refusal.conflict")
	}
	for _, bar := range kinds[k].Bars {
		if refusal := bar(d, p); refusal != nil {
			return refusal
		}
	}
	return nil
}
