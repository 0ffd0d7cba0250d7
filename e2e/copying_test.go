package e2e

import "testing"

// A form begins with what was written in another case: the officer looks for it, sees it whole, takes it over, and takes it
// back again. What they typed in between is kept all the way.
func TestAFormBeginsWithAPastCase(t *testing.T) {
	inTurn(t)
	s := theSystem(t)
	from, j := s.requestUpTo(t, "whole", "prepare-request-letter"), s.requestUpTo(t, "whole", "discuss-scope")
	r, task := j.atTheDesk(t, "officer", "discuss-scope")
	const scope = "Scope and content (appears in the draft of the request letter)"
	r.goes(task)
	r.chooses("Your decision", "Proceed to the formal request")
	r.chooses("Disciplines needed", "Tax")
	r.presses("Copy from a past case")
	r.types("Search for a case", from.number)
	r.presses("Search")
	r.follows(from.number)
	r.reads("Fiscal terms of the draft agreement")
	r.presses("Take over what is ticked")
	r.reads("Taken over from " + from.number)
	r.keeps(scope, "Fiscal terms of the draft agreement")
	r.presses("Take it back")
	r.reads("It is as it was before.")
	r.keeps(scope, "")
	r.goes(task + "/copy?from=" + from.number)
	r.presses("Take over what is ticked")
	r.types(scope, "Fiscal terms, and who sells the ore")
	r.sends("Send")
	r.reads("Fiscal terms, and who sells the ore")
	j.happenedOnce(t, "discuss-scope")
}
