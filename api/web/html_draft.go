package web

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"connex/casework"
	"connex/store"
)

// askedToKeep tells whether the button pressed was «keep for later», which sends nothing.
func askedToKeep(post map[string][]string) bool {
	return len(post["_more"]) > 0 && post["_more"][0] == "draft"
}

// SaveDraft keeps what is typed so far; it may be incomplete and wrong. The script calls it while one types, so that a
// session that ends or a line that drops costs nothing. A page that was opened before something else was kept must not
// take its place unasked.
func (d Deps) SaveDraft(c *gin.Context) error {
	post, err := ReadPost(c)
	if err != nil {
		return err
	}
	sheet, err := d.sheetToKeep(c, casework.TaskID(c.Param("id")))
	if err != nil {
		return err
	}
	mark, err := d.Store.SaveDraft(c.Request.Context(), PersonOf(c), sheet.Task.ID, post.Values.Get("_draft"), ReadForm(Words(c), sheet.Form, post.Values, nil))
	if errors.Is(err, store.ErrNewerDraft) {
		c.Status(http.StatusConflict)
		return nil
	}
	if err == nil {
		SayMarks(c, map[string]string{"_draft": mark})
		c.Status(http.StatusNoContent)
	}
	return err
}

// SayMarks tells a page the marks of what was kept, by the fields that carry them.
func SayMarks(c *gin.Context, marks map[string]string) {
	said := url.Values{}
	for field, mark := range marks {
		said.Set(field, mark)
	}
	c.Header("Draft-Marks", said.Encode())
}

// draft is what this person left unfinished; its form is nil where nothing was entered. What is kept beside it is no part of it,
// nor is an outcome where there is no other to choose.
func (d Deps) draft(c *gin.Context, t store.Task) (store.Unfinished, error) {
	draft, err := d.Store.Draft(c.Request.Context(), PersonOf(c), t.ID)
	kind, _ := casework.KindOf(t.Kind)
	for name, value := range draft.Form {
		if (name != "outcome" || len(kind.Outcomes) > 1) && !casework.KeptBeside(name) && value != false && !casework.Empty(value) {
			return draft, err
		}
	}
	draft.Form = nil
	return draft, err
}

// showStep keeps what was typed and shows a step under an address of its own, so that the browser's way back leads
// through the steps and sends nothing again.
func (s *sending) showStep(step int) (casework.ActionID, *TaskPage, error) {
	_, err := s.Store.SaveDraft(s.c.Request.Context(), PersonOf(s.c), s.sheet.Task.ID, s.mark, s.typed)
	if errors.Is(err, store.ErrNewerDraft) {
		return s.again(http.StatusConflict, s.asItIs(), nil, "")
	}
	return "", &TaskPage{Next: stepAddress(s.address, step) + s.question(step)}, err
}

// question is where on the whole page somebody goes on who asks for it in the middle of its steps.
func (s *sending) question(step int) string {
	here := s.asItIs()
	if step != wholePage || here.Step < 2 {
		return ""
	}
	here.Form, here.Typed, here.Words = s.sheet.Form, s.typed, Words(s.c)
	asked := here.shown(here.Pace.steps(here.Form))
	if len(asked) == 0 {
		return ""
	}
	return "#" + here.field(asked[0], asked[0].Name).Focus()
}

// catchUp is for a page that is older than what is kept: its reader went back in the browser's memory, or has another
// window. What the page only carried along from other steps is taken from what is kept. What its own step asks stands as
// it is typed; where something else was kept for that, the page stays as old as it is, and its reader is told.
func (s *sending) catchUp() error {
	kept, err := s.Store.Draft(s.c.Request.Context(), PersonOf(s.c), s.sheet.Task.ID)
	if err != nil || kept.Mark == "" || kept.Mark == s.mark {
		return err
	}
	drawn := s.asItIs()
	drawn.Form, drawn.Typed = s.sheet.Form, s.typed
	agrees := true
	for _, field := range drawn.shown(drawn.Pace.steps(drawn.Form)) {
		before, now := kept.Form[field.Name], s.typed[field.Name]
		agrees = agrees && (casework.Empty(before) || asJSON(before) == asJSON(now))
		kept.Form[field.Name] = now
	}
	if s.typed = kept.Form; agrees {
		s.mark = kept.Mark
	}
	return nil
}
