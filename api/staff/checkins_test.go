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
	done := b.Submit(back, "/check-ins", mended).Answers(200).Says("Done.").SaysNot("1. Fiscal model", "Slow.")
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

func TestWhatIsTypedForAClosedOrForeignCheckInIsNotKept(t *testing.T) {
	h := aHouse(t)
	b, n := as(t, h, "officer"), h.Request()
	mine, theirs := aCheckIn(h, n, 3), string(h.Open(n, casework.CheckIn, h.Account("officer2").ID, dueIn(3)))
	page := b.Get("/check-ins")
	happens(t, h, n, func(t *casework.Transition) { t.Cancel = []casework.TaskID{casework.TaskID(mine)} })
	typed := url.Values{mine + ".progress": {"Too late"}, theirs + ".progress": {"Not mine"}}
	b.Submit(page, "/check-ins", typed).Answers(200)
	b.Post("/check-ins/draft", typed).Answers(204)
	typed.Set("save", theirs)
	b.Post("/check-ins", typed)
	var drafts int
	if err := h.Store.DB().QueryRowContext(t.Context(), `SELECT count(*) FROM drafts`).Scan(&drafts); err != nil || drafts != 0 {
		t.Errorf("%d drafts are kept, %v", drafts, err)
	}
}
