package public_test

import (
	"net/url"
	"testing"

	"connex/api/apitest"
	"connex/api/pagetest"
	"connex/api/public"
	"connex/casework"
)

const evil = `<script>alert("x")</script>`

func aHouse(t *testing.T) *apitest.House {
	t.Helper()
	t.Parallel()
	return apitest.New(t, public.Register)
}

func TestTheSelfCheck(t *testing.T) {
	h := aHouse(t)
	b := pagetest.NewBrowser(t, h.URL)
	for name, tt := range map[string]struct {
		answers url.Values
		says    string
	}{
		"all is well":         {url.Values{"country": {"GN"}, "largeContract": {"yes"}, "seeksAssistance": {"yes"}, "negotiationPhase": {"pre"}}, "CONNEX can probably support you"},
		"nothing is answered": {nil, "Let us look at this together"},
		"no contract":         {url.Values{"country": {"GN"}, "largeContract": {"no"}}, "This may lie outside what CONNEX can support"},
		"nonsense":            {url.Values{"country": {evil}, "need": {evil}}, "Let us look at this together"},
	} {
		page := b.Submit(b.Get("/check").Answers(200), "/check", tt.answers).Answers(200).Says(tt.says)
		if _, form := page.Form("/check"); form.Get("largeContract") != tt.answers.Get("largeContract") {
			t.Errorf("%s: the answers are lost", name)
		}
	}
	page := b.Submit(b.Get("/check"), "/check", url.Values{"country": {"GN"}, "negotiationPhase": {"during"}, "need": {"legal"}})
	if _, form := b.Get(b.Get(page.Link("Ask a question")).Link("Can CONNEX support you?")).Form("/check"); form.Get("country") != "GN" || form.Get("negotiationPhase") != "during" {
		t.Errorf("on the way back the answers are lost: %v", form)
	}
	if _, form := b.Get(page.Link("Tell us about your request")).Form(""); form.Get("country") != "GN" || form.Get("negotiationStage") != "during" {
		t.Errorf("the first interest does not know what was answered: %v", form)
	}
}

func TestAFirstInterestGetsItsNumber(t *testing.T) {
	h := aHouse(t)
	b := pagetest.NewBrowser(t, h.URL)
	page := b.Get("/check/interest")
	back := b.Submit(page, "/check/interest", url.Values{"summary": {"Gold. " + evil}}).Answers(422).Says("so that we can answer")
	first := b.Submit(back, "/check/interest", url.Values{"contactEmail": {"fatou@ministry.example"}}).Answers(200)
	first.Says("Thank you", "CNX-2026-0001", "within 3 working days")
	if second := b.Submit(back, "/check/interest", url.Values{"contactEmail": {"fatou@ministry.example"}}); second.Path != first.Path {
		t.Errorf("a double click gets to %s", second.Path)
	}
	h.Sets(casework.SettingGroup(casework.AssessEligibility), casework.Settings{casework.DueOf(casework.AssessEligibility): "1"})
	h.Sets(casework.GroupLetterhead, casework.Settings{casework.LetterheadName: "The Unit", casework.LetterheadAddress: "A Street 1", casework.LetterheadTelephone: "+49 30 1"})
	b.Get(first.Path).Says("within one working day", "The Unit, A Street 1, +49 30 1")
	if len(h.Temporal.Started) != 1 {
		t.Errorf("%d requests were started", len(h.Temporal.Started))
	}
	request, err := h.Store.Request(t.Context(), h.Account("officer"), "CNX-2026-0001")
	if err != nil || request.Summary != "Gold. "+evil || request.Channel != "web" {
		t.Errorf("what was kept is %q by %q, %v", request.Summary, request.Channel, err)
	}
}

func TestAQuestionIsAskedWithLess(t *testing.T) {
	h := aHouse(t)
	b := pagetest.NewBrowser(t, h.URL)
	page := b.Get("/check/question").SaysNot("Resource")
	b.Submit(page, "/check/question", url.Values{"summary": {"Are we too small?"}, "contactPhone": {"+224 1"}}).Says("CNX-2026-0001", "within one working day")
	action, err := h.Store.Action(t.Context(), casework.ActionID(form(page).Get("_key")))
	if err != nil || !action.Start.Question {
		t.Errorf("it did not go out as a question: %+v, %v", action.Start, err)
	}
}

func form(p *pagetest.Page) url.Values {
	_, values := p.Form("")
	return values
}

func TestThanksAreForNumbersOnly(t *testing.T) {
	b := pagetest.NewBrowser(t, aHouse(t).URL)
	b.Get("/check/thanks?number=" + url.QueryEscape(evil)).Answers(404)
	b.Get("/check/thanks").Answers(404)
}

func TestTooManyAreHeldBack(t *testing.T) {
	b := pagetest.NewBrowser(t, aHouse(t).URL)
	page := b.Get("/check/interest")
	for range 30 {
		if b.Submit(page, "/check/interest", nil).Status == 429 {
			return
		}
	}
	t.Error("nobody is held back")
}
