package staff

import (
	"slices"
	"time"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// outcome is what became of the reader's own action and what it caused, read from the rows of that very transition.
type outcome struct {
	web.Result
	Caused []consequence
	Next   string // what happens next when nobody does anything
	After  *nextTask
}

// consequence is something that an action caused, and where it is to be seen.
type consequence struct{ Icon, Text, Note, Href string }

// outcome is nil where the page does not follow an action.
func (r reading) outcome() *outcome {
	own := r.file.Own
	if own == nil {
		return nil
	}
	o := &outcome{Result: web.ResultIn(r.w, *own), After: r.after}
	if own.State == store.Applied {
		o.Caused = slices.Concat(r.voted(own.Kind), r.events(*own.SettledAt), r.mailed(*own.SettledAt), r.opened())
		if len(o.Caused) > 0 && r.file.Request.Open() {
			o.Next = r.whatNext()
		}
		if own.Kind == casework.StartRequest && r.c.Query("again") != "" {
			o.Reason = r.w.T("page.new.again")
		}
	}
	return o
}

// voted says how many votes are still awaited after one's own.
func (r reading) voted(kind casework.TaskKind) []consequence {
	if kind != casework.CastVote {
		return nil
	}
	waits := 0
	for _, t := range r.file.Open {
		if t.Kind == kind {
			waits++
		}
	}
	if waits == 0 {
		return nil
	}
	return []consequence{{Icon: "board", Text: r.w.T("case.caused.votes", "Count", waits)}}
}

// written are the entries of one transition: everything in it is recorded at the same instant.
func (r reading) written(at time.Time) (entries []store.Entry) {
	for _, e := range r.file.Story {
		if e.RecordedAt.Equal(at) {
			entries = append(entries, e)
		}
	}
	return entries
}

// quiet are entries that say nothing new to whoever acted, or that are told with what they brought about.
var quiet = []string{casework.TrailMailQueued, casework.TrailMailCancelled, casework.TrailRequestStarted}

// events are what happened but for tasks and mails. Of several phases that began the last one is where the request is now.
func (r reading) events(at time.Time) (told []consequence) {
	phase := ""
	for _, e := range r.written(at) {
		_, decision := casework.KindOf(casework.TaskKind(e.What))
		switch {
		case e.What == casework.TrailPhaseEntered:
			phase = e.Outcome
		case e.What == casework.TrailRequestEnded:
			told = append(told, consequence{Icon: "flag", Text: r.w.T("case.caused.ended", "Ending", r.w.T("page.ending."+e.Outcome))})
		case !decision && e.Person != r.p.ID && !slices.Contains(quiet, e.What) && r.w.Has("trail."+e.What):
			told = append(told, consequence{Icon: "info", Text: r.happened(e)})
		}
	}
	if phase != "" {
		told = append(told, consequence{Icon: "next", Text: r.w.T("case.caused.phase", "Phase", r.w.T("page.phase."+phase))})
	}
	return told
}

// mailed are the mails that were written, each subject once with all whom it goes to.
func (r reading) mailed(at time.Time) (told []consequence) {
	byID := map[string]store.Message{}
	for _, m := range r.file.Messages {
		byID[m.ID] = m
	}
	names, places := map[string][]string{}, map[string]int{}
	for _, e := range r.written(at) {
		m, there := byID[e.About]
		if e.What != casework.TrailMailQueued || !there {
			continue
		}
		if _, again := places[m.Subject]; !again {
			icon := "send"
			if m.Letter != "" {
				icon = "letter"
			}
			places[m.Subject] = len(told)
			told = append(told, consequence{Icon: icon, Note: r.w.T("page.mail.state." + string(m.State)), Href: "#" + mailAnchor(m.ID)})
		}
		names[m.Subject] = append(names[m.Subject], nameOr(m.Name, m.Address))
		told[places[m.Subject]].Text = r.w.T("case.caused.mail", "Subject", r.subject(m), "Names", r.w.List(names[m.Subject]), "Letter", m.Letter != "")
	}
	return told
}

// opened are the tasks that wait since then.
func (r reading) opened() (told []consequence) {
	for _, t := range r.file.Opened {
		if !t.Standing {
			told = append(told, consequence{Icon: "inbox", Text: r.w.T("case.caused.task", "Title", ofActivity(r.w, t, plainTitle(r.w, t.Kind)), "Holder", holderOf(r.w, t)),
				Note: r.w.T("case.caused.due", "Due", r.dateOf(t.DueAt)), Href: "/tasks/" + string(t.ID)})
		}
	}
	return told
}
