package activities

import (
	"slices"
	"strings"
	"testing"
	"time"

	"connex/casework"
	"connex/store"
)

// monday is a working day in Berlin, holiday is none.
var (
	monday  = time.Date(2027, 3, 1, 7, 0, 0, 0, time.UTC)
	holiday = time.Date(2027, 3, 8, 7, 0, 0, 0, time.UTC) // International Women's Day
)

// wantsDigest lets somebody choose the digest.
func (b *workbench) wantsDigest(a store.Account) {
	b.t.Helper()
	b.must(b.store.InHouse(b.t.Context(), a.Person(), func(h *store.House) error {
		return h.Prefer(b.t.Context(), a.ID, store.Preferences{Language: "en", Writing: "iso", Zone: "Europe/Berlin", Mails: store.MailsDaily}, a.Phone)
	}))
}

// digests are those that a morning writes, by address.
func (b *workbench) digests(now time.Time) map[string]store.HouseMail {
	b.t.Helper()
	herald := &Herald{Store: b.store, PublicURL: publicURL}
	first, err := herald.PrepareDigests(b.t.Context(), now)
	b.must(err)
	again, err := herald.PrepareDigests(b.t.Context(), now)
	b.must(err)
	if !slices.Equal(first.Mails, again.Mails) {
		b.t.Errorf("written %v, then %v", first.Mails, again.Mails)
	}
	written := map[string]store.HouseMail{}
	for _, id := range first.Mails {
		m, err := b.store.HouseMail(b.t.Context(), id)
		b.must(err)
		if _, twice := written[m.Address]; twice {
			b.t.Errorf("%s gets two", m.Address)
		}
		written[m.Address] = m
	}
	return written
}

func TestWhoChoseTheDigestGetsOneMailInTheMorning(t *testing.T) {
	b := atWork(t, nil)
	head, idle, other := b.account("head", casework.Head), b.account("idle", casework.Evaluator), b.account("other", casework.CaseOfficer)
	for _, a := range []store.Account{b.officer, head, idle} {
		b.wantsDigest(a)
	}
	scope, vote, answer := b.task(casework.DiscussScope, b.officer.ID), b.task(casework.CastVote, b.officer.ID), b.task(casework.AnswerGovernment, b.officer.ID)
	vote.Role = casework.CaseOfficer
	answer.Clock.Due = answer.Opened.AddDate(0, -2, 0)
	answer.Clock.Struck = 4 // all reminders and the escalation
	about := func(template, key string, role casework.Role, person casework.PersonID, task casework.Task) casework.Mail {
		return casework.Mail{Template: template, Key: key, To: role, Person: person, Task: task.ID}
	}
	ids := b.apply(casework.Transition{ID: "opens", Open: []casework.Task{scope, vote, answer}, Mails: []casework.Mail{
		about("task", "1", casework.CaseOfficer, b.officer.ID, scope), about("reminder", "2", casework.CaseOfficer, b.officer.ID, scope),
		about("escalated", "3", casework.Head, "", answer), about("task", "4", casework.CaseOfficer, b.officer.ID, vote),
		about("task", "5", casework.CaseOfficer, other.ID, scope), {Template: "ended", Key: "6", To: casework.Government}}})
	if got := b.addressees(ids); !slices.Equal(got, []string{"n.shikongo@ministry.example", "officer", "other"}) {
		t.Errorf("single mails go to %v: the vote, who wants them singly, and the government", got)
	}
	note, err := b.store.AddNote(t.Context(), store.NewNote{CaseNumber: b.number, By: b.officer.Person(), Role: casework.CaseOfficer,
		Text: "Are the dates right?\nI think not.", Mentions: []casework.PersonID{head.ID}}, nil)
	b.must(err)
	written := b.digests(monday)
	if len(written) != 2 {
		t.Fatalf("%d digests, want two: nothing waits for the evaluator, and one has not chosen it", len(written))
	}
	if text := casework.OneLine(written[head.Email].Text); !strings.Contains(text, "Namibia: officer writes: “Are the dates right? …” https://casework.example/requests/"+string(b.number)+"#note-"+note.ID+" ") {
		t.Errorf("the head does not read of the note in\n%s", written[head.Email].Text)
	}
	text := casework.OneLine(written[b.officer.Email].Text)
	for _, want := range []string{"Namibia", "Discuss scope and content", "https://casework.example/tasks/" + string(scope.ID), "It waits for you in person", "overdue", string(b.number)} {
		if !strings.Contains(text, want) {
			t.Errorf("the officer does not read %q in\n%s", want, written[b.officer.Email].Text)
		}
	}
	if subject := written[head.Email].Subject; subject != "2027-03-01: 2 things wait for you" {
		t.Errorf("the head's subject is %q", subject)
	}
	if subject := written[b.officer.Email].Subject; subject != "2027-03-01: 3 things wait for you" {
		t.Errorf("the subject is %q", subject)
	}
	if text := casework.OneLine(written[head.Email].Text); !strings.Contains(text, "escalated to you") || !strings.Contains(text, string(answer.ID)) || strings.Contains(text, string(scope.ID)) || strings.Contains(text, "⟦") {
		t.Errorf("the head reads\n%s", written[head.Email].Text)
	}
	if next := b.digests(monday.AddDate(0, 0, 1)); len(next) != 2 || next[head.Email].MessageID == written[head.Email].MessageID {
		t.Errorf("the next morning: %d, or the same", len(next))
	}
	for name, day := range map[string]time.Time{"a Sunday": monday.AddDate(0, 0, -1), "a holiday": holiday} {
		if got := b.digests(day); len(got) != 0 {
			t.Errorf("%s has %d digests", name, len(got))
		}
	}
}
