package v1_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"connex/api/apitest"
	"connex/casework"
	"connex/store"
)

// mailed are the request's mails of a template.
func mailed(t *testing.T, h *apitest.House, n casework.CaseNumber, template string) (found []store.Mail) {
	t.Helper()
	view, err := h.Store.RequestView(t.Context(), h.Account("auditor"), n)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range view.Mails {
		if m.Template == template {
			found = append(found, m)
		}
	}
	return found
}

func TestAPersonalLink(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n, another := h.Request(), h.Request()
	h.Open(n, casework.ProvideInformation, "")
	h.Open(n, casework.AskUs, "")
	h.Open(n, casework.DiscussScope, h.Account("officer").ID)
	foreign := h.Open(another, casework.ProvideInformation, "")
	guest := h.By(h.Government(n))
	a := guest.Link("")
	tasks, standing := a.JSON["tasks"].([]any), a.JSON["standingTasks"].([]any)
	if a.Status != http.StatusOK || len(tasks) != 1 || len(standing) != 1 {
		t.Fatalf("%d %s, want one task and one standing", a.Status, a.Raw)
	}
	if kind := tasks[0].(map[string]any)["kind"]; kind != "provide-information" {
		t.Errorf("the task is %v", kind)
	}
	if a := guest.Complete(foreign, map[string]any{"outcome": "provided", "answer": "x"}); a.Status != http.StatusNotFound {
		t.Errorf("another request's task: %d, want 404", a.Status)
	}
	for _, path := range []string{"/api/v1/me", "/api/v1/requests/" + string(n), "/api/v1/tasks"} {
		if a := guest.Get(path); a.Status != http.StatusUnauthorized {
			t.Errorf("%s by a guest: %d, want 401", path, a.Status)
		}
	}
	if a := h.By("guessed").Link(""); a.Status != http.StatusNotFound {
		t.Errorf("a token that was guessed: %d, want 404", a.Status)
	}
	if strings.Contains(h.Log.String(), guest.Token()) {
		t.Errorf("the log has the link's token: %s", h.Log)
	}
}

func TestLookingAtALinkChangesNothing(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	h.Open(n, casework.SubmitRequestLetter, "")
	guest := h.By(h.Government(n))
	before := rows(t, h)
	for range 3 {
		guest.Link("")
	}
	if after := rows(t, h); after != before {
		t.Errorf("rows before %s, after %s", before, after)
	}
}

// rows counts what there is, table by table.
func rows(t *testing.T, h *apitest.House) (counts string) {
	t.Helper()
	for _, table := range []string{"actions", "tasks", "trail", "mails", "codes", "links", "documents", "sessions", "drafts"} {
		var n string
		if err := h.Store.DB().QueryRowContext(t.Context(), "SELECT count(*) FROM "+table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		counts += table + " " + n + "; "
	}
	return counts
}

var refusesCode = map[string]any{"outcome": "refuse"}

func TestWhatNeedsACode(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	expert := h.Expert("Leila Haddad", "leila@experts.example")
	task := h.Open(n, casework.SignCodeOfConduct, expert.ID)
	guest, key := h.By(h.Link(n, casework.Expert, expert.ID, expert.Email)), uuid.NewString()

	if a := guest.Complete(task, map[string]any{"outcome": "sign"}, "Idempotency-Key", key); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("a form that is not whole: %d, want 422 before any code", a.Status)
	}
	a := guest.Complete(task, refusesCode, "Idempotency-Key", key)
	if a.Status != http.StatusPreconditionRequired || !strings.HasSuffix(a.Text("type"), "confirmation-required") {
		t.Fatalf("%d %s, want 428", a.Status, a.Raw)
	}
	codes := mailed(t, h, n, "code")
	if len(codes) != 1 || !strings.Contains(codes[0].Subject, string(n)) || codes[0].Address != expert.Email {
		t.Fatalf("mails with a code: %+v, want one", codes)
	}
	if strings.Contains(codes[0].Subject+codes[0].Text, "⟦") {
		t.Errorf("the mail with the code lacks words:\n%s", codes[0].Text)
	}
	if !strings.Contains(codes[0].Text, "\nCode: {code}\n") {
		t.Errorf("the code does not stand alone on its line:\n%s", codes[0].Text)
	}
	if len(h.Temporal.Delivered) != 1 || h.Temporal.Delivered[0].MessageID != codes[0].MessageID {
		t.Errorf("delivered: %+v", h.Temporal.Delivered)
	}
	right := casework.ConfirmationCode(apitest.Secret, codes[0].Code)
	wrong := "000000"
	if right == wrong {
		wrong = "111111"
	}
	if a := guest.Complete(task, refusesCode, "Idempotency-Key", key, "Confirmation-Code", wrong); a.Status != http.StatusPreconditionRequired {
		t.Errorf("a wrong code: %d %s, want 428", a.Status, a.Raw)
	}
	if a := guest.Link("/actions/" + key); a.Status != http.StatusNotFound {
		t.Errorf("an action was kept before it was confirmed: %s", a.Raw)
	}
	if a := guest.Complete(task, refusesCode, "Idempotency-Key", key, "Confirmation-Code", right); a.Status != http.StatusOK {
		t.Errorf("the right code: %d %s, want 200", a.Status, a.Raw)
	}
	if a := guest.Complete(task, refusesCode, "Idempotency-Key", key); a.Status != http.StatusOK {
		t.Errorf("the same again: %d %s, want 200 without a code", a.Status, a.Raw)
	}
	if sent := len(mailed(t, h, n, "code")); len(h.Temporal.Signals) != 1 || sent != 1 {
		t.Errorf("%d decisions went out and %d codes, want one of each", len(h.Temporal.Signals), sent)
	}
}

func TestAnswersThatNeedNoCode(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	task := h.Open(n, casework.ProvideInformation, "")
	guest := h.By(h.Government(n))
	up := guest.Upload("/documents", "annex.pdf", pdf, map[string]string{"title": "Annex"})
	if up.Status != http.StatusCreated {
		t.Fatalf("upload: %d %s", up.Status, up.Raw)
	}
	a := guest.Complete(task, map[string]any{"outcome": "provided", "answer": "Here.", "documents": []string{up.Text("id")}})
	if a.Status != http.StatusOK || a.JSON["request"] == nil {
		t.Errorf("%d %s, want 200 and the request", a.Status, a.Raw)
	}
	if a := guest.Link("/documents/" + up.Text("id")); a.Status != http.StatusOK || string(a.Raw) != string(pdf) {
		t.Errorf("their own file: %d", a.Status)
	}
}

func TestTheCaseOfficerAnswersForTheGovernment(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	task := h.Open(n, casework.AgreeSupport, "")
	officer := h.As("officer")
	form := officer.Get("/api/v1/tasks/" + string(task)).JSON["form"].(map[string]any)["fields"].([]any)
	names := map[any]bool{}
	for _, field := range form {
		names[field.(map[string]any)["name"]] = true
	}
	if !names["document"] || !names["noteOfCall"] {
		t.Errorf("the form lacks document and noteOfCall: %v", names)
	}
	a := officer.Complete(task, map[string]any{"outcome": "agree", "noteOfCall": "The minister called on Monday."})
	if a.Status != http.StatusOK {
		t.Fatalf("%d %s, want 200 without a code", a.Status, a.Raw)
	}
	if d := h.Temporal.Signals[0]; !d.OnBehalf || d.Role != casework.CaseOfficer {
		t.Errorf("the decision says %+v", d)
	}
}

// A link that got into wrong hands fills no disk: after 200 files it is told why not another. The staff go on.
func TestAGuestAddsOnlySoMuch(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	guest, other := h.By(h.Government(n)), h.By(h.Government(h.Request()))
	if a := guest.Upload("/documents", "annex.pdf", pdf, nil); a.Status != http.StatusCreated {
		t.Fatalf("the first: %d %s", a.Status, a.Raw)
	}
	h.Copies(n, casework.GuestFiles-2)
	if a := guest.Upload("/documents", "annex.pdf", pdf, nil); a.Status != http.StatusCreated {
		t.Errorf("the last one: %d %s", a.Status, a.Raw)
	}
	for range 2 {
		a := guest.Upload("/documents", "annex.pdf", pdf, nil)
		if said := "You have added 200 files to this request"; a.Status != http.StatusRequestEntityTooLarge || !strings.HasPrefix(a.Text("detail"), said) || !strings.HasPrefix(a.Field("file"), said) {
			t.Errorf("one more: %d %s, want 413 and why", a.Status, a.Raw)
		}
	}
	if a := other.Upload("/documents", "annex.pdf", pdf, nil); a.Status != http.StatusCreated {
		t.Errorf("in another request: %d %s", a.Status, a.Raw)
	}
	if a := h.As("officer").Upload("/api/v1/documents", "annex.pdf", pdf, map[string]string{"request": string(n)}); a.Status != http.StatusCreated {
		t.Errorf("an officer: %d %s", a.Status, a.Raw)
	}
	if got, want := len(h.As("officer").Get("/api/v1/requests/" + string(n)).JSON["documents"].([]any)), casework.GuestFiles+1; got != want {
		t.Errorf("%d documents are there, want %d", got, want)
	}
}
