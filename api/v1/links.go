package v1

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"connex/api/dispatch"
	"connex/api/web"
	"connex/casework"
	"connex/store"
)

type linkRequestJSON struct {
	CaseNumber casework.CaseNumber `json:"caseNumber"`
	Phase      casework.Phase      `json:"phase"`
	Ending     *casework.Ending    `json:"ending"`
	Clock      clockJSON           `json:"clock"`
	Next       nextJSON            `json:"next"`
}

// linkRequestOf tells a guest what comes next only where it is theirs: what the staff does next may say how the request
// was rated.
func linkRequestOf(r store.Request, p store.Person) linkRequestJSON {
	next := casework.Next{}
	switch {
	case r.Open() && p.Has(r.Next.Who):
		next = r.Next
	case r.Open():
		next = casework.Next{What: string(r.Phase), Who: casework.CaseOfficer}
	}
	return linkRequestJSON{CaseNumber: r.CaseNumber, Phase: r.Phase, Ending: orNull(r.Ending), Clock: clockOf(r), Next: nextOf(next)}
}

// link is all that the holder of a personal link sees. It changes nothing: mail scanners open links.
func (s server) link(c *gin.Context) error {
	ctx, p := c.Request.Context(), web.PersonOf(c)
	r, err := s.Store.Request(ctx, p, p.Link.CaseNumber)
	if err != nil {
		return err
	}
	waiting, err := s.sheets(c, false)
	if err != nil {
		return err
	}
	standing, err := s.sheets(c, true)
	if err != nil {
		return err
	}
	documents, err := s.Store.Documents(ctx, p, p.Link.CaseNumber)
	if err != nil {
		return err
	}
	c.JSON(http.StatusOK, gin.H{"person": personJSON{Role: p.Link.Role, Name: p.Name}, "request": linkRequestOf(r, p),
		"tasks": sheetsOf(web.Words(c), waiting), "standingTasks": sheetsOf(web.Words(c), standing), "documents": documentsOf(documents)})
	return nil
}

func (s server) sheets(c *gin.Context, standing bool) ([]dispatch.Sheet, error) {
	ctx, p := c.Request.Context(), web.PersonOf(c)
	page, err := s.Store.Tasks(ctx, p, store.TaskFilter{Standing: standing, Case: p.Link.CaseNumber, Limit: mostItems})
	if err != nil {
		return nil, err
	}
	return s.Dispatch.Sheets(ctx, p, page.Items)
}
