package v1

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// tasks are those that wait, or with standing those that may be done at any time.
func (s server) tasks(c *gin.Context) error {
	mine, err := flag(c, "mine")
	if err != nil {
		return err
	}
	standing, err := flag(c, "standing")
	if err != nil {
		return err
	}
	overdue, err := flag(c, "overdue")
	if err != nil {
		return err
	}
	most, err := limit(c)
	if err != nil {
		return err
	}
	page, err := following(s.Store.Tasks(c.Request.Context(), web.PersonOf(c), store.TaskFilter{Mine: isSet(mine), Standing: isSet(standing),
		Overdue: overdue, Case: casework.CaseNumber(c.Query("request")), After: c.Query("after"), Limit: most}))
	if err != nil {
		return err
	}
	c.JSON(http.StatusOK, pageOf(tasksOf(web.Words(c), page.Items), page.Next))
	return nil
}

func (s server) task(c *gin.Context) error {
	sheet, err := s.Dispatch.Sheet(c.Request.Context(), web.PersonOf(c), casework.TaskID(c.Param("id")))
	if err != nil {
		return err
	}
	c.JSON(http.StatusOK, sheetOf(web.Words(c), sheet))
	return nil
}
