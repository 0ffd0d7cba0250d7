package web

import (
	"embed"
	"io/fs"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"
)

//go:embed errorpage
var errorFiles embed.FS

// errorPages has the same page in both layouts: staff keep their navigation, guests get none.
var errorPages = sync.OnceValue(func() map[string]*Pages {
	room, err := fs.Sub(errorFiles, "errorpage")
	if err != nil {
		panic(err)
	}
	return map[string]*Pages{"staff": NewPages(room, "staff"), "guest": NewPages(room, "guest")}
})

// wentWrong is the page of an error.
type wentWrong struct {
	Title, Detail, Then string
	Home, HomeWord      string // where to go on; empty for who came by nothing that we know
}

// ErrorPage shows what went wrong: by its status, with the sentence of the rule that refused, or with that which names the
// reference under which a fault stands in the log.
func ErrorPage(c *gin.Context, status int, detail string) {
	person, w := PersonOf(c), Words(c)
	layout, body := "guest", wentWrong{Detail: detail}
	if person.ID != "" && person.Link == nil {
		layout = "staff"
	}
	body.Home, body.HomeWord = goOn(c)
	known := strconv.Itoa(status)
	if !w.Has("page.error." + known + ".title") {
		known = "other"
	}
	body.Title, body.Then = w.T("page.error."+known+".title"), w.T("page.error."+known+".then")
	if own := "page.error." + known + ".staff"; layout == "staff" && w.Has(own) {
		body.Then = w.T(own)
	}
	if err := errorPages()[layout].Show(c, status, "error", View{Title: body.Title, Person: person, Body: body}); err != nil {
		http.Error(c.Writer, detail, status) // the page itself is at fault: a test shows each of them
	}
}

// goOn is where somebody begins again, and the word for it.
func goOn(c *gin.Context) (where, word string) {
	person := PersonOf(c)
	switch {
	case person.Link != nil:
		return "/p/" + url.PathEscape(Token(c)), "page.error.own-page"
	case person.ID != "":
		return "/", "page.error.home"
	case c.Request.URL.Path == "/check" || strings.HasPrefix(c.Request.URL.Path, "/check/"):
		return "/check", "page.error.check"
	}
	return "", ""
}
