package casework

// Escalated tells whether the task's clock has told somebody that it waits for too long.
func (t Task) Escalated() bool {
	stage, _, struck := t.Clock.Last(t.Rhythm())
	return struck && stage.Strike == Escalate
}

// EscalatesTo says who hears of a task that waits for too long: of one of the staff the heads (of a head's the other
// heads), of a guest's silence the request's case officer.
func (t Task) EscalatesTo(officer PersonID) (Role, PersonID) {
	if t.Role.Staff() {
		return Head, ""
	}
	return CaseOfficer, officer
}

// Ahead are the strikes that are still to come, while nothing is done.
func (t Task) Ahead() []Stage {
	return t.Rhythm()[min(t.Clock.Struck, len(t.Rhythm())):]
}
