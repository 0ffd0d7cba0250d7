package staff

import (
	"errors"
	"net/http"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

// feedPart is what the page of the calendar says of the reader's feed.
type feedPart struct {
	Address string // empty: they have none
	New     bool   // it was made just now
}

// feedOf shows the secret address to its owner. Only its hash is in the database: the address is made anew each time.
func (s room) feedOf(c *gin.Context) (feedPart, error) {
	f, err := s.Store.FeedOf(c.Request.Context(), web.PersonOf(c))
	if errors.Is(err, store.ErrNotFound) {
		return feedPart{}, nil
	}
	return feedPart{Address: s.Config.PublicURL + "/calendar/feed/" + casework.FeedToken(s.Config.Secret, f.ID) + web.FeedSuffix, New: c.Query("feed") == "new"}, err
}

// renewFeed makes an address, and ends the one that there was.
func (s room) renewFeed(c *gin.Context) error {
	if !web.Reads(web.PersonOf(c)) {
		return web.Forbidden(casework.Sentence{})
	}
	id := uuid.NewString()
	hash := casework.TokenHash(casework.FeedToken(s.Config.Secret, id))
	if err := s.Store.RenewFeed(c.Request.Context(), web.PersonOf(c), id, hash); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/calendar?feed=new#feed")
	return nil
}

// revokeFeed ends it for good.
func (s room) revokeFeed(c *gin.Context) error {
	if err := s.Store.RevokeFeed(c.Request.Context(), web.PersonOf(c)); err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/calendar#feed")
	return nil
}

// feed is what a calendar program reads: what is due for whom the address belongs to. It names cases and tasks, and
// nothing else, since such programs hand on what they read.
func (s room) feed(c *gin.Context) error {
	calendar := ics.NewCalendarFor("CONNEX casework")
	calendar.SetMethod(ics.MethodPublish)
	calendar.SetXWRCalName(web.Words(c).T("calendar.feed.name"))
	calendar.SetRefreshInterval("PT1H")
	calendar.SetXPublishedTTL("PT1H")
	for f := (store.DueFilter{Mine: true, Limit: 200}); ; {
		due, err := s.Store.Due(c.Request.Context(), web.PersonOf(c), f)
		if err != nil {
			return err
		}
		for _, task := range due.Items {
			addEvent(calendar, web.Words(c), task)
		}
		if f.After = due.Next; f.After == "" {
			break
		}
	}
	c.Data(http.StatusOK, "text/calendar; charset=utf-8", []byte(calendar.Serialize(ics.WithNewLineWindows)))
	return nil
}

// addEvent adds a task as a whole day: the day on which it is due in its case's calendar.
func addEvent(calendar *ics.Calendar, w *words.Words, t store.DueTask) {
	event := calendar.AddEvent(string(t.ID) + "@connex")
	event.SetDtStampTime(time.Now().UTC())
	day, _ := time.Parse(casework.DateLayout, casework.DateOf(t.DueAt))
	event.SetAllDayStartAt(day)
	event.SetAllDayEndAt(day.AddDate(0, 0, 1)) // the end of a whole day is the day after
	event.SetSummary(string(t.CaseNumber) + " " + titleOf(w, store.Task{Kind: t.Kind, Activity: t.Activity, Role: casework.CaseOfficer}))
	event.SetTimeTransparency(ics.TransparencyTransparent)
}
