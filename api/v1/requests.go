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

type lineJSON struct {
	headJSON
	Officer    *officerJSON        `json:"officer"`
	WaitingFor []casework.TaskKind `json:"waitingFor"`
	DueAt      *time.Time          `json:"dueAt"`
	Overdue    bool                `json:"overdue"`
	OpenedAt   time.Time           `json:"openedAt"`
	Next       nextJSON            `json:"next"`
}

func lineOf(l store.PortfolioLine) lineJSON {
	j := lineJSON{headJSON: headJSON{CaseNumber: l.CaseNumber, Phase: l.Phase, Ending: orNull(l.Ending), Suspended: l.Suspended, Country: orNull(l.Country),
		Institution: orNull(l.Institution), Sector: orNull(l.Sector), Resource: orNull(l.Resource)}, WaitingFor: list([]casework.TaskKind(l.WaitingFor)),
		DueAt: instant(l.DueAt), Overdue: l.Overdue, OpenedAt: l.OpenedAt.UTC(), Next: nextOf(l.Next)}
	if l.Officer != "" {
		j.Officer = &officerJSON{ID: l.Officer, Name: l.OfficerName, Email: l.OfficerEmail}
	}
	return j
}

func (s server) requests(c *gin.Context) error {
	overdue, err := flag(c, "overdue")
	if err != nil {
		return err
	}
	return listed(c, func(most int, after string) (store.Page[store.PortfolioLine], error) {
		return s.Store.Requests(c.Request.Context(), web.PersonOf(c), store.PortfolioFilter{Phase: casework.Phase(c.Query("phase")),
			Country: c.Query("country"), Officer: c.Query("officer"), WaitingFor: c.Query("waitingFor"), Overdue: overdue, Text: c.Query("q"),
			After: after, Limit: most})
	}, lineOf)
}

func (s server) request(c *gin.Context) error {
	view, err := s.Store.RequestView(c.Request.Context(), web.PersonOf(c), casework.CaseNumber(c.Param("case")))
	if err != nil {
		return err
	}
	c.JSON(http.StatusOK, requestOf(web.Words(c), view))
	return nil
}

// shown is the request as this person sees it after a deed; nothing for who may no longer see it.
func (s server) shown(c *gin.Context, n casework.CaseNumber) (any, error) {
	ctx, p := c.Request.Context(), web.PersonOf(c)
	if p.Link != nil {
		r, err := s.Store.Request(ctx, p, n)
		if errors.Is(err, store.ErrNotFound) {
			return nil, nil // they passed it on, and the link with it
		}
		return linkRequestOf(r, p), err
	}
	view, err := s.Store.RequestView(ctx, p, n)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	return requestOf(web.Words(c), view), err
}
