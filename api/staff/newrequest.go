package staff

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"connex/api/dispatch"
	"connex/api/web"
	"connex/casework"
)

type newRequestPage struct{ Form web.HTMLForm }

// newRequest asks for a first interest that came by mail or telephone.
func (s room) newRequest(c *gin.Context) error {
	return s.showNewRequest(c, http.StatusOK, web.Filling{}, web.NewKey())
}

// startRequest starts the request, once for the page's key.
func (s room) startRequest(c *gin.Context) error {
	post, err := web.ReadPost(c)
	if err != nil {
		return err
	}
	key, typed := post.Values.Get("_key"), web.ReadForm(casework.FirstInterestForm(false), post.Values, nil)
	number, err := s.Dispatch.Start(c.Request.Context(), dispatch.FirstInterest{Person: web.PersonOf(c), Key: key, Values: typed})
	var wrong *casework.FormError
	if errors.As(err, &wrong) {
		return s.showNewRequest(c, http.StatusUnprocessableEntity, web.Filling{Typed: typed, Wrong: wrong.Fields}, key)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/requests/"+string(number)+"?action="+key)
	return nil
}

func (s room) showNewRequest(c *gin.Context, status int, f web.Filling, key string) error {
	f.Form, f.Words = casework.FirstInterestForm(false), web.Words(c)
	f.Words.FillForm(&f.Form, "first-interest")
	page := newRequestPage{f.HTML("/requests/new", key)}
	page.Form.Submit = f.Words.T("page.new.button")
	return s.show(c, status, "newrequest", f.Words.T("page.new.title"), "requests", page)
}
