package staff_test

import (
	"maps"
	"net/url"
	"strings"
	"testing"
	"time"

	"connex/api/apitest"
	"connex/api/pagetest"
	"connex/casework"
)

// anActivity runs in a request, whose case officer has planned it.
func anActivity(t *testing.T, h *apitest.House, n casework.CaseNumber) {
	t.Helper()
	officer, expert := h.Account("officer"), h.Expert("Leila Haddad", string(n)+"@experts.example")
	plan := "/tasks/" + string(h.Open(n, casework.PlanActivity, officer.ID))
	b := as(t, h, "officer")
	done := b.Submit(b.Get(plan), plan, url.Values{"title": {"Fiscal model"}, "form": {"advice"}, "stage": {"during"}, "experts": {string(expert.ID)},
		"start": {"2026-01-05"}, "end": {"2027-01-05"}, "deliverable": {"An opinion"}}).Says("Done.")
	happens(t, h, n, func(t *casework.Transition) {
		t.Request.Decision, t.Request.Agreed = &casework.BoardWord{Result: casework.ResultApproved}, true
	})
	for _, state := range []casework.ActivityState{casework.ActivityPlanned, casework.ActivityRunning} {
		happens(t, h, n, func(t *casework.Transition) {
			t.Activities = []casework.ActivityChange{{Number: 1, State: state, Action: actionIn(done), Index: -1, Start: "2026-01-05", End: "2027-01-05"}}
		})
	}
}

func happens(t *testing.T, h *apitest.House, n casework.CaseNumber, change func(*casework.Transition)) {
	t.Helper()
	transition := casework.Transition{ID: string(n) + "/" + time.Now().String(), CaseNumber: n, Workflow: string(n), At: time.Now()}
	change(&transition)
	h.Temporal.Happen(t, transition)
}

func actionIn(p *pagetest.Page) casework.ActionID {
	_, id, _ := strings.Cut(p.Path, "action=")
	return casework.ActionID(id)
}

func aCheckIn(h *apitest.House, n casework.CaseNumber, days int) string {
	return string(h.Open(n, casework.CheckIn, h.Account("officer").ID, dueIn(days), func(t *casework.Task) { t.Activity = 1 }))
}

func TestCheckInsAreSavedRowByRow(t *testing.T) {
	h := aHouse(t)
	b, n, other := as(t, h, "officer"), h.Request(), h.Request()
	b.Get("/check-ins").Says("No check-in is open in your cases.")
	anActivity(t, h, n)
	one, two := aCheckIn(h, n, -2), aCheckIn(h, other, 4)
	signals := len(h.Temporal.Signals)
	page := b.Get("/check-ins").Says("1. Fiscal model", string(n), string(other), "overdue").SaysNot("Last time")
	typed := url.Values{one + ".outcome": {"at-risk"}, one + ".progress": {"Slow. " + evil}, two + ".progress": {"Begun."}, "save": {one}}
	back := b.Submit(page, "/check-ins", typed).Answers(422).Says("There is something to mend", "Please fill this in.")
	if _, form := back.Form("/check-ins"); form.Get(one+".progress") != "Slow. "+evil || form.Get(one+".outcome") != "at-risk" || form.Get(two+".progress") != "Begun." {
		t.Errorf("what was typed is lost: %v", form)
	}
	if len(h.Temporal.Signals) != signals {
		t.Error("a wrong row was saved")
	}
	mended := url.Values{one + ".problems": {"The data room is shut."}, "save": {one}}
	done := b.Submit(back, "/check-ins", mended).Answers(200).Says("Done.", "No further check-in of “Fiscal model” comes before it ends on 5 January 2027.").SaysNot("1. Fiscal model", "Slow.")
	if _, form := done.Form("/check-ins"); form.Get(two+".progress") != "Begun." {
		t.Error("what was typed in another row is lost")
	}
	if again := b.Submit(back, "/check-ins", mended); again.Path != done.Path || len(h.Temporal.Signals) != signals+1 {
		t.Errorf("the second click gets to %s, and %d decisions were signalled", again.Path, len(h.Temporal.Signals)-signals)
	}
	late := url.Values{one + ".problems": {"None."}, one + "._key": {"0c0b8c9a-7f63-4f0e-8f0a-0b1c2d3e4f5a"}, two + ".progress": {"Begun, and more."}, "save": {one}}
	gone := b.Submit(back, "/check-ins", late).Answers(409).Says("done already")
	if _, form := gone.Form("/check-ins"); form.Get(two+".progress") != "Begun, and more." {
		t.Error("what was typed beside a row that is gone is lost")
	}
	as(t, h, "officer2").Get("/check-ins").Says("No check-in is open")
	as(t, h, "reviewer").Get("/check-ins").Answers(403)
}

func TestACheckInAsLastTime(t *testing.T) {
	h := aHouse(t)
	b, n := as(t, h, "officer"), h.Request()
	anActivity(t, h, n)
	first := aCheckIn(h, n, 1)
	done := b.Submit(b.Get("/check-ins"), "/check-ins", url.Values{first + ".outcome": {"at-risk"}, first + ".progress": {"Slow."}, first + ".problems": {"The data room is shut."},
		first + ".daysSpent": {"3"}, "save": {first}}).Says("Done.")
	happens(t, h, n, func(t *casework.Transition) {
		t.Activities = []casework.ActivityChange{{Number: 1, State: casework.ActivityRunning, CheckIn: actionIn(done)}}
	})
	second := aCheckIn(h, n, 2)
	page := b.Get("/check-ins").Says("Last time", "At risk")
	signals := len(h.Temporal.Signals)
	filled := b.Submit(page, "/check-ins", url.Values{second + ".progress": {"Faster now."}, "last": {second}}).Answers(200)
	_, form := filled.Form("/check-ins")
	for name, want := range map[string]string{"outcome": "at-risk", "progress": "Faster now.", "problems": "The data room is shut.", "daysSpent": ""} {
		if got := form.Get(second + "." + name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if len(h.Temporal.Signals) != signals {
		t.Error("filling a row has saved it")
	}
}

func TestACheckInIsPutOff(t *testing.T) {
	h := aHouse(t)
	b, n, officer := as(t, h, "officer"), h.Request(), h.Account("officer")
	id := aCheckIn(h, n, 3)
	h.Open(n, casework.MoveDeadline, officer.ID)
	page := b.Get("/check-ins")
	back := b.Submit(page, "/check-ins", url.Values{id + ".progress": {"Half a sentence"}, "later": {id}}).Answers(422).Says("Please fill this in.")
	if _, form := back.Form("/check-ins"); form.Get(id+".progress") != "Half a sentence" {
		t.Error("what was typed is lost")
	}
	day := time.Now().AddDate(0, 0, 30).Format(casework.DateLayout)
	b.Submit(back, "/check-ins", url.Values{id + ".later.dueOn": {day}, id + ".later.reason": {"The expert is away."}, "later": {id}}).Answers(200).Says("Done.")
	last := h.Temporal.Signals[len(h.Temporal.Signals)-1]
	if last.Kind != casework.MoveDeadline || last.Carried.String("task") != "activity-1/"+id || last.Carried.String("dueOn") != day {
		t.Errorf("signalled %+v", last)
	}
}

func TestWhatIsTypedIsKeptAsADraft(t *testing.T) {
	h := aHouse(t)
	b, n := as(t, h, "officer"), h.Request()
	one, two := aCheckIn(h, n, 3), aCheckIn(h, n, 4)
	b.Submit(b.Get("/check-ins"), "/check-ins", url.Values{one + ".progress": {"Half a sentence"}}).Says("What you typed is kept")
	b.Post("/check-ins/draft", url.Values{two + ".problems": {"A strike"}}).Answers(204)
	if _, form := b.Get("/check-ins").Form("/check-ins"); form.Get(one+".progress") != "Half a sentence" || form.Get(two+".problems") != "A strike" {
		t.Errorf("kept %v", form)
	}
}

func TestAnOlderTableTakesNoDraftsPlaceUnasked(t *testing.T) {
	h := aHouse(t)
	b, n := as(t, h, "officer"), h.Request()
	one, two := aCheckIn(h, n, 3), aCheckIn(h, n, 4)
	signals := len(h.Temporal.Signals)
	kept := func(id, want string) {
		t.Helper()
		draft, err := h.Store.Draft(t.Context(), h.Account("officer"), casework.TaskID(id))
		if got := draft.Form.String("progress"); err != nil || got != want {
			t.Errorf("kept is %q, %v, want %q", got, err, want)
		}
	}
	older := b.Get("/check-ins")
	b.Submit(older, "/check-ins", url.Values{one + ".progress": {"In the other window,\r\nof which"}}).Says("What you typed is kept")
	newer := b.Get("/check-ins")
	b.Submit(older, "/check-ins", url.Values{two + ".progress": {"Begun."}}).Answers(200).Says("What you typed is kept") // row one was not touched
	kept(one, "In the other window,\r\nof which")
	kept(two, "Begun.")
	b.Submit(newer, "/check-ins", nil).Answers(200) // nothing was touched
	kept(two, "Begun.")

	typed := url.Values{one + ".progress": {"In the first one"}, two + ".outcome": {"on-track"}, two + ".progress": {"Going on."}, "save": {two}}
	told := b.Submit(older, "/check-ins", typed).Answers(409).Says("something else was kept for the rows below")
	kept(one, "In the other window,\r\nof which")
	if _, form := told.Form("/check-ins"); form.Get(one+".progress") != "In the first one" || form.Get(two+".progress") != "Going on." {
		t.Errorf("what was typed is lost: %v", form)
	}
	if len(h.Temporal.Signals) != signals {
		t.Error("a row was saved before its reader was told")
	}
	b.Post("/check-ins/draft", url.Values{one + ".progress": {"In the first one"}}).Answers(409)
	kept(one, "In the other window,\r\nof which")
	b.Submit(told, "/check-ins", url.Values{"save": {two}}).Answers(200).Says("Done.")
	kept(one, "In the first one")

	_, form := b.Get("/check-ins").Form("/check-ins")
	for _, typed := range []string{"Going", "Going on", "Going on well"} { // as the script keeps it: each time from the one before
		form.Set(one+".progress", typed)
		marks, err := url.ParseQuery(b.Post("/check-ins/draft", form).Answers(204).Header.Get("Draft-Marks"))
		if err != nil || len(marks) != 1 {
			t.Errorf("the marks are %v, %v", marks, err)
		}
		maps.Copy(form, marks)
	}
	kept(one, "Going on well")
}

// Two rows are gone before their writer sends the table: one fell away, the other has come to somebody else.
func TestWhatIsTypedIntoARowThatIsGoneStaysToBeRead(t *testing.T) {
	h := aHouse(t)
	b, n := as(t, h, "officer"), h.Request()
	mine, gone, theirs := aCheckIn(h, n, 3), aCheckIn(h, n, 4), aCheckIn(h, n, 5)
	page := b.Get("/check-ins")
	happens(t, h, n, func(t *casework.Transition) { t.Cancel = []casework.TaskID{casework.TaskID(gone)} })
	happens(t, h, n, func(t *casework.Transition) { t.Request.Officer = h.Account("officer2").ID })
	passed := h.Task(casework.CheckIn, h.Account("officer2").ID)
	passed.ID, passed.Activity = casework.TaskID(theirs), 1
	happens(t, h, n, func(t *casework.Transition) { t.Changed = []casework.Task{passed} })
	signals := len(h.Temporal.Signals)

	typed := url.Values{gone + ".progress": {"Too late " + evil}, gone + ".outcome": {"at-risk"}, theirs + ".problems": {"Not mine any more"},
		theirs + ".later.reason": {"The expert is ill."}, mine + ".outcome": {"on-track"}, mine + ".progress": {"Going on."}, "save": {mine}}
	told := b.Submit(page, "/check-ins", typed).Answers(409).Says("Nothing was saved just now", "This is no longer asked for", "Too late "+evil, "At risk",
		"come to wait for The officer2", "Not mine any more", "The expert is ill.")
	if _, form := told.Form("/check-ins"); form.Get(mine+".progress") != "Going on." || form.Has(gone+".progress") || form.Has(theirs+".problems") {
		t.Errorf("the table has %v", form)
	}
	if len(h.Temporal.Signals) != signals {
		t.Error("a row was saved before its writer was told")
	}
	b.Get("/tasks/"+gone).Says("What you had written", "Too late "+evil)
	b.Submit(told, "/check-ins", url.Values{"save": {mine}}).Answers(200).Says("Done.")
	b.Get("/check-ins").SaysNot("Too late")

	for id, tt := range map[string]struct {
		status int
		why    string
	}{gone: {409, "no longer asked for"}, theirs: {403, "waits for somebody else"}} {
		for _, button := range []string{"save", "later"} {
			if button == "later" {
				tt.status, tt.why = 409, "is no longer needed"
			}
			typed := url.Values{id + "._key": {"0c0b8c9a-7f63-4f0e-8f0a-0b1c2d3e4f5a"}, id + ".progress": {"For nobody"}, id + ".outcome": {"on-track"}, button: {id}}
			b.Post("/check-ins", typed).Answers(tt.status).Says(tt.why, "What you had written", "For nobody", "On track")
		}
	}
	b.Post("/check-ins", url.Values{"save": {"of nobody"}, "of nobody.progress": {"For nothing"}}).Answers(409).Says("For nothing")
}

// Rows that their writer has sent are not lost, whatever page they still stand on.
func TestARowThatItsWriterHasSavedIsNotLost(t *testing.T) {
	h := aHouse(t)
	b, n := as(t, h, "officer"), h.Request()
	one, two := aCheckIn(h, n, 3), aCheckIn(h, n, 4)
	older := b.Get("/check-ins")
	row := func(id string) url.Values {
		return url.Values{id + ".outcome": {"on-track"}, id + ".progress": {"Going on."}}
	}
	first := row(one)
	first.Set("save", one)
	b.Submit(older, "/check-ins", first).Says("Done.")
	second := row(one)
	maps.Copy(second, row(two))
	second.Set("save", two)
	b.Submit(older, "/check-ins", second).Answers(200).Says("Done.")
	second.Set(two+".progress", "Going on, and more")
	b.Submit(older, "/check-ins", second).Answers(409).Says("done already", "Going on, and more").SaysNot("by officer")
}

// What is typed under «Later» is as much work as the rest of its row.
func TestAReasonForLaterIsKeptUntilTheDeadlineIsMoved(t *testing.T) {
	h := aHouse(t)
	b, n, officer := as(t, h, "officer"), h.Request(), h.Account("officer")
	anActivity(t, h, n)
	one, two := aCheckIn(h, n, 3), aCheckIn(h, n, 4)
	h.Open(n, casework.MoveDeadline, officer.ID)
	day := casework.DateOf(casework.DueOn(time.Now().AddDate(0, 0, 30).Format(casework.DateLayout)))
	later := func(want string) *pagetest.Page {
		t.Helper()
		page := b.Get("/check-ins")
		if _, form := page.Form("/check-ins"); form.Get(one+".later.reason") != want || (form.Get(one+".later.dueOn") == day) != (want != "") {
			t.Errorf("kept is %q for %q, want %q", form.Get(one+".later.reason"), form.Get(one+".later.dueOn"), want)
		}
		return page
	}
	typed := url.Values{one + ".later.dueOn": {day}, one + ".later.reason": {"The expert is away."}, two + ".outcome": {"on-track"}, two + ".progress": {"Going on."}, "save": {two}}
	b.Submit(b.Get("/check-ins"), "/check-ins", typed).Answers(200).Says("Done.")
	page := later("The expert is away.")
	if !strings.Contains(page.Body, "<details open><summary class=\"small\">Move the deadline") {
		t.Error("what was typed is folded away")
	}
	alone := b.Get("/tasks/" + one).SaysNot("as you left it")
	b.Submit(alone, "/tasks/"+one, url.Values{"progress": {"From its own page."}, "_more": {"draft"}}).Answers(200)
	page = later("The expert is away.")
	if _, form := page.Form("/check-ins"); form.Get(one+".progress") != "From its own page." {
		t.Errorf("of what was typed on its own page is left %q", form.Get(one+".progress"))
	}
	h.Temporal.Follow(casework.MoveDeadline, func(move *casework.Transition) {
		task := h.Task(casework.CheckIn, officer.ID)
		task.ID, task.Activity, task.Clock.Due = casework.TaskID(one), 1, casework.DueOn(day)
		move.Changed = []casework.Task{task}
	})
	b.Submit(page, "/check-ins", url.Values{"later": {one}}).Answers(200).Says("Done.")
	later("")
}
