package staff_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"connex/api/apitest"
	"connex/api/pagetest"
	"connex/casework"
	"connex/store"
)

const chosen = "the lake in november rain"

// mailed are the mails of the house to an address, oldest first; each with the page that its link leads to.
func mailed(t *testing.T, h *apitest.House, address string) (mails []store.HouseMail, pages []string) {
	t.Helper()
	rows, err := h.Store.DB().QueryContext(t.Context(), `SELECT message_id FROM house_mails WHERE to_address = $1 ORDER BY queued_at`, address)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		m, err := h.Store.HouseMail(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		mails, pages = append(mails, m), append(pages, "/password/"+casework.AccountToken(apitest.Secret, m.Link))
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return mails, pages
}

// lastPage is where the newest link to an address leads.
func lastPage(t *testing.T, h *apitest.House, address string) string {
	t.Helper()
	_, pages := mailed(t, h, address)
	if len(pages) == 0 {
		t.Fatalf("nobody wrote to %s", address)
	}
	return pages[len(pages)-1]
}

// invited is a new member of staff with an invitation.
func invited(t *testing.T, h *apitest.House, email string) *pagetest.Page {
	t.Helper()
	admin := as(t, h, "admin")
	return admin.Submit(admin.Get("/admin/people/new"), "/admin/people/new", url.Values{"name": {"Ada Example"}, "email": {email},
		"phone": {"+49 30 123"}, "roles": {"case_officer", "head"}}).Answers(200)
}

func TestSomebodyIsInvitedAndChoosesAPassword(t *testing.T) {
	h := aHouse(t)
	invited(t, h, "Ada@Connex.test").Says("The invitation is on its way", "invited", "The mail is on its way")
	mails, _ := mailed(t, h, "ada@connex.test")
	if len(mails) != 1 || !strings.Contains(mails[0].Text, "{link}") || !strings.Contains(strings.Join(strings.Fields(mails[0].Text), " "), "Case officer and Head of Secretariat") {
		t.Fatalf("mailed %+v", mails)
	}
	if got := h.Temporal.Delivered; len(got) != 1 || got[0] != (casework.Delivery{MessageID: mails[0].MessageID}) {
		t.Errorf("delivered %v", got)
	}
	link, b := lastPage(t, h, "ada@connex.test"), pagetest.NewBrowser(t, h.URL)
	page := b.Get(link).Answers(200).Says("Ada Example", "At least 12 characters")
	for sentence, typed := range map[string]url.Values{
		"at least 12 characters": {"password": {"short"}, "repeat": {"short"}},
		"everybody tries first":  {"password": {"password1234"}, "repeat": {"password1234"}},
		"your name or address":   {"password": {"ada example!"}, "repeat": {"ada example!"}},
		"not the same":           {"password": {chosen}, "repeat": {"something else here"}},
	} {
		b.Submit(page, link, typed).Answers(422).Says(sentence).SaysNot(chosen)
	}
	b.Submit(page, link, url.Values{"password": {chosen}, "repeat": {chosen}}).Answers(200).Says("Your password is set")
	in := b.Submit(b.Get("/login"), "/login", url.Values{"email": {"ada@connex.test"}, "password": {chosen}}).Answers(200)
	if in.Path != "/" {
		t.Errorf("signed in, one gets to %s", in.Path)
	}
	b.Get(link).Answers(410).Says("no longer good")
	b.Post(link, url.Values{"password": {"another one entirely"}, "repeat": {"another one entirely"}}).Answers(410)
	admin := as(t, h, "admin")
	admin.Get("/admin").Says("Ada Example", "active")
	admin.Get("/admin/trail").Says("invited", "Ada Example", "The admin", "Case officer, Head of Secretariat", "chose a password")
}

func TestWhatAnInvitationNeeds(t *testing.T) {
	h := aHouse(t)
	h.Account("officer")
	admin := as(t, h, "admin")
	page := admin.Get("/admin/people/new")
	again := admin.Submit(page, "/admin/people/new", url.Values{"name": {""}, "email": {"nobody"}}).Answers(422)
	again.Says("There are 3 things to mend", "Please enter an e-mail address such as", "choose at least one role")
	taken := admin.Submit(page, "/admin/people/new", url.Values{"name": {evil}, "email": {"officer@connex.test"}, "roles": {"reviewer"}}).Answers(422)
	if _, form := taken.Says("an account with this address already").Form("/admin/people/new"); form.Get("name") != evil {
		t.Errorf("what was typed is lost: %v", form)
	}
	accounts, err := h.Store.Accounts(t.Context())
	if err != nil || len(accounts) != 2 {
		t.Errorf("%d accounts, %v", len(accounts), err)
	}
	if mails, _ := mailed(t, h, "officer@connex.test"); len(mails) != 0 {
		t.Errorf("mailed %v", mails)
	}
}

func TestAnInvitationIsSentAgain(t *testing.T) {
	h := aHouse(t)
	page := invited(t, h, "ada@connex.test")
	first, admin := lastPage(t, h, "ada@connex.test"), as(t, h, "admin")
	admin.Submit(page, strings.Split(page.Path, "?")[0]+"/invite", nil).Answers(200).Says("The invitation is on its way")
	second, b := lastPage(t, h, "ada@connex.test"), pagetest.NewBrowser(t, h.URL)
	if first == second {
		t.Fatal("the same link again")
	}
	b.Submit(b.Get(second), second, url.Values{"password": {chosen}, "repeat": {chosen}}).Answers(200)
	b.Get(first).Answers(410)
	admin.Post(strings.Split(page.Path, "?")[0]+"/invite", nil).Answers(409)
}

func TestAForgottenPassword(t *testing.T) {
	h := aHouse(t)
	officer, b := h.Account("officer"), pagetest.NewBrowser(t, h.URL)
	elsewhere := as(t, h, "officer")
	asked := b.Get(b.Get("/login").Link("Forgotten your password?"))
	known := b.Submit(asked, "/forgotten", url.Values{"email": {officer.Email}}).Answers(200)
	unknown := b.Submit(asked, "/forgotten", url.Values{"email": {"nobody@connex.test"}}).Answers(200)
	if got := strings.ReplaceAll(unknown.Body, "nobody@connex.test", officer.Email); got != known.Body {
		t.Errorf("it tells who has an account:\n%s", unknown.Text())
	}
	link := lastPage(t, h, officer.Email)
	b.Submit(b.Get(link), link, url.Values{"password": {chosen}, "repeat": {chosen}}).Answers(200).Says("Your password is set")
	if out := elsewhere.Get("/"); !strings.HasPrefix(out.Path, "/login") {
		t.Errorf("a session from before goes on: %s", out.Path)
	}
	b.Submit(b.Get("/login"), "/login", url.Values{"email": {officer.Email}, "password": {apitest.Password}}).Answers(401)
	b.Submit(b.Get("/login"), "/login", url.Values{"email": {officer.Email}, "password": {chosen}}).Answers(200)
	b.Get(link).Answers(410)
	mails, _ := mailed(t, h, officer.Email)
	if last := mails[len(mails)-1]; len(mails) != 2 || last.Template != "password-changed" {
		t.Errorf("%d mails, the last %s", len(mails), last.Template)
	}
}

func TestLinksGrowOld(t *testing.T) {
	h := aHouse(t)
	officer, b := h.Account("officer"), pagetest.NewBrowser(t, h.URL)
	b.Post("/forgotten", url.Values{"email": {officer.Email}}).Answers(200)
	link := lastPage(t, h, officer.Email)
	b.Get(link).Answers(200)
	if _, err := h.Store.DB().ExecContext(t.Context(), `UPDATE account_links SET expires_at = clock_timestamp()`); err != nil {
		t.Fatal(err)
	}
	b.Get(link).Answers(410)
	b.Post(link, url.Values{"password": {chosen}, "repeat": {chosen}}).Answers(410)
	if _, err := h.Store.SignIn(t.Context(), officer.Email, apitest.Password); err != nil {
		t.Errorf("the old password is gone: %v", err)
	}
}

func TestNobodyIsFloodedWithLinks(t *testing.T) {
	h := aHouse(t)
	officer, b := h.Account("officer"), pagetest.NewBrowser(t, h.URL)
	for range 7 {
		b.Post("/forgotten", url.Values{"email": {officer.Email}}).Answers(200)
	}
	if mails, _ := mailed(t, h, officer.Email); len(mails) != 5 {
		t.Errorf("%d mails, want 5", len(mails))
	}
	last := 200
	for range 20 {
		last = b.Post("/forgotten", url.Values{"email": {"other@connex.test"}}).Status
	}
	if last != 429 {
		t.Errorf("asking may go on for ever: %d", last)
	}
}

func TestAnAccountIsChanged(t *testing.T) {
	h := aHouse(t)
	officer, admin := h.Account("officer"), as(t, h, "admin")
	where := "/admin/people/" + string(officer.ID)
	page := admin.Get(where)
	admin.Submit(page, where, url.Values{"name": {"Amara Lind"}}).Answers(422).Says("say why")
	saved := admin.Submit(page, where, url.Values{"name": {"Amara Lind"}, "phone": {"+49 30 7"}, "roles": {"case_officer", "reviewer"}, "reason": {"married, and helps out"}}).Answers(200)
	saved.Says("Saved", "Amara Lind", "married, and helps out", "Due-diligence reviewer")
	a, err := h.Store.Account(t.Context(), officer.ID)
	if err != nil || a.Name != "Amara Lind" || a.Phone != "+49 30 7" || len(a.Roles) != 2 {
		t.Errorf("%+v, %v", a, err)
	}
	trail, err := h.Store.AdminTrail(t.Context(), officer.ID, 0, "")
	if err != nil || len(trail.Items) != 3 || trail.Items[2].Was != "The officer" || trail.Items[0].Was != "case_officer" || trail.Items[0].Becomes != "case_officer reviewer" {
		t.Errorf("%+v, %v", trail.Items, err)
	}
}

func TestSomebodyAlwaysAdministers(t *testing.T) {
	h := aHouse(t)
	p, admin := h.Account("admin"), as(t, h, "admin")
	where := "/admin/people/" + string(p.ID)
	admin.Submit(admin.Get(where), where, url.Values{"roles": {"auditor"}, "reason": {"enough of it"}}).Answers(422).Says("Nobody else is an administrator")
	admin.Submit(admin.Get(where+"/leave"), where+"/leave", url.Values{"reason": {"enough of it"}}).Answers(422).Says("Nobody else is an administrator")
	invited(t, h, "ada@connex.test") // who has not chosen a password administers nothing yet
	other, err := h.Store.AccountByEmail(t.Context(), "ada@connex.test")
	if err != nil {
		t.Fatal(err)
	}
	there := "/admin/people/" + string(other.ID)
	admin.Submit(admin.Get(there), there, url.Values{"roles": {"admin"}, "reason": {"helps out"}}).Answers(200)
	admin.Submit(admin.Get(where), where, url.Values{"roles": {"auditor"}, "reason": {"enough of it"}}).Answers(422)
	if a, err := h.Store.Account(t.Context(), p.ID); err != nil || a.Roles[0] != casework.Administrator || a.State() != store.AccountActive {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestTooFewHeads(t *testing.T) {
	h := aHouse(t)
	h.Account("head")
	admin := as(t, h, "admin")
	admin.Get("/admin").Says("fewer than two heads")
	h.Account("deputy")
	admin.Get("/admin").SaysNot("fewer than two heads")
}

func TestACaseOfficerWithoutTelephone(t *testing.T) {
	h := aHouse(t)
	officer := h.Account("officer")
	admin := as(t, h, "admin")
	admin.Get("/admin").Says("Mails name no telephone", "have a number: The officer.")
	if err := h.Store.InHouse(t.Context(), officer, func(b *store.House) error {
		return b.Prefer(t.Context(), officer.ID, store.Preferences{Language: "en", Writing: "iso", Zone: "Europe/Berlin", Mails: store.MailsAtOnce}, "+49 30 1")
	}); err != nil {
		t.Fatal(err)
	}
	admin.Get("/admin").SaysNot("Mails name no telephone")
}

func TestWhoAdministersNothing(t *testing.T) {
	h := aHouse(t)
	officer, admin := h.Account("officer"), h.Account("admin")
	head := as(t, h, "head")
	for _, path := range []string{"/admin", "/admin/trail", "/admin/people/new", "/admin/people/" + string(officer.ID), "/admin/people/" + string(officer.ID) + "/leave"} {
		head.Get(path).Answers(403)
	}
	head.Post("/admin/people/new", url.Values{"name": {"Eve"}, "email": {"eve@connex.test"}, "roles": {"admin"}}).Answers(403)
	head.Post("/admin/people/"+string(admin.ID), url.Values{"name": {"Eve"}, "roles": {"admin"}, "reason": {"x"}}).Answers(403)
	head.Post("/admin/people/"+string(officer.ID)+"/leave", url.Values{"reason": {"x"}}).Answers(403)
	if accounts, err := h.Store.Accounts(context.Background()); err != nil || len(accounts) != 3 || !accounts[0].Active {
		t.Errorf("%+v, %v", accounts, err)
	}
}

func TestSomebodyLeaves(t *testing.T) {
	h := aHouse(t)
	officer, officer2, admin := h.Account("officer"), h.Account("officer2"), as(t, h, "admin")
	h.Account("board1")
	n := h.Request()
	h.Open(n, casework.DiscussScope, officer.ID)
	taken := h.Open(n, casework.AssessEligibility, officer.ID, func(t *casework.Task) { t.TakenBy = true })
	browser := as(t, h, "officer")
	where := "/admin/people/" + string(officer.ID) + "/leave"
	page := admin.Get(where).Says(string(n), "Requests as case officer", "Tasks that were taken").SaysNot("Ministry of Mines", "Guinea")
	admin.Submit(page, where, url.Values{"reason": {"a new post"}}).Answers(422).Says("choose somebody who is a case officer")
	browser.Get("/").Answers(200)
	h.Temporal.Set(func(f *apitest.Temporal) { f.Deaf = true })
	left := admin.Submit(page, where, url.Values{"reason": {"a new post"}, "to": {string(officer2.ID)}}).Answers(200)
	left.Says("The account is closed", "On its way to others", "on its way to The officer2", "on its way back to everybody in the role Case officer")
	left.SaysNot("still holds", "Requests as case officer", "Hand over what is left")
	admin.Get(left.Link("Look again")).Says("on its way to The officer2").SaysNot("still holds", "Hand over what is left")
	if out := browser.Get("/"); !strings.HasPrefix(out.Path, "/login") {
		t.Errorf("the session goes on: %s", out.Path)
	}
	h.Temporal.Wait(t, 1) // the other one waits in line behind it
	var handed, given int
	err := h.Store.DB().QueryRowContext(t.Context(), `
		SELECT count(*) FILTER (WHERE kind = 'reassign' AND carried->>'to' = $1), count(*) FILTER (WHERE kind = 'give-back' AND task_id = $2::uuid)
		FROM   actions WHERE role = 'admin' AND actor_name = 'The admin' AND state = 'pending'`, officer2.ID, taken).Scan(&handed, &given)
	if err != nil || handed != 1 || given != 1 {
		t.Errorf("%d handed over, %d given back, %v", handed, given, err)
	}
	var lasts int
	if err := h.Store.DB().QueryRowContext(t.Context(), `SELECT count(*) FROM actions WHERE role = 'admin'`).Scan(&lasts); err != nil || lasts != 2 {
		t.Errorf("handed over %d times, %v", lasts, err)
	}
	admin.Get("/admin/trail").Says("account closed", "a new post", "handed over", string(n), "The officer2")
	admin.Get("/admin").Says("left")
	b := pagetest.NewBrowser(t, h.URL)
	b.Submit(b.Get("/login"), "/login", url.Values{"email": {officer.Email}, "password": {apitest.Password}}).Answers(401)
	b.Post("/forgotten", url.Values{"email": {officer.Email}}).Answers(200)
	if mails, _ := mailed(t, h, officer.Email); len(mails) != 0 {
		t.Errorf("who has left is mailed a link: %v", mails)
	}
}

// A role by which something is held is not taken away before that went to somebody else.
func TestARoleIsTakenAwayWithWhatIsHeldByIt(t *testing.T) {
	h := aHouse(t)
	officer, officer2, admin := h.Account("officer", casework.CaseOfficer, casework.Reviewer), h.Account("officer2"), as(t, h, "admin")
	n := h.Request()
	h.Open(n, casework.DiscussScope, officer.ID)
	taken := h.Open(n, casework.CheckIntegrity, officer.ID, func(t *casework.Task) { t.TakenBy = true })
	where := "/admin/people/" + string(officer.ID)
	roles := func() []casework.Role {
		a, err := h.Store.Account(t.Context(), officer.ID)
		if err != nil {
			t.Fatal(err)
		}
		return a.Roles
	}
	page := admin.Submit(admin.Get(where), where, url.Values{"name": {"Somebody Else"}, "roles": {"evaluator"}, "reason": {"enough of it"}}).Answers(422)
	page.Says("As case officer this person still runs one request. One task that is only for the role Due-diligence reviewer is still taken")
	if _, form := page.Form(where); form.Get("name") != "Somebody Else" || form.Get("roles") != "evaluator" || len(roles()) != 2 {
		t.Errorf("typed %v, kept %v", form, roles())
	}
	office := admin.Get(page.Link("Take the role Case officer away from The officer")).Answers(200).Says(string(n), "the account and its other roles stay").SaysNot("Check")
	admin.Submit(office, where+"/leave", url.Values{"reason": {"enough of it"}}).Answers(422).Says("choose somebody who is a case officer")
	admin.Submit(office, where+"/leave", url.Values{"reason": {"enough of it"}, "to": {string(officer2.ID)}}).Answers(200).Says("The role is taken away.", "on its way")
	if got := roles(); len(got) != 1 || got[0] != casework.Reviewer {
		t.Errorf("left with %v", got)
	}
	check := admin.Get(page.Link("Take the role Due-diligence reviewer away from The officer")).Says(string(n)).SaysNot("Requests as case officer")
	check.Says("This is the only role. Give another one first")
	admin.Submit(check, where+"/leave", url.Values{"reason": {"enough of it"}}).Answers(422).Says("This is the only role.")
	admin.Submit(admin.Get(where), where, url.Values{"roles": {"evaluator", "reviewer"}, "reason": {"helps there now"}}).Answers(200).Says("Saved")
	admin.Submit(check, where+"/leave", url.Values{"reason": {"helps there now"}}).Answers(200).Says("The role is taken away.")
	var handed, given int
	err := h.Store.DB().QueryRowContext(t.Context(), `
		SELECT count(*) FILTER (WHERE kind = 'reassign' AND carried->>'to' = $1), count(*) FILTER (WHERE kind = 'give-back' AND task_id = $2::uuid)
		FROM actions WHERE role = 'admin'`, officer2.ID, taken).Scan(&handed, &given)
	if err != nil || handed != 1 || given != 1 {
		t.Errorf("%d handed over, %d given back, %v", handed, given, err)
	}
}

// A request is offered to whom no rule bars, and goes to nobody else.
func TestWhoTakesOverFromWhoLeaves(t *testing.T) {
	h := aHouse(t)
	officer, officer2, officer3, admin := h.Account("officer"), h.Account("officer2"), h.Account("officer3", casework.CaseOfficer), as(t, h, "admin")
	n, other := h.Request(), h.Request()
	for _, number := range []casework.CaseNumber{n, other} {
		h.Open(number, casework.DiscussScope, officer.ID)
	}
	h.Temporal.Happen(t, casework.Transition{ID: "conflict", CaseNumber: n, Workflow: string(n), Request: casework.RequestChange{Conflicts: []casework.PersonID{officer2.ID}}})
	where := "/admin/people/" + string(officer.ID) + "/leave"
	page := admin.Get(where)
	for _, tt := range []struct {
		of     casework.CaseNumber
		offers int
	}{{n, 1}, {other, 2}} {
		_, list, _ := strings.Cut(page.Body, `name="`+string(tt.of)+`"`)
		list, _, _ = strings.Cut(list, "</select>")
		if got := strings.Count(list, "The officer"); got != tt.offers || !strings.Contains(list, string(officer3.ID)) {
			t.Errorf("%s is offered to %d, want %d: %s", tt.of, got, tt.offers, list)
		}
	}
	admin.Submit(page, where, url.Values{"reason": {"a new post"}, "to": {string(officer2.ID)}}).Answers(422).Says("A rule keeps whom you chose from taking over " + string(n) + ".")
	admin.Submit(page, where, url.Values{"reason": {"a new post"}, "to": {string(officer2.ID)}, string(n): {string(officer3.ID)}}).Answers(200).Says("The account is closed")
}

func TestSomebodyComesBack(t *testing.T) {
	h := aHouse(t)
	officer, admin := h.Account("officer"), as(t, h, "admin")
	where := "/admin/people/" + string(officer.ID)
	admin.Submit(admin.Get(where+"/leave"), where+"/leave", url.Values{"reason": {"a year away"}}).Answers(200).Says("The account is closed")
	admin.Submit(admin.Get(where), where+"/invite", nil).Answers(200).Says("invited")
	if _, err := h.Store.SignIn(t.Context(), officer.Email, apitest.Password); err == nil {
		t.Error("the old password is good again")
	}
	link, b := lastPage(t, h, officer.Email), pagetest.NewBrowser(t, h.URL)
	b.Submit(b.Get(link), link, url.Values{"password": {chosen}, "repeat": {chosen}}).Answers(200)
	b.Submit(b.Get("/login"), "/login", url.Values{"email": {officer.Email}, "password": {chosen}}).Answers(200)
}

func TestLookingAtALinkUsesNothingUp(t *testing.T) {
	h := aHouse(t)
	invited(t, h, "ada@connex.test")
	link := lastPage(t, h, "ada@connex.test")
	for range 3 {
		pagetest.NewBrowser(t, h.URL).Get(link).Answers(200)
	}
	if strings.Contains(h.Log.String(), strings.TrimPrefix(link, "/password/")) {
		t.Error("the log has the link's token")
	}
	pagetest.NewBrowser(t, h.URL).Get("/password/" + strings.Repeat("A", 43)).Answers(410)
}
