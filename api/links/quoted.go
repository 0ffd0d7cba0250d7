package links

import (
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

// quoted is what the Secretariat wrote to them, as it was sent.
type quoted struct{ Label, Text string }

// quotable are the texts that a form may show to its guest, by the word that stands above them.
var quotable = map[string]string{"questionToGovernment": "question", "answer": "answer"}

// quotesOf takes nothing from earlier forms but what was marked as sent.
func quotesOf(w *words.Words, actions []store.Action) (quotes []quoted) {
	for _, a := range actions {
		for _, q := range sentIn(a) {
			quotes = append(quotes, quoted{w.T("guest.quoted." + q.Label), q.Text})
		}
	}
	return quotes
}

// sentIn is what of a form of ours was sent to them; its label is the key of the word that stands above it.
func sentIn(a store.Action) (quotes []quoted) {
	for _, field := range casework.FieldsOf(a.Kind) {
		label, shown := quotable[field.Name]
		if text := a.Form.String(field.Name); shown && text != "" && field.Sent {
			quotes = append(quotes, quoted{label, text})
		}
	}
	return quotes
}

// plan is what the government is asked to agree to.
type plan struct {
	Suggestions, NamedExpert string
	Experts                  []string
	Mission                  bool
	Activities               []planned
	Leaves, Comes            string
}

type planned struct {
	casework.ActivityPlan
	With string
}

// planOf reads the newest proposal: a whole plan, one activity, or one expert for another.
func (s room) planOf(c *gin.Context, actions []store.Action) (*plan, error) {
	i := slices.IndexFunc(actions, func(a store.Action) bool { return slices.Contains(proposals, a.Kind) })
	if i < 0 {
		return nil, nil
	}
	form := actions[i].Form
	names, err := s.namesIn(c, actions[i])
	if err != nil {
		return nil, err
	}
	p := &plan{Suggestions: form.String("suggestions"), NamedExpert: form.String("namedExpertAnswer"), Mission: form.Bool("scopingMission"),
		Leaves: names[form.String("expert")], Comes: names[form.String("by")]}
	for _, id := range form.Strings("experts") {
		p.Experts = append(p.Experts, names[id])
	}
	plans := web.PlansOf(form["activities"])
	if form.String("title") != "" {
		p.Experts, plans = nil, web.PlansOf([]any{map[string]any(form)})
	}
	for _, activity := range plans {
		var with []string
		for _, id := range activity.Experts {
			with = append(with, names[string(id)])
		}
		p.Activities = append(p.Activities, planned{activity, strings.Join(with, ", ")})
	}
	return p, nil
}

// proposals are the kinds whose form says what the government agrees to.
var proposals = []casework.TaskKind{casework.ProposeSupport, casework.ReviseSupport, casework.PlanActivity, casework.ReplaceExpert, casework.ProposeChange}

// namesIn are the names of the experts that a proposal names.
func (s room) namesIn(c *gin.Context, a store.Action) (map[string]string, error) {
	ids, _ := casework.Named(casework.Form{Fields: append(casework.FieldsOf(a.Kind), casework.FieldsOf(casework.PlanActivity)...)}, a.Form)
	if by := a.Form.String("by"); by != "" {
		ids = append(ids, casework.PersonID(by))
	}
	experts, err := s.Store.ExpertsNamed(c.Request.Context(), ids)
	names := map[string]string{}
	for _, e := range experts {
		names[string(e.ID)] = e.Name
	}
	return names, err
}

// aboutFor tells which activity a form is about, and an expert, who may work for several governments, which request.
func aboutFor(w *words.Words, t store.Task) (about string) {
	if t.Role == casework.Expert {
		about = aboutRequest(w, t.Institution, t.Country)
	}
	if t.ActivityTitle != "" {
		return w.T("guest.about-activity", "Title", t.ActivityTitle, "About", about)
	}
	return about
}
