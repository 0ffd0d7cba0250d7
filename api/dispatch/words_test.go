package dispatch_test

import (
	"strings"
	"testing"

	"connex/casework"
	"connex/words"
)

// forms are all that a kind of task can ask, on behalf of a government included.
func forms(kind casework.TaskKind) []casework.Form {
	rules, _ := casework.KindOf(kind)
	return []casework.Form{
		casework.FormFor(casework.FormContext{Kind: kind}), casework.FormFor(casework.FormContext{Kind: kind, Replacing: true}),
		casework.FormFor(casework.FormContext{Kind: kind, OnBehalf: rules.Role == casework.Government}),
	}
}

func TestEveryFieldHasItsWords(t *testing.T) {
	w := words.In(words.Default)
	for _, kind := range casework.AllKinds() {
		for _, form := range forms(kind) {
			w.FillForm(&form, string(kind))
			named(t, string(kind), form)
		}
		for _, id := range []string{".title", ".done"} {
			if !w.Has("kind." + string(kind) + id) {
				t.Errorf("kind.%s%s is missing", kind, id)
			}
		}
	}
	for _, question := range []bool{false, true} {
		form := casework.FirstInterestForm(question)
		w.FillForm(&form, "first-interest")
		named(t, "first-interest", form)
	}
}

func named(t *testing.T, kind string, form casework.Form) {
	t.Helper()
	for _, field := range form.Fields {
		if strings.Contains(field.Label, "⟦") {
			t.Errorf("%s: %s has no label", kind, field.Name)
		}
		for _, option := range field.Options {
			if strings.Contains(option.Label, "⟦") {
				t.Errorf("%s: %s has no word for %s", kind, field.Name, option.Value)
			}
		}
	}
}

// Every text is internal unless its label says who will read it. Governments and experts know to whom they write.
func TestWhatIsSentSaysSo(t *testing.T) {
	w := words.In(words.Default)
	for _, kind := range casework.AllKinds() {
		rules, _ := casework.KindOf(kind)
		form := casework.FormFor(casework.FormContext{Kind: kind})
		w.FillForm(&form, string(kind))
		for _, field := range form.Fields {
			says := strings.Contains(field.Label, "sent") || strings.Contains(field.Label, "named in the letter") || strings.Contains(field.Label, "part of the approval letter")
			if rules.Role.Staff() && field.Sent && !says {
				t.Errorf("%s: «%s» is sent, and does not say so", kind, field.Label)
			}
		}
	}
}

func TestEveryEntryOfTheTrailHasItsWords(t *testing.T) {
	w := words.In(words.Default)
	for _, what := range []string{casework.TrailRequestStarted, casework.TrailPhaseEntered, casework.TrailReminderSent, casework.TrailEscalated,
		casework.TrailLapseWarned, casework.TrailLapsed, casework.TrailGivenUp, casework.TrailMailQueued, casework.TrailMailSent,
		casework.TrailMailRefused, casework.TrailMailCancelled, casework.TrailMailFiled, casework.TrailDocumentAdded, casework.TrailLetterRendered, casework.TrailLetterUnfit,
		casework.TrailExchanged, casework.TrailRecused, casework.TrailExcused, casework.TrailRoundOpened, casework.TrailRoundDecided,
		casework.TrailActivityBegan, casework.TrailActivityEnded, casework.TrailActivityHeld, casework.TrailActivityOff,
		casework.TrailExpertStopped, casework.TrailExpertReplaced, casework.TrailDeadlineMoved, casework.TrailFactCorrected, casework.TrailRefused, casework.TrailRequestEnded,
		string(casework.Reassign), string(casework.Take), string(casework.GiveBack)} {
		if !w.Has("trail." + what) {
			t.Errorf("trail.%s is missing", what)
		}
	}
}
