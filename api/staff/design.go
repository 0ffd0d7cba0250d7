package staff

import (
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/words"
)

// designPage is what a component is shown with: the real parts, filled with examples.
type designPage struct {
	Today   time.Time
	Marks   []string
	Icons   []string
	Results []web.Result
	Form    web.HTMLForm
}

// design shows every component that pages are made of, for who changes a page; docs/design.md is its text.
func (s room) design(c *gin.Context) error {
	w := web.Words(c)
	page := designPage{Today: time.Now(), Icons: web.Icons(), Marks: []string{"late", "high", "medium", "low", "on-track", "at-risk", "blocked"},
		Results: []web.Result{{State: "applied"}, {State: "pending"}, {State: "refused"}}, Form: exampleForm(w)}
	return s.show(c, http.StatusOK, "design", w.T("design.title"), "", page)
}

// exampleForm is a real form with a few of its fields, one of them wrong.
func exampleForm(w *words.Words) web.HTMLForm {
	form := casework.FormFor(casework.FormContext{Kind: casework.DiscussScope})
	w.FillForm(&form, string(casework.DiscussScope))
	form.Fields = slices.DeleteFunc(form.Fields, func(f casework.Field) bool { return f.Name == "disciplines" })
	filling := web.Filling{Form: form, Words: w, Wrong: casework.Faults{"contactEmail": casework.Say("design.wrong")}}
	return filling.HTML("/design", web.NewKey())
}
