package v1

import (
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

type expertJSON struct {
	ID            casework.PersonID     `json:"id"`
	Name          string                `json:"name"`
	Email         string                `json:"email"`
	Disciplines   []string              `json:"disciplines"`
	Languages     []string              `json:"languages"`
	Countries     []string              `json:"countries"`
	Commodities   []string              `json:"commodities"`
	Available     bool                  `json:"available"`
	CodeOfConduct casework.CodeStanding `json:"codeOfConduct"`
}

func expertOf(e store.Expert) expertJSON {
	return expertJSON{ID: e.ID, Name: e.Name, Email: e.Email, Disciplines: list([]string(e.Disciplines)), Languages: list([]string(e.Languages)),
		Countries: list([]string(e.Countries)), Commodities: list([]string(e.Commodities)), Available: e.Available,
		CodeOfConduct: e.Standing(time.Now())}
}

// mayKeepRoster: the roster is no case content, so the administrator keeps it as well.
func mayKeepRoster(c *gin.Context) error {
	return web.Needs(web.PersonOf(c), casework.Administrator, casework.CaseOfficer)
}

func mayReadRoster(c *gin.Context) error {
	return web.Needs(web.PersonOf(c), casework.Administrator, casework.CaseOfficer, casework.Auditor)
}

func (s server) experts(c *gin.Context) error {
	if err := mayReadRoster(c); err != nil {
		return err
	}
	return listed(c, func(most int, after string) (store.Page[store.Expert], error) {
		return s.Store.Experts(c.Request.Context(), most, after)
	}, expertOf)
}

func (s server) expert(c *gin.Context) error {
	if err := mayReadRoster(c); err != nil {
		return err
	}
	e, err := s.Store.Expert(c.Request.Context(), casework.PersonID(c.Param("id")))
	if err != nil {
		return err
	}
	c.JSON(http.StatusOK, expertOf(e))
	return nil
}

func (s server) addExpert(c *gin.Context) error {
	if err := mayKeepRoster(c); err != nil {
		return err
	}
	e, err := readExpert(c)
	if err != nil {
		return err
	}
	e, err = s.Store.AddExpert(c.Request.Context(), e)
	if err != nil {
		return taken(err)
	}
	c.Header("Location", "/api/v1/experts/"+string(e.ID))
	c.JSON(http.StatusCreated, expertOf(e))
	return nil
}

func (s server) changeExpert(c *gin.Context) error {
	if err := mayKeepRoster(c); err != nil {
		return err
	}
	id := casework.PersonID(c.Param("id"))
	if _, err := s.Store.Expert(c.Request.Context(), id); err != nil {
		return err
	}
	e, err := readExpert(c)
	if err != nil {
		return err
	}
	e.ID = id
	if e, err = s.Store.ChangeExpert(c.Request.Context(), e); err != nil {
		return taken(err)
	}
	c.JSON(http.StatusOK, expertOf(e))
	return nil
}

func taken(err error) error {
	if errors.Is(err, store.ErrAddressTaken) {
		return web.Invalid(casework.Faults{"email": casework.Say("invalid.email-taken")})
	}
	return err
}

// readExpert takes an entry as it was given out: what only we know of it is ignored.
func readExpert(c *gin.Context) (store.Expert, error) {
	body := casework.Values{}
	if err := web.ReadJSON(c, &body); err != nil {
		return store.Expert{}, err
	}
	delete(body, "id")
	delete(body, "codeOfConduct")
	v, err := casework.Decode(casework.FormContext{}, web.ExpertForm(), body)
	if err != nil {
		return store.Expert{}, err
	}
	return web.ExpertIn(v), nil
}
