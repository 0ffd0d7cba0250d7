package staff

import (
	"github.com/gin-gonic/gin"

	"connex/api/web"
)

// requestsCSV is what the list shows, all of it, as a table.
func (s room) requestsCSV(c *gin.Context) error {
	sheet, err := s.requestsSheet(c)
	if err != nil {
		return err
	}
	return sheet.SendCSV(c, "requests.csv", web.SpreadsheetMark)
}

// requestsXLSX is the same as a workbook.
func (s room) requestsXLSX(c *gin.Context) error {
	sheet, err := s.requestsSheet(c)
	if err != nil {
		return err
	}
	return sheet.SendWorkbook(c, "requests.xlsx")
}

func (s room) requestsSheet(c *gin.Context) (web.Sheet, error) {
	l, err := s.looking(c)
	if err != nil {
		return web.Sheet{}, err
	}
	lines, err := s.Store.AllRequests(c.Request.Context(), web.PersonOf(c), l.filter)
	return l.sheet(web.Words(c), lines), err
}
