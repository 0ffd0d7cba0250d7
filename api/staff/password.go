package staff

import (
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

type forgottenPage struct{ Email, Sent, Wrong string }

// forgotten asks for the address of whoever cannot sign in.
func (s room) forgotten(c *gin.Context) error {
	return s.showForgotten(c, http.StatusOK, forgottenPage{Email: c.Query("email")})
}

// mailForgotten says the same whether there is such an account or not.
func (s room) mailForgotten(c *gin.Context) error {
	page := forgottenPage{Email: c.PostForm("email")}
	if err := s.Limits.Forgotten(c.ClientIP()); err != nil {
		return err
	}
	if page.Email == "" {
		page.Wrong = web.Words(c).T("invalid.missing")
		return s.showForgotten(c, http.StatusUnprocessableEntity, page)
	}
	if err := s.people.Forgotten(c.Request.Context(), page.Email); err != nil {
		return err
	}
	page.Sent = page.Email
	return s.showForgotten(c, http.StatusOK, page)
}

func (s room) showForgotten(c *gin.Context, status int, page forgottenPage) error {
	title := "page.forgotten.title"
	if page.Sent != "" {
		title = "page.forgotten.sent.title"
	}
	return s.show(c, status, "forgotten", web.Words(c).T(title), "", page)
}

type passwordPage struct {
	Post    string // where it is sent
	Account store.Account
	Gone    bool // the link is good no more
	Fields  []passwordField
	Wrong   map[string]string
}

// passwordField never shows what was typed.
type passwordField struct{ Name, Label, Help, Complete, Wrong string }

// DescribedBy lists what a screen reader reads after the label.
func (f passwordField) DescribedBy() string {
	var ids []string
	if f.Help != "" {
		ids = append(ids, f.Name+"-help")
	}
	if f.Wrong != "" {
		ids = append(ids, f.Name+"-error")
	}
	return strings.Join(ids, " ")
}

// passwordFields ask for a new password; of who is signed in, for the old one as well.
func passwordFields(c *gin.Context, wrong map[string]string, old bool) (fields []passwordField) {
	w := web.Words(c)
	if old {
		fields = append(fields, passwordField{"old", w.T("page.password.old"), "", "current-password", wrong["old"]})
	}
	return append(fields, passwordField{"password", w.T("page.password.new"), w.T("page.password.advice"), "new-password", wrong["password"]},
		passwordField{"repeat", w.T("page.password.repeat"), "", "new-password", wrong["repeat"]})
}

// password shows the form behind a link by mail. Looking at it changes nothing: mail scanners open links.
func (s room) password(c *gin.Context) error {
	a, err := s.linked(c)
	if errors.Is(err, store.ErrNotFound) {
		return s.showPassword(c, http.StatusGone, passwordPage{Gone: true})
	}
	if err != nil {
		return err
	}
	return s.showPassword(c, http.StatusOK, passwordPage{Account: a})
}

// linked is whose password the link may set. Who guesses is held back, though it is hopeless.
func (s room) linked(c *gin.Context) (store.Account, error) {
	if err := s.Limits.GuessedEnough(c.ClientIP()); err != nil {
		return store.Account{}, err
	}
	a, err := s.people.Linked(c.Request.Context(), web.Token(c))
	if errors.Is(err, store.ErrNotFound) {
		s.Limits.Guess(c.ClientIP())
	}
	return a, err
}

// choosePassword sets it and leads to the page where one signs in with it.
func (s room) choosePassword(c *gin.Context) error {
	page := passwordPage{}
	a, err := s.linked(c)
	if err == nil {
		page.Account = a
		err = s.people.Choose(c.Request.Context(), web.Token(c), c.PostForm("password"), c.PostForm("repeat"))
	}
	var wrong *casework.FormError
	switch {
	case errors.Is(err, store.ErrNotFound):
		return s.showPassword(c, http.StatusGone, passwordPage{Gone: true})
	case errors.As(err, &wrong):
		page.Wrong = web.Words(c).SayAll(wrong.Fields)
		return s.showPassword(c, http.StatusUnprocessableEntity, page)
	case err != nil:
		return err
	}
	c.Redirect(http.StatusSeeOther, "/login?chosen=1")
	return nil
}

func (s room) showPassword(c *gin.Context, status int, page passwordPage) error {
	page.Post, page.Fields = c.Request.URL.Path, passwordFields(c, page.Wrong, false)
	title := "page.password.title"
	if page.Gone {
		title = "page.password.gone.title"
	}
	return s.show(c, status, "password", web.Words(c).T(title), "", page)
}
