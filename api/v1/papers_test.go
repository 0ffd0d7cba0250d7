package v1_test

import (
	"bytes"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/google/uuid"

	"connex/api/apitest"
	"connex/casework"
)

var pdf = []byte("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")

func TestUploads(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := string(h.Request())
	large := append(bytes.Clone(pdf), make([]byte, 25<<20)...)
	for name, tt := range map[string]struct {
		as, file string
		body     []byte
		request  string
		status   int
	}{
		"a letter":             {"officer", "letter.pdf", pdf, n, 201},
		"a page":               {"officer", "letter.pdf", []byte("<html><script>alert(1)</script></html>"), n, 415},
		"a drawing":            {"officer", "x.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), n, 415},
		"a program":            {"officer", "x.pdf", []byte("\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x3e\x00"), n, 415},
		"nothing":              {"officer", "x.pdf", nil, n, 422},
		"too large":            {"officer", "x.pdf", large, n, 413},
		"to no request":        {"officer", "x.pdf", pdf, "CNX-2026-9999", 404},
		"to nothing":           {"officer", "x.pdf", pdf, "", 404},
		"by who only reads":    {"auditor", "x.pdf", pdf, n, 403},
		"by who sees no cases": {"admin", "x.pdf", pdf, n, 404},
	} {
		t.Run(name, func(t *testing.T) {
			a := h.As(tt.as).Upload("/api/v1/documents", tt.file, tt.body, map[string]string{"request": tt.request, "title": "A file"})
			if a.Status != tt.status {
				t.Errorf("%d %s, want %d", a.Status, a.Raw, tt.status)
			}
		})
	}
	for typed, want := range map[string]string{"": "letter.pdf", "\u200B": "letter.pdf", "A fi\u202Ele\a": "A file"} {
		if got := titled(t, h, typed); got != want {
			t.Errorf("with the title %q it is %q, want %q", typed, got, want)
		}
	}
	if got := len(h.As("officer").Get("/api/v1/requests/" + n).JSON["documents"].([]any)); got != 1 {
		t.Errorf("%d documents are kept, want one", got)
	}
}

// titled is how a file is called of which somebody typed this title.
func titled(t *testing.T, h *apitest.House, typed string) string {
	t.Helper()
	n := string(h.Request())
	if a := h.As("officer").Upload("/api/v1/documents", "letter.pdf", pdf, map[string]string{"request": n, "title": typed}); a.Status != http.StatusCreated {
		t.Fatalf("%d %s", a.Status, a.Raw)
	}
	title, _ := h.As("officer").Get("/api/v1/requests/" + n).JSON["documents"].([]any)[0].(map[string]any)["title"].(string)
	return title
}

func TestAFileIsGivenOutAndNeverRun(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	officer := h.As("officer")
	up := officer.Upload("/api/v1/documents", `..\..\Écrit "final"`+"\u202e.pdf", pdf, map[string]string{"request": string(n)})
	if up.Status != http.StatusCreated || up.Text("mediaType") != "application/pdf" {
		t.Fatalf("%d %s", up.Status, up.Raw)
	}
	path := "/api/v1/documents/" + up.Text("id")
	a := officer.Get(path)
	if !bytes.Equal(a.Raw, pdf) {
		t.Errorf("%d bytes came back, want the same %d", len(a.Raw), len(pdf))
	}
	if got := a.Header.Get("Content-Disposition"); !strings.HasPrefix(got, `attachment; filename="_crit final.pdf"; filename*=`) {
		t.Errorf("it is called %s", got)
	}
	if got := a.Header.Get("Content-Security-Policy"); !strings.Contains(got, "sandbox") {
		t.Errorf("the policy is %s", got)
	}
	for name, reader := range map[string]*apitest.Client{"an administrator": h.As("admin"), "a guest of another request": h.By(h.Government(h.Request()))} {
		where := path
		if name != "an administrator" {
			where = "/documents/" + up.Text("id")
		}
		if a := reader.Link(where); a.Status != http.StatusNotFound {
			t.Errorf("%s gets %d, want 404", name, a.Status)
		}
	}
}

func mailFrom(subject, more string) string {
	return "From: Fatou Example <fatou@ministry.example>\r\nTo: secretariat@connex.test\r\nSubject: " + subject + "\r\n" + more + "\r\nDear colleagues,\r\nplease see below.\r\n"
}

func TestMailThatComesIn(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	gateway := h.Stranger()
	token := []string{"Content-Type", "message/rfc822", "Authorization", "Bearer " + apitest.MailToken}
	known := mailFrom("Our letter ["+string(n)+"]", "Message-ID: <one@ministry.example>\r\n")
	answer := mailFrom("Re: something", "Message-ID: <two@ministry.example>\r\nIn-Reply-To: <one@ministry.example>\r\n")
	for _, step := range []struct {
		name, mail string
		status     int
		filedAs    string
		number     any
	}{
		{"names its case", known, 201, "case", string(n)},
		{"the same again", known, 200, "case", string(n)},
		{"answers one that is filed", answer, 201, "case", string(n)},
		{"names no case that there is", mailFrom("CNX-2031-0001", ""), 201, "first-interest", nil},
		{"is new", mailFrom("First interest", ""), 201, "first-interest", nil},
		{"is no mail", "\x00\x01\x02 nothing", 201, "raw", nil},
	} {
		t.Run(step.name, func(t *testing.T) {
			a := gateway.Do(http.MethodPost, "/api/v1/inbound-mail", step.mail, token...)
			if a.Status != step.status || a.Text("filedAs") != step.filedAs || a.JSON["caseNumber"] != step.number || a.Text("messageId") == "" {
				t.Errorf("%d %s, want %d %s %v", a.Status, a.Raw, step.status, step.filedAs, step.number)
			}
		})
	}
	if len(h.Temporal.Signals) != 0 {
		t.Errorf("mail decided something: %+v", h.Temporal.Signals)
	}
	for name, tt := range map[string]struct {
		by     *apitest.Client
		header string
		status int
	}{
		"a stranger":       {h.Stranger(), "", 401},
		"a wrong token":    {h.Stranger(), "Bearer x", 401},
		"the staff":        {h.As("officer"), "", 200},
		"an auditor":       {h.As("auditor"), "", 403},
		"an administrator": {h.As("admin"), "", 403},
	} {
		if a := tt.by.Do(http.MethodPost, "/api/v1/inbound-mail", known, "Content-Type", "message/rfc822", "Authorization", tt.header); a.Status != tt.status {
			t.Errorf("%s: %d, want %d", name, a.Status, tt.status)
		}
	}
}

func TestTheRoster(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	leila := map[string]any{"name": "Leila Haddad", "email": "leila@experts.example", "disciplines": []string{"tax"}, "languages": []string{"en"},
		"countries": []string{"GN"}, "commodities": []string{"gold"}, "available": true}
	officer := h.As("officer")
	made := officer.Post("/api/v1/experts", leila)
	if made.Status != http.StatusCreated || made.Text("codeOfConduct") != "none" {
		t.Fatalf("%d %s", made.Status, made.Raw)
	}
	path := "/api/v1/experts/" + made.Text("id")
	changed := made.JSON
	changed["available"] = false
	for name, tt := range map[string]struct {
		as, method, path string
		body             any
		status           int
		field            string
	}{
		"the same address":       {"admin", "POST", "/api/v1/experts", leila, 422, "email"},
		"without a name":         {"admin", "POST", "/api/v1/experts", map[string]any{"email": "x@y.example"}, 422, "name"},
		"an unknown discipline":  {"admin", "POST", "/api/v1/experts", map[string]any{"name": "X", "email": "x@y.example", "disciplines": []string{"magic"}}, 422, "disciplines"},
		"an unknown field":       {"admin", "POST", "/api/v1/experts", map[string]any{"name": "X", "email": "x@y.example", "fee": 1}, 422, "fee"},
		"as it was given out":    {"admin", "PUT", path, changed, 200, ""},
		"one that there is not":  {"admin", "PUT", "/api/v1/experts/x", changed, 404, ""},
		"by a reviewer":          {"reviewer", "POST", "/api/v1/experts", leila, 403, ""},
		"read by a reviewer":     {"reviewer", "GET", "/api/v1/experts", nil, 403, ""},
		"read by an auditor":     {"auditor", "GET", "/api/v1/experts", nil, 200, ""},
		"changed by an auditor":  {"auditor", "PUT", path, changed, 403, ""},
		"ranked by an officer":   {"officer", "GET", "/api/v1/requests/" + string(n) + "/expert-matches", nil, 200, ""},
		"ranked for no request":  {"officer", "GET", "/api/v1/requests/CNX-2026-9999/expert-matches", nil, 404, ""},
		"ranked by a reviewer":   {"reviewer", "GET", "/api/v1/requests/" + string(n) + "/expert-matches", nil, 403, ""},
		"a page without a limit": {"admin", "GET", "/api/v1/experts?limit=x", nil, 422, "limit"},
	} {
		t.Run(name, func(t *testing.T) {
			a := h.As(tt.as).Do(tt.method, tt.path, tt.body)
			if a.Status != tt.status || tt.field != "" && a.Field(tt.field) == "" {
				t.Errorf("%d %s, want %d about %q", a.Status, a.Raw, tt.status, tt.field)
			}
		})
	}
	match := officer.Get("/api/v1/requests/" + string(n) + "/expert-matches").Items()
	if len(match) != 1 || len(match[0]["reasons"].([]any)) == 0 || strings.Contains(string(made.Raw), "⟦") {
		t.Errorf("the matches are %v", match)
	}
}

// The ranking is read page by page like every list, and each expert stands on one of them.
func TestTheRankingComesInPages(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	for _, name := range []string{"Ana Souza", "Leila Haddad", "Tomás Ibáñez"} {
		h.As("admin").Post("/api/v1/experts", map[string]any{"name": name, "email": strings.ToLower(name[:3]) + "@experts.example", "disciplines": []string{"tax"},
			"languages": []string{"en"}, "countries": []string{"GN"}, "commodities": []string{"gold"}, "available": name != "Ana Souza"})
	}
	officer, path := h.As("officer"), "/api/v1/requests/"+string(n)+"/expert-matches?limit=2"
	whole := officer.Get(strings.TrimSuffix(path, "?limit=2")).Items()
	first := officer.Get(path)
	second := officer.Get(path + "&after=" + first.Text("next"))
	if got := append(first.Items(), second.Items()...); len(first.Items()) != 2 || len(second.Items()) != 1 || second.JSON["next"] != nil || !reflect.DeepEqual(got, whole) {
		t.Errorf("the pages are %s and %s", first.Raw, second.Raw)
	}
	for _, wrong := range []string{"limit=x", "after=there", "limit=-1"} {
		if a := officer.Get("/api/v1/requests/" + string(n) + "/expert-matches?" + wrong); a.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d %s, want 422", wrong, a.Status, a.Raw)
		}
	}
}

func TestFirstInterests(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	whole := map[string]any{"channel": "web", "summary": "We negotiate.", "contactEmail": "a@ministry.example"}
	public, key := h.Stranger(), uuid.NewString()
	first := public.Post("/api/v1/first-interests", whole, "Idempotency-Key", key)
	again := public.Post("/api/v1/first-interests", whole, "Idempotency-Key", key)
	if first.Status != http.StatusCreated || again.Text("caseNumber") != first.Text("caseNumber") || !casework.CaseNumber(first.Text("caseNumber")).Valid() {
		t.Errorf("%d %s, then %s: want one number", first.Status, first.Raw, again.Raw)
	}
	for name, tt := range map[string]struct {
		body  map[string]any
		field string
	}{
		"no way to answer":      {map[string]any{"channel": "web", "summary": "x"}, "contactEmail"},
		"no summary":            {map[string]any{"channel": "web", "contactEmail": "a@ministry.example"}, "summary"},
		"no address":            {map[string]any{"channel": "web", "summary": "x", "contactEmail": "a@b"}, "contactEmail"},
		"no such country":       {map[string]any{"channel": "web", "summary": "x", "contactPhone": "1", "country": "XX"}, "country"},
		"a step of another one": {map[string]any{"channel": "web", "summary": "x", "contactPhone": "1", "negotiationStage": "pre", "negotiationStep": "signed"}, "negotiationStep"},
		"a field of ours":       {map[string]any{"channel": "web", "summary": "x", "contactPhone": "1", "officer": "me"}, "officer"},
		"a question, perhaps":   {map[string]any{"channel": "web", "summary": "x", "contactPhone": "1", "question": "yes"}, "question"},
	} {
		if a := h.As("officer").Post("/api/v1/first-interests", tt.body); a.Status != http.StatusUnprocessableEntity || a.Field(tt.field) == "" {
			t.Errorf("%s: %d %s, want 422 about %s", name, a.Status, a.Raw, tt.field)
		}
	}
	if a := h.As("auditor").Post("/api/v1/first-interests", whole); a.Status != http.StatusForbidden {
		t.Errorf("by who only reads: %d %s, want 403", a.Status, a.Raw)
	}
	if len(h.Temporal.Started) != 1 {
		t.Errorf("%d requests were started, want one", len(h.Temporal.Started))
	}
	var last int
	for range 12 {
		last = public.Post("/api/v1/first-interests", map[string]any{}).Status
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("strangers may go on for ever: %d, want 429", last)
	}
	if a := h.As("officer").Post("/api/v1/first-interests", whole); a.Status != http.StatusCreated {
		t.Errorf("the staff is held back as well: %d", a.Status)
	}
}

func TestTheSelfCheck(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	before := rows(t, h)
	a := h.Stranger().Post("/api/v1/eligibility", map[string]any{"country": "GN", "largeContract": "yes", "seeksAssistance": "yes", "negotiationPhase": "during"})
	if a.Status != http.StatusOK || a.Text("verdict") != "likely" {
		t.Errorf("%d %s, want likely", a.Status, a.Raw)
	}
	if a := h.Stranger().Post("/api/v1/eligibility", map[string]any{"name": "x"}); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("an unknown question: %d, want 422", a.Status)
	}
	if after := rows(t, h); after != before {
		t.Errorf("it stored something: %s, then %s", before, after)
	}
}
