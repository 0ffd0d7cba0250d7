// Package staff holds the pages of those who sign in: a file and a template for each. They show what the store has and
// hand what people do to dispatch; they decide nothing.
package staff

import (
	"embed"

	"github.com/gin-gonic/gin"

	"connex/api/people"
	"connex/api/web"
	"connex/casework"
	"connex/store"
)

//go:embed all:templates
var files embed.FS

// room is what the pages share.
type room struct {
	web.Deps
	pages  *web.Pages
	people people.People
}

// Register adds the pages' routes.
func Register(r *gin.Engine, d web.Deps) {
	s := room{d, web.NewPages(files, "staff"), people.People{Store: d.Store, Post: d.Dispatch, Secret: d.Config.Secret, PublicURL: d.Config.PublicURL}}
	s.SignInAgain = s.signInAgain
	d = s.Deps
	r.GET("/login", d.Handle(s.login))
	r.POST("/login", d.Handle(s.signIn))
	r.POST("/logout", d.Handle(s.signOut))
	r.GET("/forgotten", d.Handle(s.forgotten))
	r.POST("/forgotten", d.Handle(s.mailForgotten))
	r.GET("/password/:token", d.Handle(s.password))
	r.POST("/password/:token", d.Handle(s.choosePassword))
	r.GET("/", d.Staff(s.inbox))
	r.GET("/morning", d.Staff(s.morning))
	r.GET("/morning/said", d.Staff(s.heard))
	r.POST("/morning/said/:id", d.Staff(s.hear))
	r.GET("/check-ins", d.Staff(s.checkIns))
	r.POST("/check-ins", d.Staff(s.answerCheckIns))
	r.POST("/check-ins/draft", d.Staff(s.draftCheckIns))
	s.registerPortfolio(r)
	s.registerCalendar(r)
	s.registerSearch(r)
	r.GET("/requests/new", d.Staff(s.newRequest))
	r.POST("/requests/new", d.Staff(s.startRequest))
	r.GET("/requests/:case", d.Staff(s.request))
	r.POST("/requests/:case/documents", d.Staff(s.addDocument))
	r.POST("/requests/:case/notes", d.Staff(s.addNote))
	r.POST("/notes/:id/read", d.Staff(s.readNote))
	r.GET("/tasks/:id", d.Staff(s.task))
	r.POST("/tasks/:id", d.Staff(s.complete))
	r.POST("/tasks/:id/draft", d.Staff(s.SaveDraft))
	r.GET("/tasks/:id/copy", d.Staff(s.copyFrom))
	r.POST("/tasks/:id/copy", d.Staff(s.takeOver))
	r.POST("/tasks/:id/take", d.Staff(s.take))
	r.POST("/tasks/:id/give-back", d.Staff(s.giveBack))
	r.GET("/tasks/:id/reassign", d.Staff(s.task)) // what was refused stands at this address, and is asked for again
	r.POST("/tasks/:id/reassign", d.Staff(s.reassign))
	r.GET("/mails", d.Staff(s.mails))
	r.GET("/mails/:id", d.Staff(s.mail))
	r.POST("/mails/:id/start", d.Staff(s.startFromMail))
	r.POST("/mails/:id/file", d.Staff(s.fileMail))
	r.POST("/mails/aside", d.Staff(s.setAside))
	r.POST("/mails/:id/back", d.Staff(s.putBack))
	r.GET("/mails/:id/files/:number", d.Staff(s.mailFile))
	r.GET("/mails/:id/raw", d.Staff(s.rawMail))
	r.GET("/experts", d.Staff(s.experts))
	r.GET("/experts/:id", d.Staff(s.expert))
	r.POST("/experts/:id", d.Staff(s.saveExpert))
	r.GET("/reports", d.Staff(s.reports))
	r.GET("/reports/weekly", d.Staff(s.weekly))
	r.GET("/reports/weekly.csv", d.Staff(s.weeklyCSV))
	r.GET("/design", d.Staff(s.design))
	r.GET("/help", d.Staff(s.help))
	r.GET("/settings", d.Staff(s.settings))
	r.POST("/settings", d.Staff(s.saveSettings))
	r.POST(passwordsForm, d.Staff(s.changePassword))
	r.GET("/settings/absence", d.Staff(s.ownAbsence))
	r.POST("/settings/absence", d.Staff(s.enterOwnAbsence))
	r.POST("/settings/absence/end", d.Staff(s.endOwnAbsence))
	s.administration(r)
	r.GET("/events", d.Staff(s.events))
}

// show draws a page for who is signed in.
func (s room) show(c *gin.Context, status int, page, title, section string, body any) error {
	return s.pages.Show(c, status, page, web.View{Title: title, Person: web.PersonOf(c), Section: section, Live: liveFor(c, page), Body: body})
}

// liveFor is where a page hears of changes: a case of its own, the lists of all.
func liveFor(c *gin.Context, page string) string {
	switch page {
	case "request":
		return lineOfCase(c, casework.CaseNumber(c.Param("case")))
	case "inbox", "morning", "requests", "calendar", "checkins", "mails", "heard":
		return web.LineOf(c, "/events")
	}
	return ""
}

func lineOfCase(c *gin.Context, n casework.CaseNumber) string {
	return web.LineOf(c, "/events?case="+string(n))
}

// events are for an open page; of a case only for who may see it.
func (s room) events(c *gin.Context) error {
	n := casework.CaseNumber(c.Query("case"))
	if n != "" {
		if _, err := s.Store.Request(c.Request.Context(), web.PersonOf(c), n); err != nil {
			return err
		}
	}
	return s.Events(c, func(notice store.Notice) bool { return n == "" || notice.CaseNumber == n })
}
