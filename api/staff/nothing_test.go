package staff_test

import "testing"

func TestWhoIsSignedInKeepsTheirWayAroundOnAPageThatThereIsNot(t *testing.T) {
	h := aHouse(t)
	officer := as(t, h, "officer")
	officer.Get("/nothing-here").Answers(404).Sound().Says("Search for it", "Inbox", "Sign out").SaysNot("answer that mail")
	officer.Get("/requests/CNX-2020-0001").Answers(404).Says("Search for it")
}
