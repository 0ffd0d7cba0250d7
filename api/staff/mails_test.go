package staff_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"connex/api/apitest"
	"connex/casework"
	"connex/mail"
	"connex/store"
)

const pdf = "%PDF-1.4 a letter"

// aMail of a stranger, with markup wherever one can put it, that waits to be triaged.
func aMail(t *testing.T, h *apitest.House) store.InboundMail {
	t.Helper()
	raw := strings.ReplaceAll("From: Fatou <fatou@ministry.example>\nSubject: Gold "+evil+"\nMessage-ID: <1@ministry.example>\nMIME-Version: 1.0\n"+
		"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nWe would like to talk. "+evil+"\n--b\n"+
		"Content-Type: application/pdf\nContent-Disposition: attachment; filename=letter.pdf\n\n"+pdf+"\n--b--\n", "\n", "\r\n")
	in, err := mail.Read([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	m, _, err := h.Store.FileMail(t.Context(), store.InboundMail{MessageID: in.MessageID, Raw: []byte(raw), From: in.FromAddress, FromName: in.FromName,
		Subject: in.Subject, Text: in.Text, FiledAs: "first-interest"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestAMailThatFitsNoCaseBecomesARequest(t *testing.T) {
	h := aHouse(t)
	m := aMail(t, h)
	b := as(t, h, "officer")
	page := b.Get(b.Get(b.Get("/").Link("One mail fits no request")).Link("Gold")).Answers(200).Says("We would like to talk. "+evil, "fatou@ministry.example", "letter.pdf")
	if strings.Contains(page.Body, evil) {
		t.Error("markup in a mail is not escaped")
	}
	b.Submit(page, "/mails/"+m.ID+"/start", url.Values{"contactEmail": {""}}).Answers(422).Says("so that we can answer")
	there := b.Submit(page, "/mails/"+m.ID+"/start", nil).Answers(200).Says("CNX-2026-0001", "Fatou", "We would like to talk. "+evil, "letter.pdf")
	if again := b.Submit(page, "/mails/"+m.ID+"/start", nil); again.Path != there.Path {
		t.Errorf("a second click leads to %s and not to %s", again.Path, there.Path)
	}
	other := as(t, h, "officer2")
	late := other.Post("/mails/"+m.ID+"/start", url.Values{"_key": {"another"}, "channel": {"email"}, "contactEmail": {"a@b.example"}, "summary": {"Typed " + evil}}).
		Answers(409).Says("The officer was quicker: this mail belongs to CNX-2026-0001", "What you entered is still here.", "Open CNX-2026-0001")
	if _, form := late.Form("/mails/" + m.ID + "/start"); form.Get("summary") != "Typed "+evil || form.Get("contactEmail") != "a@b.example" {
		t.Errorf("what was typed about a mail that was taken is lost: %v", form)
	}
	h.Started(1)
	b.Get("/").SaysNot("fits no request")
	b.Get("/mails").Says("There is none.")
	if err := h.Store.CheckTrail(t.Context(), "CNX-2026-0001"); err != nil {
		t.Error(err)
	}
}

func TestAMailIsFiledToARequestThatThereIs(t *testing.T) {
	h := aHouse(t)
	n, m := h.Request(), aMail(t, h)
	b := as(t, h, "officer")
	path := "/mails/" + m.ID
	back := b.Submit(b.Get(path), path+"/file", url.Values{"case": {"CNX-2026-0999"}}).Answers(422).Says("There is no such request")
	b.Submit(back, path+"/file", url.Values{"case": {" " + strings.ToLower(string(n))}}).Answers(200).Says("letter.pdf", "Gold "+evil)
	b.Get(path).Answers(200).Says(string(n), "Facts and parties")
	b.Post(path+"/file", url.Values{"case": {string(n)}}).Answers(200).Says("letter.pdf") // the second click
	if late := as(t, h, "officer2").Post(path+"/file", url.Values{"case": {string(h.Request())}}).Answers(409).Says("The officer was quicker: this mail belongs to " + string(n)); formOf(late, path+"/file").Get("case") == "" {
		t.Error("the number that was typed is lost")
	}
	documents, err := h.Store.Documents(t.Context(), h.Account("officer"), n)
	if err != nil || len(documents) != 1 || documents[0].Kind != store.MailFile {
		t.Errorf("documents: %+v, %v", documents, err)
	}
}

func TestAttachmentsOfAMailAreDownloads(t *testing.T) {
	h := aHouse(t)
	m := aMail(t, h)
	b := as(t, h, "officer")
	for path, want := range map[string]string{"/files/0": pdf, "/raw": "Message-ID: <1@ministry.example>"} {
		page := b.Get("/mails/" + m.ID + path).Answers(http.StatusOK)
		if !strings.Contains(page.Body, want) {
			t.Errorf("%s gives out %q", path, page.Body)
		}
	}
	for _, path := range []string{"/files/1", "/files/-1", "/files/x"} {
		b.Get("/mails/" + m.ID + path).Answers(http.StatusNotFound)
	}
}

func TestOnlyCaseOfficersSortMail(t *testing.T) {
	h := aHouse(t)
	m := aMail(t, h)
	for _, name := range []string{"reviewer", "auditor", "deputy", "admin"} {
		b := as(t, h, name)
		b.Get("/").SaysNot("fits no request")
		for _, path := range []string{"/mails", "/mails/" + m.ID, "/mails/" + m.ID + "/raw", "/mails/" + m.ID + "/files/0"} {
			b.Get(path).Answers(http.StatusForbidden)
		}
		b.Post("/mails/"+m.ID+"/file", url.Values{"case": {string(casework.NewCaseNumber(2026, 1))}}).Answers(http.StatusForbidden)
	}
	if waiting, err := h.Store.MailsToTriage(t.Context()); err != nil || len(waiting) != 1 {
		t.Errorf("waiting: %v, %v", waiting, err)
	}
}

func TestMailThatIsNobodysIsSetAsideAndPutBack(t *testing.T) {
	h := aHouse(t)
	m := aMail(t, h)
	b := as(t, h, "officer")
	form := func(reason string) url.Values { return url.Values{"mail": {m.ID}, "reason": {reason}} }
	b.Submit(b.Get("/mails"), "/mails/aside", form("")).Answers(422).Says("Please say why", "Gold")
	b.Submit(b.Get("/mails"), "/mails/aside", url.Values{"mail": nil, "reason": {"Spam " + evil}}).Answers(422).Says("Please tick")
	b.Submit(b.Get("/mails"), "/mails/aside", form(strings.Repeat("x", 501))).Answers(422).Says("500")
	b.Get("/mails").Says("Gold")
	b.Submit(b.Get("/mails/"+m.ID), "/mails/aside", url.Values{"reason": {"Spam " + evil}}).Answers(200).Says("It is set aside", "There is none.")
	b.Get("/").SaysNot("fits no request")

	b.Post("/mails/"+m.ID+"/file", url.Values{"case": {string(h.Request())}}).Answers(409).Says("The officer was quicker, and has set this mail aside.", "set it aside on", "Spam "+evil)
	aside := b.Get(b.Get("/mails").Link("Show what was set aside")).Says("Gold", "Spam "+evil, h.Account("officer").Name)
	b.Submit(aside, "/mails/"+m.ID+"/back", nil).Answers(200).Says("It is back", "Gold")
	b.Get("/mails?aside=1").Says("Nothing was set aside.").SaysNot("Gold")
	b.Get("/").Says("One mail fits no request")
	for _, name := range []string{"reviewer", "deputy", "auditor", "admin"} {
		other := as(t, h, name)
		other.Get("/mails?aside=1").Answers(403)
		other.Post("/mails/aside", form("Spam")).Answers(403)
		other.Post("/mails/"+m.ID+"/back", nil).Answers(403)
	}
	b.Get("/").Says("One mail fits no request")
}

// Who waits for mail must hear that some may be missing.
func TestAMailboxThatCannotBeReadIsSaidWhereMailIsSorted(t *testing.T) {
	h := aHouse(t)
	officer := as(t, h, "officer")
	officer.Get("/mails").SaysNot("The mailbox cannot be read")
	_, err := h.Store.DB().ExecContext(t.Context(), `INSERT INTO mailboxes (name, holder, next_at, failures, failing_since)
		VALUES ('a mailbox', '', clock_timestamp(), 3, clock_timestamp() - interval '1 hour')`)
	if err != nil {
		t.Fatal(err)
	}
	officer.Get("/mails").Answers(200).Says("The mailbox cannot be read to its end since", "mail that came in may be missing here").SaysNot("a mailbox")
	if _, err := h.Store.DB().ExecContext(t.Context(), `UPDATE mailboxes SET next_at = clock_timestamp() - interval '2 hours'`); err != nil {
		t.Fatal(err)
	}
	officer.Get("/mails").SaysNot("The mailbox cannot be read") // it is no setting any more
}
