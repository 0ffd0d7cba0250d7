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

// DossierAbout is of a request's dossier what concerns one person: which kinds of things they did, and whether they have a
// conflict of interest.
func DossierAbout(p, officer PersonID, did []TaskKind, conflict bool) Dossier {
	d := Dossier{Officer: officer}
	for _, kind := range did {
		d.Remember(Act{Person: p, Kind: kind})
	}
	if conflict {
		d.Conflicts = []PersonID{p}
	}
	return d
}

// BarredFromReceiving says why a task of this kind in a request in this phase may not be given to p, or nil. With some goes
// the office of the case officer.
func BarredFromReceiving(k TaskKind, phase Phase, d Dossier, p PersonID) *Refusal {
	if TakesRequestAlong(k) {
		if refusal := BarredFromOffice(phase, d, p); refusal != nil {
			return refusal
		}
		d.Officer = p
	}
	return Barred(k, d, p)
}

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
