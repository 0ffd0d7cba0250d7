package staff

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"connex/api/web"
)

type loginPage struct {
	Next, Email, Wrong string
	Chosen             bool // a password was chosen just now
	Kept               []web.HTMLHidden
	Whose              string // the mark of who typed it
	Ended              bool   // a session, in the middle of a form
}

// keptPrefix marks what somebody had typed elsewhere when their session ended.
const keptPrefix = "_kept."

// resumePage is for whoever has signed in again in the middle of a form.
type resumePage struct {
	Post    string
	Kept    []web.HTMLHidden
	Task    bool // the form is a task's: it is shown again before it is sent
	Another bool // it was somebody else who filled it in
}

// passwordsForm is posted to where one changes one's password: that is typed anew, wherever it was to go.
const passwordsForm = "/settings/password"

// signInAgain is the page for whoever posts a form when their session has ended. What they typed goes with them, but for
// passwords; files have to be chosen anew. In a browser that knows of nobody it would be anybody's.
func (s room) signInAgain(c *gin.Context, typed url.Values) error {
	page := loginPage{Next: web.SafeNext(c.Request.URL.RequestURI()), Whose: web.Whose(c), Ended: true}
	if c.FullPath() == passwordsForm {
		page.Next = "/settings"
		return s.showLogin(c, http.StatusUnauthorized, page)
	}
	if page.Whose != "" {
		page.Kept = hiddenOf(typed, func(name string) (string, bool) { return keptPrefix + name, true })
	}
	return s.showLogin(c, http.StatusUnauthorized, page)
}

// hiddenOf are posted values to be posted again, under the names that they shall have.
func hiddenOf(values url.Values, rename func(string) (string, bool)) (hidden []web.HTMLHidden) {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if as, wanted := rename(name); wanted {
			for _, value := range values[name] {
				hidden = append(hidden, web.HTMLHidden{Name: as, Value: value})
			}
		}
	}
	return hidden
}

// kept are the values of signInAgain's page, under the names that they had first.
func kept(c *gin.Context) []web.HTMLHidden {
	return hiddenOf(c.Request.PostForm, func(name string) (string, bool) { return strings.CutPrefix(name, keptPrefix) })
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
	page := loginPage{Next: web.SafeNext(c.PostForm("next")), Email: c.PostForm("email"), Whose: c.PostForm("whose")}
	p, err := s.SignIn(c, page.Email, c.PostForm("password"))
	typed := kept(c)
	var wrong *web.Problem
	if errors.As(err, &wrong) {
		page.Wrong, page.Kept = wrong.Said(web.Words(c)), hiddenOf(c.Request.PostForm, func(name string) (string, bool) { return name, strings.HasPrefix(name, keptPrefix) })
		return s.showLogin(c, wrong.Status, page)
	}
	if err != nil {
		return err
	}
	if len(typed) > 0 {
		resumed := resumePage{Post: page.Next, Kept: typed, Task: taskPath.MatchString(page.Next)}
		if !s.WhoseIs(page.Whose, p) {
			resumed = resumePage{Another: true}
		}
		return s.show(c, http.StatusOK, "resume", web.Words(c).T("page.resume.title"), "", resumed)
	}
	c.Redirect(http.StatusSeeOther, page.Next)
	return nil
}

var taskPath = regexp.MustCompile(`^/tasks/[^/]+$`)

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
