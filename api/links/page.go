package links

import (
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

type page struct {
	Words      headings
	Name       string
	CaseNumber casework.CaseNumber
	Result     *web.Result
	Steps      []step
	Ending     string
	Next       string
	Tasks, May []asked
	Documents  []paper
	Upload     upload
	Officer    *store.Person
}

// headings are the keys of what is said otherwise to a government than to an expert.
type headings struct{ Title, Asked, None string }

type asked struct {
	Title, Href string
	DueAt       *time.Time
}

type paper struct {
	store.Document
	Href string
}

type upload struct{ Post, Key string }

// page is where a link leads: where the request stands, what we wait for, and what happens next.
func (s room) page(c *gin.Context) error {
	ctx, p, w := c.Request.Context(), web.PersonOf(c), web.Words(c)
	request, err := s.Store.Request(ctx, p, p.Link.CaseNumber)
	if err != nil {
		return err
	}
	role := string(p.Link.Role)
	shown := page{Words: headings{"guest.title." + role, "guest.asked." + role, "guest.none." + role}, Name: p.Name, CaseNumber: request.CaseNumber,
		Ending: endedWords(w, p, request), Upload: upload{home(c) + "/documents", web.NewKey()}}
	if p.Link.Role == casework.Government {
		shown.Steps = stepsOf(request)
	}
	if err := errors.Join(s.tasks(c, &shown), s.papers(c, &shown), s.others(c, &shown, request)); err != nil {
		return err
	}
	shown.Next = nextWords(w, p, request, len(shown.Tasks) > 0)
	return s.show(c, http.StatusOK, "page", w.T(shown.Words.Title), shown)
}

// tasks are what waits for them, and what they may do at any time.
func (s room) tasks(c *gin.Context, shown *page) error {
	for _, standing := range []bool{false, true} {
		tasks, err := s.Store.Tasks(c.Request.Context(), web.PersonOf(c), store.TaskFilter{Mine: true, Standing: standing})
		if err != nil {
			return err
		}
		for _, t := range tasks.Items {
			one := asked{Title: web.KindTitle(web.Words(c), string(t.Kind)), Href: home(c) + "/tasks/" + string(t.ID), DueAt: t.DueAt}
			if standing {
				shown.May = append(shown.May, one)
			} else {
				shown.Tasks = append(shown.Tasks, one)
			}
		}
	}
	return nil
}

func (s room) papers(c *gin.Context, shown *page) error {
	documents, err := s.Store.Documents(c.Request.Context(), web.PersonOf(c), shown.CaseNumber)
	for _, d := range documents {
		shown.Documents = append(shown.Documents, paper{d, home(c) + "/documents/" + d.ID})
	}
	return err
}

// others are what became of their action, and who writes to them.
func (s room) others(c *gin.Context, shown *page, request store.Request) (err error) {
	if shown.Result, err = s.ResultOf(c); err != nil {
		return err
	}
	if shown.Result != nil && shown.Result.State != store.Refused {
		shown.Result.Reason = web.Words(c).T("guest.result." + string(shown.Result.State))
	}
	officer, err := s.Store.Staff(c.Request.Context(), request.Officer)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	shown.Officer = &officer
	return err
}

func endedWords(w *words.Words, p store.Person, r store.Request) string {
	switch {
	case r.Ending == "":
		return ""
	case p.Link.Role == casework.Expert:
		return w.T("guest.ended.expert")
	}
	return w.T("guest.ended." + string(r.Ending))
}

func nextWords(w *words.Words, p store.Person, r store.Request, asked bool) string {
	switch {
	case r.Ending != "":
		return ""
	case asked:
		return w.T("guest.happens.asked." + string(p.Link.Role))
	case p.Link.Role == casework.Expert:
		return w.T("guest.happens.expert")
	case r.Withdrawn:
		return w.T("guest.ended.withdrawn")
	case r.Suspended:
		return w.T("guest.happens.suspended")
	}
	return w.T("guest.happens." + string(r.Phase))
}
