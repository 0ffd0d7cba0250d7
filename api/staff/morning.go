package staff

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

// morningPage is what a head looks at first: one list under another, each line with one link.
type morningPage struct {
	Result   *web.Result
	Sections []morningSection
}

// morningSection is a list of the page; its name is its word in the catalogue.
type morningSection struct {
	Name  string
	Lines []morningLine
	More  int // lines that are not shown
}

// Count is how many there are, shown or not.
func (s morningSection) Count() int { return len(s.Lines) + s.More }

// morningLine is one thing that somebody has to look at.
type morningLine struct {
	Title, Href string
	Case        casework.CaseNumber
	Country     string
	Institution string
	Why         string // what is the matter with it
	By          string // when it is due, or was needed
	Late        bool
	Paper       string // the letter to read before signing
}

// morningLines is how many lines of a list one reads in the morning.
const morningLines = 25

// morning is the head's first page of the day.
func (s room) morning(c *gin.Context) error {
	p, w := web.PersonOf(c), web.Words(c)
	if err := web.Needs(p, casework.Head); err != nil {
		return err
	}
	now := time.Now()
	m, err := s.Store.Morning(c.Request.Context(), p, now, morningLines)
	if err != nil {
		return err
	}
	page := morningPage{Sections: morningSections(w, p, m, now)}
	if page.Result, err = s.ResultOf(c); err != nil {
		return err
	}
	return s.show(c, http.StatusOK, "morning", w.T("page.morning.title"), "morning", page)
}

// signed are the kinds in which a head signs a letter.
func signed(k casework.TaskKind) bool {
	return k == casework.SignApproval || k == casework.SignDeclining
}

func morningSections(w *words.Words, p store.Person, m store.Morning, now time.Time) []morningSection {
	teller := morningTeller{w, p, now}
	var sign, decide []morningLine
	for _, t := range m.Mine {
		if !signed(t.Kind) {
			decide = append(decide, teller.mine(t))
			continue
		}
		line := teller.mine(t)
		if draft := m.Drafts[t.ID]; draft != "" {
			line.Paper = documentHref(draft)
		}
		sign = append(sign, line)
	}
	unanswered := append(lines(m.Unanswered.Items, teller.asked), lines(m.Mails, teller.mail)...)
	return []morningSection{brief("sign", sign, len(sign)), brief("decide", decide, len(decide)), brief("said", lines(m.Notes.Items, teller.said), m.Notes.All),
		brief("unanswered", unanswered, m.Unanswered.All+len(m.Mails)), brief("needed", lines(m.Needed.Items, teller.needed), m.Needed.All),
		brief("silent", lines(m.Silent.Items, teller.silent), m.Silent.All), brief("nobody", lines(m.Nobody.Items, teller.unable), m.Nobody.All),
		brief("escalated-tasks", lines(m.Escalated.Items, teller.escalated), m.Escalated.All)}
}

func lines[T any](items []T, line func(T) morningLine) []morningLine {
	written := make([]morningLine, len(items))
	for i, item := range items {
		written[i] = line(item)
	}
	return written
}

// brief is a list of which the first lines are shown.
func brief(name string, lines []morningLine, all int) morningSection {
	shown := lines[:min(len(lines), morningLines)]
	return morningSection{name, shown, all - len(shown)}
}

// morningTeller writes the lines for one reader.
type morningTeller struct {
	w   *words.Words
	p   store.Person
	now time.Time
}

func (m morningTeller) line(t store.Task) morningLine {
	line := morningLine{Title: titleOf(m.w, t), Href: "/tasks/" + string(t.ID), Case: t.CaseNumber, Country: t.Country, Institution: t.Institution, Late: t.Overdue}
	if t.DueAt != nil {
		line.By = m.w.T("page.inbox.by", "Date", m.w.Date(*t.DueAt))
	}
	return line
}

// mine is a task of the head's, or why it needs the other head.
func (m morningTeller) mine(t store.Task) morningLine {
	line := m.line(t)
	line.Why = m.w.T("page.case.since", "Date", m.w.Date(t.OpenedAt))
	if refusal := t.Blocked(); refusal != nil {
		line.Why = m.w.Refusal(*refusal)
	}
	return line
}

// others is a task of somebody else that does not go on.
func (m morningTeller) others(t store.Task, why string) morningLine {
	line := m.line(t)
	line.Why = m.w.T(why, "Holder", holderOf(m.w, t), "Since", m.w.Date(t.OpenedAt))
	return line
}

func (m morningTeller) asked(t store.Task) morningLine { return m.others(t, "page.morning.asked") }

func (m morningTeller) escalated(t store.Task) morningLine {
	return m.others(t, "page.morning.escalated")
}

func (m morningTeller) unable(t store.UnableTask) morningLine {
	return m.others(t.Task, "page.morning.unable."+t.Rule)
}

func (m morningTeller) silent(t store.SilentTask) morningLine {
	line := m.line(t.Task)
	line.Why = m.w.T("page.morning.silent", "Since", m.w.Date(t.Heard), "Holder", holderOf(m.w, t.Task))
	return line
}

func (m morningTeller) mail(i store.InboundMail) morningLine {
	return morningLine{Title: nameOr(i.Subject, m.w.T("page.mails.no-subject")), Href: "/requests/" + string(i.CaseNumber) + "#letters", Case: i.CaseNumber,
		Why: m.w.T("page.morning.wrote", "Name", nameOr(i.FromName, i.From), "Since", m.w.Date(i.ReceivedAt))}
}

func (m morningTeller) needed(n store.NeededLine) morningLine {
	return morningLine{Title: m.w.T("page.morning.needed-line", "Date", m.w.Day(n.NeededFrom)), Href: "/requests/" + string(n.CaseNumber), Case: n.CaseNumber,
		Country: n.Country, Institution: n.Institution, Why: m.w.T("page.morning.starts", "Date", m.w.Date(n.Starts), "Phase", m.w.T("page.phase."+string(n.Phase)))}
}
