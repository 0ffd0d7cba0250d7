package e2e

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"connex/e2e/tour"
)

// The line is down at the moment of sending: the page stays as it is, its file included, and says so. When it is back one
// sends again.
func TestTheLineDropsAtTheMomentOfSending(t *testing.T) {
	inTurn(t)
	j := theSystem(t).requestUpTo(t, "declined", "submit-request-letter")
	r, task := j.atTheDesk(t, "officer", "submit-request-letter")
	watching := r.anotherTab("/requests/" + j.number)
	r.fillsTheLetterIn(task, aFile(t, "letter.pdf"), r.today(0))
	watching.hearsLater("Due diligence", func() {
		r.loses(true)
		r.must("press Send the letter", chromedp.Click(element("button", "Send the letter"), chromedp.NodeVisible))
		r.reads("There is no connection at the moment, so nothing was sent.")
		r.keeps("Note of the call", "By telephone, today.")
		r.loses(false)
		r.sends("Send the letter")
		j.happenedOnce(t, "submit-request-letter", "letter.pdf")
	})
}

// The database is away at the moment of sending: the page says that a part of the system is away, not that there is no line,
// and keeps what was typed, whether it keeps drafts or not. When all is there again one sends once more.
func TestTheDatabaseIsAwayAtTheMomentOfSending(t *testing.T) {
	inTurn(t)
	s := theSystem(t)
	j := s.requestUpTo(t, "declined", "submit-request-letter")
	program, environ := s.apiOfItsOwn(t)
	beside, err := tour.OpenBeside(t.Context(), program, s.database+"&default_transaction_read_only=off", environ...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = beside.Close() }) // it is killed
	r, task := j.atTheDesk(t, "officer", "submit-request-letter")
	at := &system{base: beside.Base}
	r.system = at
	r.fillsTheLetterIn(task, aFile(t, "letter.pdf"), r.today(0))
	stranger := at.atTheBrowser(t)
	stranger.goes("/check/interest")
	about := "Sent while the database is away: " + t.Name()
	stranger.types("What it is about", about)
	stranger.types("Your telephone number", "+264 61 123")

	mend := beside.Cut()
	for _, one := range []struct {
		*reader
		button, label, typed string
	}{{r, "Send the letter", "Note of the call", "By telephone, today."}, {stranger, "Send", "What it is about", about}} {
		one.must("press "+one.button, chromedp.Click(element("button", one.button), chromedp.NodeVisible))
		one.reads("A part of the system is away at the moment, so nothing was sent.")
		if strings.Contains(one.text(), "There is no connection") {
			t.Errorf("%s is told of a line that is there", one.name)
		}
		one.keeps(one.label, one.typed)
	}
	if err := mend(); err != nil {
		t.Fatal(err)
	}
	r.sends("Send the letter")
	j.happenedOnce(t, "submit-request-letter", "letter.pdf")
	stranger.presses("Send")
	stranger.reads("CNX-")
	stranger.startedOnce(about)
}

// Without scripts the browser itself keeps what was to be sent, and sends it when it is asked to load the page again.
func TestTheLineDropsWithoutScripts(t *testing.T) {
	inTurn(t)
	j := theSystem(t).requestUpTo(t, "declined", "assess-eligibility")
	r, task := j.atTheDesk(t, "officer", "assess-eligibility")
	r.withoutScripts().goes(task + "?step=all")
	r.saysNo("Written before the line dropped")
	r.loses(true)
	r.leaves("press Send", chromedp.Click(element("button", "Send"), chromedp.NodeVisible))
	r.loses(false)
	r.leaves("load the page again", chromedp.Reload())
	r.reads("Done.")
	r.reads("Written before the line dropped")
	j.happenedOnce(t, "assess-eligibility")
}

// A session ends while somebody types on. They sign in again when they send, find everything that was typed, and send it.
func TestASessionThatEndsWhileOneTypes(t *testing.T) {
	inTurn(t)
	j := theSystem(t).requestUpTo(t, "declined", "assess-eligibility")
	r, task := j.atTheDesk(t, "officer", "assess-eligibility")
	r.goes(task + "?step=all")
	r.saysNo("Begun in one session")
	r.isSignedOut()
	r.types(reasons, "Begun in one session, ended in another")
	if status := r.clicks("press Send", element("button", "Send")); status != 401 {
		t.Errorf("who is signed out sends a form: want 401, got %d", status)
	}
	r.reads("what you typed is kept")
	r.types("E-mail address", "officer@connex.test")
	r.types("Password", "connex")
	r.presses("Sign in")
	r.reads("What you had typed is still here, and has not been sent.")
	r.presses("Go on with the form")
	r.keeps(reasons, "Begun in one session, ended in another")
	r.keeps(theAnswer, "We are sorry that we cannot help.")
	r.sends("Send")
	j.happenedOnce(t, "assess-eligibility")
}

// isSignedOut: it ends in the database, as it does after some hours or with a new password.
func (r *reader) isSignedOut() {
	r.t.Helper()
	cookies := r.cookies()
	session := slices.IndexFunc(cookies, func(c *network.Cookie) bool { return c.Name == sessionCookie })
	if session < 0 {
		r.t.Fatalf("the browser has the cookies %v", cookies)
	}
	book, err := theSystem(r.t).ledger()
	if err != nil {
		r.t.Fatal(err)
	}
	token := sha256.Sum256([]byte(cookies[session].Value))
	gone, err := book.DB().ExecContext(r.t.Context(), `DELETE FROM sessions WHERE token = $1`, base64.RawURLEncoding.EncodeToString(token[:]))
	if err != nil {
		r.t.Fatal(err)
	}
	if n, err := gone.RowsAffected(); n != 1 || err != nil {
		r.t.Fatalf("%d sessions ended, %v", n, err)
	}
}
