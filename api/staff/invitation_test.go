package staff_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"connex/api/pagetest"
	"connex/store"
)

// An address with a slip in it, or a wrong name: the link that went there leads nowhere any more, and another goes out.
func TestAnInvitationIsCorrected(t *testing.T) {
	h := aHouse(t)
	h.Account("officer")
	page := invited(t, h, "ade@connex.test")
	first, admin, b := lastPage(t, h, "ade@connex.test"), as(t, h, "admin"), pagetest.NewBrowser(t, h.URL)
	where := strings.Split(page.Path, "?")[0]
	for address, sentence := range map[string]string{"": "Please enter an e-mail address", "nobody": "Please enter an e-mail address", "officer@connex.test": "an account with this address already"} {
		admin.Submit(page, where, url.Values{"email": {address}, "reason": {"a slip"}}).Answers(422).Says(sentence)
	}
	b.Get(first).Answers(200)
	admin.Submit(page, where, url.Values{"phone": {"+49 30 7"}, "reason": {"moved"}}).Answers(200).Says("Saved").SaysNot("A new invitation is on its way")
	b.Get(first).Answers(200)
	saved := admin.Submit(page, where, url.Values{"name": {"Ada Exemplar"}, "email": {"Ada@Connex.test "}, "reason": {"a slip"}}).Answers(200)
	saved.Says("A new invitation is on its way", "Ada Exemplar", "ada@connex.test", "ade@connex.test", "a slip")
	b.Get(first).Answers(410)
	b.Post(first, url.Values{"password": {chosen}, "repeat": {chosen}}).Answers(410)
	if mails, _ := mailed(t, h, "ade@connex.test"); len(mails) != 1 || mails[0].State != store.MailCancelled {
		t.Errorf("the mail to the former address: %+v", mails)
	}
	second := lastPage(t, h, "ada@connex.test")
	if mails, _ := mailed(t, h, "ada@connex.test"); len(mails) != 1 || !strings.HasPrefix(mails[0].Text, "Dear Ada Exemplar") || !strings.Contains(mails[0].Text, "ada@connex.test") {
		t.Errorf("mailed %+v", mails)
	}
	b.Submit(b.Get(second), second, url.Values{"password": {chosen}, "repeat": {chosen}}).Answers(200)
	admin.Submit(page, where, url.Values{"email": {"eve@connex.test"}, "reason": {"too late"}}).Answers(409).Says("This account has a password")
	if a, err := h.Store.AccountByEmail(t.Context(), "ada@connex.test"); err != nil || a.Name != "Ada Exemplar" {
		t.Errorf("%+v, %v", a, err)
	}
	if form := admin.Get(where).SaysNot("Take back the invitation"); strings.Contains(form.Body, `name="email"`) {
		t.Error("the address of somebody who has a password can be changed")
	}
}

func TestAnInvitationIsTakenBack(t *testing.T) {
	h := aHouse(t)
	page := invited(t, h, "ada@connex.test")
	link, admin, b := lastPage(t, h, "ada@connex.test"), as(t, h, "admin"), pagetest.NewBrowser(t, h.URL)
	where := strings.Split(page.Path, "?")[0]
	asks := admin.Get(page.SaysNot("leaves us").Link("Take back the invitation")).Says("The link that was mailed is void at once").SaysNot("leaves us")
	admin.Submit(asks, where+"/leave", nil).Answers(422).Says("say why")
	b.Get(link).Answers(200)
	admin.Submit(asks, where+"/leave", url.Values{"reason": {"the wrong Ada"}}).Answers(200).Says("The invitation is taken back.").SaysNot("leaves us")
	b.Get(link).Answers(410)
	b.Post(link, url.Values{"password": {chosen}, "repeat": {chosen}}).Answers(410)
	b.Post("/forgotten", url.Values{"email": {"ada@connex.test"}}).Answers(200)
	mails, _ := mailed(t, h, "ada@connex.test")
	if len(mails) != 1 || mails[0].State != store.MailCancelled {
		t.Errorf("mails to who is no longer invited: %+v", mails)
	}
	admin.Get("/admin").Says("invitation taken back")
	back := admin.Get(where).Says("This invitation was taken back on", "the wrong Ada").SaysNot("Let them come back")
	admin.Submit(back, where+"/invite", nil).Answers(200).Says("The invitation is on its way")
	a, err := h.Store.AccountByEmail(t.Context(), "ada@connex.test")
	if err != nil || a.State() != store.AccountInvited {
		t.Fatalf("%+v, %v", a, err)
	}
	trail, err := h.Store.AdminTrail(t.Context(), a.ID, 0, "")
	var whats []string
	for _, d := range trail.Items {
		whats = append(whats, d.What)
	}
	if err != nil || !slices.Equal(whats, []string{store.DeedReinvited, store.DeedTakenBack, store.DeedInvited}) {
		t.Errorf("%v, %v", whats, err)
	}
}
