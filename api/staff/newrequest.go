package staff

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"connex/api/dispatch"
	"connex/api/web"
	"connex/casework"
)

type newRequestPage struct {
	Form    web.HTMLForm
	Before  casework.CaseNumber // what was started from this page already
	Changed bool                // and something else is sent now
	Link    string              // where that stands
}

// newRequest asks for a first interest that came by mail or telephone.
func (s room) newRequest(c *gin.Context) error {
	if _, err := web.AddingRole(web.PersonOf(c)); err != nil {
		return err
	}
	page, err := s.AskInterest(c, web.PersonOf(c), casework.FirstInterestForm(false))
	if err != nil || page == nil {
		return err
	}
	return s.showNewRequest(c, *page)
}

// startRequest starts the request, once for the page's key.
func (s room) startRequest(c *gin.Context) error {
	page, err := s.SendInterest(c, dispatch.FirstInterest{Person: web.PersonOf(c)}, casework.FirstInterestForm(false))
	if err != nil {
		return err
	}
	if page.Number == "" {
		return s.showNewRequest(c, page)
	}
	address := startedAt(page.Number, page.Key)
	if page.Before != "" {
		address += "&again=1"
	}
	c.Redirect(http.StatusSeeOther, address)
	return nil
}

// startedAt is the page of a request that was started under a key.
func startedAt(n casework.CaseNumber, key string) string {
	return "/requests/" + string(n) + "?action=" + key
}

func (s room) showNewRequest(c *gin.Context, asked web.InterestPage) error {
	asked.Words.FillForm(&asked.Form, "first-interest")
	page := newRequestPage{Form: asked.HTML("/requests/new", asked.Key), Before: asked.Before, Changed: asked.Changed, Link: startedAt(asked.Before, asked.Under)}
	page.Form.Submit = asked.Words.T("page.new.button")
	return s.show(c, asked.Status, "newrequest", asked.Words.T("page.new.title"), "requests", page)
}
