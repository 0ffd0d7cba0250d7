package v1_test

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"connex/api/apitest"
	"connex/casework"
)

func TestWhoSeesARequest(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	board := h.Account("board1")
	h.Temporal.Happen(t, casework.Transition{ID: "recused", CaseNumber: n, Workflow: string(n), Request: casework.RequestChange{Recused: []casework.PersonID{board.ID}}})
	request := "/api/v1/requests/" + string(n)
	for as, status := range map[string]int{"officer": 200, "officer2": 200, "reviewer": 200, "board2": 200, "auditor": 200, "board1": 404, "admin": 404} {
		reader := h.As(as)
		for _, path := range []string{request, request + "/trail"} {
			if a := reader.Get(path); a.Status != status {
				t.Errorf("%s reads %s: %d, want %d", as, path, a.Status, status)
			}
		}
		if listed := len(reader.Get("/api/v1/requests").Items()) == 1; listed != (status == 200) {
			t.Errorf("%s finds it in the list: %v", as, listed)
		}
	}
	unknown := h.As("board1").Get("/api/v1/requests/CNX-2026-9999")
	if hidden := h.As("board1").Get(request); !bytes.Equal(hidden.Raw, unknown.Raw) {
		t.Errorf("hidden reads %s, unknown %s", hidden.Raw, unknown.Raw)
	}
}

func TestTheTrailChains(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	task := h.Open(n, casework.AnswerGovernment, h.Account("officer").ID)
	h.As("officer").Complete(task, note)
	var entries []map[string]any
	for after := ""; ; {
		a := h.As("auditor").Get("/api/v1/requests/" + string(n) + "/trail?limit=1&after=" + after)
		entries = append(entries, a.Items()...)
		if after = a.Text("next"); after == "" {
			break
		}
	}
	for i, e := range entries {
		if e["seq"] != float64(i+1) || i > 0 && e["prevHash"] != entries[i-1]["hash"] {
			t.Errorf("entry %d does not follow: %v", i, e)
		}
	}
	last := entries[len(entries)-1]
	if last["what"] != "answer-government" || last["outcome"] != "answered" || last["actor"].(map[string]any)["name"] != "The officer" {
		t.Errorf("the last entry is %v", last)
	}
}

func TestTheListOfTasks(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	mine := h.Open(n, casework.AnswerGovernment, h.Account("officer").ID)
	h.Open(n, casework.CheckConflict, "")
	h.Open(n, casework.Withdraw, "")
	h.Open(n, casework.DeclareConflict, "")
	for path, want := range map[string]int{
		"/api/v1/tasks": 2, "/api/v1/tasks?mine=true": 1, "/api/v1/tasks?mine=true&standing=true": 1, "/api/v1/tasks?standing=true": 2,
		"/api/v1/tasks?overdue=true": 0, "/api/v1/tasks?request=CNX-2026-9999": 0, "/api/v1/tasks?limit=1": 1,
	} {
		if got := h.As("officer").Get(path).Items(); len(got) != want {
			t.Errorf("%s has %d, want %d", path, len(got), want)
		}
	}
	if got := h.As("officer").Get("/api/v1/tasks?mine=true").Items()[0]; got["id"] != string(mine) || got["blocked"] != nil || got["title"] != "Answer the government" {
		t.Errorf("mine is %v", got)
	}
	if a := h.As("officer").Get("/api/v1/tasks?mine=perhaps"); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("mine=perhaps: %d, want 422", a.Status)
	}
}

func TestTheReportRunsNothing(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	task := h.Open(n, casework.AssessEligibility, "")
	if a := h.As("officer").Complete(task, map[string]any{"outcome": "eligible", "country": "GN", "institution": "=HYPERLINK(\"http://x\")",
		"developingCountry": "yes", "largeContract": "yes", "seeksAssistance": "yes", "negotiationPhase": "yes"}); a.Status != http.StatusOK {
		t.Fatalf("%d %s", a.Status, a.Raw)
	}
	auditor := h.As("auditor")
	figures := auditor.Get("/api/v1/reports/portfolio?from=2020-01-01")
	if figures.JSON["total"] != float64(1) || figures.JSON["byRegion"].(map[string]any)["africa"] != float64(1) {
		t.Errorf("the figures are %s", figures.Raw)
	}
	table, err := csv.NewReader(strings.NewReader(string(auditor.Get("/api/v1/reports/portfolio.csv").Raw))).ReadAll()
	if err != nil || len(table) != 2 || table[1][4] != `'=HYPERLINK("http://x")` {
		t.Errorf("the table is %q, %v", table, err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(auditor.Get("/api/v1/reports/portfolio.xlsx").Raw))
	if err != nil {
		t.Fatal(err)
	}
	if formula, _ := book.GetCellFormula("Requests", "E2"); formula != "" {
		t.Errorf("the workbook has a formula: %s", formula)
	}
	if a := auditor.Get("/api/v1/reports/portfolio?from=yesterday"); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("from=yesterday: %d, want 422", a.Status)
	}
	if a := h.As("admin").Get("/api/v1/reports/portfolio"); a.JSON["total"] != float64(0) {
		t.Errorf("an administrator counts %v requests", a.JSON["total"])
	}
}
