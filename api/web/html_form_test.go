package web_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gin-gonic/gin"
	"github.com/google/go-cmp/cmp"

	"connex/api/pagetest"
	"connex/api/web"
	"connex/casework"
	"connex/words"
)

func init() { gin.SetMode(gin.TestMode) }

const evil = `"><script>alert(1)</script>`

var people = []casework.Option{{Value: "ex-1", Label: "Ana " + evil}, {Value: "ex-2", Label: "Bo"}}

// contextOf a form with whoever may be chosen in it.
func contextOf(kind casework.TaskKind) casework.FormContext {
	return casework.FormContext{Kind: kind, Today: "2027-03-01", Experts: people, Members: people, OnBehalf: kind == casework.ProvideInformation,
		Replacing: kind == casework.ProposeChange, Deadlines: []casework.Deadline{{Task: "t-1", Kind: casework.DiscussScope, Due: evil}, {Task: "t-2", Kind: casework.CheckIn, Activity: 2, Due: "2027-03-09"}}}
}

func formOf(kind casework.TaskKind) casework.Form {
	form := casework.FormFor(contextOf(kind))
	words.In("en").FillForm(&form, string(kind))
	return form
}

// anAnswer of a field's type, as JSON has it.
func anAnswer(f casework.Field) any {
	last := func() string { return f.Options[len(f.Options)-1].Value }
	switch f.Type {
	case casework.Number:
		return 12.5
	case casework.Bool:
		return true
	case casework.Date:
		return "2027-03-31"
	case casework.Choice, casework.OneExpert:
		return last()
	case casework.Choices, casework.Experts, casework.Team:
		return []any{f.Options[0].Value, last()}
	case casework.Document:
		return "doc-1"
	case casework.Documents:
		return []any{"doc-1", "doc-2"}
	case casework.Texts:
		return []any{"one " + evil, "two"}
	case casework.LongText:
		return "first\nsecond " + evil
	case casework.Scores:
		scores := map[string]any{}
		for i, o := range f.Options {
			if scores[o.Value] = float64(i + 1); i == 2 {
				scores[o.Value] = nil
			}
		}
		return scores
	case casework.Activities:
		plan := map[string]any{"title": evil, "form": "advice", "stage": "pre", "experts": []any{"ex-1", "ex-2"}, "start": "2027-04-01", "end": "not a day",
			"deliverable": "a\nb", "checkInEveryDays": 14.0}
		return []any{plan, map[string]any{"title": "second", "checkInEveryDays": "often"}}
	}
	return "typed " + evil
}

// drawn is the form in a page, as the browser gets it.
func drawn(t *testing.T, f web.HTMLForm) *pagetest.Page {
	t.Helper()
	pages := web.NewPages(fstest.MapFS{"templates/form.html": {Data: []byte(`{{define "main"}}<h1>Form</h1>{{template "form" .}}{{end}}`)}}, "guest")
	answer := httptest.NewRecorder()
	c, _ := gin.CreateTestContext(answer)
	c.Request = httptest.NewRequest("GET", "/", nil)
	if err := pages.Show(c, 200, "form", web.View{Title: "Form", Body: f}); err != nil {
		t.Fatal(err)
	}
	return pagetest.Parse(t, t.Name(), answer.Code, answer.Body.String())
}

var onFile = []web.HTMLFile{{ID: "doc-1", Title: "Letter " + evil}, {ID: "doc-2", Title: "Annex"}, {ID: "doc-3", Title: "Other"}}

// What a form shows comes back as it was, whatever it is: nothing that was typed is lost, and none of it is run.
func TestEveryFormComesBackAsItWasTyped(t *testing.T) {
	for _, kind := range casework.AllKinds() {
		t.Run(string(kind), func(t *testing.T) {
			form, typed, wrong := formOf(kind), casework.Values{}, casework.Faults{}
			for _, f := range form.Fields {
				if typed[f.Name] = anAnswer(f); f.Shown {
					typed[f.Name] = f.Value // which nobody types over
				}
				wrong[f.Name] = casework.Say("invalid.named-expert", "Name", evil)
			}
			page := drawn(t, web.Filling{Form: form, Typed: typed, Wrong: wrong, Files: onFile, Words: words.In("en")}.HTML("/here", "key-1"))
			where, sent := page.Sound().Form("")
			if where != "/here" || sent.Get("_key") != "key-1" {
				t.Errorf("it is sent to %q under %q", where, sent.Get("_key"))
			}
			if diff := cmp.Diff(typed, web.ReadForm(words.In("en"), form, sent, nil)); diff != "" {
				t.Errorf("typed (-), read (+):\n%s", diff)
			}
		})
	}
}

func TestEveryFormIsSoundWhenItIsEmpty(t *testing.T) {
	for _, kind := range casework.AllKinds() {
		form := formOf(kind)
		page := drawn(t, web.Filling{Form: form, Files: onFile, Slots: 3, Words: words.In("en")}.HTML("/here", "key-1"))
		_, sent := page.Sound().Form("")
		for name, value := range web.ReadForm(words.In("en"), form, sent, nil) {
			if f := form.Field(name); f.Type != casework.Bool && name != "outcome" && f.Value == nil {
				t.Errorf("%s: nothing was typed, but %s is %v", kind, name, value)
			}
		}
	}
}

func TestWhatIsKnownIsFilledIn(t *testing.T) {
	known := casework.Values{"suggestions": "As agreed", "experts": []any{"ex-2"}, "scopingMission": true}
	form := casework.FormFor(casework.FormContext{Kind: casework.ProposeSupport, Experts: people, Known: known})
	words.In("en").FillForm(&form, string(casework.ProposeSupport))
	_, sent := drawn(t, web.Filling{Form: form, Words: words.In("en")}.HTML("/here", "key-1")).Form("")
	known["outcome"] = "propose"
	if diff := cmp.Diff(known, web.ReadForm(words.In("en"), form, sent, nil)); diff != "" {
		t.Errorf("known (-), read (+):\n%s", diff)
	}
}

// A new file goes before the one that was there; several are added to those that were kept.
func TestUploadsJoinWhatWasKept(t *testing.T) {
	form := formOf(casework.SubmitRequestLetter)
	kept := map[string][]string{"letterDocument.kept": {"old"}, "backgroundDocuments.kept": {"a"}}
	read := web.ReadForm(words.In("en"), form, kept, map[string][]string{"letterDocument": {"new"}, "backgroundDocuments": {"b"}})
	want := casework.Values{"letterDocument": "new", "backgroundDocuments": []any{"a", "b"}}
	if diff := cmp.Diff(want, read); diff != "" {
		t.Errorf("want (-), read (+):\n%s", diff)
	}
}

func TestFaultsLeadToTheirFields(t *testing.T) {
	form := formOf(casework.CastVote)
	page := drawn(t, web.Filling{Form: form, Typed: casework.Values{}, Wrong: casework.Faults{"outcome": casework.Say("invalid.choose"), "reasons": casework.Say("invalid.too-long", "Limit", 20_000)},
		Words: words.In("en")}.HTML("/here", "key-1")).Sound()
	page.Says("There are 2 things to mend")
	if page.Link("Your vote: Please choose.") != "#f-outcome-0" || page.Link("This is too long: at most 20,000 characters.") != "#f-reasons" {
		t.Error("a fault does not lead to its field")
	}
}

// Of two fields of which one is needed, neither is marked as optional, and each names the other.
func TestOneOfTwoIsSaidAtBoth(t *testing.T) {
	page := func(form casework.Form) *pagetest.Page {
		return drawn(t, web.Filling{Form: form, Words: words.In("en")}.HTML("/here", "key-1")).Sound()
	}
	page(formOf(casework.ProvideInformation)).Says("The government's document", "One of the two is needed: this or “Note of the call”.",
		"One of the two is needed: this or “The government's document”.").SaysNot("The government's document (optional)", "Note of the call (optional)")
	interest := casework.FirstInterestForm(true)
	words.In("en").FillForm(&interest, "public-interest")
	page(interest).Says("One of the two is needed: this or “Your telephone number”.", "One of the two is needed: this or “Your e-mail address”.").
		SaysNot("Your telephone number (optional)", "Your e-mail address (optional)")
	contact := casework.FormFor(casework.FormContext{Kind: casework.ChangeContact, OnBehalf: true})
	words.In("en").FillForm(&contact, string(casework.ChangeContact))
	page(contact).SaysNot("that names the new contact (optional)", "One of the two")
	letter := casework.FormFor(casework.FormContext{Kind: casework.SubmitRequestLetter, OnBehalf: true})
	words.In("en").FillForm(&letter, string(casework.SubmitRequestLetter))
	page(letter).Says("Another document of the government (optional)", "Note of the call (optional)").SaysNot("One of the two")
}

// A long list of what belongs to one thing or another says to which; others are as they were.
func TestStepsStandByTheirStages(t *testing.T) {
	interest := casework.FirstInterestForm(false)
	words.In("en").FillForm(&interest, "first-interest")
	for name, form := range map[string]casework.Form{"a first interest": interest, "a correction": formOf(casework.CorrectFacts)} {
		body := drawn(t, web.Filling{Form: form, Typed: casework.Values{"negotiationStep": "term-sheet"}, Words: words.In("en")}.HTML("/here", "key")).Sound().Body
		before, during, after := strings.Index(body, `<optgroup label="Before the negotiation">`), strings.Index(body, `<optgroup label="During the negotiation">`), strings.Index(body, `<optgroup label="After the negotiation">`)
		chosen := strings.Index(body, `<option value="term-sheet" selected>`)
		if before < 0 || !(before < during && during < chosen && chosen < after) || strings.Count(body, "<optgroup") != 3 || strings.Count(body, "</optgroup>") != 3 {
			t.Errorf("%s: the stages stand at %d, %d and %d, the step at %d", name, before, during, after, chosen)
		}
	}
}

// Many boxes are folded: nobody passes 249 countries on the way to the next question. What is wrong or chosen shows.
func TestManyBoxesAreFolded(t *testing.T) {
	many := casework.Field{Name: "countries", Label: "Countries", Type: casework.Choices}
	for i := range 60 {
		many.Options = append(many.Options, casework.Option{Value: fmt.Sprint(i), Label: fmt.Sprintf("Country %d", i)})
	}
	few := many
	few.Name, few.Options = "few", many.Options[:30]
	page := func(typed casework.Values, wrong casework.Faults) *pagetest.Page {
		form := casework.Form{Fields: []casework.Field{many, few}}
		return drawn(t, web.Filling{Form: form, Typed: typed, Wrong: wrong, Words: words.In("en")}.HTML("/here", "key-1")).Sound()
	}
	if open := page(casework.Values{}, nil).Says("Choose among 60").SaysNot("Choose among 30").Body; strings.Contains(open, "<details open") || strings.Count(open, "<details") != 1 {
		t.Error("it is not one that is folded")
	}
	page(casework.Values{"countries": []any{"3", "7"}}, nil).Says("Chosen: Country 3 and Country 7")
	if wrong := page(casework.Values{}, casework.Faults{"countries": casework.Say("invalid.choose")}).Body; !strings.Contains(wrong, `-fold" open>`) {
		t.Error("what is wrong is folded")
	}
}

// A question keeps its own mark; what is no question is parted by a colon.
func TestALineOfTheSummary(t *testing.T) {
	for fault, want := range map[web.HTMLFault]string{
		{Label: "Country", Sentence: "Please choose."}:                      "Country: Please choose.",
		{Label: "Is there armed conflict now?", Sentence: "Please choose."}: "Is there armed conflict now? Please choose.",
	} {
		if got := fault.Line(); got != want {
			t.Errorf("the line says %q, not %q", got, want)
		}
	}
}
