package staff

import (
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/people"
	"connex/api/web"
	"connex/casework"
	"connex/store"
)

type absencePage struct {
	Account  store.Account
	Own      bool // one's own; else an administrator's view of somebody's
	Where    string
	Done     string
	Absences []store.Absence // of the person
	Standing []store.Absence // in which they stand in
	Form     web.HTMLForm
}

// ownAbsence is for oneself, absenceOf for who administers.
func (s room) ownAbsence(c *gin.Context) error {
	return s.showAbsence(c, http.StatusOK, web.PersonOf(c).ID, web.Filling{})
}

func (s room) absenceOf(c *gin.Context) error {
	return s.showAbsence(c, http.StatusOK, casework.PersonID(c.Param("id")), web.Filling{})
}

func (s room) enterOwnAbsence(c *gin.Context) error { return s.enterAbsence(c, web.PersonOf(c).ID) }

func (s room) enterAbsenceOf(c *gin.Context) error {
	return s.enterAbsence(c, casework.PersonID(c.Param("id")))
}

func (s room) endOwnAbsence(c *gin.Context) error { return s.endAbsence(c, web.PersonOf(c).ID) }

func (s room) endAbsenceOf(c *gin.Context) error {
	return s.endAbsence(c, casework.PersonID(c.Param("id")))
}

// absenceForm asks from when until when, and who stands in.
func absenceForm(c *gin.Context, candidates []store.Account) casework.Form {
	w := web.Words(c)
	who := casework.Field{Name: "substitute", Type: casework.Choice, Required: true, Label: w.T("page.absence.who"), Help: w.T("page.absence.who-help")}
	for _, a := range candidates {
		who.Options = append(who.Options, casework.Option{Value: string(a.ID), Label: a.Name})
	}
	form := casework.Form{Fields: []casework.Field{{Name: "from", Type: casework.Date, Required: true, Label: w.T("page.absence.from")},
		{Name: "until", Type: casework.Date, Required: true, Label: w.T("page.absence.until")}}}
	if len(candidates) > 0 {
		who.Options = append(who.Options, casework.Option{Value: people.Nobody, Label: w.T("page.absence.who-nobody")})
		form.Fields = append(form.Fields, who)
	}
	return form
}

func (s room) enterAbsence(c *gin.Context, who casework.PersonID) error {
	typed, err := postedForm(c, absenceForm(c, []store.Account{{}}))
	if err != nil {
		return err
	}
	a := store.Absence{Account: who, Substitute: casework.PersonID(typed.String("substitute")), From: typed.String("from"), Until: typed.String("until")}
	err = s.people.EnterAbsence(c.Request.Context(), web.PersonOf(c), a)
	var wrong *casework.FormError
	if errors.As(err, &wrong) {
		return s.showAbsence(c, http.StatusUnprocessableEntity, who, web.Filling{Typed: typed, Wrong: wrong.Fields})
	}
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, c.Request.URL.Path+"?done=entered")
	return nil
}

func (s room) endAbsence(c *gin.Context, who casework.PersonID) error {
	if err := s.people.EndAbsence(c.Request.Context(), web.PersonOf(c), who, c.PostForm("absence")); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, s.absencePath(c, who)+"?done=ended")
	return nil
}

// absencePath is the page of one's own absences, or that of somebody else.
func (s room) absencePath(c *gin.Context, who casework.PersonID) string {
	if c.Param("id") == "" {
		return "/settings/absence"
	}
	return "/admin/people/" + string(who) + "/absence"
}

func (s room) showAbsence(c *gin.Context, status int, who casework.PersonID, f web.Filling) error {
	ctx, w := c.Request.Context(), web.Words(c)
	a, err := s.Store.Account(ctx, who)
	if err != nil {
		return err
	}
	accounts, err := s.Store.Accounts(ctx)
	if err != nil {
		return err
	}
	all, err := s.Store.Absences(ctx, time.Now())
	if err != nil {
		return err
	}
	page := absencePage{Account: a, Own: c.Param("id") == "", Where: s.absencePath(c, who)}
	for _, one := range all {
		if one.Account == who {
			page.Absences = append(page.Absences, one)
		} else if one.Substitute == who {
			page.Standing = append(page.Standing, one)
		}
	}
	f.Words, f.Form = w, absenceForm(c, people.Substitutes(accounts, a))
	page.Form = f.HTML(page.Where, web.NewKey())
	page.Form.Submit = w.T("page.absence.button")
	if done := c.Query("done"); done == "entered" || done == "ended" {
		page.Done = w.T("page.absence." + done)
	}
	section := "settings"
	if !page.Own {
		section = "admin"
	}
	return s.show(c, status, "absence", w.T("page.absence.title"), section, page)
}
