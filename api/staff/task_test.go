package staff_test

import (
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"connex/api/apitest"
	"connex/api/pagetest"
	"connex/casework"
)

var dropped = url.Values{"outcome": {"drop"}, "reasons": {"By agreement. " + evil}, "answer": {"We agreed to stop here."}}

func TestADecisionFromThePage(t *testing.T) {
	h := aHouse(t)
	n, b := h.Request(), as(t, h, "officer")
	task := waiting(h, n, casework.AssessEligibility)
	page := b.Get(task).Answers(200).Says("Assess eligibility", "Next reminder", "OECD list")
	back := b.Submit(page, task, url.Values{"outcome": {"drop"}, "reasons": {"By agreement. " + evil}}).Answers(422)
	back.Says("There is something to mend", "Please fill this in.")
	if _, form := back.Form(task); form.Get("reasons") != dropped.Get("reasons") || form.Get("outcome") != "drop" {
		t.Error("what was typed is lost")
	}
	done := b.Submit(back, task, dropped).Answers(200).Says("Done.", "We agreed to stop here.", "By agreement. "+evil)
	if !strings.HasPrefix(done.Path, "/requests/"+string(n)+"?action=") {
		t.Errorf("after the decision one gets to %s", done.Path)
	}
	b.Get(task).Says("This has been done already, by you on")
	if len(h.Temporal.Signals) != 1 {
		t.Errorf("%d signals were sent", len(h.Temporal.Signals))
	}
}

// The second click, and a page sent again from the browser's history, get the answer of the first.
func TestADoubleClickIsOneDecision(t *testing.T) {
	h := aHouse(t)
	n, b := h.Request(), as(t, h, "officer")
	task := waiting(h, n, casework.AssessEligibility)
	page := b.Get(task)
	first, second := b.Submit(page, task, dropped), b.Submit(page, task, dropped)
	if first.Path != second.Answers(200).Path || len(h.Temporal.Signals) != 1 {
		t.Errorf("the second click gets to %s, and %d signals were sent", second.Path, len(h.Temporal.Signals))
	}
}

// Who goes back, changes what was sent and sends it again hears that it came too late, and loses nothing.
func TestWhatIsChangedAfterItWasSentIsNotLost(t *testing.T) {
	h := aHouse(t)
	n, b, other := h.Request(), as(t, h, "officer"), as(t, h, "officer2")
	task := waiting(h, n, casework.AssessEligibility)
	page, theirs := b.Get(task), other.Get(task)
	b.Submit(page, task, dropped).Answers(200)
	changed := url.Values{"outcome": {"drop"}, "reasons": {"On second thoughts " + evil}, "answer": dropped["answer"]}
	for whose, late := range map[string]*pagetest.Page{
		"by you":         b.Submit(page, task, changed).Answers(409).Says("This has been done already, by you on", "What you entered is still here."),
		"by The officer": other.Submit(theirs, task, changed).Answers(409).Says("This has been done already, by The officer on", "What you entered is still here."),
	} {
		if _, form := late.Form(task); form.Get("reasons") != changed.Get("reasons") {
			t.Errorf("done %s: of what was changed came back %q", whose, form.Get("reasons"))
		}
	}
	b.Submit(page, task, url.Values{"_go": {"2"}, "reasons": changed["reasons"]}).Answers(409).Says("by you on")
	if len(h.Temporal.Signals) != 1 {
		t.Errorf("%d signals were sent", len(h.Temporal.Signals))
	}
}

// A task may be taken, and done, by a colleague while its form is open: what is typed comes back, with whose it is, and is
// kept. Who could not have had it is given nothing.
func TestAFormWhoseTaskWasLostComesBack(t *testing.T) {
	h := aHouse(t)
	n, slow, quick := h.Request(), as(t, h, "officer2"), as(t, h, "officer")
	task := waiting(h, n, casework.AssessEligibility)
	page := slow.Get(task)
	h.Temporal.Happen(t, casework.Transition{ID: "taken", CaseNumber: n, Workflow: string(n), At: time.Now(), Changed: []casework.Task{taken(h, task, "officer")}})
	typed := url.Values{"outcome": {"drop"}, "reasons": {"Long thought about " + evil}}
	back := slow.Submit(page, task, typed).Answers(403).Says("Meanwhile this has come to wait for The officer", "What you entered is still here.")
	_, form := back.Form(task)
	if form.Get("reasons") != typed.Get("reasons") {
		t.Errorf("of what was typed came back %v", form)
	}
	form.Set("reasons", "Typed on")
	slow.Post(task+"/draft", form).Answers(204)
	slow.Get(task).Says("What you had written", "Typed on")
	quick.Submit(quick.Get(task), task, dropped).Answers(200)
	late := slow.Submit(page, task, typed).Answers(403).Says("This has been done already, by The officer on", "What you entered is still here.")
	if formOf(late, task).Get("reasons") != typed.Get("reasons") {
		t.Errorf("of what was typed came back %v", formOf(late, task))
	}
	slow.Get(task).Says("This has been done already, by The officer", "What you had written", "Typed on") // not what an older page sent after it
	quick.Get(task).SaysNot("What you had written", "Typed on")
	as(t, h, "reviewer").Post(task, form).Answers(403).SaysNot("still here")
	if len(h.Temporal.Signals) != 1 {
		t.Errorf("%d signals were sent", len(h.Temporal.Signals))
	}
}

// taken is the task at an address, held by somebody.
func taken(h *apitest.House, address, by string) casework.Task {
	task := h.Task(casework.AssessEligibility, h.Account(by).ID)
	task.ID, task.TakenBy = casework.TaskID(strings.TrimPrefix(address, "/tasks/")), true
	return task
}

// The officer of a request acts for its government; the form of one that has another officer by now comes back, too.
func TestAFormOnBehalfComesBackFromAnotherOfficer(t *testing.T) {
	h := aHouse(t)
	n, b := h.Request(), as(t, h, "officer")
	task := waiting(h, n, casework.SubmitRequestLetter)
	page := b.Get(task)
	h.Temporal.Happen(t, casework.Transition{ID: "other", CaseNumber: n, Workflow: string(n), At: time.Now(),
		Request: casework.RequestChange{Officer: h.Account("officer2").ID}})
	back := b.Submit(page, task, url.Values{"signatory": {"The Minister"}}, pagetest.File{Field: "letterDocument", Name: "letter.txt", Body: "%PDF-1.4\nWe request support."}).
		Answers(403).Says("Meanwhile this request has another case officer", "letter.txt")
	if formOf(back, task).Get("signatory") != "The Minister" {
		t.Errorf("of what was typed came back %v", formOf(back, task))
	}
}

// What was kept in one window is not overwritten by an older page in another, unless its reader goes on there.
func TestAnOlderWindowOverwritesNothingUnasked(t *testing.T) {
	h := aHouse(t)
	n, b := h.Request(), as(t, h, "officer")
	task := waiting(h, n, casework.AssessEligibility)
	older := b.Get(task)
	later := url.Values{"_more": {"draft"}, "reasons": {"From the other window"}}
	b.Submit(b.Get(task), task, later).Answers(200)
	_, typed := older.Form(task)
	typed.Set("reasons", "Older")
	b.Post(task+"/draft", typed).Answers(409)
	keeps := func(want string) {
		t.Helper()
		if _, form := b.Get(task + "?step=all").Form(task); form.Get("reasons") != want {
			t.Errorf("kept is %q, want %q", form.Get("reasons"), want)
		}
	}
	keeps("From the other window")
	told := b.Post(task, url.Values{"_key": typed["_key"], "_go": {"2"}, "reasons": {"Older"}}).Answers(409).Says("something else was kept for this form")
	if _, form := told.Form(task); form.Get("reasons") != "Older" {
		t.Errorf("what was typed in the older window is lost: %v", form)
	}
	keeps("From the other window")
	b.Submit(told, task, url.Values{"_go": {"2"}}).Answers(200)
	keeps("Older")
}

// A step that the browser shows from its memory knows nothing of what was answered after it: going on from there keeps that.
func TestAStepFromTheBrowsersMemoryLosesNoLaterAnswer(t *testing.T) {
	h := aHouse(t)
	n, b := h.Request(), as(t, h, "reviewer")
	task := waiting(h, n, casework.CheckIntegrity)
	first, answers := b.Get(task), url.Values{"_go": {"2"}, "int-sanctions": {"clear"}, "int-owners": {"documented"}, "int-pep": {"no"}, "int-award": {"tender"}}
	printout := pagetest.File{Field: "int-printout", Name: "screening.txt", Body: "No match."}
	second := b.Submit(first, task, answers, printout).Answers(200)
	b.Submit(second, task, url.Values{"_go": {"1"}, "int-mandate": {"plausible"}}).Answers(200)
	keeps := func(name, want string) {
		t.Helper()
		if _, form := b.Get(task + "?step=all").Form(task); form.Get(name) != want {
			t.Errorf("of %s is kept %q, want %q", name, form.Get(name), want)
		}
	}
	b.Submit(first, task, answers, printout).Answers(200)
	keeps("int-mandate", "plausible")
	answers.Set("int-pep", "yes")
	told := b.Submit(first, task, answers, printout).Answers(409).Says("something else was kept for this form")
	keeps("int-pep", "no")
	b.Submit(told, task, url.Values{"_go": {"2"}}).Answers(200)
	keeps("int-pep", "yes")
	keeps("int-mandate", "plausible")
}

// Even two at once, each with its file, are one decision and one document.
// Who asks for all of a long form at once goes on with the question that they had before them; the title says what is shown.
func TestAllOnOnePageGoesOnWhereOneWas(t *testing.T) {
	h := aHouse(t)
	n, b := h.Request(), as(t, h, "reviewer")
	task, all := waiting(h, n, casework.CheckIntegrity), url.Values{"_go": {"all"}}
	first := b.Get(task).Says("Step 1 of 4 – Check integrity")
	whole := b.Submit(first, task, all).Answers(200).Says("All on one page – Check integrity")
	if whole.Path != task+"?step=all" || !strings.Contains(whole.Body, `<h2 class="step" tabindex="-1" autofocus>All on one page</h2>`) {
		t.Errorf("from the first step one gets to %s, and not to its heading:\n%s", whole.Path, whole.Body)
	}
	answers := url.Values{"_go": {"2"}, "int-sanctions": {"clear"}, "int-owners": {"documented"}, "int-pep": {"no"}, "int-award": {"tender"}}
	second := b.Submit(first, task, answers, pagetest.File{Field: "int-printout", Name: "screening.txt", Body: "No match."}).Says("Step 2 of 4 – Check integrity")
	whole = b.Submit(second, task, all).Answers(200)
	address, question, _ := strings.Cut(whole.Path, "#")
	if at := strings.Index(second.Body, `id="`+question+`"`); address != task+"?step=all" || question == "" || at < 0 || strings.Contains(first.Body, `id="`+question+`"`) {
		t.Errorf("from the second step one gets to %s", whole.Path)
	}
	if !strings.Contains(whole.Body, `id="`+question+`"`) {
		t.Errorf("the whole page has no %s", question)
	}
	b.Get(task + "?step=99").Says("Please read it over – Check integrity")
}

func TestTwoPostsWithAFileAtOnceAreOne(t *testing.T) {
	h := aHouse(t)
	n, b := h.Request(), as(t, h, "officer")
	task := waiting(h, n, casework.SubmitRequestLetter)
	page := b.Get(task).Says("You act on behalf of the government")
	letter := url.Values{"letterDate": {"2026-03-01"}, "signatory": {"The Minister"}, "noteOfCall": {"By telephone, today."}}
	file := pagetest.File{Field: "letterDocument", Name: "letter.txt", Body: "%PDF-1.4\nWe request support."}
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() { b.Submit(page, task, letter, file).Says("Done.") })
	}
	both.Wait()
	documents, err := h.Store.Documents(t.Context(), h.Account("officer"), n)
	if err != nil || len(documents) != 1 || len(h.Temporal.Signals) != 1 {
		t.Errorf("%d documents, %d signals, %v", len(documents), len(h.Temporal.Signals), err)
	}
}

// A file is there even if the form comes back for another reason; one of a kind that is not kept is said so.
func TestFilesComeBackWithTheForm(t *testing.T) {
	h := aHouse(t)
	n, b := h.Request(), as(t, h, "officer")
	task := waiting(h, n, casework.SubmitRequestLetter)
	back := b.Submit(b.Get(task), task, nil, pagetest.File{Field: "letterDocument", Name: "letter.txt", Body: "%PDF-1.4\nWe request support."}).Answers(422)
	if _, form := back.Says("letter.txt").Form(task); form.Get("letterDocument.kept") == "" {
		t.Error("the file is to be chosen again")
	}
	b.Submit(back, task, url.Values{"letterDate": {"2026-03-01"}, "signatory": {"The Minister"}},
		pagetest.File{Field: "backgroundDocuments", Name: "run.html", Body: "<html><script>alert(1)</script>"}).Answers(422).Says("This kind of content is not possible")
	program := pagetest.File{Field: "letterDocument", Name: "letter.pdf", Body: "This is no letter."}
	b.Submit(b.Get(task), task, url.Values{"letterDate": {"2026-03-01"}, "signatory": {"The Minister"}, "noteOfCall": {"Yes."}}, program).Answers(422).Says("This file is no letter that we can read.")
	b.Submit(back, task, url.Values{"letterDate": {"2026-03-01"}, "signatory": {"The Minister"}, "noteOfCall": {"Yes."}}).Answers(200).Says("Done.")
}

func TestWhatBecomesOfADecision(t *testing.T) {
	for name, tt := range map[string]struct {
		how    func(*apitest.Temporal)
		status int
		says   string
	}{
		"nobody is there to handle it": {func(f *apitest.Temporal) { f.Deaf = true }, 200, "Recorded, and on its way."},
		"Temporal is away":             {func(f *apitest.Temporal) { f.Away = true }, 200, "Recorded, and on its way."},
		"the workflow refuses it": {func(f *apitest.Temporal) {
			f.Refusal = casework.RefusedBy(casework.RuleDuties, "refusal.duties.drafted")
		}, 409, "another head has to"},
	} {
		t.Run(name, func(t *testing.T) {
			h := aHouse(t)
			n, b := h.Request(), as(t, h, "officer")
			task := waiting(h, n, casework.AssessEligibility)
			page := b.Get(task)
			h.Temporal.Set(tt.how)
			after := b.Submit(page, task, dropped).Answers(tt.status).Says(tt.says)
			if _, form := after.Form(task); tt.status == 409 && form.Get("answer") != dropped.Get("answer") {
				t.Error("what was typed is lost with the refusal")
			}
		})
	}
}

// What a page says of itself holds without scripts too; where one types it does not load itself again under the hand.
func TestAPageFollowsUpWhereItSaysSo(t *testing.T) {
	h := aHouse(t)
	n, b, head := h.Request(), as(t, h, "head"), h.Account("head")
	sign, check := waiting(h, n, casework.SignApproval), waiting(h, n, casework.CheckIntegrity)
	h.Temporal.Set(func(f *apitest.Temporal) { f.Deaf = true })
	action := string(actionIn(b.Submit(b.Get("/requests/"+string(n)), sign+"/take", nil)))
	follows := func(path string, want bool) {
		t.Helper()
		page := b.Get(path + "?action=" + action).Answers(200).Says("Recorded, and on its way.")
		if says := strings.Contains(page.Text(), "This page follows up by itself."); says != want {
			t.Errorf("%s says that it follows up: %t", path, says)
		}
		if does := strings.Contains(page.Body, `<noscript><meta http-equiv="refresh"`); does != want {
			t.Errorf("%s follows up: %t", path, does)
		}
	}
	for _, path := range []string{"/", "/morning", "/requests/" + string(n), check, "/check-ins"} {
		follows(path, true)
	}
	h.Open(n, casework.CheckIn, head.ID)
	for _, path := range []string{sign, "/check-ins"} {
		follows(path, false)
	}
}

func TestWhoMayOpenATask(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	task := waiting(h, n, casework.CheckIntegrity)
	as(t, h, "reviewer").Get(task).Answers(200).Says("Check integrity")
	as(t, h, "officer").Get(task).Says("You cannot do this.", "only they can complete it")
	as(t, h, "officer").Post(task, url.Values{"_key": {"8e4a9f5e-5f0a-4d2a-9d0c-0d8b1f6f2b11"}, "outcome": {"proceed"}}).Answers(403)
	as(t, h, "admin").Get(task).Answers(404)
	as(t, h, "officer").Get("/tasks/7").Answers(404)
}

// What is half done is there again: after «keep for later», after a fault, and as the script keeps it while one types.
func TestADraftIsKept(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	task := waiting(h, n, casework.AssessEligibility)
	b := as(t, h, "officer")
	page := b.Get(task).SaysNot("as you left it")
	kept := b.Submit(page, task, url.Values{"_more": {"draft"}, "outcome": {"drop"}, "reasons": {"Half a " + evil}}).Answers(200).Says("as you left it")
	_, form := b.Get(task).Says("as you left it").Form(task)
	if form.Get("reasons") != "Half a "+evil || form.Get("outcome") != "drop" {
		t.Errorf("the draft came back as %v", form)
	}
	form.Set("reasons", "While typing")
	b.Post(task+"/draft", form).Answers(204)
	if _, form := b.Get(task).Form(task); form.Get("reasons") != "While typing" {
		t.Errorf("what the script kept came back as %v", form)
	}
	as(t, h, "officer2").Get(task).SaysNot("as you left it")
	b.Submit(kept, task, dropped).Answers(200).Says("Done.")
	as(t, h, "reviewer").Post(task+"/draft", form).Answers(403)
	as(t, h, "admin").Post(task+"/draft", form).Answers(404)
}

func formOf(p *pagetest.Page, action string) url.Values {
	_, form := p.Form(action)
	return form
}

func TestEveryKindOfTaskHasItsPage(t *testing.T) {
	h := aHouse(t)
	h.Expert("Bo", "bo@experts.example")
	for _, kind := range casework.AllKinds() {
		rules, _ := casework.KindOf(kind)
		if rules.Role == casework.Expert {
			continue // theirs alone: see the tests of personal links
		}
		name, holder := holderOf(kind), casework.PersonID("")
		if slices.Contains([]casework.Holding{casework.ByOfficer, casework.ByMember}, rules.Holding) {
			holder = h.Account(name).ID
		}
		as(t, h, name).Get("/tasks/" + string(h.Open(h.Request(), kind, holder))).Answers(200).SaysNot("You cannot do this.")
	}
}
