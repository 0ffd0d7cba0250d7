// Package links holds what governments and experts see by their personal links: the page of one person and one request.
// Their words are their own: no ratings, no flags, nothing that is meant for the staff. A GET changes nothing, ever, since
// mail scanners open links.
package links

import (
	"embed"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

//go:embed all:templates
var files embed.FS

type room struct {
	web.Deps
	pages *web.Pages
}

// Register adds the pages' routes.
func Register(r *gin.Engine, d web.Deps) {
	s := room{d, web.NewPages(files, "guest")}
	link := func(h web.Handler) gin.HandlerFunc { return d.LinkOr(h, s.former) }
	r.GET("/p/:token", link(s.page))
	r.GET("/p/:token/tasks/:id", link(s.task))
	r.POST("/p/:token/tasks/:id", link(s.complete))
	r.POST("/p/:token/tasks/:id/draft", d.Link(s.SaveDraft))
	r.GET("/p/:token/code", link(s.code))
	r.GET("/p/:token/write", link(s.write))
	r.POST("/p/:token/write", link(s.sendMessage))
	r.POST("/p/:token/documents", link(s.addDocument))
	r.GET("/p/:token/documents/:id", link(s.document))
	r.GET("/p/:token/events", d.Link(s.events))
	r.GET("/p/:token"+passedOn, link(s.stillTheirs))
	r.POST("/p/:token/new-link", d.Handle(s.newLink))
}

func home(c *gin.Context) string { return "/p/" + url.PathEscape(web.Token(c)) }

// show draws a page. The first one listens, and that of a form, of which only what stands above it may change.
func (s room) show(c *gin.Context, status int, page, title string, body any) error {
	view := web.View{Title: title, Person: web.PersonOf(c), Imprint: s.Imprint(c), Body: body}
	if page == "page" || page == "task" {
		view.Live = web.LineOf(c, home(c)+"/events")
	}
	return s.pages.Show(c, status, page, view)
}

func (s room) events(c *gin.Context) error {
	own := web.PersonOf(c).Link.CaseNumber
	return s.Events(c, func(n store.Notice) bool { return n.CaseNumber == own })
}

// addDocument keeps what they send without being asked.
func (s room) addDocument(c *gin.Context) error {
	post, err := web.ReadPost(c)
	if err != nil {
		return err
	}
	if len(post.Files["file"]) == 0 {
		return s.notAdded(c, post.Refuses(), post, post.FileFault())
	}
	link := web.PersonOf(c).Link
	if _, err := s.Keep(c, link.CaseNumber, link.Role, post, post.Values.Get("_key")); err != nil {
		return err
	}
	if full := post.Wrong["file"]; full.ID != "" {
		return s.notAdded(c, http.StatusRequestEntityTooLarge, post, full)
	}
	c.Redirect(http.StatusSeeOther, home(c)+"?added=1")
	return nil
}

// notAdded says beside the file why it was not.
func (s room) notAdded(c *gin.Context, status int, post web.Post, why casework.Sentence) error {
	return s.showPage(c, status, papers{Key: post.Values.Get("_key"), Title: post.Values.Get("title"), Fault: web.Words(c).Say(why)})
}

func (s room) document(c *gin.Context) error {
	d, err := s.Store.Document(c.Request.Context(), web.PersonOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	web.SendFile(c, d)
	return nil
}

// afterAction leads to the page that says what became of it.
func afterAction(c *gin.Context, kind casework.TaskKind, id casework.ActionID) {
	page := home(c)
	if kind == casework.ChangeContact {
		page += passedOn
	}
	c.Redirect(http.StatusSeeOther, page+"?action="+url.QueryEscape(string(id)))
}
