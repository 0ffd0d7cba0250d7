package v1

import (
	"cmp"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/people"
	"connex/api/web"
	"connex/casework"
	"connex/store"
)

type absenceJSON struct {
	ID         string  `json:"id"`
	Name       string  `json:"name"`
	From       string  `json:"from"`
	Until      string  `json:"until"`
	Now        bool    `json:"now"`
	Substitute *string `json:"substitute"`
	Mine       bool    `json:"mine"` // else it is somebody's for whom I stand in
}

func absenceOf(a store.Absence, reader casework.PersonID) absenceJSON {
	return absenceJSON{ID: a.ID, Name: a.Name, From: a.From, Until: a.Until, Now: a.Now, Substitute: orNull(a.SubstituteName), Mine: a.Account == reader}
}

func (s server) people() people.People {
	return people.People{Store: s.Store, Post: s.Dispatch, Secret: s.Config.Secret, PublicURL: s.Config.PublicURL}
}

// absences are one's own that last or are to come, and those in which one stands in.
func (s server) absences(c *gin.Context) error {
	me := web.PersonOf(c).ID
	all, err := s.Store.Absences(c.Request.Context(), time.Now())
	if err != nil {
		return err
	}
	var items []absenceJSON
	for _, a := range all {
		if a.Account == me || a.Substitute == me {
			items = append(items, absenceOf(a, me))
		}
	}
	c.JSON(http.StatusOK, pageOf(items, ""))
	return nil
}

// addAbsence enters one's own. The substitute is an address, or null where nobody is to stand in.
func (s server) addAbsence(c *gin.Context) error {
	var body struct {
		From       string  `json:"from"`
		Until      string  `json:"until"`
		Substitute *string `json:"substitute"`
	}
	if err := web.ReadJSON(c, &body); err != nil {
		return err
	}
	p, a := web.PersonOf(c), store.Absence{From: body.From, Until: body.Until, Substitute: people.Nobody}
	a.Account = p.ID
	if body.Substitute != nil {
		account, err := s.Store.AccountByEmail(c.Request.Context(), strings.TrimSpace(*body.Substitute))
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		a.Substitute = cmp.Or(account.ID, "unknown")
	}
	if err := s.people().EnterAbsence(c.Request.Context(), p, a); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}

func (s server) endAbsence(c *gin.Context) error {
	p := web.PersonOf(c)
	if err := s.people().EndAbsence(c.Request.Context(), p, p.ID, c.Param("id")); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}
