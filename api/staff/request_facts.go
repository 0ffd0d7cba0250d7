package staff

import "connex/api/web"

// facts are what is known of the request, and parties who asks and who gives; what is not known is not shown.
func (r reading) facts() (facts, parties []web.Line) {
	v := r.file.Request
	add := func(to *[]web.Line, name string, values ...string) {
		line := web.Line{Label: r.label(name)}
		for _, value := range values {
			if value != "" {
				line.Values = append(line.Values, web.LineValue{Text: value})
			}
		}
		if len(line.Values) > 0 {
			*to = append(*to, line)
		}
	}
	add(&facts, "summary", v.Summary)
	add(&facts, "scope", v.Scope)
	add(&facts, "sector", r.option(v.Sector))
	add(&facts, "resource", r.option(v.Resource))
	add(&facts, "negotiationStage", r.option(v.NegotiationStage), r.option(v.NegotiationStep))
	if v.Renegotiation {
		add(&facts, "renegotiation", r.w.T("option.yes"))
	}
	add(&facts, "disciplines", optionWords(r.w, v.Disciplines))
	add(&facts, "neededFrom", r.w.Day(v.NeededFrom))
	add(&facts, "neededUntil", r.w.Day(v.NeededUntil))
	add(&facts, "background", v.Background)
	add(&facts, "proposedExpert", v.ProposedExpert)
	add(&facts, "channel", r.option(v.Channel))
	add(&parties, "country", r.option(v.Country))
	add(&parties, "institution", v.Institution)
	add(&parties, "contactName", v.ContactName, v.ContactEmail, v.ContactPhone)
	add(&parties, "language", r.option(v.Language))
	add(&parties, "signatory", v.Signatory, v.SignatoryOffice)
	add(&parties, "letterDate", r.w.Day(v.LetterDate))
	if letter, known := r.known.Documents[v.LetterDocument]; known {
		parties = append(parties, web.Line{Label: r.label("letterDocument"), Values: []web.LineValue{letter}})
	}
	add(&parties, "provider", r.w.T("case.provider"), r.names[v.Officer])
	return facts, parties
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
