// Package public holds what anyone may open: the eligibility self-check, the first interest, a question. Nobody needs an
// account, and nothing is asked that can follow later.
package public

import (
	"embed"

	"github.com/gin-gonic/gin"

	"connex/api/web"
)

//go:embed templates
var files embed.FS

type room struct {
	web.Deps
	pages *web.Pages
}

// Register adds the pages' routes.
func Register(r *gin.Engine, d web.Deps) {
	s := room{d, web.NewPages(files, "guest")}
	r.GET("/check", d.Handle(s.check))
	r.POST("/check", d.Handle(s.answered))
	r.GET("/check/interest", d.Handle(s.ask(interest)))
	r.POST("/check/interest", d.Handle(s.start(interest)))
	r.GET("/check/question", d.Handle(s.ask(question)))
	r.POST("/check/question", d.Handle(s.start(question)))
	r.GET("/check/thanks", d.Handle(s.thanks))
}

func (s room) show(c *gin.Context, status int, page, title string, body any) error {
	return s.pages.Show(c, status, page, web.View{Title: title, Person: web.PersonOf(c), Imprint: s.Imprint(c), Body: body})
}
