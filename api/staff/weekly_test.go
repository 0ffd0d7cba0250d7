package staff_test

import (
	"strings"
	"testing"
	"time"

	"connex/api/apitest"
	"connex/casework"
)

// came puts a request into a week.
func came(t *testing.T, h *apitest.House, week casework.Week, country string) casework.CaseNumber {
	t.Helper()
	n := h.Request()
	_, err := h.Store.DB().ExecContext(t.Context(), `UPDATE requests SET opened_at = $2, country = $3 WHERE case_number = $1`, string(n), week.Begins().Add(time.Hour), country)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTheWeeklyPageNamesNoCountry(t *testing.T) {
	h := aHouse(t)
	week := casework.LastWholeWeek(time.Now())
	var numbers []string
	for _, country := range []string{"GN", "ZM", "NA", "MN"} {
		numbers = append(numbers, string(came(t, h, week, country)))
	}
	b := as(t, h, "officer")
	b.Get("/reports").Says("Weekly page for funders")
	page := b.Get("/reports/weekly").Answers(200).Says("4 requests came in", "4 requests in hand", "Africa 3 to 5", "Asia fewer than 3", "Oceania fewer than 3", "Mining 3 to 5", "French fewer than 3",
		"too few days from letter to decision", "names no country").SaysNot("Guinea", "Zambia", "Namibia", "Mongolia", "Ministry", "Fatou", "CNX")
	file := b.Get("/reports/weekly.csv").Answers(200)
	for _, says := range []string{"requests came in,,4", "\"In hand, by region\",Africa,3 to 5", "\"In hand, by region\",Asia,fewer than 3"} {
		if !strings.Contains(file.Body, says) {
			t.Errorf("the file does not say %s but\n%s", says, file.Body)
		}
	}
	for _, never := range append(numbers, "Guinea", "Zambia", "Namibia", "Mongolia", "Ministry") {
		if strings.Contains(file.Body, never) {
			t.Errorf("the file says %s", never)
		}
	}
	before := b.Get(page.Link("The week before")).Answers(200).Says("0 requests came in", "0 requests in hand")
	b.Get(before.Link("The week after")).Answers(200).Says("4 requests came in")
}

func TestAWeekThatIsNotOver(t *testing.T) {
	h := aHouse(t)
	b, last := as(t, h, "officer"), casework.LastWholeWeek(time.Now())
	came(t, h, last.Add(1), "GN")
	b.Get("/reports/weekly").SaysNot("The week after", "1 requests came in")
	for _, week := range []string{last.Add(1).Monday(), "2199-01-01", "yesterday", "2026-02-31"} {
		b.Get("/reports/weekly?week="+week).Answers(422).Says("a day of a week that is over", "Below is the last whole week.").SaysNot("1 requests came in")
		b.Get("/reports/weekly.csv?week=" + week).Answers(422)
	}
	as(t, h, "auditor").Get("/reports/weekly").Answers(200)
	as(t, h, "admin").Get("/reports/weekly").Answers(403)
	as(t, h, "admin").Get("/reports/weekly.csv").Answers(403)
}
