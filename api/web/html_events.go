package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"connex/store"
)

const (
	breathEvery = 15 * time.Second // so that nobody takes the line for dead, neither between us nor in the page
	breathTime  = 10 * time.Second // within which the reader must take what is written
	streamLife  = 10 * time.Minute // then the browser comes again, and shows again who it is
	gatherFor   = 300 * time.Millisecond
)

// Events tells an open page that what it shows may have changed; the page then looks again. Nothing of a case goes over
// this line. It ends with the session's next check, or with the program.
func (d Deps) Events(c *gin.Context, shown func(store.Notice) bool) error {
	notices, stop := d.Store.SubscribeSince(readAt(c))
	defer stop()
	c.Header("Content-Type", "text/event-stream")
	c.Header("X-Accel-Buffering", "no")
	line := stream{c, http.NewResponseController(c.Writer)}
	breath, end := time.NewTicker(breathEvery), time.After(streamLife)
	defer breath.Stop()
	for err := line.write(": hello\nretry: 3000\n\n"); err == nil; {
		select {
		case n := <-notices:
			if n.Again || shown(n) {
				gather(notices, gatherFor)
				err = line.write("event: changed\ndata: \n\n")
			}
		case <-breath.C:
			err = line.write("event: breath\ndata: \n\n")
		case <-end:
			return nil
		case <-d.Stopping.Done():
			return nil
		case <-c.Request.Context().Done():
			return nil
		}
	}
	return nil // who went away cannot be told anything
}

// LineOf is the address by which a page hears of changes: of those too that came between its reading and its line.
func LineOf(c *gin.Context, address string) string {
	to, err := url.Parse(address)
	if err != nil {
		return address
	}
	query := to.Query()
	query.Set("since", strconv.FormatInt(beganAt(c).UnixMilli(), 10))
	to.RawQuery = query.Encode()
	return to.String()
}

// readAt is when the page that listens was read.
func readAt(c *gin.Context) time.Time {
	since, err := strconv.ParseInt(c.Query("since"), 10, 64)
	if err != nil {
		return time.Now()
	}
	return time.UnixMilli(since)
}

// gather lets what comes at once be told once.
func gather(notices <-chan store.Notice, within time.Duration) {
	for enough := time.After(within); ; {
		select {
		case <-notices:
		case <-enough:
			return
		}
	}
}

type stream struct {
	c    *gin.Context
	line *http.ResponseController
}

func (s stream) write(text string) error {
	if err := s.line.SetWriteDeadline(time.Now().Add(breathTime)); err != nil {
		return fmt.Errorf("events: %w", err)
	}
	if _, err := s.c.Writer.WriteString(text); err != nil {
		return err
	}
	return s.line.Flush()
}
