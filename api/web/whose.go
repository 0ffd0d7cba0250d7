package web

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"connex/casework"
	"connex/store"
)

// What somebody types when their session has ended goes along to the page on which one signs in. It must not reach whoever
// else signs in there: so a browser keeps, for longer than any session lasts, a mark of whose session was the last in it.

const (
	whoseCookie = "connex-whose"
	whoseLife   = 90 * 24 * time.Hour
)

// Whose is the mark of whose session was the last in this browser; empty where there was none.
func Whose(c *gin.Context) string {
	mark, _ := c.Cookie(whoseCookie)
	return mark
}

// WhoseIs tells whether a mark is of this person.
func (d Deps) WhoseIs(mark string, p store.Person) bool {
	return mark == casework.BrowserMark(d.Config.Secret, p.ID)
}

// leaveMark says in the browser whose session this is.
func (d Deps) leaveMark(c *gin.Context) {
	p := PersonOf(c)
	if forPrograms(c.Request) || d.WhoseIs(Whose(c), p) {
		return
	}
	http.SetCookie(c.Writer, &http.Cookie{Name: whoseCookie, Value: casework.BrowserMark(d.Config.Secret, p.ID), Path: "/", MaxAge: int(whoseLife.Seconds()),
		Secure: d.Config.HTTPS(), HttpOnly: true, SameSite: http.SameSiteLaxMode})
}
