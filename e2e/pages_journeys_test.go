package e2e

import (
	"regexp"
	"testing"

	"github.com/google/uuid"
)

// firstInterest is told by somebody on the public page, after the self-check.
func (r *reader) firstInterest(country, institution, name string) *guest {
	r.t.Helper()
	address := uuid.NewString()[:8] + "@ministry.example"
	r.name = "the public"
	r.goes("/check")
	r.chooses("Which country is it?", country)
	r.chooses("Is a large contract in the extractive sector negotiated, or negotiated again, now or soon?", "Yes")
	r.chooses("Do you wish for international and regional assistance in it?", "Yes")
	r.presses("See what this means")
	r.reads("Let us look at this together")
	r.follows("Tell us about your request")
	r.chooses("Country", country)
	r.types("Institution", institution)
	r.types("Your name", name)
	r.types("Your e-mail address", address)
	r.types("What it is about", "An investor has sent a draft agreement. We would like help before the round in two months.")
	r.presses("Send")
	r.reads("Thank you")
	r.number = regexp.MustCompile(`CNX-\d+-\d+`).FindString(r.text())
	r.name = ""
	return r.guest(address)
}

// admitted brings a request to its formal letter.
func (r *reader) admitted(government *guest) {
	r.t.Helper()
	r.as("officer").opens("Assess eligibility")
	r.inSteps(func() {
		r.answersTheRest("Yes")
		if r.there("option", "Your decision", "Eligible: go on") {
			r.chooses("Your decision", "Eligible: go on")
		}
	})
	r.sends("Send")
	r.opens("Discuss scope and content").chooses("Your decision", "Proceed to the formal request")
	r.types("Scope and content (appears in the draft of the request letter)", "Fiscal terms of the draft agreement")
	r.sends("Send")
	r.opens("Prepare the request letter").decides("Send the draft to the government")
	government.opens("Send us your request letter")
	government.attaches("The signed letter", "letter.pdf")
	government.dates("Date of the letter", r.today(0))
	government.types("Who signed it", "Dr N. Example")
	government.inSteps(asItIs)
	government.reads("Dr N. Example")
	government.confirms("Send the letter")
	government.gentle()
}

// checks completes one of the due-diligence checks without any worry.
func (r *reader) checks(title string) {
	r.t.Helper()
	r.opens(title)
	r.finishes()
}

// finishes the form of a check.
func (r *reader) finishes() {
	r.t.Helper()
	r.inSteps(func() {
		if r.there("option", "Rating (internal)", "Low") {
			r.chooses("Rating (internal)", "Low")
			r.chooses("Your decision", "Proceed")
		}
		if r.there("file", "Dated result of the screening") {
			r.attaches("Dated result of the screening", "screening.pdf")
		}
		r.answersTheRest("No")
	})
	r.sends("Send")
}

func (r *reader) checked() {
	r.t.Helper()
	r.as("reviewer").checks("Check human rights")
	r.checks("Check the environment")
	r.checks("Check conflict")
	r.as("reviewer2").checks("Check other partners")
	r.checks("Check integrity")
	r.as("officer").opens("Conclude the due diligence").chooses("Your decision", "Recommend")
	r.types("Summary for the board (internal)", "Nothing stands against it.")
	r.sends("Send")
}

func (r *reader) votes(member, vote string) {
	r.t.Helper()
	r.as(member).takesTheNextStep("Cast your vote")
	r.chooses("Your vote", vote)
	if vote != "Approve" {
		r.types("Reasons (internal)", "It is too early.")
	}
	r.sends("Send")
}

// onTheRoster enters an expert.
func (r *reader) onTheRoster(name string) *guest {
	r.t.Helper()
	address := uuid.NewString()[:8] + "@experts.example"
	r.as("admin").goes("/experts/new")
	r.types("Name", name)
	r.types("E-mail", address)
	r.chooses("Disciplines", "Tax")
	r.presses("Save")
	r.reads("Saved.")
	return r.guest(address)
}

// The whole way needs no script, whoever walks it; the journeys below go theirs with scripts.
func TestARequestFromFirstInterestToClosedByThePages(t *testing.T) {
	t.Parallel()
	r := theSystem(t).atTheBrowser(t).withoutScripts()
	government := r.firstInterest("Zambia", "Ministry of Mines (fictitious)", "Chileshe Banda")
	expert := r.onTheRoster("Noor Example")
	expert.number = r.number
	r.admitted(government)
	r.checked()
	r.votes("board1", "Approve")
	r.votes("board2", "Approve")
	r.as("officer").opens("Draft the approval letter").sends("The draft is ready to sign")
	r.as("head").opens("Sign the approval letter").decides("Sign and send")

	r.as("officer").opens("Propose support")
	r.types("Suggestions to the government (are sent as they stand here)", "A fiscal model, then advice during the round.")
	r.chooses("Recommended experts", "Noor Example")
	r.plans("Activity 1", "Noor Example")
	r.sends("Propose to the government")
	expert.bound("Noor Example")
	government.opens("Our suggestions for your support").chooses("Your answer", "We agree")
	government.confirms("Send")
	government.gentle()

	r.as("officer").opens("End the activity").chooses("How it ended", "Completed")
	r.sends("Send")
	government.opens("Your view of the support").inSteps(asItIs)
	government.sends("Send the answers")
	expert.opens("Look back at the activity").inSteps(asItIs)
	expert.sends("Send the answers")
	r.as("evaluator").evaluates("Write the evaluation")
	r.as("officer").opens("End the implementation").sends("End the implementation")
	government.opens("Your view of the support as a whole").inSteps(asItIs)
	government.sends("Send the answers")
	r.as("evaluator").evaluates("Write the closing evaluation")
	r.as("head").opens("Close the request").sends("Close the request")
	r.ended("Closed")
	government.goes(government.home())
	government.reads("The support has come to its end.")
	government.gentle()
	if r.scripted() {
		t.Error("scripts ran")
	}
}

// plans fills the first activity of a proposal: it begins at once and is over on the next day.
func (r *reader) plans(legend, expert string) {
	r.t.Helper()
	r.types("Title (is sent to government and experts)", "Fiscal model", legend)
	r.chooses("Form of support", "Direct advice and expertise", legend)
	r.chooses("Stage of the negotiation", "During the negotiation", legend)
	r.chooses("Experts", expert, legend)
	r.dates("First day", r.today(0), legend)
	r.dates("Last day", r.today(1), legend)
	r.types("What is delivered (is sent to government and experts)", "A model and a written opinion", legend)
}

// bound: an expert signs the Code of Conduct and declares interests.
func (g *guest) bound(name string) {
	g.t.Helper()
	g.opens("Sign the Code of Conduct").chooses("Your decision", "I have read the Code of Conduct and sign it")
	g.types("Your full name, as your signature", name)
	g.confirms("Send")
	g.opens("Declare your interests").chooses("Your declaration", "I have none to declare")
	g.sends("Send")
}

func (r *reader) evaluates(title string) {
	r.t.Helper()
	r.opens(title)
	r.answersTheRest("Successful")
	r.types("Lessons learned", "Begin with the model.")
	r.sends("The evaluation is written")
}

func TestADeclinedRequestByThePages(t *testing.T) {
	t.Parallel()
	r := theSystem(t).atTheBrowser(t)
	government := r.firstInterest("Guinea", "Ministère des Mines (fictif)", "Fatoumata Exemple")
	r.admitted(government)
	r.checked()
	r.votes("board1", "Decline")
	r.votes("board2", "Decline")
	r.as("officer").opens("Draft the answer to the government").sends("The draft is ready to sign")
	r.as("head").opens("Sign the answer to the government")
	r.chooses("Your decision", "Return to the drafter")
	r.types("Comment (internal)", "Warmer, please.")
	r.sends("Send")
	r.as("officer").opens("Draft the answer to the government").sends("The draft is ready to sign")
	r.as("deputy").opens("Sign the answer to the government").decides("Sign and send")
	r.ended("Declined")
	government.goes(government.home())
	government.reads("You have our answer to your request in writing.")
	government.gentle()
	if len((&journey{system: r.system, contact: government.address, number: r.number}).found(wantedMail{To: "government", Attachment: "application/pdf"})) < 2 {
		t.Error("the acknowledgement or the letter did not reach the government")
	}
	r.as("deputy").signsOut()
}

func TestAWithdrawnRequestByThePages(t *testing.T) {
	inTurn(t)
	r := theSystem(t).atTheBrowser(t)
	government := r.firstInterest("Mongolia", "Ministry of Mining (fictitious)", "Bat Example")
	r.admitted(government)
	r.as("reviewer").checks("Check human rights")
	watching := theSystem(t).atTheBrowser(t)
	watching.as("auditor").goes("/requests/" + r.number)
	watching.reads("It is for others to act")
	government.opens("We no longer need this support")
	government.types("If you like: why", "The investor has gone.")
	government.confirms("Yes, we no longer need this support")
	government.reads("You no longer need this support.")
	government.gentle()
	watching.reads("This request has ended") // without being loaded again
	r.as("officer").ended("Withdrawn")
	r.goes("/requests/" + r.number)
	if r.there("link", "Check conflict") {
		r.fail("find nothing open", errNotThere)
	}
}

// A form that cannot be taken comes back with everything that was typed, and says at each field what is wrong.
func TestAFormThatIsWrongComesBackWhole(t *testing.T) {
	inTurn(t)
	r := theSystem(t).atTheBrowser(t)
	r.firstInterest("Ghana", "Ministry of Lands (fictitious)", "Kojo Example")
	r.as("officer").opens("Assess eligibility")
	r.presses("All on one page")
	r.chooses("Your decision", "Not eligible")
	r.types("Reasons (internal)", "Neither here nor there.")
	if status := r.clicks("press Send", element("button", "Send")); status != 422 {
		t.Errorf("half a form: want 422, got %d", status)
	}
	r.reads("There is something to mend")
	r.reads("Answer to the government (is sent as it stands here): ")
	if kept := r.holds("Reasons (internal)"); kept != "Neither here nor there." {
		t.Errorf("of what was typed came back %q", kept)
	}
	r.types("Answer to the government (is sent as it stands here)", "We are sorry that we cannot help.")
	r.sends("Send")
	r.ended("Not eligible")
	r.goes("/requests/" + r.number)
	if r.there("link", "Assess eligibility") {
		r.fail("find nothing open", errNotThere)
	}
}
