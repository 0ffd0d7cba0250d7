// Package tour lists the pages that a person can open: the tests look at each of them, and so does the program that makes
// pictures of them.
package tour

// Page is one of them, and who opens it.
type Page struct {
	As   string // an account's name; "government" or "expert" by their links; "" for who is nobody yet
	Path string // of a guest: behind their link
}

// Guest tells whether the page is behind a personal link, or public: those must be light.
func (p Page) Guest() bool { return p.As == "government" || p.As == "expert" || p.As == "" }

// Heaviest is what the page may weigh, in bytes, with all its parts and packed as it travels: guests read on a telephone over
// a slow line.
func (p Page) Heaviest() int {
	if p.Guest() {
		return 60 << 10
	}
	return 100 << 10
}

// Stops are what the pages are about.
type Stops struct {
	Case      string // a request with a long way behind it
	Task      string // a task that waits for a case officer
	LongTask  string // one with a long form, that waits for a reviewer
	GuestTask string // one that a government may always do
	Person    string // an account of the staff
	Expert    string // on the roster
	Mail      string // that came in and fits no case
	Copies    string // a task of a case officer whose form may begin with what was written in the request with the long way
	PassOn    string // what the government may do at any time: name somebody else,
	Withdraw  string // or need the support no more
	Password  string // the path of a link that is good, by which somebody of the staff sets one

	AnyTime map[string]string // what a case officer or a head may do at any time in a request, by kinds

	Paused     string // a request that is suspended
	Resume     string // a task of it that waits for a head,
	PausedTask string // and one that its government may always do,
	PausedLink string // which comes by this link
}

// Pages are all of them.
func Pages(s Stops) []Page {
	return append(staff(s), guests(s)...)
}

func staff(s Stops) []Page {
	return []Page{
		{"officer", "/"}, {"officer", "/requests"}, {"officer", "/requests?view=board"}, {"officer", "/requests?view=map"}, {"officer", "/calendar"},
		{"officer", "/check-ins"}, {"officer", "/search?q=ministry"}, {"officer", "/requests/new"}, {"officer", "/requests/" + s.Case},
		{"officer", "/requests/" + s.Case + "?print=1"}, {"officer", "/tasks/" + s.Task}, {"officer", "/tasks/" + s.Task + "/reassign"}, {"officer", "/tasks/" + s.Copies + "/copy"}, {"officer", "/tasks/" + s.Copies + "/copy?from=" + s.Case}, {"officer", "/mails"}, {"officer", "/mails?aside=1"}, {"officer", "/experts"}, {"officer", "/reports"}, {"head", "/reports/weekly"}, {"auditor", "/reports/weekly?week=2026-09-30"},
		{"officer", "/mails/" + s.Mail}, {"officer", "/experts/" + s.Expert}, {"officer", "/settings"}, {"officer", "/settings/absence"}, {"officer", "/help"}, {"officer", "/keys"}, {"officer", "/design"}, {"officer", "/nothing-here"},
		{"reviewer", "/"}, {"reviewer", "/tasks/" + s.LongTask}, {"board1", "/"}, {"board1", "/requests/" + s.Case}, {"head", "/"}, {"head", "/morning"}, {"head", "/morning/said"},
		{"evaluator", "/"}, {"auditor", "/"}, {"auditor", "/requests/" + s.Case}, {"admin", "/admin"}, {"admin", "/admin/people/new"}, {"admin", "/admin/settings"},
		{"admin", "/admin/settings/vote"}, {"admin", "/admin/trail"}, {"admin", "/admin/people/" + s.Person}, {"admin", "/admin/people/" + s.Person + "/absence"},
		{"admin", "/admin/people/" + s.Person + "/leave"}, {"admin", "/experts/new"},
	}
}

func guests(s Stops) []Page {
	return []Page{
		{"", "/login"}, {"", "/forgotten"}, {"", "/check"}, {"", "/check/interest"}, {"", "/check/question"},
		{"", "/check/thanks?number=CNX-2026-0001&what=interest&mail=yes"}, {"", "/password/no-such-link"}, {"", "/p/no-such-link"},
		{"government", ""}, {"government", "/tasks/" + s.GuestTask}, {"government", "/write"}, {"expert", ""}, {"expert", "/code"}, {"expert", "/write"},
	}
}
