package e2e

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// The verbs in which a journey through the pages is told.

// as is that member of the staff from now on, with the next page that is opened: who signed in before has kept their session.
func (r *reader) as(name string) *reader {
	r.t.Helper()
	if r.name == name {
		return r
	}
	if r.name != "" {
		r.sessions[r.name] = r.leavesSession()
	}
	r.name = name
	if kept := r.sessions[name]; kept != nil {
		tells(r, "come back as "+name, network.SetCookies, network.SetCookiesParams{Cookies: kept})
		return r
	}
	r.goes("/login")
	r.types("E-mail address", name+"@connex.test")
	r.types("Password", "connex")
	r.presses("Sign in")
	return r
}

// leavesSession takes it out of the browser, so that somebody else can sit down there.
func (r *reader) leavesSession() (kept []*network.CookieParam) {
	r.t.Helper()
	for _, c := range r.cookies() {
		kept = append(kept, &network.CookieParam{Name: c.Name, Value: c.Value, Domain: c.Domain, Path: c.Path, HTTPOnly: c.HTTPOnly, SameSite: c.SameSite})
	}
	r.must("leave their session", func(ctx context.Context, on *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, network.ClearBrowserCookies, cdp.Empty{})
		return chromedp.Void{}, err
	})
	return kept
}

func (r *reader) cookies() []*network.Cookie {
	r.t.Helper()
	found, err := chromedp.Call(r.tab, network.GetCookies, network.GetCookiesParams{})
	if err != nil {
		r.fail("look at the cookies", err)
	}
	return found.Cookies
}

// signsOut by the menu under their name.
func (r *reader) signsOut() {
	r.t.Helper()
	r.goes("/")
	r.must("open the menu under their name", chromedp.Click(element("menu"), chromedp.NodeVisible))
	r.presses("Sign out")
	r.reads("Password")
	delete(r.sessions, r.name)
	r.name = ""
}

const untilAsked = time.Minute

// opens a task of the case by its title, as soon as it is there.
func (r *reader) opens(title string) *reader {
	r.t.Helper()
	r.finds("/requests/"+r.number, title)
	return r
}

// takesTheNextStep that the case's page offers to this person: others may have a task of the same title.
func (r *reader) takesTheNextStep(title string) {
	r.t.Helper()
	r.findsWords("/requests/"+r.number, "Your next step: "+title)
	r.follows("Open the form")
}

// findsWords on a page that is loaded again until they stand there.
func (r *reader) findsWords(path, words string) {
	r.t.Helper()
	r.loadsUntil(path, words, func() bool { return strings.Contains(r.text(), words) })
}

// finds a link on a page that is loaded again until it is there.
func (r *reader) finds(path, title string) {
	r.t.Helper()
	r.loadsUntil(path, title, func() bool { return r.there("link", title) })
	r.follows(title)
}

// loadsUntil loads a page again and again, as somebody does who waits for what others do, until it has what is looked for.
func (r *reader) loadsUntil(path, what string, there func() bool) {
	r.t.Helper()
	for begun := time.Now(); ; time.Sleep(200 * time.Millisecond) { // these pages tell nobody of themselves
		r.goes(path)
		if there() {
			return
		}
		if time.Since(begun) > untilAsked {
			r.fail("find "+what, errNotThere)
		}
	}
}

// inSteps goes through a long form, filling each step, to where it is read over.
func (r *reader) inSteps(fill func()) {
	r.t.Helper()
	for steps := 0; !r.there("button", "Read it over"); steps++ {
		if steps > 20 {
			r.fail("come to the last step", errNotThere)
		}
		fill()
		r.presses("Go on")
	}
	fill()
	r.presses("Read it over")
	r.reads("Nothing has been sent yet.")
}

// asItIs: nothing need be answered.
func asItIs() {}

// sends the form by its button; the page then says that it has taken effect.
func (r *reader) sends(button string) {
	r.t.Helper()
	r.presses(button)
	r.reads("Done.")
}

// decides the usual way: an outcome, and the button that all forms with several have.
func (r *reader) decides(outcome string) {
	r.t.Helper()
	r.chooses("Your decision", outcome)
	r.sends("Send")
}

// guest is who comes by a personal link: a government's contact or an expert.
type guest struct {
	*reader
	address string
}

func (r *reader) guest(address string) *guest {
	own := *r
	own.name = address
	return &guest{&own, address}
}

// home is the page behind the newest link that was mailed to them.
func (g *guest) home() string {
	g.t.Helper()
	return waitFor(g.t, untilAsked, "a personal link for "+g.address, func() (string, bool) {
		link := g.mails.link(g.address, g.number)
		return link, link != ""
	})
}

// opens what they are asked for, or what they may do at any time.
func (g *guest) opens(title string) *guest {
	g.t.Helper()
	g.finds(g.home(), title)
	return g
}

// sends the form; the page thanks them.
func (g *guest) sends(button string) {
	g.t.Helper()
	g.presses(button)
	g.thanked()
}

// confirms: the form comes back and asks for the code from the mail.
func (g *guest) confirms(button string) {
	g.t.Helper()
	since := time.Now()
	if status := g.clicks("press "+button, element("button", button)); status != 428 {
		g.fail("be asked for a code", fmt.Errorf("the page answers %d", status))
	}
	code := g.mails.code(g.address, g.number, since)
	if code == "" {
		g.fail("get a code", errNotThere)
	}
	g.types("Code from our mail", code)
	g.sends(button)
}

func (g *guest) thanked() {
	g.t.Helper()
	g.reads("Thank you, we have received it.")
}

// gentle: nothing on the page that a ministry does not read.
func (g *guest) gentle() {
	g.t.Helper()
	if found := blunt.FindString(g.text()); found != "" {
		g.t.Errorf("the page of the government says %q:\n%s", found, g.text())
	}
}

// today is the case's date, some days on.
func (r *reader) today(days int) string {
	r.t.Helper()
	var now request
	if err := r.system.as(r.t, "auditor").see(r.t.Context(), "/api/v1/requests/"+r.number, &now); err != nil {
		r.t.Fatal(err)
	}
	return daysFrom(now.Clock.Today, days)
}

// ended waits for the word on the case's page.
func (r *reader) ended(how string) {
	r.t.Helper()
	r.findsWords("/requests/"+r.number, "This request has ended")
	if !strings.Contains(r.text(), how) {
		r.fail("read "+how, errNotThere)
	}
}
