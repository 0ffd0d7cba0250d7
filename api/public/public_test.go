package public_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"connex/api/apitest"
	"connex/api/dispatch"
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
	referred := b.Submit(b.Get("/check"), "/check", url.Values{"country": {"GN"}, "need": {"lawyer-only"}}).Answers(200)
	if to := referred.Link("African Legal Support Facility"); to != "https://alsf.int" {
		t.Errorf("whom we refer to is linked as %q", to)
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
	if second := b.Submit(back, "/check/interest", url.Values{"contactEmail": {"fatou@ministry.example"}}); strings.Replace(second.Path, "again=1&", "", 1) != first.Path {
		t.Errorf("a double click gets to %s", second.Path)
	}
	h.Sets(casework.SettingGroup(casework.AssessEligibility), casework.Settings{casework.DueOf(casework.AssessEligibility): "1"})
	h.Sets(casework.GroupLetterhead, casework.Settings{casework.LetterheadName: "The Unit", casework.LetterheadAddress: "A Street 1", casework.LetterheadTelephone: "+49 30 1"})
	b.Get(first.Path).Says("within one working day", "The Unit, A Street 1, +49 30 1")
	h.Started(1)
	request, err := h.Store.Request(t.Context(), h.Account("officer"), "CNX-2026-0001")
	if err != nil || request.Summary != "Gold. "+evil || request.Channel != "web" {
		t.Errorf("what was kept is %q by %q, %v", request.Summary, request.Channel, err)
	}
}

// What can wait stands below, folded for whoever does not know it yet; answers and faults are seen without unfolding.
func TestAFirstInterestAsksFirstWhatIsNeeded(t *testing.T) {
	h := aHouse(t)
	b := pagetest.NewBrowser(t, h.URL)
	const closed, open = `<details class="rest">`, `<details class="rest" open>`
	page := b.Get("/check/interest").Says("More, if you know it already")
	first, rest, folded := strings.Cut(page.Body, closed)
	if !folded || !strings.Contains(first, `name="summary"`) || !strings.Contains(first, `name="contactEmail"`) || !strings.Contains(rest, `name="sector"`) {
		t.Errorf("it asks at once for %s", first)
	}
	for what, answers := range map[string]*pagetest.Page{
		"an answer from the self-check": b.Get("/check/interest?negotiationStage=pre"),
		"an answer that came back":      b.Submit(page, "/check/interest", url.Values{"sector": {"mining"}}).Answers(422),
		"one that is none":              b.Submit(page, "/check/interest", url.Values{"language": {"xx"}, "summary": {"Gold."}, "contactPhone": {"+224 1"}}).Answers(422),
		"a tick":                        b.Submit(page, "/check/interest", url.Values{"renegotiation": {"true"}}).Answers(422),
	} {
		if !strings.Contains(answers.Body, open) {
			t.Errorf("%s is folded away", what)
		}
	}
	if again := b.Submit(page, "/check/interest", nil).Answers(422); !strings.Contains(again.Body, closed) {
		t.Error("it is unfolded where nothing in it is wrong or answered")
	}
	b.Get("/check/question").SaysNot("More, if you know it already")
}

func TestWhatIsSentAgainAfterGoingBackIsOneRequest(t *testing.T) {
	h := aHouse(t)
	b := pagetest.NewBrowser(t, h.URL)
	page, typed := b.Get("/check/interest?country=GN"), url.Values{"summary": {"Wulfenite."}, "contactPhone": {"+224 1"}}
	first := b.Submit(page, "/check/interest", typed).Says("CNX-2026-0001").SaysNot("already")
	back := b.Get(page.Path).Says("We have received what you sent from this page").SaysNot("CNX-2026", "Wulfenite")
	if form(back).Get("_key") != form(page).Get("_key") || form(back).Get("country") != "GN" {
		t.Errorf("on the way back the page is another one: %v", form(back))
	}
	for _, again := range []*pagetest.Page{page, back} {
		b.Submit(again, "/check/interest", typed).Answers(200).Says("CNX-2026-0001", "We had received this already")
	}
	b.Get(first.Path).SaysNot("already")
	h.Started(1)

	typed.Set("summary", "Copper.")
	changed := b.Submit(back, "/check/interest", typed).Answers(409).Says("what stands here now is different", "Copper.").SaysNot("CNX-2026", "Wulfenite")
	h.Started(1)
	for range 2 { // once more, and once more after going back to the answer
		b.Submit(changed, "/check/interest", nil).Answers(200).Says("CNX-2026-0002")
		changed = b.Submit(back, "/check/interest", typed).Answers(409)
	}
	h.Started(2)
}

func TestFormsOfTwoPeopleDoNotMeet(t *testing.T) {
	h := aHouse(t)
	fatou, ana := pagetest.NewBrowser(t, h.URL), pagetest.NewBrowser(t, h.URL)
	page, other := fatou.Get("/check/interest"), ana.Get("/check/interest")
	if form(page).Get("_key") == form(other).Get("_key") {
		t.Fatal("two people were given one key")
	}
	fatou.Submit(page, "/check/interest", url.Values{"summary": {"Wulfenite."}, "contactPhone": {"+224 1"}}).Says("CNX-2026-0001")
	theirs := url.Values{"summary": {"Copper."}, "contactPhone": {"+224 2"}}
	told := ana.Submit(ana.Get(page.Path), "/check/interest", theirs).Answers(409).SaysNot("CNX-2026", "Wulfenite", "+224 1")
	h.Started(1)
	ana.Submit(told, "/check/interest", nil).Says("CNX-2026-0002")
	for i, key := range []string{"", "", "1", "1", strings.ToUpper(form(other).Get("_key"))} { // a key that is none is nobody's
		theirs.Set("_key", key)
		ana.Post("/check/interest", theirs).Answers(200).Says(fmt.Sprintf("CNX-2026-%04d", i+3)).SaysNot("already")
	}
	h.Started(7)
	key := uuid.NewString() // one that staff have used is no way to what they wrote
	values := casework.Values{"summary": "Tin.", "contactPhone": "+224 3", "channel": "web"}
	if _, err := h.Dispatch.Start(t.Context(), dispatch.FirstInterest{Person: h.Account("officer"), Key: key, Values: values}); err != nil {
		t.Fatal(err)
	}
	ana.Get("/check/interest?form=" + key).SaysNot("received")
	ana.Post("/check/interest", url.Values{"_key": {key}, "summary": {"Tin."}, "contactPhone": {"+224 3"}}).Answers(409).SaysNot("CNX-2026")
	h.Started(8)
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

// Only what is started counts: who has to mend a form ten times may send it all the same. Who is held back loses nothing.
func TestTooManyAreHeldBackAndLoseNothing(t *testing.T) {
	h := aHouse(t)
	b := pagetest.NewBrowser(t, h.URL)
	page := b.Get("/check/interest")
	for range 15 {
		b.Submit(page, "/check/interest", nil).Answers(422)
	}
	typed := url.Values{"summary": {"Gold. " + evil}, "contactPhone": {"+224 1"}}
	for started := range 15 {
		page := b.Get("/check/interest")
		answer := b.Submit(page, "/check/interest", typed)
		if answer.Status == 200 {
			b.Submit(page, "/check/interest", typed).Answers(200) // a second click starts nothing
			continue
		}
		answer.Answers(429).Says("Please wait for 30 seconds", "What you entered is still here")
		if form(answer).Get("summary") != typed.Get("summary") || form(answer).Get("_key") != form(page).Get("_key") || answer.Header.Get("Retry-After") != "30" {
			t.Errorf("what comes back is %v, to be sent after %q", form(answer), answer.Header.Get("Retry-After"))
		}
		h.Started(started)
		if started < 10 {
			t.Errorf("%d may be started at once", started)
		}
		return
	}
	t.Error("nobody is held back")
}
