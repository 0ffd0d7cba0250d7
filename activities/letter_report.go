package activities

import (
	"slices"

	"connex/casework"
	"connex/drafts"
	"connex/letters"
	"connex/words"
)

// reportFacts head an evaluation report.
func (k *known) reportFacts(w *words.Words) (facts []letters.Fact) {
	add := func(name, value string) {
		if value != "" {
			facts = append(facts, letters.Fact{Label: w.T("letter.evaluation-report.fact." + name), Value: value})
		}
	}
	f := drafts.Facts(k.request, k.officer)
	add("country", f.Country)
	add("institution", f.Institution)
	add("contact", f.Contact)
	add("matter", f.Matter)
	if a := k.activity(); a.Number > 0 {
		add("activity", a.Title)
		add("period", period(w, a))
		add("experts", w.List(k.names(a.Experts)))
	}
	return facts
}

func (k *known) names(ids []casework.PersonID) (names []string) {
	for _, id := range ids {
		if name := k.experts[id]; name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// sections have the grade of each criterion in words, and what the evaluator wrote about it.
func (k *known) sections(w *words.Words) (sections []letters.Section) {
	form := k.said(casework.WriteEvaluation, casework.ClosingEvaluation)
	card := casework.ScoreCardOf(form["scores"])
	for _, criterion := range casework.EvaluationCriteria {
		sections = append(sections, letters.Section{Title: drafts.Label(w, criterion),
			Note: drafts.Label(w, card[criterion].Word()), Paragraphs: some(form.String(criterion))})
	}
	sections = append(sections, letters.Section{Title: w.T("draft.overall"), Note: drafts.Label(w, card.Overall().Grade.Word())})
	if lessons := form.String("lessons"); lessons != "" {
		sections = append(sections, letters.Section{Title: w.T("letter.evaluation-report.lessons"), Paragraphs: some(lessons)})
	}
	return sections
}

func some(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}
