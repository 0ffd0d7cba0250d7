package e2e

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	protocol "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/uuid"
)

// theirExpert stands in the scenario for somebody of this test's own.
const theirExpert = "sione.fale@experts.example"

// byHand are the tasks that are done by keyboard alone the first time that they come; whatever else the scenario has is
// done by its programs.
var byHand = map[string]func(*hands){
	"assess-eligibility":    (*hands).assess,
	"submit-request-letter": (*hands).sendLetter,
	"check-human-rights":    (*hands).check,
	"cast-vote":             (*hands).vote,
	"sign-approval-letter":  (*hands).signApproval,
	"sign-code-of-conduct":  (*hands).signCode,
	"declare-interests":     (*hands).declareInterests,
	"agree-support":         (*hands).agree,
	"self-assess":           (*hands).lookBack,
	"write-evaluation":      (*hands).evaluate,
}

// One request is carried from its first interest to its first evaluation by everybody who takes part, none of whom has
// more than a keyboard.
func TestEverybodyWorksByKeyboardAlone(t *testing.T) {
	t.Parallel()
	s := theSystem(t)
	address := uuid.NewString()[:8] + "@experts.example"
	t.Run("the administrator", func(t *testing.T) { s.handsOf(t, "admin").enterExpert(address) })
	j := s.aRequestWith(t, address)
	done := map[string]bool{}
	for _, next := range j.withTheExpertsPart() {
		deed := byHand[next.Kind]
		if deed == nil || done[next.Kind] {
			if err := j.do(t.Context(), next); err != nil {
				t.Fatalf("%s: %v", j.number, err)
			}
			continue
		}
		done[next.Kind] = true
		t.Run(next.Kind, func(t *testing.T) { deed(j.handsFor(t, next)) })
		if t.Failed() {
			return // the next one would wait in vain
		}
		clear(j.tasks) // from before the deed
	}
	t.Run("the auditor", func(t *testing.T) { j.hands(t, "auditor").audit() })
}

// aRequestWith has an expert of that address wherever the scenario has its own.
func (s *system) aRequestWith(t *testing.T, address string) *journey {
	t.Helper()
	told, err := readScenario("ended-early")
	if err != nil {
		t.Fatal(err)
	}
	j, err := s.begin(t.Context(), told)
	if err != nil {
		t.Fatal(err)
	}
	j.restsAfter(t)
	roster, err := s.enterExperts(t.Context(), []map[string]any{{"email": address}})
	if err != nil {
		t.Fatal(err)
	}
	j.roster[theirExpert] = roster[address]
	for i := range j.Steps {
		j.Steps[i].As = strings.Replace(j.Steps[i].As, theirExpert, address, 1)
	}
	j.Whenever = nil
	return j
}

// withTheExpertsPart are the steps to the first evaluation, the expert's own among them.
func (j *journey) withTheExpertsPart() (steps []step) {
	var expert string
	for _, next := range j.Steps {
		if strings.HasPrefix(next.As, "expert:") {
			expert = next.As
		}
	}
	for _, next := range j.Steps {
		if next.Kind == "plan-activity" || next.Kind == "agree-support" && slices.ContainsFunc(steps, func(s step) bool { return s.Kind == next.Kind }) {
			continue // one activity is enough
		}
		steps = append(steps, next)
		switch next.Kind {
		case "propose-support":
			steps = append(steps, step{As: expert, Kind: "sign-code-of-conduct"}, step{As: expert, Kind: "declare-interests"})
		case "write-evaluation":
			return steps
		}
	}
	return steps
}

// handsFor are those of whoever does a step, as soon as it waits for them.
func (j *journey) handsFor(t *testing.T, next step) *hands {
	t.Helper()
	if _, _, err := j.await(t.Context(), next); err != nil {
		t.Fatal(err)
	}
	switch address, expert := strings.CutPrefix(next.As, "expert:"); {
	case expert:
		return j.hands(t, address)
	case next.As == "government":
		return j.hands(t, j.contact)
	}
	return j.hands(t, next.As)
}

func (j *journey) hands(t *testing.T, name string) *hands {
	h := j.handsOf(t, name)
	h.reader.number = j.number
	return h
}

// signsIn from the login page.
func (h *hands) signsIn() *hands {
	h.t.Helper()
	h.comes("/login").types("E-mail address", h.reader.name+"@connex.test").types("Password", "connex")
	return h.leads(kb.Enter)
}

// findsTheCase by its number, with the key that leads to the search.
func (h *hands) findsTheCase() *hands {
	h.t.Helper()
	if h.presses("/"); h.at.ID != "find" {
		h.reader.fail("come to the search field by /", errNotThere)
	}
	return h.writes(h.reader.number).leads(kb.Enter).skips().opens(h.reader.number)
}

// takesTheNextStep that the case's page offers on top.
func (h *hands) takesTheNextStep() *hands {
	h.t.Helper()
	return h.signsIn().findsTheCase().skips().opens("Open the form")
}

func (h *hands) assess() {
	h.takesTheNextStep().skips().sends("All on one page").chooses("Your decision", "Not eligible")
	h.refused("Send", "Answer to the government (is sent as it stands here)")
	h.tabsBackTo("the decision", func(f focus) bool { return f.Group == "Your decision" }).picks("Eligible: go on")
	h.fills(answers{toTheRest: "Yes"}).sends("Send").hears("Done.")
}

func (h *hands) check() {
	h.signsIn().findsTheCase().skips().opens("Check human rights").skips().asked()
	h.fillsInSteps(answers{"Rating (internal)": "Low", "Your decision": "Proceed"}).sends("Send").hears("Done.")
}

func (h *hands) vote() {
	h.takesTheNextStep().chooses("Your vote", "Decline").refused("Send", "Reasons (internal)")
	h.tabsBackTo("the vote", func(f focus) bool { return f.Group == "Your vote" })
	h.picks("Approve")
	h.sends("Send").hears("Done.")
}

func (h *hands) signApproval() {
	h.takesTheNextStep().chooses("Your decision", "Return to the drafter").refused("Send", "Comment (internal)")
	h.tabsBackTo("the decision", func(f focus) bool { return f.Group == "Your decision" })
	h.picks("Sign and send")
	h.sends("Send").hears("Done.")
}

func (h *hands) evaluate() {
	h.takesTheNextStep().skips().tabsTo("the first grade", func(f focus) bool { return f.Kind == "radio" })
	h.fills(nil).sends("The evaluation is written").hears("Done.")
}

// opensTheirLink is how a guest comes in.
func (h *hands) opensTheirLink() *hands {
	h.t.Helper()
	home := (&guest{h.reader, h.reader.name}).home()
	return h.comes(home).skips()
}

func (h *hands) sendLetter() {
	h.opensTheirLink().opens("Send us your request letter").skips().refused("Go on", "The signed letter")
	h.attaches("The signed letter", "letter.pdf").dates("Date of the letter", h.reader.today(0)).types("Who signed it", "Dr N. Example")
	h.fillsInSteps(nil).confirms("Send the letter")
}

func (h *hands) signCode() {
	h.opensTheirLink().opens("Sign the Code of Conduct").sound().skips().chooses("Your decision", "I have read the Code of Conduct and sign it")
	h.refused("Send", "Your full name, as your signature")
	h.writes("Yara Example").confirms("Send")
}

func (h *hands) declareInterests() {
	h.opensTheirLink().opens("Declare your interests").sound().skips().chooses("Your declaration", "I have none to declare")
	h.sends("Send").hears("Thank you, we have received it.")
}

func (h *hands) agree() {
	h.opensTheirLink().opens("Our suggestions for your support").skips().chooses("Your answer", "We agree").confirms("Send")
}

func (h *hands) lookBack() {
	h.opensTheirLink().opens("Look back at the activity").sound().skips().asked()
	h.fillsInSteps(nil).sends("Send the answers").hears("Thank you, we have received it.")
}

func (h *hands) enterExpert(address string) {
	h.signsIn().opens("Experts").skips().opens("New expert").skips()
	h.types("Name", "Yara Example").refused("Save", "E-mail")
	h.writes(address).ticks("Disciplines", "Tax").sends("Save").hears("Saved.")
}

// audit: reads all that happened to the case, and takes the portfolio along as a table.
func (h *hands) audit() {
	h.signsIn().findsTheCase().skips()
	h.opens("Everything (").tabsTo("a chapter", func(f focus) bool { return f.Kind == "fold" && strings.Contains(f.Name, "Implementation") }) // the newest: older ones may stand on another page
	if h.presses(kb.Enter); !h.at.On {
		h.presses(kb.Enter)
	}
	h.reader.reads("Wrote the evaluation")
	h.tabsBackTo("the portfolio", called("link", "Requests")).leads(kb.Enter).skips()
	folder := h.t.TempDir()
	h.reader.must("keep what is downloaded", chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		params := protocol.SetDownloadBehaviorParams{Behavior: protocol.SetDownloadBehaviorBehaviorAllow, BrowserContextID: chromedp.FromContext(ctx).BrowserContextID, DownloadPath: folder}
		_, err := chromedp.CallBrowser(ctx, protocol.SetDownloadBehavior, params)
		return err
	}))
	h.tabsTo("the table", called("link", "As a table (CSV)")).presses(kb.Enter)
	table := waitFor(h.t, patienceWithPages, "the portfolio as a table", func() (string, bool) {
		found, _ := filepath.Glob(filepath.Join(folder, "*.csv"))
		if len(found) == 0 {
			return "", false
		}
		text, err := os.ReadFile(found[0])
		return string(text), err == nil && len(text) > 0
	})
	if !strings.Contains(table, h.reader.number) {
		h.t.Errorf("the table has no line for %s:\n%.500s", h.reader.number, table)
	}
}
