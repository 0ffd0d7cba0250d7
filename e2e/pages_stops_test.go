package e2e

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/uuid"

	"connex/e2e/tour"
)

// stopsWithLinks are what the pages are about, and where the guests' begin.
type stopsWithLinks struct {
	tour.Stops
	links map[string]string
}

// stops has a request that went all its way, and another that has just come in.
func (s *system) stops(t *testing.T) stopsWithLinks {
	t.Helper()
	arrives := s.setOut("whole")
	underway, fresh, assessed := s.requestUpTo(t, "whole", "check-conflict"), s.requestUpTo(t, "whole", "assess-eligibility"), s.requestUpTo(t, "whole", "discuss-scope")
	paused := s.requestUpTo(t, "suspended", "resume")
	done, err := arrives()
	if err != nil {
		t.Fatal(err)
	}
	at := stopsWithLinks{Stops: tour.Stops{Case: done.number}, links: map[string]string{"government": s.mails.link(underway.contact, underway.number)}}
	for address, id := range done.roster {
		if link := s.mails.link(address, done.number); link != "" {
			at.links["expert"], at.Expert = link, id
		}
	}
	at.Paused, at.PausedLink = paused.number, s.mails.link(paused.contact, paused.number)
	at.Resume, at.PausedTask = s.openTask(t, at.Paused, "resume"), s.openTask(t, at.Paused, "ask-us")
	at.Person, at.Mail = s.firstLink(t, "admin", "/admin", "/admin/people/"), s.aStrangersMail(t)
	at.Task, at.LongTask = s.openTask(t, fresh.number, "assess-eligibility"), s.openTask(t, underway.number, "check-conflict")
	at.GuestTask, at.Copies = s.openTask(t, underway.number, "ask-us"), s.openTask(t, assessed.number, "discuss-scope")
	at.Password, at.AnyTime = s.passwordLink(t, "auditor"), s.openTasks(t, assessed.number)
	at.PassOn, at.Withdraw = s.openTask(t, underway.number, "change-contact"), s.openTask(t, underway.number, "withdraw")
	return at
}

// aStrangersMail is the ID of a mail that came in and fits no case.
func (s *system) aStrangersMail(t *testing.T) string {
	t.Helper()
	raw := "From: Somebody <somebody@ministry.example>\r\nTo: connex@connex.test\r\nSubject: Help with a contract\r\nMessage-ID: <" + uuid.NewString() +
		"@ministry.example>\r\n\r\nWe were sent a draft agreement.\r\n"
	a := s.as(t, "officer").call(t.Context(), http.MethodPost, "/api/v1/inbound-mail", strings.NewReader(raw), []string{"Content-Type", "message/rfc822"})
	if a.status != http.StatusCreated {
		t.Fatal(a)
	}
	return s.firstLink(t, "officer", "/mails", "/mails/")
}

// firstLink is the ID in the first link of a page that begins so.
func (s *system) firstLink(t *testing.T, as, page, link string) string {
	t.Helper()
	a := s.as(t, as).get(t.Context(), page)
	found := regexp.MustCompile(`href="` + link + `([0-9a-f-]{36})"`).FindStringSubmatch(a.text)
	if found == nil {
		t.Fatalf("%s has no link to %s: %s", page, link, a)
	}
	return found[1]
}

// openTask is the ID of a task that waits or stands in a request.
func (s *system) openTask(t *testing.T, number, kind string) string {
	t.Helper()
	id := s.openTasks(t, number)[kind]
	if id == "" {
		t.Fatalf("%s has no task %s", number, kind)
	}
	return id
}

// openTasks are the IDs of a request's tasks by their kinds.
func (s *system) openTasks(t *testing.T, number string) map[string]string {
	t.Helper()
	var now request
	if err := s.as(t, "auditor").see(t.Context(), "/api/v1/requests/"+number, &now); err != nil {
		t.Fatal(err)
	}
	tasks := map[string]string{}
	for _, task := range append(now.OpenTasks, now.StandingTasks...) {
		if tasks[task.Kind] == "" {
			tasks[task.Kind] = task.ID
		}
	}
	return tasks
}

var passwordLine = regexp.MustCompile(`(?m)^\s*\S+(/password/\S+)\s*$`)

// passwordLink is what is mailed to somebody of the staff who has forgotten theirs.
func (s *system) passwordLink(t *testing.T, name string) string {
	t.Helper()
	r := s.atTheBrowser(t)
	r.goes("/forgotten")
	r.types("E-mail address", name+"@connex.test")
	r.presses("Send me the link")
	return waitFor(t, untilAsked, "a link to set a password", func() (path string, found bool) {
		for _, l := range s.mails.to(name+"@connex.test", "") {
			for _, link := range passwordLine.FindAllStringSubmatch(l.Text, -1) {
				path = link[1]
			}
		}
		return path, path != ""
	})
}

// troubles are brought about where a state asks for them.
type troubles struct {
	beside *tour.Beside
	paused func(*reader)
}

func (s *system) troubles(t *testing.T, at stopsWithLinks) troubles {
	t.Helper()
	program, environ := s.apiOfItsOwn(t)
	beside, err := tour.OpenBeside(t.Context(), program, s.database, environ...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = beside.Close() }) // it is killed
	return troubles{beside, func(r *reader) {
		if err := s.console(t).TerminateWorkflow(context.WithoutCancel(t.Context()), at.Paused, "", "by mistake"); err != nil {
			r.fail("terminate a workflow", err)
		}
	}}
}

// bring one of them about, and mend it, as far as that can be mended.
func (o troubles) bring(r *reader, trouble tour.Trouble) (mend func()) {
	r.t.Helper()
	switch trouble {
	case tour.Terminated:
		o.paused(r)
	case tour.Offline:
		r.must("hear of changes", chromedp.Evaluate[chromedp.Void](tour.Hears, chromedp.EvalAwaitPromise))
		r.loses(true)
		return func() { r.loses(false) }
	case tour.Away:
		mend := o.beside.Cut()
		return func() {
			if err := mend(); err != nil {
				r.fail("mend the line", err)
			}
		}
	}
	return func() {}
}
