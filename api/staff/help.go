package staff

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

// guide is what a role does, in a few sentences.
type guide struct {
	Role  casework.Role
	Steps []string
}

type term struct{ Name, Means string }

type helpPage struct {
	Yours, Others []guide
	Terms         []term
}

// guided are the roles in the order in which a request meets them.
var guided = []casework.Role{casework.CaseOfficer, casework.Reviewer, casework.BoardMember, casework.Head, casework.Evaluator, casework.Auditor, casework.Administrator}

// terms are the words of the field, in the order of the process.
var terms = []string{"request", "first-interest", "request-letter", "due-diligence", "rating", "mitigation", "recuse", "quorum", "defer", "exchange-of-letters",
	"support-plan", "activity", "code", "scoping-mission", "check-in", "standing", "process-date", "trail", "personal-link"}

// help is one page for everybody: what one does oneself comes first.
func (s room) help(c *gin.Context) error {
	p, w := web.PersonOf(c), web.Words(c)
	page := helpPage{}
	for _, role := range guided {
		if p.Has(role) {
			page.Yours = append(page.Yours, guideFor(w, role))
		} else {
			page.Others = append(page.Others, guideFor(w, role))
		}
	}
	settings, err := s.Store.Settings(c.Request.Context())
	if err != nil {
		return err
	}
	for _, t := range terms {
		var numbers []any
		if t == "code" {
			numbers = []any{"Count", settings.Number(casework.CodeYears)}
		}
		page.Terms = append(page.Terms, term{w.T("help.term." + t + ".name"), w.T("help.term."+t+".means", numbers...)})
	}
	return s.show(c, http.StatusOK, "help", w.T("help.title"), "", page)
}

// numbered are the kinds whose rule has numbers that administrators set.
var numbered = []casework.TaskKind{casework.AnswerEligibilityQuestion, casework.AnswerGovernment, casework.AskUs, casework.SignCodeOfConduct, casework.SubmitRequestLetter}

// whyAsked is the rule of the process that asks for a task. The settings are read only where it has numbers.
func (s room) whyAsked(c *gin.Context, kind casework.TaskKind) (why string, err error) {
	var by casework.Settings
	if slices.Contains(numbered, kind) {
		by, err = s.Store.Settings(c.Request.Context())
	}
	return whyBy(web.Words(c), by, kind), err
}

func whyBy(w *words.Words, by casework.Settings, kind casework.TaskKind) string {
	var numbers []any
	switch kind {
	case casework.AnswerEligibilityQuestion, casework.AnswerGovernment:
		numbers = []any{"Count", by.Due(kind).Days}
	case casework.AskUs:
		numbers = []any{"Count", by.Due(casework.AnswerGovernment).Days}
	case casework.SignCodeOfConduct:
		numbers = []any{"Count", by.Number(casework.CodeYears)}
	case casework.SubmitRequestLetter:
		var reminders []string
		for _, days := range by.Numbers(casework.RemindersLetter) {
			reminders = append(reminders, w.Number(days))
		}
		numbers = []any{"Reminders", w.List(reminders), "Lapses", w.Number(by.Number(casework.LetterLapses))}
	}
	return w.T("kind."+string(kind)+".why", numbers...)
}

func guideFor(w *words.Words, role casework.Role) guide {
	g := guide{Role: role}
	for n := 1; w.Has(stepID(role, n)); n++ {
		g.Steps = append(g.Steps, w.T(stepID(role, n)))
	}
	return g
}

func stepID(role casework.Role, n int) string { return fmt.Sprintf("help.guide.%s.%d", role, n) }

// welcome leads somebody through the first visit of a role: what they do in it, and a real task to begin with.
type welcome struct {
	Name   string
	Again  bool // they have been here before, in other roles
	Guides []guide
	First  *taskLine
}

// welcomeFor leads through the roles in which somebody has not been here before; nil where there are none.
func welcomeFor(w *words.Words, p store.Person, before store.Visits, groups []taskGroup) *welcome {
	fresh := before.New(p.Roles)
	if len(fresh) == 0 {
		return nil
	}
	hello := welcome{Name: p.Name, Again: before.Last != nil}
	for _, role := range guided {
		if slices.Contains(fresh, role) {
			hello.Guides = append(hello.Guides, guideFor(w, role))
		}
	}
	for _, g := range groups {
		for i := range g.Tasks {
			if t := &g.Tasks[i]; hello.First == nil && t.Blocked == "" && (!hello.Again || slices.Contains(fresh, t.Role)) {
				hello.First = t
			}
		}
	}
	return &hello
}
