package budget

import (
	"context"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"connex/api/apitest"
	"connex/casework"
	"connex/e2e/sound"
	"connex/e2e/tour"
)

// TestEveryPageIsSound looks through a browser at each page as those who may open it, at the form of each kind of task, at the
// states that a page is seen in, and at a request at each of its stages.
func TestEveryPageIsSound(t *testing.T) {
	t.Parallel()
	h := aHall(t)
	states := []tour.State{}
	for _, p := range h.forms() {
		states = append(states, tour.State{Page: p})
	}
	for _, p := range tour.Pages(h.stops()) {
		states = append(states, tour.State{Page: h.behindLink(h.cases["under way"], p)})
	}
	for _, state := range tour.States(h.allStops()) {
		state.Page = h.behindLink(h.cases["under way"], state.Page)
		states = append(states, state)
	}
	for _, e := range examples {
		states = append(states, tour.StatesAt(h.stage(e.name))...)
	}
	round := inspection{h, aBrowser(t), map[string]*reader{}}
	for _, state := range states {
		round.sees(t, state)
	}
}

// stage is an example with what waits in it. Of the board it is the first member's vote.
func (h *hall) stage(example string) tour.Stage {
	h.t.Helper()
	r := h.cases[example]
	at := tour.Stage{Name: example, Case: string(r.number), Link: "/p/" + r.tokens["government"], Tasks: map[string]string{}}
	for key, task := range r.tasks {
		if !strings.Contains(key, "/board2/") && !strings.Contains(key, "/board3/") && !h.isClosed(task.ID) {
			at.Tasks[string(task.Kind)] = string(task.ID)
		}
	}
	return at
}

// allStops are those that only states are about, too.
func (h *hall) allStops() tour.Stops {
	h.t.Helper()
	at, yes := h.stops(), true
	quiet := h.cases["worked"]
	quiet.does(deed{kind: casework.Suspend, as: "head", outcome: casework.SuspendOut, change: func(_ *request, t *casework.Transition) { t.Request.Suspended = &yes }})
	at.Paused, at.Resume = string(quiet.number), h.taskOf("under way", casework.Resume)
	at.PassOn, at.Withdraw = h.taskOf("under way", casework.ChangeContact), h.taskOf("under way", casework.Withdraw)
	at.Password, at.AnyTime = h.passwordLink("auditor"), map[string]string{}
	for _, kind := range []casework.TaskKind{casework.CorrectFacts, casework.DeclareConflict, casework.MoveDeadline, casework.Suspend, casework.VoidRequest} {
		at.AnyTime[string(kind)] = h.taskOf("under way", kind)
	}
	return at
}

// passwordLink is what somebody of the staff is written to who has forgotten theirs.
func (h *hall) passwordLink(name string) string {
	h.t.Helper()
	h.posts("", "/forgotten", url.Values{"email": {name + "@connex.test"}})
	var id string
	h.must(h.DB().QueryRowContext(h.t.Context(), `SELECT message_id FROM house_mails WHERE to_address = $1`, name+"@connex.test").Scan(&id))
	mail, err := h.HouseMail(h.t.Context(), id)
	h.must(err)
	return "/password/" + casework.AccountToken(apitest.Secret, mail.Link)
}

// inspection is a round through the pages, with a tab for each reader.
type inspection struct {
	*hall
	browser context.Context
	readers map[string]*reader
}

// reader is who sits before a tab.
type reader struct {
	tab  context.Context
	eyes *sound.Eyes
}

func aBrowser(t *testing.T) context.Context {
	t.Helper()
	folder, err := os.MkdirTemp("", "connex-browser-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) }) // the browser's children may write in it for a moment
	browser, closeIt, err := tour.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(closeIt)
	return browser
}

func (i *inspection) sees(t *testing.T, state tour.State) {
	t.Helper()
	r := i.reader(t, state.As)
	r.eyes.Resize(1280)
	i.must(chromedp.Do(r.tab, chromedp.Navigate(i.house.URL+state.Link+state.Path)))
	if r.eyes.Bring(state) {
		r.eyes.Inspect(state)
	}
}

// reader has the session of the browser that only counts.
func (i *inspection) reader(t *testing.T, as string) *reader {
	t.Helper()
	if r := i.readers[as]; r != nil {
		return r
	}
	tab, closeIt, err := tour.Tab(i.browser)
	t.Cleanup(closeIt)
	i.must(err)
	home, err := url.Parse(i.house.URL)
	i.must(err)
	cookies := []*network.CookieParam{}
	for _, c := range i.hall.browser(as).Jar.Cookies(home) {
		cookies = append(cookies, &network.CookieParam{Name: c.Name, Value: c.Value, URL: i.house.URL, HTTPOnly: true})
	}
	if len(cookies) > 0 {
		_, err := chromedp.Call(tab, network.SetCookies, network.SetCookiesParams{Cookies: cookies})
		i.must(err)
	}
	i.readers[as] = &reader{tab, sound.Through(t, tab)}
	return i.readers[as]
}
