package dispatch_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"connex/api/apitest"
	"connex/api/dispatch"
	"connex/casework"
	"connex/store"
	"connex/words/wordstest"
)

var (
	anyLink = regexp.MustCompile(`\{link\}|https?://\S+`)
	hole    = regexp.MustCompile(`⟦|<no value>|\{\{|\w  \w|“”|\(\)| [,.;:]\s|\b(?i:the|a|an) (?i:the|a|an)\b|\n\n\n`)
)

// The mails that no transition sends keep the rules of all others: a number, no holes, a signature, one link or none.
func TestMailsThatNoTransitionSends(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	ana := h.Expert("Ana Example", "ana@experts.example")
	h.Sets(casework.GroupLetterhead, casework.Settings{casework.LetterheadName: "The Unit", casework.LetterheadAddress: "A Street 1", casework.LetterheadTelephone: "+49 30 1"})
	guest, expert := aGuest(t, h, h.Government(n)), aGuest(t, h, h.Link(n, casework.Expert, ana.ID, ana.Email))
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(h.Dispatch.MailLink(t.Context(), *guest.Link))
	must(h.Dispatch.MailLink(t.Context(), *expert.Link))
	must(h.Dispatch.Tell(t.Context(), expert, uuid.NewString(), "I am ill.\nSorry."))
	var needed *dispatch.CodeRequired
	if _, err := h.Dispatch.Complete(t.Context(), guest, h.Open(n, casework.Withdraw, ""), uuid.NewString(), casework.Values{"outcome": "withdraw"}, ""); !errors.As(err, &needed) {
		t.Fatalf("without a code: %v", err)
	}
	h.Temporal.Happen(t, casework.Transition{ID: uuid.NewString(), CaseNumber: n, Workflow: string(n), At: time.Now(), Request: casework.RequestChange{Ending: casework.Lapsed}})
	_, err := h.Store.DB().ExecContext(t.Context(), `UPDATE links SET expires_at = now() - interval '1 day'; UPDATE requests SET ended_real_at = now() - interval '200 days'`)
	must(err)
	must(h.Dispatch.MailLink(t.Context(), *guest.Link))

	for template, want := range map[string]struct {
		mails, links int
		says         string
	}{
		"new-link": {2, 1, "we sent it to you alone"}, "code": {1, 0, "\n\nCode: {code}\n\n"}, "page-closed": {1, 0, "its page is closed"},
		"expert-message": {1, 1, "writes from their personal page:\n\nI am ill.\nSorry.\n\n"},
	} {
		mails := mailsAbout(t, h, n, template)
		if len(mails) != want.mails {
			t.Errorf("%d mails %s, want %d", len(mails), template, want.mails)
		}
		for _, m := range mails {
			keepsTheRules(t, m, want.links)
			if !strings.Contains(m.Text, want.says) {
				t.Errorf("%s lacks %q:\n%s", template, want.says, m.Text)
			}
		}
	}
}

func keepsTheRules(t *testing.T, m store.Mail, links int) {
	t.Helper()
	both := m.Subject + "\n\n" + m.Text
	blunt := regexp.MustCompile(`⟦`)
	if m.Role == casework.Government {
		blunt = wordstest.Blunt
	}
	switch found := anyLink.FindAllString(m.Text, -1); {
	case !strings.HasPrefix(m.Subject, "["+string(m.CaseNumber)+"] "):
		t.Errorf("%s: the subject is %q", m.Template, m.Subject)
	case hole.MatchString(both) || blunt.MatchString(both):
		t.Errorf("%s has a hole %q, or says %q:\n%s", m.Template, hole.FindString(both), blunt.FindString(both), both)
	case len(found) != links || links == 1 && !strings.Contains(m.Text, "\n\n"+found[0]+"\n\n"):
		t.Errorf("%s has the links %v, want %d:\n%s", m.Template, found, links, m.Text)
	case !strings.Contains(m.Text, "The officer") || !strings.Contains(m.Text, "The Unit") || !strings.Contains(m.Text, "A Street 1"):
		t.Errorf("%s is not signed:\n%s", m.Template, m.Text)
	}
}

func aGuest(t *testing.T, h *apitest.House, token string) store.Person {
	t.Helper()
	p, err := h.Store.LinkByHash(t.Context(), casework.TokenHash(token))
	if err != nil {
		t.Fatal(err)
	}
	return p
}
