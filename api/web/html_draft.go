package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"connex/casework"
)

// askedToKeep tells whether the button pressed was «keep for later», which sends nothing.
func askedToKeep(post map[string][]string) bool {
	return len(post["_more"]) > 0 && post["_more"][0] == "draft"
}

// SaveDraft keeps what is typed so far; it may be incomplete and wrong. The script calls it while one types, so that a
// session that ends or a line that drops costs nothing.
func (d Deps) SaveDraft(c *gin.Context) error {
	post, err := ReadPost(c)
	if err != nil {
		return err
	}
	sheet, err := d.Dispatch.Sheet(c.Request.Context(), PersonOf(c), casework.TaskID(c.Param("id")))
	if err != nil {
		return err
	}
	err = d.Store.SaveDraft(c.Request.Context(), PersonOf(c), sheet.Task.ID, ReadForm(sheet.Form, post.Values, nil))
	if err == nil {
		c.Status(http.StatusNoContent)
	}
	return err
}

// draft is what this person left unfinished, nil where there is nothing.
func (d Deps) draft(c *gin.Context, id casework.TaskID) (casework.Values, error) {
	draft, err := d.Store.Draft(c.Request.Context(), PersonOf(c), id)
	for name, value := range draft {
		if name != "outcome" && value != false && !casework.Empty(value) {
			return draft, err
		}
	}
	return nil, err
}
