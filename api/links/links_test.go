package links_test

import (
	"context"
	"html"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"connex/api/apitest"
	"connex/api/links"
	"connex/api/pagetest"
	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

const evil = `<script>alert("x")</script>`

func aHouse(t *testing.T) *apitest.House {
	t.Helper()
	t.Parallel()
	h := apitest.New(t, links.Register)
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(h.Log.String())
		}
	})
	return h
}

// stands moves the request to where the test needs it.
func stands(t *testing.T, h *apitest.House, n casework.CaseNumber, change casework.RequestChange) {
	t.Helper()
	h.Temporal.Happen(t, casework.Transition{ID: uuid.NewString(), CaseNumber: n, Workflow: string(n), At: time.Now(), Request: change})
}

func anExpert(t *testing.T, h *apitest.House, n casework.CaseNumber) (store.Expert, string) {
	t.Helper()
	e := h.Expert("Ana "+evil, "ana@experts.example")
	return e, "/p/" + h.Link(n, casework.Expert, e.ID, e.Email)
}

// said are words that no page of a guest may have: see words.md.
var said = []string{"refus", "withdraw ", "replaced", "conflict of", "hint", "Escalat", "declin", "overdue", "Overdue", "deadline", "escalat", "due diligence", "Due diligence", "risk", "rating", "integrity", "not eligible",
	"Not eligible", "laps", "Withdraw", "Reminder", "applicant", "ticket", "Temporal", "workflow", "case officer", "Case officer"}

func TestWhatAGovernmentReads(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	home := "/p/" + h.Government(n)
	b := pagetest.NewBrowser(t, h.URL)
	h.Open(n, casework.AskUs, "")
	h.Open(n, casework.Withdraw, "")
	h.Open(n, casework.SubmitRequestLetter, "")
	h.Open(n, casework.AssessEligibility, "")
	b.Get(home).Answers(200).Says("Your request", string(n), "Getting to know your request – now", "Send us your request letter", "Ask us",
		"We no longer need this support", "The officer").SaysNot("Assess eligibility")
	for _, phase := range casework.Phases {
		stands(t, h, n, casework.RequestChange{Phase: phase, Risk: casework.High})
		b.Get(home).Answers(200).Says("What happens next").SaysNot(said...)
	}
}

func TestHowAnEndingReads(t *testing.T) {
	h := aHouse(t)
	for _, ending := range casework.Endings {
		n := h.Request()
		home := "/p/" + h.Government(n)
		stands(t, h, n, casework.RequestChange{Phase: casework.Agreement, Ending: ending})
		page := pagetest.NewBrowser(t, h.URL).Get(home).Answers(200).SaysNot(said...)
		if shows := strings.Contains(page.Text(), "Where your request stands"); shows != (ending == casework.Closed) {
			t.Errorf("%s: the steps are shown: %t", ending, shows)
		}
	}
}

func everything(t *testing.T, h *apitest.House) (rows string) {
	t.Helper()
	for _, table := range []string{"requests", "actions", "tasks", "trail", "mails", "documents", "links", "codes", "drafts"} {
		var text string
		row := h.Store.DB().QueryRowContext(context.Background(), `SELECT COALESCE(string_agg(x::text, E'\n' ORDER BY x::text), '') FROM `+table+` x`)
		if err := row.Scan(&text); err != nil {
			t.Fatal(err)
		}
		rows += table + "\n" + text
	}
	return rows
}

// Mail scanners open links, and every link on the page.
func TestOpeningChangesNothing(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	home := "/p/" + h.Government(n)
	paths := []string{home, home + "?action=" + uuid.NewString()}
	for _, kind := range []casework.TaskKind{casework.SubmitRequestLetter, casework.Withdraw, casework.AgreeSupport, casework.AskUs} {
		paths = append(paths, home+"/tasks/"+string(h.Open(n, kind, "")))
	}
	before := everything(t, h)
	for _, path := range paths {
		pagetest.NewBrowser(t, h.URL).Get(path).Answers(200).SaysNot(said...)
	}
	if everything(t, h) != before {
		t.Error("opening a link changed something")
	}
}

// What is half done when the question falls away stays to be read.
func TestWhatAGuestHadWrittenIsThereWhenItIsNotAskedForAnyMore(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	id := h.Open(n, casework.SubmitRequestLetter, "")
	task := "/p/" + h.Government(n) + "/tasks/" + string(id)
	b := pagetest.NewBrowser(t, h.URL)
	b.Submit(b.Get(task), task, url.Values{"_more": {"draft"}, "signatory": {"The Minister " + evil}}).Answers(200)
	h.Temporal.Happen(t, casework.Transition{ID: "cancelled", CaseNumber: n, Workflow: string(n), At: time.Now(), Cancel: []casework.TaskID{id}})
	b.Get(task).Answers(200).Says("This is no longer needed", "What you had written", "Who signed it", "The Minister "+evil)
}

// A guest without scripts is told what became of what they sent as well: the page that says so loads itself again.
func TestAGuestsPageFollowsUpWhereItSaysSo(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	home := "/p/" + h.Government(n)
	task := home + "/tasks/" + string(h.Open(n, casework.AskUs, ""))
	b := pagetest.NewBrowser(t, h.URL)
	const again = `<noscript><meta http-equiv="refresh"`
	if page := b.Get(home); strings.Contains(page.Body, again) {
		t.Error("a page that waits for nothing loads itself again")
	}
	h.Temporal.Set(func(f *apitest.Temporal) { f.Deaf = true })
	page := b.Submit(b.Get(task), task, url.Values{"message": {"When do you come?"}}).Answers(200).Says("This page follows up by itself.")
	if !strings.Contains(page.Body, again) {
		t.Error("it does not")
	}
	b.Get(home).Says("When do you come?", "on its way to us").SaysNot("We have your message")
	elsewhere := pagetest.NewBrowser(t, h.URL)
	elsewhere.Get("/p/" + h.Link(n, casework.Government, "", "other@ministry.example")).SaysNot("When do you come?")
}

// What a guest was told is on its way, and what comes to nothing after all, is found again on their page.
func TestWhatAGuestHadSentIsThereWhenItComesToNothing(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	id := h.Open(n, casework.ProvideInformation, "")
	home := "/p/" + h.Government(n)
	task := home + "/tasks/" + string(id)
	b := pagetest.NewBrowser(t, h.URL)
	h.Temporal.Set(func(f *apitest.Temporal) { f.Deaf = true })
	b.Submit(b.Get(task), task, url.Values{"outcome": {"provided"}, "answer": {"It is 40 per cent. " + evil}}).Answers(200).SaysNot("could not be taken up")
	h.Temporal.Happen(t, casework.Transition{ID: "cancelled", CaseNumber: n, Workflow: string(n), At: time.Now(), Cancel: []casework.TaskID{id}})
	var action casework.ActionID
	if err := h.Store.DB().QueryRowContext(t.Context(), `SELECT id FROM actions WHERE task_id = $1`, string(id)).Scan(&action); err != nil {
		t.Fatal(err)
	}
	over := casework.RefusedBy(casework.RuleTaskDone, "refusal.task-gone")
	if done, err := h.Store.RefuseAction(t.Context(), action, *over); err != nil || !done {
		t.Fatalf("refused: %t, %v", done, err)
	}
	a, err := h.Store.Action(t.Context(), action)
	if err == nil {
		err = h.Dispatch.TellRefusal(t.Context(), a)
	}
	if err != nil {
		t.Fatal(err)
	}
	b.Get(home).Answers(200).Says("could not be taken up", web.KindTitle(words.In(words.Default), string(casework.ProvideInformation)))
	b.Get(task).Answers(200).Says("What you had written", "It is 40 per cent. "+evil)
}

func TestTheLetterIsConfirmedByACode(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	home := "/p/" + h.Government(n)
	task := home + "/tasks/" + string(h.Open(n, casework.SubmitRequestLetter, ""))
	b := pagetest.NewBrowser(t, h.URL)
	page := b.Submit(b.Get(task), task, url.Values{"letterDate": {"2026-03-02"}, "signatory": {"The Minister " + evil}},
		pagetest.File{Field: "letterDocument", Name: "letter.txt", Body: "%PDF-1.4\nWe request support."})
	page.Answers(428).Says("Code from our mail", "letter.txt")
	wrong := b.Submit(page, task, url.Values{"_code": {"000000"}}).Answers(428).Says("This code is not right", "we mail you another one").SaysNot("just mailed you", "just sent you", "{000000")
	if _, form := wrong.Form(task); form.Get("signatory") != "The Minister "+evil || form.Get("letterDocument.kept") == "" {
		t.Errorf("what was entered is lost: %v", form)
	}
	if len(h.Temporal.Signals) != 0 {
		t.Fatal("the letter was taken without a code")
	}
	b.Submit(wrong, task, url.Values{"_code": {"a word"}}).Answers(428).Says("This code is not right").SaysNot("just mailed you", "just sent you")
	done := b.Submit(wrong, task, url.Values{"_code": {inTwo(theCode(t, h))}}).Answers(200).Says("Thank you, we have received it.", "letter.txt")
	if !strings.HasPrefix(done.Path, home+"?action=") || len(h.Temporal.Signals) != 1 {
		t.Errorf("one gets to %s, and %d signals were sent", done.Path, len(h.Temporal.Signals))
	}
	b.Get(task).Says("This has been answered already, by you on ").SaysNot("no longer needed")
}

// Who leaves the page to look for the mail, as one does on a telephone, finds on it where the code goes.
func TestACodeThatIsStillGoodIsAskedForAgain(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	task := "/p/" + h.Government(n) + "/tasks/" + string(h.Open(n, casework.SubmitRequestLetter, ""))
	b := pagetest.NewBrowser(t, h.URL)
	letter := pagetest.File{Field: "letterDocument", Name: "letter.txt", Body: "%PDF-1.4\nWe request support."}
	b.Submit(b.Get(task).SaysNot("Code from our mail"), task, url.Values{"letterDate": {"2026-03-02"}, "signatory": {"The Minister"}}, letter).Answers(428)
	all := b.Submit(b.Get(task), task, url.Values{"_go": {"all"}}).Answers(200).Says("The code that we mailed you is still good")
	b.Submit(all, task, url.Values{"_code": {theCode(t, h)}}).Answers(200).Says("Thank you, we have received it.")
	if got := len(h.Temporal.Signals); got != 1 {
		t.Errorf("%d signals were sent", got)
	}
}

// Without scripts nothing holds a second click back.
func TestWhoAsksTwiceIsMailedOneCode(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	task := "/p/" + h.Government(n) + "/tasks/" + string(h.Open(n, casework.Withdraw, ""))
	b := pagetest.NewBrowser(t, h.URL)
	mailed := func(want int) {
		t.Helper()
		var codes, mails int
		err := h.Store.DB().QueryRowContext(t.Context(), `SELECT (SELECT count(*) FROM codes), (SELECT count(*) FROM mails WHERE template = 'code')`).Scan(&codes, &mails)
		if err != nil || codes != want || mails != want || len(h.Temporal.Delivered) != want {
			t.Errorf("%d codes, %d mails, %d delivered, want %d: %v", codes, mails, len(h.Temporal.Delivered), want, err)
		}
	}
	clicks := func(p *pagetest.Page, values url.Values) (answer *pagetest.Page) {
		var wait sync.WaitGroup
		for range 4 {
			wait.Go(func() { b.Submit(p, task, values) })
		}
		wait.Wait()
		return b.Submit(p, task, values).Answers(428).Says("Code from our mail")
	}
	page, reason := b.Get(task), url.Values{"reason": {"The investor has left."}}
	asked := clicks(page, reason)
	mailed(1)
	first := theCode(t, h)
	clicks(asked, nil) // it was left empty, to be mailed another one
	mailed(2)
	b.Submit(page, task, reason).Answers(428) // the browser's way back
	mailed(2)
	if _, err := h.Store.DB().ExecContext(t.Context(), `UPDATE codes SET expires_at = now() - interval '1 minute' WHERE id <> (SELECT id FROM codes ORDER BY created_at LIMIT 1)`); err != nil {
		t.Fatal(err)
	}
	last := b.Submit(asked, task, nil).Answers(428) // what this page was mailed is good no more
	mailed(3)
	if len(h.Temporal.Signals) != 0 {
		t.Error("something was done without a code")
	}
	b.Submit(last, task, url.Values{"_code": {first}}).Answers(200)
	if len(h.Temporal.Signals) != 1 {
		t.Errorf("%d signals were sent", len(h.Temporal.Signals))
	}
}

// theCode is the newest that was mailed.
func theCode(t *testing.T, h *apitest.House) (code string) {
	t.Helper()
	var id string
	if err := h.Store.DB().QueryRowContext(t.Context(), `SELECT id FROM codes ORDER BY created_at DESC LIMIT 1`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	return casework.ConfirmationCode(apitest.Secret, id)
}

func TestAnExpertReadsTheCodeBeforeSigning(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	ana, home := anExpert(t, h, n)
	task := home + "/tasks/" + string(h.Open(n, casework.SignCodeOfConduct, ana.ID))
	h.Open(n, casework.SignCodeOfConduct, h.Expert("Bo", "bo@experts.example").ID)
	h.Open(n, casework.SubmitRequestLetter, "")
	b := pagetest.NewBrowser(t, h.URL)
	b.Get(home).Says("Your work with CONNEX", "Sign the Code of Conduct").SaysNot("Send us your request letter", "Where your request stands")
	page := b.Get(task).Says(casework.CurrentCode().Articles[0].Title, "Version "+casework.CurrentCode().Version, "Ministry of Mines, Guinea")
	if !strings.Contains(page.Body, `<input type="hidden" name="version"`) {
		t.Error("the version can be typed over")
	}
	b.Submit(page, task, url.Values{"outcome": {"sign"}, "fullName": {"Leila Haddad"}}).Answers(422).Says("Please sign with your own name, Ana " + evil)
	b.Submit(page, task, url.Values{"outcome": {"sign"}, "fullName": {"Ana B."}, "version": {"0"}}).Answers(422)
	b.Submit(page, task, url.Values{"outcome": {"sign"}, "fullName": {strings.ToUpper("Ana " + evil)}}).Answers(428)
	for _, kind := range casework.AllKinds() {
		if rules, _ := casework.KindOf(kind); rules.Role == casework.Expert {
			b.Get(home + "/tasks/" + string(h.Open(n, kind, ana.ID))).Answers(200)
		}
	}
}

// What the government agrees to is shown as it was proposed, and nothing of it that was meant for the staff.
func TestAgreeingToWhatIsProposed(t *testing.T) {
	h := aHouse(t)
	n, officer := h.Request(), h.Account("officer")
	ana := h.Expert("Ana "+evil, "ana@experts.example")
	proposal := casework.Values{"outcome": "propose", "suggestions": "We suggest " + evil, "experts": []any{string(ana.ID)}, "activities": []any{map[string]any{
		"title": "Model " + evil, "form": "advice", "stage": "during", "experts": []any{string(ana.ID)}, "start": "2027-01-04", "end": "2027-02-05", "deliverable": "A model"}}}
	proposed, err := h.Dispatch.Complete(t.Context(), officer, h.Open(n, casework.ProposeSupport, officer.ID), uuid.NewString(), proposal, "")
	if err != nil {
		t.Fatal(err)
	}
	home := "/p/" + h.Government(n)
	task := home + "/tasks/" + string(h.Open(n, casework.AgreeSupport, "", func(t *casework.Task) { t.About = []casework.ActionID{proposed.Action} }))
	b := pagetest.NewBrowser(t, h.URL)
	page := b.Get(task).Says("What we suggest", "We suggest "+evil, "Model "+evil, "4 January 2027 to 5 February 2027", "With Ana "+evil, "You receive: A model")
	if strings.Contains(page.Body, evil) {
		t.Error("markup in a proposal is not escaped")
	}
	b.Submit(page, task, url.Values{"outcome": {"ask-for-information"}, "expert": {string(ana.ID)}}).Answers(422).Says("There is something to mend")
}

func TestOurQuestionIsQuotedAndNothingElse(t *testing.T) {
	h := aHouse(t)
	n, officer := h.Request(), h.Account("officer")
	asked, err := h.Dispatch.Complete(t.Context(), officer, h.Open(n, casework.ConcludeDueDiligence, officer.ID), uuid.NewString(),
		casework.Values{"outcome": "ask-government", "questionToGovernment": "Who holds the licence?"}, "")
	if err != nil {
		t.Fatal(err)
	}
	home := "/p/" + h.Government(n)
	task := home + "/tasks/" + string(h.Open(n, casework.ProvideInformation, "", func(t *casework.Task) { t.About = []casework.ActionID{asked.Action} }))
	b := pagetest.NewBrowser(t, h.URL)
	b.Submit(b.Get(task).Says("What we would like to know Who holds the licence?").SaysNot(said...), task,
		url.Values{"outcome": {"provided"}, "answer": {"The state. " + evil}}).Says("Thank you, we have received it.")
}

// A code was mailed so often that no other one is, until an hour is over: what was typed waits as well.
func TestWhoAskedForTooManyCodesLosesNothing(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	task := "/p/" + h.Government(n) + "/tasks/" + string(h.Open(n, casework.Withdraw, ""))
	b := pagetest.NewBrowser(t, h.URL)
	page := b.Submit(b.Get(task), task, url.Values{"reason": {"We found another way. " + evil}})
	for range 25 {
		if page.Status == 429 {
			break
		}
		page = b.Submit(page.Answers(428), task, nil)
	}
	page.Answers(429).Says("as many codes as we can within an hour", "What you entered is still here")
	if _, form := page.Form(task); form.Get("reason") != "We found another way. "+evil {
		t.Errorf("of what was typed is left %v", form)
	}
}

func TestALinkThatIsNoneSaysSoKindly(t *testing.T) {
	h := aHouse(t)
	b := pagetest.NewBrowser(t, h.URL)
	for _, path := range []string{"/p/nonsense", "/p/nonsense/tasks/1", "/p/" + strings.Repeat("A", 43)} {
		b.Get(path).Answers(404).Says("answer that mail, and we will send you a new one")
	}
}

// What changes between a page and its line is heard as well: a decision ends a request a moment after it was answered.
func TestAPageHearsWhatChangedBeforeItsLineStood(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	b := pagetest.NewBrowser(t, h.URL)
	line := html.UnescapeString(regexp.MustCompile(`data-live="([^"]+)"`).FindStringSubmatch(b.Get("/p/" + h.Government(n)).Body)[1])
	notices, stop := h.Store.Subscribe()
	defer stop()
	stands(t, h, n, casework.RequestChange{Ending: casework.Withdrawn})
	for notice := range notices {
		if notice.CaseNumber == n {
			break
		}
	}
	if !b.Hears(line, 5*time.Second) {
		t.Error("the page stays as it was")
	}
	if b.Hears(strings.ReplaceAll(line, "since=", "since=9"), time.Second) {
		t.Error("a page hears of what it shows already")
	}
}

// inTwo is a code as people copy it.
func inTwo(code string) string { return code[:3] + " " + code[3:] }
