package casework

import "slices"

// MayStandIn tells whether a task of this kind may be done in its holder's place while they are away: one of a role, of
// the case officer in person, or of the government, which the case officer does on its behalf. A vote is the member's own.
func MayStandIn(k TaskKind) bool {
	holding := kinds[k].Holding
	return holding == ByRole || holding == ByOfficer || holding == ByContact
}

// InPlaceOf tells for whom somebody does a task that waits for another person: "" where they stand in for nobody whose it
// is. Separation of duties is asked of whoever acts, not of the one whose place they take.
func InPlaceOf(k TaskKind, holder PersonID, standsFor []PersonID) PersonID {
	if holder != "" && MayStandIn(k) && slices.Contains(standsFor, holder) {
		return holder
	}
	return ""
}

// Absence is when somebody is away, in Berlin days of real time, the last one included.
type Absence struct{ From, Until string }

// Why an absence is not taken.
const (
	AbsenceBackwards = "backwards" // it ends before it begins
	AbsencePast      = "past"
	AbsenceTooLong   = "long"
)

// longestAbsence is in days; whoever is away for longer has left.
const longestAbsence = 366

// Wrong says why an absence cannot be entered on a day, "" where it can.
func (a Absence) Wrong(today string) string {
	from, until := StartOf(a.From), StartOf(a.Until)
	switch {
	case until.Before(from):
		return AbsenceBackwards
	case a.Until < today:
		return AbsencePast
	case until.After(from.AddDate(0, 0, longestAbsence)):
		return AbsenceTooLong
	}
	return ""
}

// Meets tells whether the two have a day in common.
func (a Absence) Meets(b Absence) bool { return a.From <= b.Until && b.From <= a.Until }

// standingInRoles are those in which work waits for one person.
var standingInRoles = []Role{CaseOfficer, Reviewer, Head, Evaluator}

// CanStandIn tells whether somebody has the role that standing in for another needs: that of a case officer where the
// other is one, since their requests wait for them in person; else one in which both work.
func CanStandIn(absent, substitute []Role) bool {
	if slices.Contains(absent, CaseOfficer) {
		return slices.Contains(substitute, CaseOfficer)
	}
	return slices.ContainsFunc(standingInRoles, func(r Role) bool { return slices.Contains(absent, r) && slices.Contains(substitute, r) })
}

// StandsInBy tells whether somebody stands in for another by a role: with it they can, without it they could not.
func StandsInBy(r Role, absent, substitute []Role) bool {
	without := slices.DeleteFunc(slices.Clone(substitute), func(other Role) bool { return other == r })
	return CanStandIn(absent, substitute) && !CanStandIn(absent, without)
}
