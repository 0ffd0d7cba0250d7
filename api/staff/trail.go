package staff

import (
	"log/slog"
	"net/url"
	"slices"
	"strconv"
	"time"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// story is the trail as one reads it: newest first, phase by phase and day by day.
type story struct {
	All      bool // everything, not only what people decided and what changed where the request is
	Chapters []chapter
	Entries  int    // in the whole trail
	Older    string // where it goes on
	Broken   *store.Tampered
}

// chapter is a stay in a phase.
type chapter struct {
	ID, Title, Time string
	Open            bool
	Days            []storyDay
}

type storyDay struct {
	At    time.Time
	Lines []storyLine
}

// storyLine is an entry as one tells it, with what was written then or where that stands.
type storyLine struct {
	Seq          int64
	Text, Reason string
	Href         string
	Said         *web.Said
	At           time.Time // at which it was recorded, in real time
}

// storyPiece is how many entries of everything are shown at once; decisions are few, and shown all.
const storyPiece = 150

// story tells the trail. What is asked for is in the address, so that it can be kept and sent.
func (r reading) story() story {
	s := story{All: r.c.Query("story") == "all" || r.print, Entries: len(r.file.Story), Broken: r.file.Broken}
	if s.Broken != nil {
		r.Log.ErrorContext(r.c.Request.Context(), "a trail is not whole", slog.Any("error", s.Broken))
	}
	entries := r.file.Story
	if before, err := strconv.ParseInt(r.c.Query("before"), 10, 64); err == nil && s.All {
		entries = entries[:slices.IndexFunc(append(entries, store.Entry{Seq: before}), func(e store.Entry) bool { return e.Seq >= before })]
	}
	if n := len(entries) - storyPiece; s.All && !r.print && n > 0 {
		s.Older = "?" + url.Values{"story": {"all"}, "before": {strconv.FormatInt(entries[n].Seq, 10)}}.Encode() + "#story"
		entries = entries[n:]
	}
	s.Chapters = r.chapters(entries, s.All)
	return s
}

// chapters, newest first. A phase that was entered and left at once has none.
func (r reading) chapters(entries []store.Entry, all bool) (chapters []chapter) {
	visits := r.visits()
	written := r.byTask()
	stay := len(visits) - 1
	for _, e := range slices.Backward(entries) {
		for stay > 0 && e.Seq < visits[stay].seq {
			stay--
		}
		if !all && !tells(e) {
			continue
		}
		if id := "stay-" + strconv.Itoa(stay); len(chapters) == 0 || chapters[len(chapters)-1].ID != id {
			chapters = append(chapters, chapter{ID: id, Title: r.w.T("page.phase." + string(visits[stay].Phase)), Time: r.stay(visits, stay),
				Open: all || len(chapters) == 0})
		}
		chapters[len(chapters)-1].tell(r.line(e, written), e.At)
	}
	return chapters
}

// stay says from when to when the request was in a phase.
func (r reading) stay(visits []visit, i int) string {
	until := r.file.EndedAt
	if i+1 < len(visits) {
		until = &visits[i+1].At
	}
	return r.w.T("case.story.stay", "From", r.w.Date(visits[i].At), "Until", r.dateOf(until))
}

func (ch *chapter) tell(line storyLine, at time.Time) {
	if len(ch.Days) == 0 || casework.DateOf(ch.Days[len(ch.Days)-1].At) != casework.DateOf(at) {
		ch.Days = append(ch.Days, storyDay{At: at})
	}
	day := &ch.Days[len(ch.Days)-1]
	day.Lines = append(day.Lines, line)
}

// chatter is what happens around the decisions: one reads of it when one wants everything.
var chatter = []string{casework.TrailPhaseEntered, casework.TrailMailQueued, casework.TrailMailSent, casework.TrailMailCancelled, casework.TrailLetterRendered,
	casework.TrailReminderSent, string(casework.Take), string(casework.GiveBack)}

// tells: the entry belongs to the short story.
func tells(e store.Entry) bool { return !slices.Contains(chatter, e.What) }

// byTask are the decisions by task and kind, as entries name them.
func (r reading) byTask() map[string]store.Decided {
	written := map[string]store.Decided{}
	for _, d := range r.file.Decided {
		written[string(d.Task)+string(d.Kind)] = d
	}
	return written
}

// line leads to what was written: elsewhere on the page, else it is there to unfold.
func (r reading) line(e store.Entry, written map[string]store.Decided) storyLine {
	line := storyLine{Seq: e.Seq, Text: r.told(e), Reason: r.reason(e), At: e.RecordedAt}
	if d, decided := written[string(e.Task)+e.What]; decided {
		if place, placed := r.placed[d.ID]; placed {
			line.Href = place
		} else if said := r.said(d); len(said.Lines) > 0 {
			line.Said = &said
		}
		return line
	}
	switch e.What {
	case casework.TrailMailQueued, casework.TrailMailSent, casework.TrailMailRefused, casework.TrailMailCancelled, casework.TrailMailFiled:
		line.Href = r.mailPlace(e.About)
	case casework.TrailDocumentAdded:
		line.Href = r.known.Documents[e.About].Href
	case casework.TrailNoteAdded:
		line.Href = "#note-" + e.About
	}
	return line
}

// mailPlace is where a mail stands on the page; nothing where it is not shown.
func (r reading) mailPlace(id string) string {
	if slices.ContainsFunc(r.file.Messages, func(m store.Message) bool { return m.ID == id }) {
		return "#" + mailAnchor(id)
	}
	return ""
}

// told is who did what, with what outcome, and about whom.
func (r reading) told(e store.Entry) string {
	return r.w.T("page.trail.line", "Who", r.actor(e), "What", r.what(e), "Outcome", r.outcomeOf(e), "About", r.about(e))
}

// happened is the same of what nobody in particular did.
func (r reading) happened(e store.Entry) string {
	return r.w.T("case.caused.event", "What", r.what(e), "Outcome", r.outcomeOf(e), "About", r.about(e))
}

// about is whom it is about; who was away is told with who acted in their place.
func (r reading) about(e store.Entry) string {
	if e.InPlace() {
		return ""
	}
	return r.names[e.Person]
}

func (r reading) what(e store.Entry) string {
	what := web.DoneTitle(r.w, casework.TaskKind(e.What))
	if e.Activity > 0 {
		return r.w.T("page.task.of-activity", "Title", what, "Number", e.Activity)
	}
	return what
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

// outcomeOf is a word for what came of it: a task's outcome, a phase, an ending, the task that a clock rang for.
func (r reading) outcomeOf(e store.Entry) string {
	if e.Outcome == "" && e.TaskKind == "" {
		return ""
	}
	switch e.What {
	case casework.TrailPhaseEntered:
		return r.w.T("page.phase." + e.Outcome)
	case casework.TrailRequestEnded:
		return r.w.T("page.ending." + e.Outcome)
	case casework.TrailRoundDecided:
		return r.w.T("case.result." + e.Outcome)
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
	return plainTitle(r.w, e.TaskKind)
}
