package store_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"connex/casework"
	"connex/store"
)

func TestAFirstInterestBecomesARequest(t *testing.T) {
	c := aRoom(t).aRequest()
	row := c.row()
	same(t, "facts", []string{row.Country, row.Institution, row.ContactEmail, row.Summary, row.Language},
		[]string{"NA", "Ministry of Mines", "Ndapewa@ministry.example", "A lithium agreement", "en"})
	same(t, "the calendar", row.Calendar(), casework.Calendar{Start: begin, DayLength: 24 * time.Hour})
	same(t, "trail", c.what(), []string{"request-started"})
	if !row.Renegotiation || row.Next.What != string(casework.AssessEligibility) {
		t.Errorf("the request's row is %+v", row)
	}
}

func TestADecisionIsWrittenWithAllThatItChanges(t *testing.T) {
	c := aRoom(t).aRequest()
	officer := c.officer()
	assess, discuss, withdraw := c.aTask(casework.AssessEligibility), c.aTask(casework.DiscussScope, officer.ID), c.aTask(casework.Withdraw)
	c.asks(assess, withdraw)
	a := c.does(officer, assess, casework.Eligible, casework.Values{"country": "ZM", "resource": "copper", "developingCountry": "yes"})
	done := c.applied(c.transition(completing(a), opening(discuss), mailing(casework.Mail{Template: "task", Key: "task/x", To: casework.Government, Task: discuss.ID}),
		func(t *casework.Transition) { t.Request.Officer, t.Request.Screening = officer.ID, true }))

	row := c.row()
	same(t, "facts", []string{row.Country, row.Resource, string(row.Officer)}, []string{"ZM", "copper", string(officer.ID)})
	same(t, "trail", c.what(), []string{"request-started", "assess-eligibility eligible", "mail-queued task"})
	if len(row.Screening) == 0 {
		t.Error("the hints of that day were not kept")
	}
	task, err := c.Task(t.Context(), officer, assess.ID)
	c.must(err)
	if task.Status != store.TaskDone || task.Action != a.ID {
		t.Errorf("the task is %s by %s", task.Status, task.Action)
	}
	settled, err := c.ActionOf(t.Context(), officer, a.ID)
	c.must(err)
	if settled.State != store.Applied || settled.SettledAt == nil {
		t.Errorf("the action is %s", settled.State)
	}
	if len(done.Mails) != 1 {
		t.Errorf("mails to deliver: %v", done.Mails)
	}
}

func TestWhatIsRefusedChangesNothingButItsAction(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil func(request, store.Person, store.Action, *casework.Transition)
		rule  string
		also  []string // tables that change beside the action
	}{
		"the outcome is another than in the row": {rule: casework.RuleOtherAction, spoil: func(_ request, _ store.Person, _ store.Action, t *casework.Transition) {
			t.Decision.Outcome = casework.Drop
		}},
		"somebody else acts": {rule: casework.RuleOtherAction, spoil: func(_ request, _ store.Person, _ store.Action, t *casework.Transition) {
			t.Decision.Actor = "somebody"
		}},
		"it carries something else": {rule: casework.RuleOtherAction, spoil: func(_ request, _ store.Person, _ store.Action, t *casework.Transition) {
			t.Decision.Carried = casework.Values{"country": "ZZ"}
		}},
		"it was decided at another time": {rule: casework.RuleOtherAction, spoil: func(_ request, _ store.Person, _ store.Action, t *casework.Transition) {
			t.Decision.At = t.Decision.At.AddDate(1, 0, 0)
		}},
		"no such action": {rule: casework.RuleUnknownAction, spoil: func(_ request, _ store.Person, _ store.Action, t *casework.Transition) {
			t.Decision.Action = newAction()
		}},
		"the role was taken away": {rule: casework.RuleNotHolder, also: []string{"actions", "transitions"}, spoil: func(c request, p store.Person, _ store.Action, _ *casework.Transition) {
			c.must(c.ChangeAccount(c.t.Context(), store.Account{ID: p.ID, Name: p.Name, Roles: []casework.Role{casework.Auditor}, Active: true}))
		}},
		"the account was closed": {rule: casework.RuleNotHolder, also: []string{"actions", "transitions"}, spoil: func(c request, p store.Person, _ store.Action, _ *casework.Transition) {
			c.must(c.ChangeAccount(c.t.Context(), store.Account{ID: p.ID, Name: p.Name, Roles: p.Roles}))
		}},
		"the workflow refuses": {rule: casework.RuleDuties, also: []string{"requests", "actions", "transitions", "trail"}, spoil: func(_ request, _ store.Person, _ store.Action, t *casework.Transition) {
			t.Refusal = casework.RefusedBy(casework.RuleDuties, "refusal.duties.drafted")
			t.Entries = append(t.Entries, casework.Entry{What: casework.TrailRefused})
		}},
		"the task was cancelled meanwhile": {rule: casework.RuleTaskDone, also: []string{"actions", "transitions"}, spoil: func(c request, _ store.Person, a store.Action, _ *casework.Transition) {
			c.applied(c.transition(func(t *casework.Transition) { t.Cancel = []casework.TaskID{a.Task} }))
		}},
		"the request has ended": {rule: casework.RuleEnded, also: []string{"actions", "transitions"}, spoil: func(c request, _ store.Person, _ store.Action, _ *casework.Transition) {
			c.isVoid()
		}},
		"an approval without the board": {rule: casework.RuleNotApproved, also: []string{"actions", "transitions"}, spoil: func(_ request, _ store.Person, _ store.Action, t *casework.Transition) {
			t.Letters = []casework.Letter{{Kind: "approval", Key: "approval"}}
		}},
		"an activity without the exchange of letters": {rule: casework.RuleNotAgreed, also: []string{"actions", "transitions"}, spoil: func(_ request, _ store.Person, _ store.Action, t *casework.Transition) {
			t.Activities = []casework.ActivityChange{{Number: 1, State: casework.ActivityPlanned}}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			c := aRoom(t).aRequest()
			officer := c.officer()
			assess := c.aTask(casework.AssessEligibility)
			c.asks(assess)
			a := c.does(officer, assess, casework.Eligible, casework.Values{"country": "ZM"})
			move := c.transition(completing(a), opening(c.aTask(casework.DiscussScope)), mailing(casework.Mail{Template: "x", Key: "x", To: casework.Government}))
			tt.spoil(c, officer, a, &move)
			var rule string
			changed := c.changed(func() { rule = c.refused(move) })
			if rule != tt.rule {
				t.Errorf("refused by %q, want %q", rule, tt.rule)
			}
			if !slices.Equal(changed, tt.also) && !(tt.also != nil && move.Refusal != nil) {
				t.Errorf("what changed: %v, want %v", changed, tt.also)
			}
			if slices.Contains(changed, "tasks") || slices.Contains(changed, "letters") {
				t.Errorf("what changed: %v", changed)
			}
		})
	}
}

func TestNobodyStartsARequestFromTheConsole(t *testing.T) {
	r := aRoom(t)
	a, err := r.StartRequest(t.Context(), store.NewRequest{ID: newAction(), Role: casework.Anyone, Calendar: casework.Calendar{Start: begin, DayLength: time.Hour}})
	r.must(err)
	c := request{room: r, number: a.CaseNumber}
	forged, invented := a.Decision(), a.Decision()
	forged.Role, invented.Action = casework.Head, newAction()
	for rule, d := range map[string]casework.Decision{casework.RuleOtherAction: forged, casework.RuleUnknownAction: invented} {
		changed := r.changed(func() {
			done, err := r.Apply(t.Context(), c.transition(by(d), entry(casework.TrailRequestStarted)), onePerPerson{})
			if err != nil || done.Refusal == nil || done.Refusal.Rule != rule {
				t.Errorf("%+v, %v, want %s", done, err, rule)
			}
		})
		if changed != nil {
			t.Errorf("%s changed %v", rule, changed)
		}
	}
	c.applied(c.transition(by(a.Decision()), entry(casework.TrailRequestStarted)))
}

func TestALinkThatWasRevokedDecidesNothing(t *testing.T) {
	c := aRoom(t).aRequest()
	submit := c.aTask(casework.SubmitRequestLetter)
	c.asks(submit)
	contact := c.guest(casework.Government, store.ContactID(c.number, "ndapewa@ministry.example"), "Ndapewa@ministry.example")
	a := c.does(contact, submit, casework.Submitted, casework.Values{"signatory": "Dr N. Example"})
	_, err := c.DB().ExecContext(t.Context(), `UPDATE links SET revoked_at = now() WHERE id = $1`, contact.Link.ID)
	c.must(err)
	if rule := c.refused(c.transition(completing(a))); rule != casework.RuleNotHolder {
		t.Errorf("refused by %q", rule)
	}
	if c.row().Signatory != "" {
		t.Error("a fact was copied from a refused action")
	}
}

func TestAfterTheEndNothingMoves(t *testing.T) {
	c := aRoom(t).aRequest()
	assess, withdraw := c.aTask(casework.AssessEligibility), c.aTask(casework.Withdraw)
	c.asks(assess, withdraw)
	c.applied(c.transition(ending(casework.Void), entry(casework.TrailRequestEnded)))
	if waits, err := c.Tasks(t.Context(), c.officer(), store.TaskFilter{}); err != nil || len(waits.Items) > 0 {
		t.Errorf("after the end there wait %v (%v)", waits.Items, err)
	}
	for name, move := range map[string]casework.Transition{
		"a clock":     c.transition(entry(casework.TrailReminderSent)),
		"an activity": c.transition(entry(casework.TrailActivityEnded), func(t *casework.Transition) { t.OfActivity = 1 }),
	} {
		changed := c.changed(func() {
			if done, err := c.Apply(t.Context(), move, onePerPerson{}); err != nil || !done.Ended {
				t.Errorf("%s: %+v, %v", name, done, err)
			}
		})
		if changed != nil {
			t.Errorf("%s changed %v", name, changed)
		}
	}
}

func TestAClockYieldsToADecisionOnItsWay(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, submit := c.officer(), c.aTask(casework.SubmitRequestLetter)
	c.asks(submit)
	lapse := c.transition(ending(casework.Lapsed), func(t *casework.Transition) { t.YieldTo = []casework.TaskID{submit.ID} })
	a := c.does(officer, submit, casework.Submitted, nil)
	changed := c.changed(func() {
		if done, err := c.Apply(t.Context(), lapse, onePerPerson{}); err != nil || !done.Yielded {
			t.Errorf("the clock: %+v, %v", done, err)
		}
	})
	if changed != nil {
		t.Errorf("the clock changed %v", changed)
	}
	refusal := c.transition(by(a.Decision()), func(t *casework.Transition) { t.Refusal = casework.RefusedBy("x", "refusal.y", "Z", "z") })
	c.refused(refusal)
	c.applied(lapse) // nothing is on its way any more
	if got := c.row().Ending; got != casework.Lapsed {
		t.Errorf("ended as %q", got)
	}
}

// What was recorded before midnight counts, whatever task it is about: a withdrawal before the letter lapses or an activity
// begins.
func TestAClockThatDecidesYieldsToEveryDecisionOnItsWay(t *testing.T) {
	began := entry(casework.TrailActivityBegan)
	for name, tt := range map[string]struct {
		clock   func(*casework.Transition)
		yielded bool
	}{
		"the request lapses": {ending(casework.Lapsed), true},
		"an activity begins": {func(t *casework.Transition) { began(t); t.OfActivity = 1 }, true},
		"an activity begins by a decision": {func(t *casework.Transition) {
			began(t)
			t.OfActivity, t.Because = 1, casework.ActionID(uuid.NewString())
		}, false},
		"a reminder of something else goes": {entry(casework.TrailReminderSent), false},
	} {
		t.Run(name, func(t *testing.T) {
			c := aRoom(t).aRequest()
			withdraw := c.aTask(casework.Withdraw)
			c.asks(withdraw)
			c.does(c.officer(), withdraw, casework.WithdrawOut, nil)
			if done, err := c.Apply(t.Context(), c.transition(tt.clock), onePerPerson{}); err != nil || done.Yielded != tt.yielded {
				t.Errorf("the clock: %+v, %v; yielded is to be %v", done, err, tt.yielded)
			}
		})
	}
}

// An activity hears of what its request decided a moment later; until then the rows hold.
func TestAnActivityActsByWhatItsRequestDecided(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, end := c.officer(), c.aTask(casework.EndActivity)
	c.asks(end)
	a := c.does(officer, end, casework.Completed, nil)
	c.applied(c.transition(func(t *casework.Transition) { t.Request.Conflicts = []casework.PersonID{officer.ID} }))
	if rule := c.refused(c.transition(by(a.Decision()), func(t *casework.Transition) { t.OfActivity, t.Completes = 1, end.ID })); rule != casework.RuleConflict {
		t.Errorf("who declared a conflict is refused by %s", rule)
	}
	suspended := true
	for name, change := range map[string]func(*casework.Transition){
		"withdrawn": func(t *casework.Transition) { t.Request.Withdrawn = true },
		"suspended": func(t *casework.Transition) { t.Request.Suspended = &suspended },
	} {
		t.Run(name, func(t *testing.T) {
			c := aRoom(t).aRequest()
			c.applied(c.transition(change))
			begins := c.transition(entry(casework.TrailActivityBegan), func(t *casework.Transition) { t.OfActivity = 1 })
			if done, err := c.Apply(t.Context(), begins, onePerPerson{}); err != nil || !done.Yielded {
				t.Errorf("an activity begins in a request that is %s: %+v, %v", name, done, err)
			}
		})
	}
}

func TestTasksAreChangedCancelledAndGivenUp(t *testing.T) {
	c := aRoom(t).aRequest()
	officer := c.officer()
	kept, cancelled, silent := c.aTask(casework.AnswerBoard, officer.ID), c.aTask(casework.DiscussScope, officer.ID), c.aTask(casework.ClosingQuestionnaire)
	c.asks(kept, cancelled, silent)
	c.applied(c.transition(mailing(casework.Mail{Template: "task", Key: "1", To: casework.Government, Task: cancelled.ID}),
		mailing(casework.Mail{Template: "task", Key: "2", To: casework.Government, Task: kept.ID})))
	kept.Holder, kept.TakenBy, kept.Subject = c.staff("officer2", casework.CaseOfficer).ID, true, "leila"
	kept.Clock.Shift(48 * time.Hour)
	c.applied(c.transition(func(t *casework.Transition) {
		t.Changed, t.Cancel, t.GiveUp = []casework.Task{kept}, []casework.TaskID{cancelled.ID}, []casework.TaskID{silent.ID}
	}))
	for id, want := range map[casework.TaskID]store.TaskStatus{kept.ID: store.TaskOpen, cancelled.ID: store.TaskCancelled, silent.ID: store.TaskGivenUp} {
		task, err := c.Task(t.Context(), officer, id)
		c.must(err)
		if task.Status != want {
			t.Errorf("%s is %s, want %s", task.Kind, task.Status, want)
		}
		if id == kept.ID && (task.Holder != kept.Holder || task.Subject != "leila" || !task.DueAt.Equal(kept.Clock.Due) || task.StrikeAt == nil) {
			t.Errorf("the task that was given to somebody else: %+v", task)
		}
	}
	view, err := c.RequestView(t.Context(), officer, c.number)
	c.must(err)
	var states []store.MailState
	for _, m := range view.Mails {
		states = append(states, m.State)
	}
	same(t, "mails", states, []store.MailState{store.MailCancelled, store.MailQueued})
}

func TestOneMailForAKey(t *testing.T) {
	c := aRoom(t).aRequest()
	reminder := casework.Mail{Template: "reminder", Key: "reminder/government//2026-03-02", To: casework.Government}
	first := c.applied(c.transition(mailing(reminder), mailing(reminder)))
	second := c.applied(c.transition(mailing(reminder), func(t *casework.Transition) { t.OfActivity = 1 }))
	if len(first.Mails) != 1 || len(second.Mails) != 0 {
		t.Errorf("queued %v, then %v", first.Mails, second.Mails)
	}
	same(t, "trail", c.what(), []string{"request-started", "mail-queued reminder"})
}

func TestSuspendingAndResuming(t *testing.T) {
	c := aRoom(t).aRequest()
	yes, no := true, false
	c.applied(c.transition(func(t *casework.Transition) { t.Request.Suspended = &yes }))
	if row := c.row(); !row.Suspended || row.SuspendedRealAt == nil {
		t.Errorf("suspended: %+v", row)
	}
	c.applied(c.transition(func(t *casework.Transition) { t.Request.Suspended = &no }))
	if row := c.row(); row.Suspended || row.SuspendedRealAt != nil {
		t.Errorf("resumed: %+v", row)
	}
}
