package links

import (
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// work is what only an expert sees: the activities they work in, and where they stand with the Code of Conduct.
type work struct {
	Activities []store.Activity
	Code       standing
	CodeHref   string
}

// standing is where an expert stands with the Code of Conduct. Their signature serves every request, so its days are real.
type standing struct {
	State           casework.CodeStanding
	Version         string
	Signed, GoodFor time.Time
}

func (s room) ofExpert(c *gin.Context, shown *page, r store.Request) error {
	p := web.PersonOf(c)
	activities, err := s.Store.WorkOf(c.Request.Context(), p, r.CaseNumber)
	if err != nil {
		return err
	}
	shown.Contact.Write = home(c) + "/write"
	shown.Work = &work{CodeHref: home(c) + "/code", Activities: slices.DeleteFunc(activities, func(a store.Activity) bool { return a.State == casework.ActivityCancelled })}
	shown.Work.Code, err = s.standing(c)
	return err
}

func (s room) standing(c *gin.Context) (standing, error) {
	e, err := s.Store.Expert(c.Request.Context(), web.PersonOf(c).ID)
	if err != nil {
		return standing{}, err
	}
	return standing{State: e.Standing(time.Now()), Version: e.CodeVersion, Signed: e.SignedAt, GoodFor: e.CodeGoodUntil()}, nil
}

type codePage struct {
	Back     string
	Code     casework.Code
	Standing standing
	Sign     string // where to sign, if that is asked for
}

// code shows the Code of Conduct to whom it binds, whether or not a signature is asked for.
func (s room) code(c *gin.Context) error {
	if !web.PersonOf(c).Has(casework.Expert) {
		return web.NotFound()
	}
	is, err := s.standing(c)
	if err != nil {
		return err
	}
	waiting, err := s.tasksOf(c, false)
	page := codePage{Back: home(c), Code: casework.CurrentCode(), Standing: is}
	for _, t := range waiting {
		if t.Kind == casework.SignCodeOfConduct {
			page.Sign = address(c, t.ID)
		}
	}
	if err != nil {
		return err
	}
	return s.show(c, http.StatusOK, "code", page.Code.Title, page)
}
