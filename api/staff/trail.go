package staff

import (
	"errors"
	"log/slog"
	"net/url"
	"time"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// storyLine is an entry of the trail as one tells it.
type storyLine struct {
	At           time.Time
	Text, Reason string
}

const trailPiece = 200

// trail is a piece of the story, and where it goes on.
func (r reading) trail() (lines []storyLine, more string, err error) {
	page, err := r.Store.Trail(r.c.Request.Context(), r.p, r.view.CaseNumber, trailPiece, r.c.Query("trail"))
	if err != nil {
		return nil, "", err
	}
	for _, e := range page.Items {
		lines = append(lines, storyLine{At: e.At, Text: r.told(e), Reason: r.reason(e)})
	}
	if page.Next != "" {
		more = "?trail=" + url.QueryEscape(page.Next) + "#trail"
	}
	return lines, more, nil
}

// broken says from where on the trail is not what was written; nil where all of it is.
func (r reading) broken() (found *store.Tampered, err error) {
	err = r.Store.CheckTrail(r.c.Request.Context(), r.view.CaseNumber)
	if errors.As(err, &found) {
		r.Log.ErrorContext(r.c.Request.Context(), "a trail is not whole", slog.Any("error", err))
		return found, nil
	}
	return nil, err
}

// told is who did what, with what outcome, and about whom.
func (r reading) told(e store.Entry) string {
	what := web.DoneTitle(r.w, casework.TaskKind(e.What))
	if e.Activity > 0 {
		what = r.w.T("page.task.of-activity", "Title", what, "Number", e.Activity)
	}
	about := r.names[e.Person]
	if e.InPlace() {
		about = ""
	}
	return r.w.T("page.trail.line", "Who", r.actor(e), "What", what, "Outcome", r.outcome(e), "About", about)
}

func (r reading) actor(e store.Entry) string {
	if e.InPlace() {
		return r.w.T("page.said.in-place", "Name", e.ActorName, "For", r.names[e.Person], "OnBehalf", e.OnBehalf)
	}
	switch {
	case e.ActorName == "":
		return r.w.T("page.role." + string(e.ActorRole))
	case e.OnBehalf:
		return r.w.T("page.said.on-behalf", "Name", e.ActorName)
	}
	return e.ActorName
}

// outcome is a word for what came of it: a task's outcome, a phase, an ending, the task that a clock rang for.
func (r reading) outcome(e store.Entry) string {
	if e.Outcome == "" && e.TaskKind == "" {
		return ""
	}
	switch e.What {
	case casework.TrailPhaseEntered:
		return r.w.T("page.phase." + e.Outcome)
	case casework.TrailRequestEnded:
		return r.w.T("page.ending." + e.Outcome)
	case casework.TrailReminderSent, casework.TrailEscalated, casework.TrailGivenUp:
		return r.taskOf(e)
	case casework.TrailDeadlineMoved:
		return r.moved(e)
	case casework.TrailFactCorrected:
		return r.fact(e.Outcome).Label
	}
	return web.OutcomeWord(r.w, casework.TaskKind(e.What), e.Outcome)
}

func (r reading) taskOf(e store.Entry) string {
	if e.TaskKind == "" {
		return ""
	}
	return web.KindTitle(r.w, string(e.TaskKind))
}
