// Package v1 is the JSON interface, as openapi.yaml describes it: what outside programs rely on. Its handlers read a
// request, ask the store or dispatch, and show the answer in the shapes that are promised; rules live elsewhere.
package v1

import (
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"

	"connex/api/web"
)

type server struct{ web.Deps }

// Register adds all routes under /api/v1. It fails where the description does not fit the forms.
func Register(r *gin.Engine, d web.Deps) error {
	s := server{d}
	description, err := Description()
	if err != nil {
		return fmt.Errorf("openapi: %w", err)
	}
	v1 := r.Group("/api/v1")
	v1.GET("/openapi.json", func(c *gin.Context) { c.Data(http.StatusOK, "application/json", description) })
	s.registerPeople(v1)
	s.registerRequests(v1)
	s.registerTasks(v1)
	s.registerPapers(v1)
	s.registerLinks(v1)
	return nil
}

func (s server) registerPeople(v1 *gin.RouterGroup) {
	v1.POST("/session", s.Handle(s.signIn))
	v1.DELETE("/session", s.Staff(s.signOut))
	v1.GET("/me", s.Staff(s.me))
	v1.GET("/me/absences", s.Staff(s.absences))
	v1.POST("/me/absences", s.Staff(s.addAbsence))
	v1.DELETE("/me/absences/:id", s.Staff(s.endAbsence))
	v1.GET("/experts", s.Staff(s.experts))
	v1.POST("/experts", s.Staff(s.addExpert))
	v1.GET("/experts/:id", s.Staff(s.expert))
	v1.PUT("/experts/:id", s.Staff(s.changeExpert))
}

func (s server) registerRequests(v1 *gin.RouterGroup) {
	v1.POST("/eligibility", s.Handle(s.eligibility))
	v1.POST("/first-interests", s.Handle(s.firstInterest))
	v1.GET("/requests", s.Staff(s.requests))
	v1.GET("/requests/:case", s.Staff(s.request))
	v1.GET("/requests/:case/trail", s.Staff(s.trail))
	v1.GET("/requests/:case/notes", s.Staff(s.notes))
	v1.POST("/requests/:case/notes", s.Staff(s.addNote))
	v1.GET("/requests/:case/expert-matches", s.Staff(s.expertMatches))
	v1.GET("/reports/portfolio", s.Staff(s.portfolio))
	v1.GET("/reports/portfolio.json", s.Staff(s.portfolio))
	v1.GET("/reports/portfolio.csv", s.Staff(s.portfolioCSV))
	v1.GET("/reports/portfolio.xlsx", s.Staff(s.portfolioXLSX))
}

func (s server) registerTasks(v1 *gin.RouterGroup) {
	v1.GET("/tasks", s.Staff(s.tasks))
	v1.GET("/tasks/:id", s.Staff(s.task))
	v1.POST("/tasks/:id/complete", s.Staff(s.complete))
	v1.POST("/tasks/:id/take", s.Staff(s.take))
	v1.POST("/tasks/:id/give-back", s.Staff(s.giveBack))
	v1.POST("/tasks/:id/reassign", s.Staff(s.reassign))
	v1.GET("/actions/:id", s.Staff(s.action))
}

func (s server) registerPapers(v1 *gin.RouterGroup) {
	v1.POST("/documents", s.Staff(s.addDocument))
	v1.GET("/documents/:id", s.Staff(s.document))
	v1.POST("/inbound-mail", s.Handle(s.inboundMail))
}

// registerLinks: the holder of a personal link does the same things by the same handlers, in one request.
func (s server) registerLinks(v1 *gin.RouterGroup) {
	link := v1.Group("/p/:token")
	link.GET("", s.Link(s.link))
	link.POST("/tasks/:id/complete", s.Link(s.complete))
	link.GET("/actions/:id", s.Link(s.action))
	link.POST("/documents", s.Link(s.addDocument))
	link.GET("/documents/:id", s.Link(s.document))
}
