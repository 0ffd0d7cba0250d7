package links_test

import (
	"strings"
	"testing"

	"connex/api/pagetest"
	"connex/casework"
)

// A decision that was chosen and nothing else is kept as well, as the script does once something is chosen; a form that offers
// but one is no draft by that.
func TestAFirstChoiceIsADraft(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	b, home := pagetest.NewBrowser(t, h.URL), "/p/"+h.Government(n)
	for kind, want := range map[casework.TaskKind]string{casework.ProvideInformation: "cannot-provide", casework.EvaluateSupport: ""} {
		task := home + "/tasks/" + string(h.Open(n, kind, ""))
		page := b.Get(task)
		_, form := page.Form(task)
		if want != "" {
			form.Set("outcome", want)
		}
		b.Post(task+"/draft", form).Answers(204)
		again := b.Get(task)
		if _, kept := again.Form(task); want != "" && kept.Get("outcome") != want {
			t.Errorf("%s: %q is kept, want %q", kind, kept.Get("outcome"), want)
		}
		if said := strings.Contains(again.Text(), "This is as you left it"); said != (want != "") {
			t.Errorf("%s: it says of a draft: %v", kind, said)
		}
	}
}
