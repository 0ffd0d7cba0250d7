package web_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"connex/api/pagetest"
	"connex/api/web"
	"connex/casework"
	"connex/words"
)

var pace = web.Pace{From: 9, Each: 4}

// atStep is the form of a kind as it is drawn at one step.
func atStep(kind casework.TaskKind, step int, typed casework.Values) web.HTMLForm {
	return web.Filling{Form: formOf(kind), Typed: typed, Files: onFile, Words: words.In("en"), Pace: pace, Step: step}.HTML("/there", "key")
}

func TestAStepCarriesAllThatWasAnsweredElsewhere(t *testing.T) {
	for _, kind := range casework.AllKinds() {
		form, typed := formOf(kind), casework.Values{}
		for _, f := range form.Fields {
			if typed[f.Name] = anAnswer(f); f.Name == "outcome" && len(f.Options) == 1 {
				typed[f.Name] = f.Options[0].Value
			}
		}
		for n := 1; ; n++ {
			step := atStep(kind, n, typed)
			if step.Steps == nil {
				break
			}
			_, posted := drawn(t, step).Form("/there")
			if diff := cmp.Diff(typed, web.ReadForm(words.In("en"), form, posted, nil)); diff != "" {
				t.Errorf("%s, step %d: what comes back is not what was answered (-answered +back):\n%s", kind, n, diff)
			}
			if step.Steps.Next == "" {
				break
			}
		}
	}
}

func TestALongFormIsCutWhereItMay(t *testing.T) {
	seen := map[string]int{}
	for step := 1; ; step++ {
		drawn := atStep(casework.CheckConflict, step, nil)
		for _, f := range drawn.Fields {
			seen[f.Name]++
		}
		if step == 1 && (drawn.Steps.Back != "" || slices.ContainsFunc(drawn.Fields, func(f web.HTMLField) bool { return f.Name == "rating" })) {
			t.Error("the first step leads back, or asks for the rating before the questions")
		}
		if drawn.Steps.Next == "" {
			if len(drawn.Steps.Review) != drawn.Steps.Of || len(drawn.Fields) > 0 {
				t.Errorf("the last step is no review: %d parts of %d, %d fields", len(drawn.Steps.Review), drawn.Steps.Of, len(drawn.Fields))
			}
			break
		}
	}
	for _, f := range formOf(casework.CheckConflict).Fields {
		measure := len(casework.CausesOf(casework.CheckConflict, f.Name, nil)) > 0 // which nothing asks for yet
		if seen[f.Name] > 1 || seen[f.Name] == 1 && measure || seen[f.Name] == 0 && !measure && len(f.RequiredWhen) == 0 {
			t.Errorf("%s is asked %d times", f.Name, seen[f.Name])
		}
	}
	if short := atStep(casework.DiscussScope, 1, nil); short.Steps != nil {
		t.Error("a short form is cut")
	}
}

func TestAReviewReadsOutWhatWasTyped(t *testing.T) {
	typed := casework.Values{}
	for i, c := range casework.Criteria {
		typed[c], typed[c+"Evidence"] = "yes", fmt.Sprintf("source %d %s", i, evil)
	}
	steps := atStep(casework.AssessEligibility, 1, typed).Steps.Of
	page := drawn(t, atStep(casework.AssessEligibility, steps+1, typed))
	page.Says("Please read it over", "source 0", "source 3", "Nothing has been sent yet")
	if first := strings.Index(page.Body, `<button type="submit"`); !strings.HasPrefix(page.Body[first:], `<button type="submit" class="default"`) {
		t.Error("the enter key in a field would go back to a step instead of sending")
	}
	_, posted := page.Form("/there")
	if posted.Get("developingCountry") != "yes" || posted.Get("_key") != "key" {
		t.Errorf("the review would send %v", posted)
	}
}

// Who reads over what they are about to send is told what would come back, step by step, and led there.
func TestAReviewNamesWhatIsMissing(t *testing.T) {
	review := func(kind casework.TaskKind, typed casework.Values) *pagetest.Page {
		filling := web.Filling{Form: formOf(kind), Context: contextOf(kind), Typed: typed, Words: words.In("en"), Pace: pace, Step: 1}
		filling.Step = filling.HTML("/there", "key").Steps.Of + 1
		return drawn(t, filling.HTML("/there", "key")).Sound()
	}
	typed := casework.Values{"outcome": "eligible", "country": "NA", "developingCountry": "yes", "largeContract": "unclear", "seeksAssistance": "yes"}
	page := review(casework.AssessEligibility, typed).Says("Something is still missing or to be mended", "Still to do here:")
	if to := page.Link("Is a large extractives contract negotiated or renegotiated, now or soon? A request is eligible only if all four answers are yes."); to != "/there?step=1#f-largeContract-0" {
		t.Errorf("what is answered wrongly leads to %q", to)
	}
	if to := page.Link("Does the need belong to a phase of the negotiation, before and after included? Please choose."); to != "/there?step=2#f-negotiationPhase-0" {
		t.Errorf("what is not answered leads to %q", to)
	}
	typed["largeContract"], typed["negotiationPhase"] = "yes", "yes"
	review(casework.AssessEligibility, typed).SaysNot("Something is still missing", "Still to do here:")
	review(casework.AssessEligibility, nil).Says("Your decision: Please choose.").SaysNot("Country: Please choose.")
	review(casework.SelfAssess, nil).SaysNot("Still to do here:") // the button is the decision, and nothing is required
}
