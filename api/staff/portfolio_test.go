package staff_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"connex/api/apitest"
	"connex/api/dispatch"
	"connex/api/pagetest"
	"connex/casework"
)

// aRequestFrom is a first interest that a colleague wrote down.
func aRequestFrom(t *testing.T, h *apitest.House, facts casework.Values) casework.CaseNumber {
	t.Helper()
	values := casework.Values{"country": "NA", "institution": "Ministry of Mines", "contactPhone": "1", "channel": "phone", "summary": "Lithium"}
	for name, value := range facts {
		values[name] = value
	}
	n, err := h.Dispatch.Start(t.Context(), dispatch.FirstInterest{Person: h.Account("officer"), Key: uuid.NewString(), Values: values})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// numbers are the case numbers that a page shows, in order.
func numbers(p *pagetest.Page) (list []string) {
	for _, word := range strings.FieldsFunc(p.Text(), func(r rune) bool { return r == ' ' || r == ',' }) {
		if strings.HasPrefix(word, "CNX-") {
			list = append(list, word)
		}
	}
	return list
}

func TestThePortfolio(t *testing.T) {
	h := aHouse(t)
	h.Request()
	aRequestFrom(t, h, casework.Values{"institution": evil})
	b := as(t, h, "auditor")
	b.Get("/requests").Says("CNX-2026-0001", "CNX-2026-0002", evil, "2 requests")
	b.Get("/requests?country=NA").Says("CNX-2026-0002", "1 request ", "Country: Namibia", "Guinea (1)").SaysNot("CNX-2026-0001")
	b.Get("/requests?q=lithium").Says("CNX-2026-0002", "Search: lithium").SaysNot("CNX-2026-0001")
	b.Get("/requests?phase=closing&officer=nobody&waitingFor=head&overdue=yes").Says("No request fits these filters.", "Closing (0)", "Phase: Closing", "Waits for: Head")
	b.Get("/requests?overdue=maybe&ended=%3Cb%3E&view=x&sort=y&columns=z&after=nonsense&country=%27").Answers(200).Says("No request fits these filters.")
	as(t, h, "admin").Get("/requests").Answers(200).Says("There is no request yet.").SaysNot("CNX-")
}

func TestAListIsSortedByItsHeadings(t *testing.T) {
	h := aHouse(t)
	for _, country := range []string{"PE", "AL", "ZM"} {
		aRequestFrom(t, h, casework.Values{"country": country})
	}
	b := as(t, h, "officer")
	page := b.Get("/requests?q=lithium")
	if got := numbers(page); !slices.Equal(got, []string{"CNX-2026-0003", "CNX-2026-0002", "CNX-2026-0001"}) {
		t.Errorf("at first: %v", got)
	}
	up := b.Get(page.Link("Country"))
	if got := numbers(up); !slices.Equal(got, []string{"CNX-2026-0002", "CNX-2026-0001", "CNX-2026-0003"}) || !strings.Contains(up.Body, `aria-sort="ascending"`) {
		t.Errorf("by country: %v", got)
	}
	down := b.Get(up.Link("Country"))
	if got := numbers(down); !slices.Equal(got, []string{"CNX-2026-0003", "CNX-2026-0001", "CNX-2026-0002"}) || strings.Count(down.Body, `aria-sort="descending"`) != 1 {
		t.Errorf("the other way round: %v", got)
	}
	if !strings.Contains(down.Path, "q=lithium") {
		t.Errorf("the filter got lost: %s", down.Path)
	}
}

func TestColumnsAreKeptForTheirReader(t *testing.T) {
	h := aHouse(t)
	aRequestFrom(t, h, casework.Values{"contactName": "Ndapewa"})
	mine, other := as(t, h, "officer"), as(t, h, "head")
	page := mine.Get("/requests?country=NA").SaysNot("Ndapewa")
	after := mine.Submit(page, "/requests/columns", url.Values{"column": {"contact", "risk", "nonsense"}}).Answers(200).Says("Ndapewa", "Contact").SaysNot("Ministry of Mines")
	if !strings.HasPrefix(after.Path, "/requests?country=NA") {
		t.Errorf("afterwards one is at %s", after.Path)
	}
	mine.Get("/requests").Says("Ndapewa")
	mine.Get("/requests?columns=institution").Says("Ministry of Mines").SaysNot("Ndapewa")
	other.Get("/requests").Says("Ministry of Mines").SaysNot("Ndapewa")
	mine.Submit(mine.Get("/requests"), "/requests/columns", url.Values{"usual": {"1"}}).Says("Ministry of Mines").SaysNot("Ndapewa")
	as(t, h, "admin").Post("/requests/columns", url.Values{"column": {"risk"}}).Answers(http.StatusForbidden)
}

func TestViewsAreKept(t *testing.T) {
	h := aHouse(t)
	aRequestFrom(t, h, nil)
	aRequestFrom(t, h, casework.Values{"country": "PE"})
	b := as(t, h, "officer")
	page := b.Get("/requests?country=PE&sort=due&columns=country&foreign=1")
	b.Submit(page, "/requests/views", url.Values{"name": {"  "}}).Answers(422).Says("Please give the view a name.", "CNX-2026-0002").SaysNot("CNX-2026-0001")
	b.Submit(page, "/requests/views", url.Values{"name": {strings.Repeat("ä", 81)}}).Answers(422).Says("80 characters")
	saved := b.Submit(page, "/requests/views", url.Values{"name": {"Peru " + evil}}).Answers(200).Says("The view is kept.", "Peru "+evil)
	if strings.Contains(saved.Path, "foreign") || strings.Contains(saved.Path, "after") {
		t.Errorf("kept was %s", saved.Path)
	}
	again := b.Get(b.Get("/requests").Link("Peru")).Says("CNX-2026-0002").SaysNot("CNX-2026-0001", "Ministry of Mines")
	again = b.Submit(again, "/requests/views", url.Values{"name": {"Second"}}).Answers(200)
	where := ""
	for _, id := range strings.Split(again.Body, `action="/requests/views/`)[1:] {
		where = "/requests/views/" + id[:36]
	}
	b.Submit(again, where, url.Values{"name": {"Peru " + evil}}).Answers(422).Says("You have another view of that name.")
	renamed := b.Submit(again, where, url.Values{"name": {"Third"}}).Answers(200).Says("Third").SaysNot("Second")
	as(t, h, "head").Post(where, url.Values{"name": {"Stolen"}}).Answers(http.StatusNotFound)
	as(t, h, "head").Post(where+"/delete", url.Values{}).Answers(200).SaysNot("Third")
	b.Submit(renamed, where+"/delete", nil).Answers(200).SaysNot("Third").Says("Peru")
}

func TestFilesHaveWhatIsShown(t *testing.T) {
	h := aHouse(t)
	aRequestFrom(t, h, casework.Values{"institution": `=HYPERLINK("http://evil")`})
	n := aRequestFrom(t, h, casework.Values{"institution": "Нурсултан, \"mines\""})
	aRequestFrom(t, h, casework.Values{"country": "PE"})
	h.Open(n, casework.AssessEligibility, "", func(task *casework.Task) { task.Clock.Due = time.Now().Add(-48 * time.Hour) })
	address := "?country=NA&sort=-institution&columns=institution,due"
	want := [][]string{{"Case", "Institution", "Due", "Overdue"},
		{"CNX-2026-0002", "Нурсултан, \"mines\"", casework.DateOf(time.Now().Add(-48 * time.Hour)), "Yes"}, {"CNX-2026-0001", `'=HYPERLINK("http://evil")`, "", "No"}}
	body, kind := fetched(t, h, "officer", "/requests.csv"+address)
	got, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(body), "\uFEFF"))).ReadAll()
	if err != nil || !slices.EqualFunc(got, want, slices.Equal) || !strings.HasPrefix(kind, "text/csv") {
		t.Errorf("the table (%s, %v): %q", kind, err, got)
	}
	want[2][1] = want[2][1][1:] // a workbook knows what is text
	body, _ = fetched(t, h, "officer", "/requests.xlsx"+address)
	book, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("Requests")
	if err != nil || !slices.EqualFunc(rows, want, slices.Equal) {
		t.Errorf("the workbook (%v): %q", err, rows)
	}
	if formula, _ := book.GetCellFormula("Requests", "B3"); formula != "" {
		t.Errorf("a text became a formula: %s", formula)
	}
	page := as(t, h, "officer").Get("/requests" + address)
	if page.Link("CSV") != "/requests.csv?columns=institution%2Cdue&country=NA&sort=-institution" {
		t.Errorf("the page leads to %s", page.Link("CSV"))
	}
	if body, _ = fetched(t, h, "admin", "/requests.csv"); bytes.Contains(body, []byte("CNX-")) {
		t.Errorf("an administrator reads %s", body)
	}
}

// fetched is a file as a program gets it.
func fetched(t *testing.T, h *apitest.House, name, path string) (body []byte, kind string) {
	t.Helper()
	a := h.As(name).Get(path)
	if a.Status != http.StatusOK {
		t.Fatalf("%s answers %d", path, a.Status)
	}
	body, err := io.ReadAll(bytes.NewReader(a.Raw))
	if err != nil {
		t.Fatal(err)
	}
	return body, a.Header.Get("Content-Type")
}

func TestTheBoard(t *testing.T) {
	h := aHouse(t)
	h.Request()
	n := aRequestFrom(t, h, nil)
	h.Temporal.Happen(t, casework.Transition{ID: "end", CaseNumber: n, Workflow: string(n), At: time.Now(), Request: casework.RequestChange{Ending: casework.Withdrawn}})
	h.Open("CNX-2026-0001", casework.AssessEligibility, "")
	for range 12 {
		aRequestFrom(t, h, casework.Values{"country": "PE"})
	}
	b := as(t, h, "officer")
	board := b.Get("/requests?view=board").Says("First interest 13", "Due diligence 0 None", "Ended 1", "Withdrawn", "Waits for: Assess eligibility", "All 13", "First interest (13)", "Ended (1)")
	list := b.Get(board.Link("All 13")).Says("13 requests")
	if strings.Contains(list.Path, "view") {
		t.Errorf("the way to the list is %s", list.Path)
	}
	narrowed := b.Get("/requests?view=board&country=GN").Says("1 request ", "First interest 1")
	if got := numbers(narrowed); !slices.Equal(got, []string{"CNX-2026-0001"}) {
		t.Errorf("of Guinea the board shows %v", got)
	}
	b.Get("/requests?phase=first-interest").Says("13 requests", "First interest (13)", "Ended (1)").SaysNot(string(n))
	b.Get("/requests?phase=first-interest&ended=yes").Says("1 request ", string(n), "First interest (1)")
}

func TestTheMapLeadsToTheCasesOfACountry(t *testing.T) {
	h := aHouse(t)
	aRequestFrom(t, h, nil)
	aRequestFrom(t, h, casework.Values{"country": "TO", "summary": "phosphate"})
	aRequestFrom(t, h, casework.Values{"country": ""})
	b := as(t, h, "officer")
	page := b.Get("/requests?view=map").Says("Namibia: 1 request", "Tonga: 1 request", "The country of 1 request is not known yet.", "Borders and names on this map")
	b.Get(page.Link("Tonga")).Says("CNX-2026-0002", "1 request ").SaysNot("CNX-2026-0001")
	b.Get("/requests?view=map&q=phosphate").Says("Tonga").SaysNot("Namibia: 1")
	if len(page.Body) > 70_000 {
		t.Errorf("the map weighs %d bytes", len(page.Body))
	}
}
