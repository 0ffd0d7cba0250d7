package v1

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/xuri/excelize/v2"

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
	var file bytes.Buffer
	table := csv.NewWriter(&file)
	lines := [][]string{columnNames()}
	for _, row := range rows {
		line := make([]string, len(reportColumns))
		for i, column := range reportColumns {
			line[i] = cell(column.value(row))
		}
		lines = append(lines, line)
	}
	if err := table.WriteAll(lines); err != nil {
		return fmt.Errorf("portfolio as a table: %w", err)
	}
	download(c, "portfolio.csv", "text/csv; charset=utf-8", file.Bytes())
	return nil
}

func columnNames() []string {
	names := make([]string, len(reportColumns))
	for i, column := range reportColumns {
		names[i] = column.name
	}
	return names
}

// cell keeps a text from being run as a formula where the table is opened.
func cell(value any) string {
	switch v := value.(type) {
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	text := fmt.Sprint(value)
	if strings.ContainsAny(text[:min(1, len(text))], "=+-@\t\r") {
		return "'" + text
	}
	return text
}

func (s server) portfolioXLSX(c *gin.Context) error {
	rows, err := s.reportRows(c)
	if err != nil {
		return err
	}
	file, err := workbook(rows)
	if err != nil {
		return fmt.Errorf("portfolio as a workbook: %w", err)
	}
	download(c, "portfolio.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", file)
	return nil
}

// workbook has the rows on one sheet. Texts are typed as texts, so none is a formula.
func workbook(rows []store.ReportRow) ([]byte, error) {
	book := excelize.NewFile()
	defer book.Close()
	const sheet = "Requests"
	if err := book.SetSheetName("Sheet1", sheet); err != nil {
		return nil, err
	}
	stream, err := book.NewStreamWriter(sheet)
	if err != nil {
		return nil, err
	}
	heading := make([]any, len(reportColumns))
	for i, name := range columnNames() {
		heading[i] = name
	}
	if err := stream.SetRow("A1", heading); err != nil {
		return nil, err
	}
	for i, row := range rows {
		values := make([]any, len(reportColumns))
		for j, column := range reportColumns {
			values[j] = column.value(row)
		}
		if err := stream.SetRow(fmt.Sprintf("A%d", i+2), values); err != nil {
			return nil, err
		}
	}
	if err := stream.Flush(); err != nil {
		return nil, err
	}
	file, err := book.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return file.Bytes(), nil
}

func download(c *gin.Context, name, media string, body []byte) {
	c.Header("Content-Disposition", `attachment; filename="`+name+`"`)
	c.Data(http.StatusOK, media, body)
}
