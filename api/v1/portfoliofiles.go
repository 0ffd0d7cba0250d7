package v1

import (
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// reportColumns are those of the table and of the workbook, with the value of each as it is: text, number or time.
var reportColumns = []struct {
	name  string
	value func(store.ReportRow) any
}{
	{"caseNumber", func(r store.ReportRow) any { return string(r.CaseNumber) }},
	{"phase", func(r store.ReportRow) any { return string(r.Phase) }},
	{"ending", func(r store.ReportRow) any { return string(r.Ending) }},
	{"country", func(r store.ReportRow) any { return r.Country }},
	{"institution", func(r store.ReportRow) any { return r.Institution }},
	{"sector", func(r store.ReportRow) any { return r.Sector }},
	{"resource", func(r store.ReportRow) any { return r.Resource }},
	{"negotiationStage", func(r store.ReportRow) any { return r.Stage }},
	{"channel", func(r store.ReportRow) any { return r.Channel }},
	{"officer", func(r store.ReportRow) any { return r.OfficerName }},
	{"risk", func(r store.ReportRow) any { return string(r.Risk) }},
	{"decision", func(r store.ReportRow) any { return r.Decision }},
	{"opened", func(r store.ReportRow) any { return day(&r.OpenedAt) }},
	{"submitted", func(r store.ReportRow) any { return day(r.SubmittedAt) }},
	{"decided", func(r store.ReportRow) any { return day(r.DecidedAt) }},
	{"exchanged", func(r store.ReportRow) any { return day(r.ExchangedAt) }},
	{"ended", func(r store.ReportRow) any { return day(r.EndedAt) }},
	{"activities", func(r store.ReportRow) any { return r.Activities }},
	{"evaluated", func(r store.ReportRow) any { return r.Evaluated }},
	{"daysSpent", func(r store.ReportRow) any { return r.DaysSpent }},
	{"averageScore", func(r store.ReportRow) any { return number(r.AverageScore) }},
}

func day(t *time.Time) string {
	if t == nil || t.IsZero() {
		return ""
	}
	return casework.DateOf(*t)
}

func number(n *float64) any {
	if n == nil {
		return ""
	}
	return *n
}

func (s server) portfolioCSV(c *gin.Context) error {
	rows, err := s.reportRows(c)
	if err != nil {
		return err
	}
	return reportSheet(rows).SendCSV(c, "portfolio.csv", "")
}

func (s server) portfolioXLSX(c *gin.Context) error {
	rows, err := s.reportRows(c)
	if err != nil {
		return err
	}
	return reportSheet(rows).SendWorkbook(c, "portfolio.xlsx")
}

func reportSheet(rows []store.ReportRow) web.Sheet {
	sheet := web.Sheet{Name: "Requests"}
	for _, column := range reportColumns {
		sheet.Head = append(sheet.Head, column.name)
	}
	for _, row := range rows {
		var values []any
		for _, column := range reportColumns {
			values = append(values, column.value(row))
		}
		sheet.Rows = append(sheet.Rows, values)
	}
	return sheet
}
