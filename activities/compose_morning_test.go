package activities

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"connex/casework"
	"connex/store"
)

// late is a task whose clock has struck to its end by now.
func (b *workbench) late(kind casework.TaskKind, holder casework.PersonID) (casework.Task, casework.Mail) {
	t := b.task(kind, holder)
	t.Opened = t.Opened.AddDate(0, -3, 0)
	t.Clock = casework.NewClock(nil, kind, t.Opened)
	t.Clock.StrikeUntil(t.Rhythm(), b.calendar.Process(time.Now()))
	role, person := t.EscalatesTo(b.officer.ID)
	return t, casework.Mail{Template: "escalated", Key: "escalated/" + string(t.ID), To: role, Person: person, Task: t.ID}
}

// What is escalated in a morning comes in one mail, with what its reader is reminded of; nobody hears of themselves, and
// nobody gets two, whatever their roles are.
func TestEscalationsOfAMorningAreOneMail(t *testing.T) {
	b := atWork(t, nil)
	both, head := b.account("both", casework.Head, casework.Reviewer), b.account("head", casework.Head)
	gone := b.account("gone", casework.Head)
	gone.Active = false
	b.must(b.store.ChangeAccount(t.Context(), gone))
	t1, m1 := b.late(casework.CheckConflict, "")
	t2, m2 := b.late(casework.CheckIntegrity, both.ID)
	t3, m3 := b.late(casework.ProvideInformation, "")
	own := casework.Mail{Template: "reminder", Key: "reminder/reviewer/both", To: casework.Reviewer, Person: both.ID, Task: t2.ID}
	ids := b.apply(casework.Transition{ID: "strikes", Open: []casework.Task{t1, t2, t3}, Mails: []casework.Mail{m1, m2, m3, own}})
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if got := b.addressees(ids); !slices.Equal(got, []string{"both", "head", "officer"}) {
		t.Fatalf("mailed to %v", got)
	}
	subjects := map[string]string{
		both.Email:      "Escalated: Please check: conflict; Reminder: Please check: integrity – Namibia",
		head.Email:      "Escalated: 2 tasks – Namibia",
		b.officer.Email: "Escalated: Answer our question (asked of Ndapewa Shikongo) – Namibia",
	}
	for _, id := range ids {
		m := b.mail(id)
		if want := "[" + string(b.number) + "] " + subjects[m.Address]; m.Subject != want {
			t.Errorf("%s reads the subject %q, want %q", m.Address, m.Subject, want)
		}
		if text := casework.OneLine(m.Text); m.Address == head.Email && (!strings.Contains(text, "waited for both since") || !strings.Contains(text, "/requests/"+string(b.number)+" ") || strings.Contains(text, "/tasks/")) {
			t.Errorf("the head reads:\n%s", m.Text)
		}
	}
}

// Who cannot do what a role is asked for is not asked: a letter is not signed by who drafted it.
func TestWhoCannotDoItIsNotAsked(t *testing.T) {
	b := atWork(t, nil)
	drafter := b.account("drafter", casework.Head, casework.CaseOfficer)
	b.account("head", casework.Head)
	draft, sign := b.task(casework.DraftApproval, drafter.ID), b.task(casework.SignApproval, "")
	b.apply(casework.Transition{ID: "opens", Open: []casework.Task{draft}})
	asks := func(template string) casework.Mail {
		return casework.Mail{Template: template, Key: template, To: casework.Head, Task: sign.ID}
	}
	ids := b.does(draft, drafter, casework.Values{"outcome": "ready"}, casework.Transition{Open: []casework.Task{sign}, Mails: []casework.Mail{asks("task")}})
	ids = append(ids, b.apply(note("strikes", asks("reminder")))...)
	if got := b.addressees(ids); !slices.Equal(got, []string{"head", "head"}) {
		t.Errorf("asked are %v", got)
	}
	if got := b.addressees(b.apply(note("at last", asks("escalated")))); !slices.Contains(got, "drafter") {
		t.Errorf("of the escalation hear %v, and not whoever can find somebody else", got)
	}
}

// A clock of another workflow of the case that strikes in the same morning, a moment later, is in the mail already.
func TestAReminderKnowsWhatStrikesAMomentLater(t *testing.T) {
	b := atWork(t, nil)
	scope, later, checkIn := b.task(casework.DiscussScope, b.officer.ID), b.task(casework.AnswerBoard, b.officer.ID), b.task(casework.CheckIn, b.officer.ID)
	morning := checkIn.Clock.StageAt(checkIn.Rhythm()[0])
	scope.Clock.Due, scope.Clock.Struck = checkIn.Clock.Due, 1
	ids := b.apply(casework.Transition{ID: "strikes", At: morning, Open: []casework.Task{scope, later, checkIn}, Mails: []casework.Mail{
		{Template: "reminder", Key: "reminder/1", To: casework.CaseOfficer, Person: b.officer.ID, Task: scope.ID}}})
	if text := b.mail(ids[0]).Text; !strings.Contains(text, "- Check-in") || !strings.Contains(text, "- Please discuss scope") || strings.Contains(text, "board's question") {
		t.Errorf("reminds of\n%s", text)
	}
}

// The mail of a morning asks for all that waits: it goes out where one task of several is taken back, and not where it was
// the only one, or the request has ended.
func TestATaskThatIsTakenBackLeavesTheOthersTheirMorning(t *testing.T) {
	for name, tt := range map[string]struct {
		both, ends bool
		want       store.MailState
	}{
		"of two":                {both: true, want: store.MailQueued},
		"the only one":          {want: store.MailCancelled},
		"the request has ended": {both: true, ends: true, want: store.MailCancelled},
	} {
		t.Run(name, func(t *testing.T) {
			b := atWork(t, nil)
			one, other := b.task(casework.ProvideInformation, ""), b.task(casework.AgreeSupport, "")
			open := []casework.Task{one}
			if tt.both {
				open = append(open, other)
			}
			for i := range open {
				open[i].Clock.Struck = 1
			}
			ids := b.apply(casework.Transition{ID: "strikes", Open: open, Mails: []casework.Mail{
				{Template: "reminder", Key: "reminder/government", To: casework.Government, Task: one.ID}}})
			back := casework.Transition{ID: "takes back", Cancel: []casework.TaskID{one.ID}}
			if tt.ends {
				back.Request.Ending = casework.Closed
			}
			b.apply(back)
			if m := b.mail(ids[0]); m.State != tt.want {
				t.Errorf("%s: the mail is %s, want %s:\n%s", name, m.State, tt.want, m.Text)
			}
		})
	}
}

// Each of the staff reads days as they write them; the house whose name begins with its article gets no second one.
func TestMailsAreWrittenAsTheirReaderReads(t *testing.T) {
	b := atWork(t, nil)
	head := b.account("head", casework.Head)
	b.sets(casework.Settings{casework.LetterheadName: "The Unit", casework.LetterheadAddress: "A Street 1", casework.LetterheadTelephone: "+49 30 1"})
	b.must(b.store.InHouse(t.Context(), head.Person(), func(h *store.House) error {
		return h.Prefer(t.Context(), head.ID, store.Preferences{Language: "en", Writing: "iso", Zone: "Asia/Tokyo", Mails: store.MailsAtOnce}, "")
	}))
	sign, agree := b.task(casework.SignApproval, ""), b.task(casework.AgreeSupport, "")
	ids := b.apply(casework.Transition{ID: "opens", Open: []casework.Task{sign, agree}, Mails: []casework.Mail{
		{Template: "task", Key: "1", To: casework.Head, Task: sign.ID}, {Template: "task", Key: "2", To: casework.Government, Task: agree.ID}}})
	if text := casework.OneLine(b.mail(ids[0]).Text); !strings.Contains(text, "Please do this by "+casework.DateOf(sign.Clock.Due)+" (in ") {
		t.Errorf("the head reads:\n%s", text)
	}
	if text := b.mail(ids[1]).Text; !strings.Contains(text, "officer\nfor The Unit\n") || !strings.Contains(text, day(agree.Clock.Due)) {
		t.Errorf("the government reads:\n%s", text)
	}
}

// Whoever is made case officer reads that the whole request is theirs, and who had it that it is not.
func TestWhoIsToldOfANewOfficer(t *testing.T) {
	for name, tt := range map[string]struct {
		kind              casework.TaskKind
		says, link, never string
	}{
		"through what waits for them":  {casework.DiscussScope, "waits for you, to begin with “", "/tasks/", "nothing more to do"},
		"through what they may do":     {casework.CorrectFacts, "what waits for the case officer waits for you. The reason", "/requests/", "to begin with"},
		"through what a ministry does": {casework.SubmitRequestLetter, "what waits for the case officer waits for you. The reason", "/requests/", "Please"},
	} {
		t.Run(name, func(t *testing.T) { toldOfANewOfficer(t, tt.kind, tt.says, tt.link, tt.never) })
	}
}

func toldOfANewOfficer(t *testing.T, kind casework.TaskKind, says, link, never string) {
	t.Helper()
	b := atWork(t, nil)
	next := b.account("next", casework.CaseOfficer)
	rules, _ := casework.KindOf(kind)
	scope := b.task(kind, b.officer.ID)
	scope.Standing = rules.Standing
	b.apply(casework.Transition{ID: "opens", Open: []casework.Task{scope}})
	person, err := b.store.Staff(t.Context(), b.officer.ID)
	b.must(err)
	row, err := b.store.Task(t.Context(), person, scope.ID)
	b.must(err)
	a, err := b.store.AddAction(t.Context(), store.NewAction{ID: casework.ActionID(uuid.NewString()), Person: person, Role: casework.CaseOfficer, Task: row, Kind: casework.Reassign,
		Outcome: casework.ReassignOut, Form: casework.Values{"to": string(next.ID), "reason": "I move to another unit."}, Carried: casework.Values{"to": string(next.ID)}})
	b.must(err)
	d := a.Decision()
	moved := scope
	moved.Holder = next.ID
	tell := func(who casework.PersonID) casework.Mail {
		return casework.Mail{Template: "reassigned", Key: "reassigned/" + string(who), To: casework.CaseOfficer, Person: who, Task: scope.ID, Action: a.ID}
	}
	ids := b.apply(casework.Transition{ID: "action/" + string(a.ID), Decision: &d, Changed: []casework.Task{moved}, Request: casework.RequestChange{Officer: next.ID},
		Mails: []casework.Mail{tell(b.officer.ID), tell(next.ID)}})
	to := map[string]string{"/tasks/": string(scope.ID), "/requests/": string(b.number)}
	for i, want := range []struct{ subject, says, never, link string }{
		{"Another case officer", "next is this request's case officer from now on; you have nothing more to do in it. The reason given: I move to another unit.", "Please do this by", "/requests/" + string(b.number)},
		{"You are the case officer now", says, never, link + to[link]},
	} {
		m := b.mail(ids[i])
		text := casework.OneLine(m.Text)
		if !strings.Contains(m.Subject, want.subject) || !strings.Contains(text, want.says) || strings.Contains(text, want.never) || !strings.Contains(m.Text, publicURL+want.link+"\n") {
			t.Errorf("%s: %s\n%s", m.Address, m.Subject, m.Text)
		}
	}
}
