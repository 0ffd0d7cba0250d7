package staff

import (
	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// facts are what is known of the request and its parties; what is not known is not shown.
func (r reading) facts() (lines []web.Line) {
	v := r.view.Request
	add := func(name string, values ...string) {
		line := web.Line{Label: r.label(name)}
		for _, value := range values {
			if value != "" {
				line.Values = append(line.Values, web.LineValue{Text: value})
			}
		}
		if len(line.Values) > 0 {
			lines = append(lines, line)
		}
	}
	add("country", r.option(v.Country))
	add("institution", v.Institution)
	add("contactName", v.ContactName, v.ContactEmail, v.ContactPhone)
	add("language", r.option(v.Language))
	add("sector", r.option(v.Sector))
	add("resource", r.option(v.Resource))
	add("negotiationStage", r.option(v.NegotiationStage), r.option(v.NegotiationStep))
	add("channel", r.option(v.Channel))
	add("summary", v.Summary)
	add("scope", v.Scope)
	add("disciplines", optionWords(r.w, v.Disciplines))
	add("neededFrom", r.w.Day(v.NeededFrom))
	add("neededUntil", r.w.Day(v.NeededUntil))
	add("signatory", v.Signatory, v.SignatoryOffice)
	add("letterDate", r.w.Day(v.LetterDate))
	add("background", v.Background)
	add("proposedExpert", v.ProposedExpert)
	if letter, known := r.known.Documents[v.LetterDocument]; known {
		lines = append(lines, web.Line{Label: r.label("letterDocument"), Values: []web.LineValue{letter}})
	}
	return lines
}

// label is a field's: shared by all forms, or the page's own.
func (r reading) label(name string) string {
	if id := "page.fact." + name; r.w.Has(id) {
		return r.w.T(id)
	}
	return r.w.T("field." + name + ".label")
}

func (r reading) option(value string) string {
	if value == "" {
		return ""
	}
	return r.w.T("option." + value)
}

// riskLine is a check as it stands.
type riskLine struct {
	Title, Rating, Outcome, Who string
}

func (r reading) risks() (lines []riskLine) {
	for _, check := range r.view.Checks {
		lines = append(lines, riskLine{Title: web.KindTitle(r.w, string(check.Kind)), Rating: check.Form.String("rating"),
			Outcome: web.OutcomeWord(r.w, check.Kind, string(check.Outcome)), Who: check.ActorName})
	}
	return lines
}

// expertStanding is whether an expert may work on this request.
type expertStanding struct{ Name, Code, Interests string }

func (r reading) experts() (lines []expertStanding) {
	interests := map[casework.PersonID]string{}
	for _, i := range r.view.Interests {
		interests[i.Expert] = i.State
	}
	for _, e := range r.view.Experts {
		line := expertStanding{Name: e.Name, Code: string(e.Standing(nowOf(r.view))), Interests: interests[e.ID]}
		if line.Interests == "" {
			line.Interests = "unknown"
		}
		lines = append(lines, line)
	}
	return lines
}

type activityLine struct {
	store.Activity
	Experts []string
	CheckIn string
}

func (r reading) activities() (lines []activityLine) {
	for _, a := range r.view.Activities {
		line := activityLine{Activity: a}
		for _, id := range a.Experts {
			line.Experts = append(line.Experts, r.names[id])
		}
		if a.LastCheckIn != nil && a.LastCheckIn.Kind == casework.CheckIn {
			line.CheckIn = string(a.LastCheckIn.Outcome)
		}
		lines = append(lines, line)
	}
	return lines
}
