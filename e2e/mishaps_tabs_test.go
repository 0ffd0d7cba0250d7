package e2e

import "testing"

const (
	reasons   = "Reasons (internal)"
	theAnswer = "Answer to the government (is sent as it stands here)"
)

// says no to a request, in a form that stands whole on one page.
func (r *reader) saysNo(why string) {
	r.t.Helper()
	r.chooses("Your decision", "Not eligible")
	r.types(reasons, why)
	r.types(theAnswer, "We are sorry that we cannot help.")
}

// One form in two windows of one person and in one of a colleague: what is typed in one is not lost to an older window,
// and whoever comes second reads who was first.
func TestOneFormInSeveralWindows(t *testing.T) {
	inTurn(t)
	j := theSystem(t).requestUpTo(t, "declined", "assess-eligibility")
	r, task := j.atTheDesk(t, "officer", "assess-eligibility")
	whole := task + "?step=all"
	r.goes(whole)
	older := r.anotherTab(whole)
	colleague, _ := j.atTheDesk(t, "officer2", "assess-eligibility")
	colleague.goes(whole)

	r.saysNo("Typed in the first window")
	r.reads("Kept as a draft.")
	older.saysNo("Typed in the older window")
	older.reads("Not kept: something newer was kept in another window.")
	r.goes(whole)
	r.keeps(reasons, "Typed in the first window")
	older.clicks("press Keep for later", element("button", "Keep for later"))
	older.reads("something else was kept for this form")
	older.keeps(reasons, "Typed in the older window")
	again := r.anotherTab(whole)
	again.keeps(reasons, "Typed in the first window")
	older.presses("Keep for later")
	again.goes(whole)
	again.keeps(reasons, "Typed in the older window")

	r.saysNo("This is what counts")
	again.saysNo("Too late, from the same person")
	colleague.saysNo("Too late, from a colleague")
	r.sends("Send")
	colleague.reads("This has been done already, by Amara Lindqvist on") // before they have sent anything
	colleague.keeps(reasons, "Too late, from a colleague")
	again.isToldTooLate("Send", "This has been done already, by you on")
	again.keeps(reasons, "Too late, from the same person")
	colleague.isToldTooLate("Send", "This has been done already, by Amara Lindqvist on")
	colleague.keeps(reasons, "Too late, from a colleague")
	j.happenedOnce(t, "assess-eligibility")
}
