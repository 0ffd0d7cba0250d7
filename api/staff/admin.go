package staff

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/people"
	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// administration registers the pages of those who administer.
func (s room) administration(r *gin.Engine) {
	only := func(h web.Handler) gin.HandlerFunc {
		return s.Staff(func(c *gin.Context) error {
			if err := web.Needs(web.PersonOf(c), casework.Administrator); err != nil {
				return err
			}
			return h(c)
		})
	}
	r.GET("/admin", only(s.admin))
	r.GET("/admin/trail", only(s.adminTrail))
	r.GET("/admin/settings", only(s.adminSettings))
	r.GET("/admin/settings/:group", only(s.adminSettingsForm))
	r.POST("/admin/settings/:group", only(s.changeAdminSettings))
	r.GET("/admin/people/new", only(s.invitation))
	r.POST("/admin/people/new", only(s.invite))
	r.GET("/admin/people/:id", only(s.person))
	r.POST("/admin/people/:id", only(s.changePerson))
	r.POST("/admin/people/:id/invite", only(s.inviteAgain))
	r.GET("/admin/people/:id/absence", only(s.absenceOf))
	r.POST("/admin/people/:id/absence", only(s.enterAbsenceOf))
	r.POST("/admin/people/:id/absence/end", only(s.endAbsenceOf))
	r.GET("/admin/people/:id/leave", only(s.leave))
	r.POST("/admin/people/:id/leave", only(s.letLeave))
}

type adminPage struct {
	Accounts []store.Account
	FewHeads bool
	NoPhone  []string // case officers whose mails would name no telephone
	Away     map[casework.PersonID]store.Absence
	Welcome  *welcome // on a first visit of who has no inbox
}

// admin lists the accounts.
func (s room) admin(c *gin.Context) error {
	accounts, err := s.Store.Accounts(c.Request.Context())
	if err != nil {
		return err
	}
	absences, err := s.Store.Absences(c.Request.Context(), time.Now())
	if err != nil {
		return err
	}
	page := adminPage{Accounts: accounts, FewHeads: people.FewHeads(accounts), Away: map[casework.PersonID]store.Absence{}}
	settings, err := s.Store.Settings(c.Request.Context())
	if err != nil {
		return err
	}
	if settings.Letterhead().Telephone == "" {
		page.NoPhone = people.Unreachable(accounts)
	}
	for _, a := range absences {
		if a.Now {
			page.Away[a.Account] = a
		}
	}
	if p := web.PersonOf(c); !web.Reads(p) {
		before, err := s.visited(c)
		if err != nil {
			return err
		}
		page.Welcome = welcomeFor(web.Words(c), p, before, nil)
	}
	return s.show(c, http.StatusOK, "admin", web.Words(c).T("page.people.title"), "admin", page)
}

type adminTrailPage struct {
	Deeds []deedLine
	Next  string
}

// deedLine is a line of the administration's trail in words.
type deedLine struct {
	store.Deed
	Was, Becomes string
}

// adminTrail shows what was changed about people.
func (s room) adminTrail(c *gin.Context) error {
	deeds, err := s.Store.AdminTrail(c.Request.Context(), "", 0, c.Query("after"))
	if err != nil {
		return err
	}
	page := adminTrailPage{Deeds: deedLines(c, deeds.Items), Next: nextPage(c, deeds.Next)}
	return s.show(c, http.StatusOK, "admintrail", web.Words(c).T("page.adminlog.title"), "admin", page)
}

func deedLines(c *gin.Context, deeds []store.Deed) (lines []deedLine) {
	for _, d := range deeds {
		line := deedLine{d, d.Was, d.Becomes}
		if d.What == store.DeedRoles || d.What == store.DeedInvited {
			line.Was, line.Becomes = rolesIn(c, d.Was), rolesIn(c, d.Becomes)
		}
		if d.What == store.DeedAbsence {
			line.Was, line.Becomes = daysIn(c, d.Was), daysIn(c, d.Becomes)
		}
		lines = append(lines, line)
	}
	return lines
}
