package links_test

import (
	"net/url"
	"strings"
	"testing"

	"connex/api/apitest"
	"connex/api/pagetest"
	"connex/casework"
	"connex/store"
)

// mails of a template that the case has, by address.
func mails(t *testing.T, h *apitest.House, n casework.CaseNumber, template string) (list []store.Mail) {
	t.Helper()
	view, err := h.Store.RequestView(t.Context(), h.Account("officer"), n)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range view.Mails {
		if m.Template == template {
			list = append(list, m)
		}
	}
	return list
}

func TestPassingARequestOn(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	home := "/p/" + h.Government(n)
	task := home + "/tasks/" + string(h.Open(n, casework.ChangeContact, ""))
	b := pagetest.NewBrowser(t, h.URL)
	if got := b.Get(home).Link("Somebody else will do this"); got != task {
		t.Errorf("one gets to %s", got)
	}
	page := b.Get(task).Says("Name of the other person").SaysNot("Fatou")
	page = b.Submit(page, task, url.Values{"contactName": {"Sarnai " + evil}, "contactEmail": {"sarnai@ministry.example"}, "message": {"You know the file."}}).Answers(428)
	if len(h.Temporal.Signals) != 0 {
		t.Fatal("it is passed on without a code")
	}
	done := b.Submit(page, task, url.Values{"_code": {theCode(t, h)}})
	if len(h.Temporal.Signals) != 1 || !strings.Contains(done.Path, "action=") {
		t.Fatalf("one gets to %s after %d signals", done.Path, len(h.Temporal.Signals))
	}
	stands(t, h, n, casework.RequestChange{NewContact: true})
	b.Get(home + "/passed-on?action=x").Answers(200).Says("this is passed on").SaysNot("sarnai@")
	b.Get(task).Answers(410).SaysNot("sarnai@", "Sarnai")
}

// An older link may still be good, but what it leads to is not theirs to give away.
func TestOnlyTheContactIsOfferedToPassItOn(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	h.Open(n, casework.ChangeContact, "")
	home := "/p/" + h.Link(n, casework.Government, store.ContactID(n, "other@ministry.example"), "other@ministry.example")
	pagetest.NewBrowser(t, h.URL).Get(home).Answers(200).SaysNot("Somebody else will do this")
}

func TestALinkThatIsNoLongerGoodLeadsToANewOne(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	home := "/p/" + h.Government(n)
	stands(t, h, n, casework.RequestChange{NewContact: true})
	b := pagetest.NewBrowser(t, h.URL)
	before := everything(t, h)
	page := b.Get(home).Answers(410).Says("This link is no longer good", "somebody else answers").SaysNot(append(said, "fatou@")...)
	b.Get(home + "/tasks/1").Answers(410)
	if everything(t, h) != before {
		t.Error("opening an old link changed something")
	}
	sent := b.Submit(page, home+"/new-link", nil).Answers(200).SaysNot("fatou@")
	stranger := b.Post("/p/"+strings.Repeat("A", 43)+"/new-link", url.Values{}).Answers(200)
	if sent.Text() != stranger.Text() {
		t.Errorf("who guesses is told otherwise:\n%s\n%s", sent.Text(), stranger.Text())
	}
	for range 5 {
		b.Post(home+"/new-link", url.Values{})
	}
	got := mails(t, h, n, "new-link")
	if len(got) != 3 {
		t.Fatalf("%d mails went out, want three and no more", len(got))
	}
	m := got[0]
	if m.Address != "fatou@ministry.example" || m.Link == "" || !strings.Contains(m.Text, "\n{link}\n") || strings.Contains(m.Subject+m.Text, "⟦") {
		t.Errorf("to %s goes (link %q) %s\n%s", m.Address, m.Link, m.Subject, m.Text)
	}
	b.Get("/p/" + casework.LinkToken(apitest.Secret, m.Link)).Answers(200).Says("Your request")
}

func TestLongAfterTheEndThereIsNoPage(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	home := "/p/" + h.Government(n)
	stands(t, h, n, casework.RequestChange{Ending: casework.Withdrawn})
	for _, sql := range []string{`UPDATE requests SET ended_real_at = now() - interval '91 days'`, `UPDATE links SET expires_at = now() - interval '1 day'`} {
		if _, err := h.Store.DB().ExecContext(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	b := pagetest.NewBrowser(t, h.URL)
	b.Submit(b.Get(home).Answers(410).Says("ended some time ago").SaysNot(said...), home+"/new-link", nil).Answers(200)
	got := mails(t, h, n, "page-closed")
	if len(got) != 1 || got[0].Link != "" || strings.Contains(got[0].Text, "{link}") || strings.Contains(got[0].Text, "⟦") {
		t.Errorf("what is mailed is %+v", got)
	}
}

func TestAnExpertWritesInsteadOfPassingOn(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	_, home := anExpert(t, h, n)
	b := pagetest.NewBrowser(t, h.URL)
	page := b.Get(b.Get(home).SaysNot("Somebody else will do this").Link("Write to us")).Says("yours alone")
	b.Submit(page, home+"/write", nil).Answers(422).Says("There is something to mend")
	for range 2 {
		b.Submit(page, home+"/write", url.Values{"message": {"I am ill until May. " + evil}}).Answers(200).Says("on its way to us")
	}
	got := mails(t, h, n, "expert-message")
	if len(got) != 1 || got[0].Address != "officer@connex.test" || !strings.Contains(got[0].Text, "I am ill until May.") || strings.Contains(got[0].Subject+got[0].Text, "⟦") {
		t.Errorf("what is mailed is %+v", got)
	}
	for range 25 {
		if page = b.Submit(b.Get(home+"/write"), home+"/write", url.Values{"message": {"And one more. " + evil}}); page.Status == 429 {
			break
		}
	}
	page.Answers(429).Says("as many messages as we can take within an hour", "What you entered is still here")
	if _, form := page.Form(home + "/write"); form.Get("message") != "And one more. "+evil {
		t.Errorf("of what was typed is left %v", form)
	}
	b.Get("/p/" + h.Government(n) + "/write").Answers(404)
}
