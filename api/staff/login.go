package staff

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"connex/api/web"
)

type loginPage struct {
	Next, Email, Wrong string
	Chosen             bool // a password was chosen just now
}

// login asks for address and password.
func (s room) login(c *gin.Context) error {
	if web.PersonOf(c).ID != "" {
		c.Redirect(http.StatusSeeOther, web.SafeNext(c.Query("next")))
		return nil
	}
	return s.showLogin(c, http.StatusOK, loginPage{Next: web.SafeNext(c.Query("next")), Chosen: c.Query("chosen") != ""})
}

// signIn begins the session and goes on to where one wanted to go.
func (s room) signIn(c *gin.Context) error {
	page := loginPage{Next: web.SafeNext(c.PostForm("next")), Email: c.PostForm("email")}
	_, err := s.SignIn(c, page.Email, c.PostForm("password"))
	var wrong *web.Problem
	if errors.As(err, &wrong) {
		page.Wrong = wrong.Detail
		return s.showLogin(c, wrong.Status, page)
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, page.Next)
	return nil
}

func (s room) signOut(c *gin.Context) error {
	if err := s.SignOut(c); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/login")
	return nil
}

func (s room) showLogin(c *gin.Context, status int, page loginPage) error {
	return s.show(c, status, "login", web.Words(c).T("page.login.title"), "", page)
}
