package tour

import "slices"

// State is a page as it is after somebody did something with it.
type State struct {
	Page
	Name    string  // of the state, for pictures and failures
	Link    string  // of a guest who comes by another link than the guests of this name
	Beside  bool    // at the api beside the system's own
	Trouble Trouble // brought about once the page is there
	Send    string  // a script that leads to another page, as pressing a button does
	Answers int64   // the status of that page
	Open    string  // a script that changes the page itself, at once or when its promise is kept
}

// Trouble is what goes wrong in the system that runs.
type Trouble string

// The kinds of trouble. An operator's mistake stays, the others are mended once the page was seen.
const (
	Terminated Trouble = "the workflow of the suspended request is terminated"
	Offline    Trouble = "the browser's line is down"
	Away       Trouble = "the database cannot be reached by the api beside"
)

func seen(as, path, name string) State { return State{Page: Page{as, path}, Name: name} }

func opened(as, path, name, script string) State {
	return State{Page: Page{as, path}, Name: name, Open: script}
}

func sent(as, path, name, script string, answers int64) State {
	return State{Page: Page{as, path}, Name: name, Send: script, Answers: answers}
}

func (s State) with(t Trouble) State { s.Trouble = t; return s }

func (s State) beside() State { s.Beside = true; return s }

func (s State) by(link string) State { s.Link = link; return s }

// States are those in which pages are seen when something is mistaken, missing or open. What they are about stays as it is.
func States(s Stops) []State {
	return slices.Concat(mistaken(s), anyTime(s), halfway(s), unfolded(s), empty(s))
}

// mistaken are forms that come back, of each kind that there is.
func mistaken(s Stops) []State {
	task, long := "/tasks/"+s.Task, "/tasks/"+s.LongTask
	return []State{
		sent("officer", task, "nothing filled in", send, 422),
		sent("officer", task, "given to nobody", blank("#reassign form"), 422),
		sent("reviewer", long, "first step, nothing filled in", press(`button[name="_go"]:not(.default)`), 422),
		sent("reviewer", long, "nothing of it filled in", send, 422),
		sent("reviewer", long+"?step=all", "older than what is kept", behind("form.dataset.drafts", `first.set("mitigation", "Newer.")`,
			enter("form", []string{"mitigation", "Older.", "_go", "1"})), 409),
		sent("officer", "/requests/new", "nothing filled in", send, 422),
		sent("officer", "/requests/"+s.Case, "an empty note", blank(".note-form"), 422),
		sent("officer", "/requests", "a view without a name", blank(`form[action="/requests/views"]`), 422),
		sent("officer", "/mails", "none chosen", send, 422),
		sent("officer", "/mails/"+s.Mail, "filed nowhere", send, 422),
		sent("officer", "/mails/"+s.Mail, "a request from no address", typedInto("form[data-form]", "contactEmail", "nobody"), 422),
		sent("officer", "/settings", "a wrong password", typedInto(`form[action="/settings/password"]`, "old", "wrong", "password", "short", "repeat", "other"), 422),
		sent("officer", "/settings/absence", "nothing filled in", blank("form[data-form]"), 422),
		sent("admin", "/admin/people/new", "nothing filled in", send, 422),
		sent("admin", "/admin/people/"+s.Person, "no name", typedInto("form[data-form]", "name", ""), 422),
		sent("admin", "/admin/settings/vote", "nothing filled in", typed("voteQuorum", "none"), 422),
		sent("admin", "/experts/new", "nothing filled in", send, 422),
		sent("", "/check/interest", "nothing filled in", send, 422),
		sent("", "/check/question", "nothing filled in", send, 422),
		sent("", "/forgotten", "nothing filled in", send, 422),
		sent("", "/login", "a wrong password", typed("email", "officer@connex.test", "password", "wrong"), 401),
		sent("", "/login", "a form from before the session ended", form+`form.action = "`+task+`"; form.submit()`, 401),
		sent("government", "/tasks/"+s.GuestTask, "nothing filled in", send, 422),
		sent("government", "/tasks/"+s.PassOn, "nothing filled in", send, 422),
		sent("head", "/tasks/"+s.Resume, "nothing filled in", send, 422),
		sent("", s.Password, "nothing filled in", send, 422),
		sent("expert", "/write", "nothing filled in", send, 422),
	}
}

// anyTime are the forms of what staff may do at any time, sent without a word.
func anyTime(s Stops) (states []State) {
	for _, form := range []struct{ kind, as string }{{"correct-facts", "officer"}, {"declare-conflict", "officer"}, {"move-deadline", "officer"}, {"suspend", "head"}, {"void-request", "head"}} {
		if task := s.AnyTime[form.kind]; task != "" {
			states = append(states, sent(form.as, "/tasks/"+task, form.kind, send, 422))
		}
	}
	return states
}

// halfway are forms on their way: whole, read over, waiting for a code.
func halfway(s Stops) []State {
	long, withdraw := "/tasks/"+s.LongTask, "/tasks/"+s.Withdraw
	return []State{
		sent("reviewer", long, "all steps at once", press(`button[name="_go"][value="all"]`), 200),
		sent("reviewer", long+"?step=all", "read over", answerAll+enter("form", []string{"_go", "99"})+`form.submit()`, 200),
		sent("government", withdraw, "a code is asked for", send, 428),
		sent("government", withdraw, "a wrong code", typed("_code", "000000"), 428),
	}
}

// unfolded are pages with all that can be opened on them.
func unfolded(s Stops) []State {
	return []State{
		opened("officer", "/", "unfolded", unfold),
		opened("officer", "/", "searching", `document.dispatchEvent(new KeyboardEvent("keydown", {key: "/", bubbles: true}))`),
		opened("officer", "/requests", "unfolded", unfold),
		opened("officer", "/requests/"+s.Case, "unfolded", unfold),
		opened("officer", "/requests/"+s.Case, "names are offered in a note", mention),
		opened("officer", "/tasks/"+s.Task, "unfolded", unfold),
		opened("officer", "/check-ins", "unfolded", unfold),
		opened("officer", "/design", "unfolded", unfold),
		opened("reviewer", "/tasks/"+s.LongTask+"?step=all", "unfolded", unfold),
		opened("admin", "/experts/new", "unfolded", unfold),
		opened("government", "", "unfolded", unfold),
	}
}

func empty(s Stops) []State {
	return []State{
		seen("officer", "/requests?q=nobody-is-called-so", "nothing found"),
		seen("officer", "/search?q=nobody-is-called-so", "nothing found"),
		seen("officer", "/calendar?month=2035-01", "nothing due"),
		seen("", "/check?country=NA&largeContract=yes&seeksAssistance=yes&negotiationPhase=during&need=advice&answered=1", "eligible"),
		seen("", "/check?country=DE&largeContract=no&seeksAssistance=no&negotiationPhase=during&need=advice&answered=1", "not eligible"),
		seen("officer", "/admin", "not theirs"),
		seen("auditor", "/tasks/"+s.Task, "not theirs"),
		seen("head", "/requests/"+s.Paused, "suspended"),
	}
}

// Troubled are pages while a part of the system is away, at fault, or asked too often. What they are at the api beside
// comes first, since that can keep no session alive.
func Troubled(s Stops) []State {
	return []State{
		sent("officer", "/tasks/"+s.Task, "a fault", typed("outcome", "drop", "reasons", "Not pursued.", "answer", "Thank you."), 500).beside(),
		opened("officer", "/tasks/"+s.Task+"?step=all", "nothing was sent", unsent).beside().with(Away),
		sent("officer", "/requests/"+s.Case, "a part of the system is away", reload, 503).beside().with(Away),
		sent("government", "/tasks/"+s.GuestTask, "a fault", typed("message", "When will the model be ready?"), 500).beside(),
		opened("government", "/tasks/"+s.GuestTask, "nothing was sent", unsent).beside().with(Away),
		sent("government", "", "a part of the system is away", reload, 503).beside().with(Away),
		sent("", "/login", "too many tries", often("10", ""), 429).beside(),
		sent("", "/p/no-such-link", "too many links asked for", often("10", "/p/no-such-link/new-link"), 429).beside(),
		opened("officer", "/requests/"+s.Case, "not connected", unheard).with(Offline),
		opened("government", "", "not connected", unheard).with(Offline),
	}
}

// Done is what somebody reads who has done something, or was too late. It changes what the other states are about, and so
// comes last.
func Done(s Stops) []State {
	states := []State{
		sent("government", "/tasks/"+s.GuestTask, "sent", typed("message", "When will the model be ready?"), 200),
		sent("officer", "/tasks/"+s.Task, "sent", typed("outcome", "drop", "reasons", "Not pursued.", "answer", "Thank you."), 200),
		seen("officer", "/tasks/"+s.Task, "done already"),
		sent("head", "/tasks/"+s.Resume, "on its way", typed("reason", "The elections are over."), 200).with(Terminated),
		sent("officer", "/tasks/"+s.PassOn, "passed on", attached+enter("form", []string{"contactName", "Lina Example",
			"contactEmail", "lina@ministry.example", "noteOfCall", "By telephone, today."})+`form.submit()`, 200),
		sent("government", "", "a link that is good no more", reload, 410),
		sent("government", "", "a new link is asked for", send, 200),
	}
	if s.PausedLink != "" { // a government is first written to when its letter is asked for
		states = append(states, sent("government", "/tasks/"+s.PausedTask, "on its way", typed("message", "When do we go on?"), 200).by(s.PausedLink))
	}
	return states
}
