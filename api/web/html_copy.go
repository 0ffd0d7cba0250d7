package web

import (
	"errors"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"connex/api/dispatch"
	"connex/casework"
	"connex/store"
	"connex/words"
)

// What the buttons for taking over from other cases are called in a post. Neither sends the form.
const (
	lookAtOthers = "copy"
	takeItBack   = "back"
)

// HTMLCopy is what a form says of other cases: that one may begin with what was written there, and what was taken over.
type HTMLCopy struct {
	Taken *HTMLTaken
	Back  bool // it has just been taken back
}

// HTMLTaken is what was taken over.
type HTMLTaken struct {
	From   casework.CaseNumber
	Fields []string // what, each with the answer for which it counts
	Names  []string // of the other case, that still stand in it
	Before []Line   // what it replaced
	New    bool     // it has just been taken over
}

// asksForOthers is which of the two buttons was pressed, on a form that has them.
func (s *sending) asksForOthers() string {
	pressed := s.post.Values.Get("_more")
	if !slices.Contains([]string{lookAtOthers, takeItBack}, pressed) || !copies(s.sheet) {
		return ""
	}
	return pressed
}

func copies(s dispatch.Sheet) bool {
	return s.Capacity.Role.Staff() && casework.Copies(s.Task.Kind, s.Form)
}

// toOthers keeps what was typed and leads to the other cases.
func (s *sending) toOthers() (casework.ActionID, *TaskPage, error) {
	_, err := s.Store.SaveDraft(s.c.Request.Context(), PersonOf(s.c), s.sheet.Task.ID, s.mark, s.typed)
	if errors.Is(err, store.ErrNewerDraft) {
		return s.again(http.StatusConflict, s.asItIs(), nil, "")
	}
	return "", &TaskPage{Next: s.address + "/copy"}, err
}

// takesBack puts what stood there before back, but for what was changed since.
func (s *sending) takesBack() (casework.ActionID, *TaskPage, error) {
	ctx, p, id := s.c.Request.Context(), PersonOf(s.c), s.sheet.Task.ID
	kept, err := s.Store.Draft(ctx, p, id)
	if err != nil {
		return "", nil, err
	}
	if kept.Taken != nil {
		err = s.Store.TakeOver(ctx, p, id, s.mark, kept.Taken.Back(s.typed), nil)
	}
	if errors.Is(err, store.ErrNewerDraft) {
		return s.again(http.StatusConflict, s.asItIs(), nil, "")
	}
	return "", &TaskPage{Next: s.address + "?taken=back"}, err
}

// Entered is a form as it stands before its reader: what they left unfinished, or what is known where they have not begun.
func (d Deps) Entered(c *gin.Context, sheet dispatch.Sheet) (store.Unfinished, error) {
	draft, err := d.draft(c, sheet.Task)
	if draft.Form == nil {
		draft.Form = casework.Values{}
		for _, f := range sheet.Form.Fields {
			if !casework.Empty(f.Value) {
				draft.Form[f.Name] = f.Value
			}
		}
	}
	return draft, err
}

// copyOf is what the form says of other cases; nil where nothing is copied.
func copyOf(c *gin.Context, sheet dispatch.Sheet, taken *casework.Taken, entered casework.Values) *HTMLCopy {
	if !copies(sheet) {
		return nil
	}
	drawn := &HTMLCopy{Back: taken == nil && c.Query("taken") == "back"}
	if taken != nil {
		drawn.Taken = takenOf(Words(c), sheet, *taken, entered)
		drawn.Taken.New = c.Query("taken") == "over"
	}
	return drawn
}

func takenOf(w *words.Words, sheet dispatch.Sheet, taken casework.Taken, entered casework.Values) *HTMLTaken {
	drawn := &HTMLTaken{From: taken.From, Names: casework.NamesIn(entered, taken.Names)}
	known := Known{Experts: map[string]string{}}
	for _, o := range sheet.Context.Experts {
		known.Experts[o.Value] = o.Label
	}
	filling := Filling{Form: sheet.Form, Words: w}
	for _, f := range sheet.Form.Fields {
		if _, there := taken.After[f.Name]; !there {
			continue
		}
		label := f.Label
		if len(f.For) > 0 && !slices.Contains(f.For, entered.Outcome()) && !filling.always("outcome", outcomes(f.For)) {
			label = w.T("page.copy.counts-with", "Field", f.Label, "Answers", filling.labels("outcome", outcomes(f.For)))
		}
		drawn.Fields = append(drawn.Fields, label)
		if before := taken.Before[f.Name]; f.Single() && !casework.Empty(before) {
			drawn.Before = append(drawn.Before, known.Line(w, f, before))
		}
	}
	return drawn
}

// Line reads a value out.
func (k Known) Line(w *words.Words, f casework.Field, value any) Line {
	return Line{Label: f.Label, Values: k.answers(w, f, value)}
}
