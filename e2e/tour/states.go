package tour

// State is a page as it is after somebody did something with it.
type State struct {
	Page
	Name string // of the state, for pictures and failures
	Send string // a script that leads to another page, as pressing a button does
	Open string // a script that changes the page itself

	Answers int64 // the status of the page that Send leads to
}

// Scripts that people need no script for: they press, type and unfold.
const (
	form   = `const form = document.querySelector("main form[method=post]"); `
	send   = form + `form.submit()`
	unfold = `document.querySelectorAll("details").forEach(d => d.open = true)`
)

func press(button string) string { return `document.querySelector('` + button + `').click()` }

// typed sends the form with these answers, names and values in turn, whatever of it is shown.
func typed(namesAndValues ...string) string {
	script := form
	for i := 0; i+1 < len(namesAndValues); i += 2 {
		script += `form.querySelectorAll("[name=` + namesAndValues[i] + `]").forEach(e => e.remove()); ` +
			`form.append(Object.assign(document.createElement("input"), {name: "` + namesAndValues[i] + `", value: "` + namesAndValues[i+1] + `"})); `
	}
	return script + `form.submit()`
}

// States are those in which pages are seen when something is wrong, missing or open, and when something was done. The
// last ones change what they are about.
func States(s Stops) []State {
	return []State{
		{Page{"officer", "/tasks/" + s.Task}, "nothing filled in", send, "", 422},
		{Page{"reviewer", "/tasks/" + s.LongTask}, "first step, nothing filled in", press(`button[name="_go"]:not(.default)`), "", 422},
		{Page{"reviewer", "/tasks/" + s.LongTask}, "all steps at once", press(`button[name="_go"][value="all"]`), "", 200},
		{Page{"reviewer", "/tasks/" + s.LongTask}, "nothing of it filled in", send, "", 422},
		{Page{"officer", "/requests/new"}, "nothing filled in", send, "", 422},
		{Page{"admin", "/admin/people/new"}, "nothing filled in", send, "", 422},
		{Page{"admin", "/experts/new"}, "nothing filled in", send, "", 422},
		{Page{"", "/check/interest"}, "nothing filled in", send, "", 422},
		{Page{"", "/check/question"}, "nothing filled in", send, "", 422},
		{Page{"", "/login"}, "a wrong password", typed("email", "officer@connex.test", "password", "wrong"), "", 401},
		{Page{"", "/login"}, "a form from before the session ended", form + `form.action = "/tasks/` + s.Task + `"; form.submit()`, "", 401},
		{Page{"government", "/tasks/" + s.GuestTask}, "nothing filled in", send, "", 422},
		{Page{"officer", "/"}, "unfolded", "", unfold, 0},
		{Page{"officer", "/requests"}, "unfolded", "", unfold, 0},
		{Page{"officer", "/requests/" + s.Case}, "unfolded", "", unfold, 0},
		{Page{"government", ""}, "unfolded", "", unfold, 0},
		{Page{"officer", "/requests?q=nobody-is-called-so"}, "nothing found", "", "", 0},
		{Page{"officer", "/search?q=nobody-is-called-so"}, "nothing found", "", "", 0},
		{Page{"officer", "/calendar?month=2035-01"}, "nothing due", "", "", 0},
		{Page{"", "/check?country=NA&largeContract=yes&seeksAssistance=yes&negotiationPhase=during&need=advice&answered=1"}, "eligible", "", "", 0},
		{Page{"", "/check?country=DE&largeContract=no&seeksAssistance=no&negotiationPhase=during&need=advice&answered=1"}, "not eligible", "", "", 0},
		{Page{"officer", "/admin"}, "not theirs", "", "", 0},
		{Page{"auditor", "/tasks/" + s.Task}, "not theirs", "", "", 0},
		{Page{"head", "/requests/" + s.Paused}, "suspended", "", "", 0},
		{Page{"government", "/tasks/" + s.GuestTask}, "sent", typed("message", "When will the model be ready?"), "", 200},
		{Page{"officer", "/tasks/" + s.Task}, "sent", typed("outcome", "drop", "reasons", "Not pursued.", "answer", "Thank you."), "", 200},
		{Page{"officer", "/tasks/" + s.Task}, "done already", "", "", 0},
	}
}
