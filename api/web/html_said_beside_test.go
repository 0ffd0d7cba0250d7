package web_test

import (
	"testing"

	"connex/api/pagetest"
	"connex/api/web"
	"connex/casework"
	"connex/words"
)

// A day is not held against today; that it is past is said beside it, and where it is read over.
func TestADayThatIsPastIsSaid(t *testing.T) {
	page := func(kind casework.TaskKind, step int, typed casework.Values) (web.HTMLForm, *pagetest.Page) {
		form := web.Filling{Form: formOf(kind), Context: contextOf(kind), Typed: typed, Words: words.In("en"), Pace: pace, Step: step}.HTML("/there", "key")
		return form, drawn(t, form).Sound()
	}
	for day, past := range map[string]bool{"2020-01-01": true, "2027-02-28": true, "2027-03-01": false, "2028-01-01": false, "": false} {
		form, _ := page(casework.DiscussScope, 0, casework.Values{"neededFrom": day})
		for _, f := range form.Fields {
			if f.Name == "neededFrom" && (f.Past() != past || f.Error != "") {
				t.Errorf("%q: past %v, want %v; %s", day, f.Past(), past, f.Error)
			}
		}
	}
	typed := casework.Values{"neededFrom": "2020-01-01"}
	first, _ := page(casework.SubmitRequestLetter, 1, typed)
	_, review := page(casework.SubmitRequestLetter, first.Steps.Of+1, typed)
	review.Says("1 January 2020 This day is past.")
}

func TestWhatAnEmptyOrALowestAnswerMeansIsSaid(t *testing.T) {
	for kind, says := range map[casework.TaskKind]string{
		casework.DiscussScope:      "If you empty it, the address that is noted stays.",
		casework.AssessEligibility: "If you empty it, the address that is noted stays.",
		casework.WriteEvaluation:   "Please explain each lowest grade in the words for its criterion, further below.",
		casework.ClosingEvaluation: "Please explain each lowest grade in the words for its criterion, further below.",
	} {
		drawn(t, web.Filling{Form: formOf(kind), Words: words.In("en")}.HTML("/there", "key")).Says(says)
	}
}
