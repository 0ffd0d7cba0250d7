package activities

import (
	"slices"
	"strings"

	"connex/casework"
)

// heard are the fields in which somebody speaks to us: staff read them in their mails. Whatever else people write
// into forms stays on the pages.
var heard = map[casework.TaskKind][]string{
	casework.AskUs:              {"message"},
	casework.AgreeSupport:       {"comment", "wantedExpert", "question"},
	casework.ProvideInformation: {"answer"},
	casework.StartRequest:       {"summary"},
	casework.ChangeContact:      {"reason"},
}

// quotesOf are the texts that a task shows, as far as who gets this mail may read them.
func (w *writer) quotesOf(t casework.Task) string {
	if t.Kind == casework.SubmitRequestLetter {
		return "" // the draft comes as a file
	}
	var quotes []string
	for _, id := range t.About {
		if d, known := w.about[id]; known {
			quotes = append(quotes, w.quote(d))
		}
	}
	return joined(quotes...)
}

// quote is what may be read of an action: of ours what is marked as sent, of the government's what it says to us.
func (w *writer) quote(d deed) string {
	switch {
	case w.mail.Template == "copy-on-behalf":
		return w.recorded(d)
	case w.mail.Template == "invitation":
		return d.Form.String("purpose")
	case w.audience() == "staff":
		return joined(append(fieldsOf(d, heard[d.Kind]), w.sentTo(d)...)...)
	}
	return joined(w.sentTo(d)...)
}

// arranged are fields marked Sent that a mail tells of in sentences of its own: a referral, a plan, an invitation.
var arranged = map[string]bool{"referTo": true, "title": true, "deliverable": true, "place": true, "purpose": true}

// sentTo are the texts marked Sent, and the plan that a proposal is. A letter's paragraphs go out as the letter.
func (w *writer) sentTo(d deed) (texts []string) {
	if w.audience() == "staff" && w.mail.Template != "answer" {
		return nil
	}
	for _, f := range casework.FieldsOf(d.Kind) {
		if !f.Sent || f.Type == casework.Texts || arranged[f.Name] {
			continue
		}
		texts = append(texts, d.Form.String(f.Name))
	}
	return append(texts, w.referral(d), w.plan(d))
}

func fieldsOf(d deed, names []string) (texts []string) {
	for _, name := range names {
		texts = append(texts, d.Form.String(name))
	}
	return texts
}

// referral names who else can help.
func (w *writer) referral(d deed) string {
	partner, known := casework.PartnerByKey(d.Form.String("referTo"))
	if !known {
		return ""
	}
	return w.w.T("mail.refer-to", partner)
}

// plan is what a proposal proposes.
func (w *writer) plan(d deed) string {
	switch d.Kind {
	case casework.ProposeSupport, casework.ReviseSupport:
		return w.wholePlan(d.Form)
	case casework.PlanActivity:
		return w.activity(planOf(d.Form))
	case casework.ProposeChange:
		if d.Form.String("by") != "" {
			return ""
		}
		return w.activity(planOf(d.Form))
	case casework.ReplaceExpert:
		return w.instead(d.Form.String("expert"), d.Form.String("by"))
	}
	return ""
}

func (w *writer) wholePlan(form casework.Values) string {
	var lines, parts []string
	if form.Bool("scopingMission") {
		parts = append(parts, w.w.T("mail.plan.mission"))
	}
	var plans []casework.ActivityPlan
	if form.Into("activities", &plans) == nil && len(plans) > 0 { // the form was checked when it was sent
		lines = append(lines, w.w.T("mail.plan.activities"))
		for _, p := range plans {
			lines = append(lines, w.activity(p))
		}
	}
	parts = append(parts, strings.Join(lines, "\n"))
	if names := w.names(form.Strings("experts")); names != "" {
		parts = append(parts, w.w.T("mail.plan.experts", "Names", names))
	}
	return joined(parts...)
}

func planOf(form casework.Values) casework.ActivityPlan {
	p := casework.ActivityPlan{Title: form.String("title"), Form: form.String("form"), Start: form.String("start"),
		End: form.String("end"), Deliverable: form.String("deliverable")}
	for _, id := range form.Strings("experts") {
		p.Experts = append(p.Experts, casework.PersonID(id))
	}
	return p
}

func (w *writer) activity(p casework.ActivityPlan) string {
	if p.Title == "" {
		return ""
	}
	var ids []string
	for _, id := range p.Experts {
		ids = append(ids, string(id))
	}
	return w.w.T("mail.plan.activity", map[string]any{
		"Title": p.Title, "Form": w.t("mail.plan.form." + p.Form), "Start": w.w.Day(p.Start), "End": w.w.Day(p.End),
		"Experts": w.names(ids), "Deliverable": p.Deliverable,
	})
}

func (w *writer) instead(old, by string) string {
	return w.w.T("mail.plan.instead", "New", w.names([]string{by}), "Old", w.names([]string{old}))
}

// names of experts; one that the roster does not have any more is left out.
func (w *writer) names(ids []string) string {
	var names []string
	for _, id := range ids {
		if name := w.experts[casework.PersonID(id)]; name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return w.w.List(names)
}

func (w *writer) team() string {
	names := w.names(w.deed.Form.Strings("team"))
	if names == "" {
		return ""
	}
	return w.w.T("mail.team", "Names", names)
}
