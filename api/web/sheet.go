package web

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/xuri/excelize/v2"
)

// Sheet is a table to take away. Its cells are texts and numbers.
type Sheet struct {
	Name string // of the workbook's only sheet
	Head []string
	Rows [][]any
}

// SendCSV gives it out as a table; mark begins it where spreadsheets must know that it is UTF-8.
func (s Sheet) SendCSV(c *gin.Context, name, mark string) error {
	var file bytes.Buffer
	file.WriteString(mark)
	table := csv.NewWriter(&file)
	lines := [][]string{s.Head}
	for _, row := range s.Rows {
		line := make([]string, len(row))
		for i, value := range row {
			line[i] = cell(value)
		}
		lines = append(lines, line)
	}
	if err := table.WriteAll(lines); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	sendSheet(c, name, "text/csv; charset=utf-8", file.Bytes())
	return nil
}

// SpreadsheetMark tells a spreadsheet that a table is UTF-8: without it names arrive broken.
const SpreadsheetMark = "\uFEFF"

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

// SendWorkbook gives it out as a workbook.
func (s Sheet) SendWorkbook(c *gin.Context, name string) error {
	file, err := s.workbook()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	sendSheet(c, name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", file)
	return nil
}

// workbook has the rows on one sheet. Texts are typed as texts, so none is a formula.
func (s Sheet) workbook() ([]byte, error) {
	book := excelize.NewFile()
	defer book.Close()
	if err := book.SetSheetName("Sheet1", s.Name); err != nil {
		return nil, err
	}
	stream, err := book.NewStreamWriter(s.Name)
	if err != nil {
		return nil, err
	}
	head := make([]any, len(s.Head))
	for i, name := range s.Head {
		head[i] = name
	}
	for i, row := range append([][]any{head}, s.Rows...) {
		if err := stream.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
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

func sendSheet(c *gin.Context, name, media string, body []byte) {
	c.Header("Content-Disposition", `attachment; filename="`+name+`"`)
	c.Data(http.StatusOK, media, body)
}
