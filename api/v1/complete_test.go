package v1_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"connex/api/apitest"
	"connex/casework"
)

var note = map[string]any{"outcome": "answered", "answer": "Yes, it is."}

func TestWhoMayCompleteWhatAndWhen(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	officer, signed := h.Account("officer"), h.Account("head")
	mine := h.Open(n, casework.AnswerGovernment, officer.ID)
	done := h.Open(n, casework.AnswerGovernment, officer.ID)
	if a := h.As("officer").Complete(done, note); a.Status != http.StatusOK {
		t.Fatalf("completing: %d %s", a.Status, a.Raw)
	}
	countersign := h.Open(n, casework.CounterSignRating, "")
	conflicted := h.Open(n, casework.CloseRequest, "")
	h.Temporal.Happen(t, casework.Transition{ID: "conflict", CaseNumber: n, Workflow: string(n), Request: casework.RequestChange{Conflicts: []casework.PersonID{signed.ID}}})
	cancelled := h.Open(n, casework.AnswerGovernment, officer.ID)
	h.Temporal.Happen(t, casework.Transition{ID: "cancel", CaseNumber: n, Workflow: string(n), Cancel: []casework.TaskID{cancelled}})
	check := h.Open(n, casework.AgreeSupport, "")
	before := len(h.Temporal.Signals)

	for name, tt := range map[string]struct {
		as     string
		task   casework.TaskID
		form   map[string]any
		status int
		says   string
	}{
		"no such task":             {"officer", casework.TaskID(uuid.NewString()), note, 404, "nothing here"},
		"no task's ID at all":      {"officer", "x", note, 404, "nothing here"},
		"sees no case content":     {"admin", mine, note, 404, "nothing here"},
		"another case officer":     {"officer2", mine, note, 403, "somebody else"},
		"another role":             {"reviewer", mine, note, 403, "somebody else"},
		"who only reads":           {"auditor", mine, note, 403, "somebody else"},
		"a government's, by head":  {"deputy", check, map[string]any{"outcome": "agree"}, 403, "somebody else"},
		"done before":              {"officer", done, note, 409, "done already"},
		"cancelled":                {"officer", cancelled, note, 409, "no longer asked for"},
		"a conflict of interest":   {"head", conflicted, map[string]any{"outcome": "close"}, 409, "conflict of interest"},
		"nothing filled in":        {"officer", mine, nil, 422, ""},
		"an outcome that is not":   {"officer", mine, map[string]any{"outcome": "agree", "answer": "x"}, 422, ""},
		"a field that is not":      {"officer", mine, map[string]any{"outcome": "answered", "answer": "x", "salary": 1}, 422, ""},
		"a number for a text":      {"officer", mine, map[string]any{"outcome": "answered", "answer": 7}, 422, ""},
		"a NUL in a text":          {"officer", mine, map[string]any{"outcome": "answered", "answer": "a\x00b"}, 422, ""},
		"on behalf without a note": {"officer", check, map[string]any{"outcome": "agree"}, 422, ""},
		"a high rating, not asked": {"deputy", countersign, map[string]any{}, 422, ""},
	} {
		t.Run(name, func(t *testing.T) {
			a := h.As(tt.as).Complete(tt.task, tt.form)
			if a.Status != tt.status || !strings.Contains(a.Text("detail"), tt.says) {
				t.Errorf("%d %s, want %d «%s»", a.Status, a.Raw, tt.status, tt.says)
			}
			if tt.status == 422 && len(a.JSON["fields"].(map[string]any)) == 0 {
				t.Errorf("no field is named: %s", a.Raw)
			}
		})
	}
	if got := len(h.Temporal.Signals) - before; got != 0 {
		t.Errorf("%d decisions went out, want none", got)
	}
	if a := h.As("officer").Get("/api/v1/tasks/" + string(mine)); a.Text("status") != "open" {
		t.Errorf("the task is %q, want it to wait", a.Text("status"))
	}
}

func TestABodyThatIsNone(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	task := "/api/v1/tasks/" + string(h.Open(n, casework.AnswerGovernment, h.Account("officer").ID)) + "/complete"
	officer, key := h.As("officer"), []string{"Idempotency-Key", uuid.NewString()}
	for name, tt := range map[string]struct {
		body   string
		status int
		field  string
	}{
		"nothing":            {"", 422, ""},
		"no JSON":            {"outcome=answered", 422, ""},
		"a list":             {"[]", 422, ""},
		"something behind":   {`{"form":{}} {}`, 422, ""},
		"a name twice":       {`{"form":{},"form":{}}`, 422, ""},
		"an unknown name":    {`{"form":{},"as":"head"}`, 422, "as"},
		"another kind":       {`{"form":7}`, 422, "form"},
		"megabytes of space": {`{"form":{}}` + strings.Repeat(" ", 2<<20), 413, ""},
	} {
		t.Run(name, func(t *testing.T) {
			a := officer.Post(task, tt.body, key...)
			if a.Status != tt.status || tt.field != "" && a.Field(tt.field) == "" {
				t.Errorf("%d %s, want %d about %q", a.Status, a.Raw, tt.status, tt.field)
			}
		})
	}
	if a := officer.Do(http.MethodPost, task, nil, key...); a.Status != http.StatusUnsupportedMediaType {
		t.Errorf("without a type: %d, want 415", a.Status)
	}
	if a := officer.Post(task, map[string]any{"form": note}); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("without a key: %d, want 422", a.Status)
	}
	if len(h.Temporal.Signals) != 0 {
		t.Errorf("%d decisions went out, want none", len(h.Temporal.Signals))
	}
}

func TestTheSameKeyAgain(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	task := h.Open(n, casework.AnswerGovernment, h.Account("officer").ID)
	other := h.Open(n, casework.AnswerGovernment, h.Account("officer").ID)
	officer, key := h.As("officer"), []string{"Idempotency-Key", uuid.NewString()}
	first := officer.Complete(task, note, key...)
	again := officer.Complete(task, note, key...)
	if first.Status != http.StatusOK || again.Status != http.StatusOK {
		t.Errorf("%d, then %d %s, want 200 twice", first.Status, again.Status, again.Raw)
	}
	if a := officer.Complete(task, map[string]any{"outcome": "answered", "answer": "No, it is not."}, key...); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("something else under the same key: %d, want 422", a.Status)
	}
	if a := officer.Complete(other, note, key...); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("another task under the same key: %d, want 422", a.Status)
	}
	if a := h.As("officer2").Complete(task, note, key...); a.Status != http.StatusForbidden {
		t.Errorf("somebody else's key: %d, want 403", a.Status)
	}
	if a := officer.Complete(task, note); a.Status != http.StatusConflict {
		t.Errorf("a second time: %d, want 409", a.Status)
	}
	if len(h.Temporal.Signals) != 1 {
		t.Errorf("%d decisions went out, want one", len(h.Temporal.Signals))
	}
}

func TestADoubleClickIsOne(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	task := h.Open(n, casework.AnswerGovernment, h.Account("officer").ID)
	officer, key := h.As("officer"), uuid.NewString()
	answers := make(chan int, 8)
	for range cap(answers) {
		go func() { answers <- officer.Complete(task, note, "Idempotency-Key", key).Status }()
	}
	for range cap(answers) {
		if status := <-answers; status != http.StatusOK {
			t.Errorf("one of several clicks: %d, want 200", status)
		}
	}
	if len(h.Temporal.Signals) != 1 {
		t.Errorf("%d decisions went out, want one", len(h.Temporal.Signals))
	}
}

func TestWhenTemporalIsAway(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	task := h.Open(n, casework.AnswerGovernment, h.Account("officer").ID)
	h.Temporal.Set(func(f *apitest.Temporal) { f.Away = true })
	officer := h.As("officer")
	a := officer.Complete(task, note)
	if a.Status != http.StatusAccepted {
		t.Fatalf("%d %s, want 202", a.Status, a.Raw)
	}
	if state := officer.Get(a.Header.Get("Location")).Text("state"); state != "pending" {
		t.Errorf("the action is %q, want pending", state)
	}
	if a := h.As("head").Get(a.Header.Get("Location")); a.Status != http.StatusNotFound {
		t.Errorf("somebody else asks for it: %d, want 404", a.Status)
	}
}

func TestAWorkflowThatRefuses(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	task := h.Open(n, casework.AnswerGovernment, h.Account("officer").ID)
	h.Temporal.Set(func(f *apitest.Temporal) {
		f.Refusal = casework.RefusedBy(casework.RuleTaskDone, "refusal.task-gone")
	})
	officer, key := h.As("officer"), uuid.NewString()
	for range 2 {
		a := officer.Complete(task, note, "Idempotency-Key", key)
		if a.Status != http.StatusConflict || a.Text("detail") != "This has been done already, or is no longer needed." {
			t.Errorf("%d %s, want 409 and the reason", a.Status, a.Raw)
		}
	}
	if a := officer.Get("/api/v1/actions/" + key); a.Text("state") != "refused" || a.Text("reason") != "This has been done already, or is no longer needed." {
		t.Errorf("the action says %s", a.Raw)
	}
}

func TestNobodyNamesWhatIsNotThere(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n, another := h.Request(), h.Request()
	officer := h.As("officer")
	elsewhere := officer.Upload("/api/v1/documents", "a.pdf", pdf, map[string]string{"request": string(another), "title": "Letter"})
	task := h.Open(n, casework.AnswerBoard, h.Account("officer").ID)
	for name, document := range map[string]string{"of another request": elsewhere.Text("id"), "of none": uuid.NewString(), "no ID": "x"} {
		a := officer.Complete(task, map[string]any{"outcome": "answered", "answer": "See there.", "documents": []string{document}})
		if a.Status != http.StatusUnprocessableEntity || a.Field("documents") == "" {
			t.Errorf("a document %s: %d %s, want 422", name, a.Status, a.Raw)
		}
	}
	replace := h.Open(n, casework.ReplaceExpert, h.Account("officer").ID)
	known := h.Expert("Leila Haddad", "leila@experts.example")
	a := officer.Complete(replace, map[string]any{"outcome": "replace", "expert": string(known.ID), "by": "nobody", "reason": "Ill."})
	if a.Status != http.StatusUnprocessableEntity || a.Field("by") == "" || a.Field("expert") != "" {
		t.Errorf("an expert who is not on the roster: %d %s, want 422 about «by» alone", a.Status, a.Raw)
	}
	sign := h.Open(n, casework.SignApproval, "")
	for kind, body := range map[string]string{"a note": "Signed, on paper.", "a photograph": "\xff\xd8\xff\xe0\x00\x10JFIF"} {
		file := officer.Upload("/api/v1/documents", "scan.pdf", []byte(body), map[string]string{"request": string(n), "title": "Scan"})
		a := h.As("head").Complete(sign, map[string]any{"outcome": "sign", "signedDocument": file.Text("id")})
		if file.Status != http.StatusCreated || a.Status != http.StatusUnprocessableEntity || a.Field("signedDocument") != "This goes out as the letter, so it must be a PDF. Please add it as one." {
			t.Errorf("%s instead of the letter: %d, then %d %s, want 422", kind, file.Status, a.Status, a.Raw)
		}
	}
	if len(h.Temporal.Signals) != 0 {
		t.Errorf("%d decisions went out, want none", len(h.Temporal.Signals))
	}
}

// What is kept of a form is not to the letter what was sent; the same sent again is the same all the same.
func TestThePastedFormAgainIsTheSameForm(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	task := h.Open(h.Request(), casework.AnswerGovernment, h.Account("officer").ID)
	officer, key := h.As("officer"), uuid.NewString()
	pasted := map[string]any{"outcome": "answered", "answer": "Yes,\vit is.\a \u2028Really."}
	for _, time := range []string{"first", "second"} {
		if a := officer.Complete(task, pasted, "Idempotency-Key", key); a.Status != http.StatusOK {
			t.Errorf("the %s time: %d %s", time, a.Status, a.Raw)
		}
	}
	if a := officer.Complete(task, map[string]any{"outcome": "answered", "answer": "No."}, "Idempotency-Key", key); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("another answer under the key: %d, want 422", a.Status)
	}
}
