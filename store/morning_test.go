package store_test

import (
	"testing"
	"time"

	"connex/casework"
	"connex/store"
)

// morning is what a head finds at some time after the case began.
func (r room) morning(p store.Person, days int) store.Morning {
	r.t.Helper()
	m, err := r.Morning(r.t.Context(), p, begin.AddDate(0, 0, days), 25)
	r.must(err)
	return m
}

func TestAMorningShowsWhatWaitsForHeads(t *testing.T) {
	r := aRoom(t)
	head, deputy := r.staff("head", casework.Head), r.staff("deputy", casework.Head)
	c := r.aRequest()
	theirs := c.aTask(casework.SettleVote, deputy.ID)
	c.asks(c.aTask(casework.SignApproval), c.aTask(casework.CounterSignRating, head.ID), c.aTask(casework.DiscussScope), theirs, c.aTask(casework.Suspend))
	same(t, "mine", kindsOf(r.morning(head, 1).Mine), []casework.TaskKind{casework.CounterSignRating, casework.SignApproval})
}

func TestAMorningShowsWhatDoesNotGoOn(t *testing.T) {
	r := aRoom(t)
	head, officer := r.staff("head", casework.Head), r.officer()
	c := r.aRequest(func(t *casework.Transition) { t.Request.Officer = officer.ID })
	scope, question, letter := c.aTask(casework.DiscussScope, officer.ID), c.aTask(casework.AnswerGovernment, officer.ID), c.aTask(casework.SubmitRequestLetter)
	c.asks(scope, question, letter)
	early := r.morning(head, 3)
	if early.Unanswered.All+early.Silent.All+early.Escalated.All+early.Nobody.All > 0 {
		t.Errorf("after three days already: %+v", early)
	}
	same(t, "unanswered", kindsOf(r.morning(head, 7).Unanswered.Items), []casework.TaskKind{casework.AnswerGovernment})

	late := begin.AddDate(0, 0, 60)
	scope.Clock.StrikeUntil(scope.Rhythm(), late)
	c.applied(c.transition(func(t *casework.Transition) { t.Changed = []casework.Task{scope} }))
	m := r.morning(head, 60)
	same(t, "escalated", kindsOf(m.Escalated.Items), []casework.TaskKind{casework.DiscussScope})
	if m.Silent.All != 1 || m.Silent.Items[0].Kind != casework.SubmitRequestLetter || !m.Silent.Items[0].Heard.Equal(begin) {
		t.Errorf("silent: %+v", m.Silent)
	}
	yes := true
	c.applied(c.transition(func(t *casework.Transition) { t.Request.Suspended = &yes }))
	if m := r.morning(head, 60); m.Silent.All+m.Escalated.All+m.Unanswered.All > 0 {
		t.Error("what stands still is late")
	}
}

func TestAnAnswerIsASignOfLife(t *testing.T) {
	r := aRoom(t)
	head := r.staff("head", casework.Head)
	c := r.aRequest()
	contact := c.guest(casework.Government, "", "ndapewa@ministry.example")
	letter, agree := c.aTask(casework.SubmitRequestLetter), c.aTask(casework.AgreeSupport)
	c.asks(letter, agree)
	c.applied(c.transition(completing(c.does(contact, agree, casework.Agree, nil)))) // today, in real time
	days := int(time.Since(begin).Hours()/24) + 20
	if m := r.morning(head, days); m.Silent.All != 0 {
		t.Errorf("twenty days after their last answer: %+v", m.Silent)
	}
	if m := r.morning(head, days+12); m.Silent.All != 1 {
		t.Errorf("a month after their last answer: %+v", m.Silent)
	}
}

func TestAMorningShowsMailThatNobodyAnswered(t *testing.T) {
	r := aRoom(t)
	head := r.staff("head", casework.Head)
	c := r.aRequest(mailing(casework.Mail{Template: "acknowledgement", Key: "a", To: casework.Government}))
	_, _, err := r.FileMail(t.Context(), store.InboundMail{MessageID: "x@ministry.example", Raw: []byte("When?"), From: "ndapewa@ministry.example", Subject: "When?",
		FiledAs: "case", CaseNumber: c.number}, nil)
	r.must(err)
	now := time.Now()
	unanswered := func(when time.Time) int {
		m, err := r.Morning(t.Context(), head, when, 25)
		r.must(err)
		return len(m.Mails)
	}
	if n := unanswered(now.AddDate(0, 0, 1)); n != 0 {
		t.Errorf("after a day %d mails are unanswered", n)
	}
	if n := unanswered(now.AddDate(0, 0, 8)); n != 1 {
		t.Errorf("after a week %d mails are unanswered", n)
	}
	c.applied(c.transition(mailing(casework.Mail{Template: "reminder", Key: "b", To: casework.Government})))
	if n := unanswered(now.AddDate(0, 0, 8)); n != 1 {
		t.Errorf("after a reminder %d mails are unanswered", n)
	}
	c.applied(c.transition(mailing(casework.Mail{Template: "answer", Key: "c", To: casework.Government})))
	if n := unanswered(now.AddDate(0, 0, 8)); n != 0 {
		t.Errorf("after our answer %d mails are unanswered", n)
	}
}

func TestAMorningShowsSupportThatComesTooLate(t *testing.T) {
	r := aRoom(t)
	head, officer := r.staff("head", casework.Head), r.officer()
	c := r.aRequest()
	needs := func(date string) []store.NeededLine {
		task := c.aTask(casework.CorrectFacts, officer.ID)
		c.asks(task)
		c.applied(c.transition(completing(c.does(officer, task, casework.CorrectOut, casework.Values{"neededFrom": date}))))
		return r.morning(head, 1).Needed.Items
	}
	if late := needs("2026-04-01"); len(late) != 1 || late[0].NeededFrom != "2026-04-01" || !late[0].Starts.After(begin.AddDate(0, 3, 0)) {
		t.Errorf("needed within a month: %+v", late)
	}
	if late := needs("2027-04-01"); len(late) != 0 {
		t.Errorf("needed in a year: %+v", late)
	}
}

func TestTasksThatNobodyCanDo(t *testing.T) {
	r := aRoom(t)
	head, gone := r.staff("head", casework.Head), r.staff("gone", casework.CaseOfficer)
	reviewer := r.staff("reviewer", casework.Reviewer)
	c := r.aRequest()
	draft := c.aTask(casework.DraftApproval)
	draft.Role = casework.Head // whoever drafts is the only head
	sign, scope, check, vote := c.aTask(casework.SignApproval), c.aTask(casework.DiscussScope, gone.ID), c.aTask(casework.CheckConflict), c.aTask(casework.CloseRequest)
	c.asks(draft, sign, scope, check, vote, c.aTask(casework.WriteEvaluation))
	nobody := func() map[casework.TaskKind]string {
		rules := map[casework.TaskKind]string{}
		for _, each := range r.morning(head, 1).Nobody.Items {
			rules[each.Kind] = each.Rule
		}
		return rules
	}
	same(t, "at first", nobody(), map[casework.TaskKind]string{casework.WriteEvaluation: "nobody"})
	c.applied(c.transition(completing(c.does(head, draft, casework.Ready, nil))))
	r.must(r.ChangeAccount(t.Context(), store.Account{ID: gone.ID, Name: gone.Name, Roles: gone.Roles}))
	c.applied(c.transition(func(t *casework.Transition) { t.Request.Conflicts = []casework.PersonID{reviewer.ID} }))
	same(t, "then", nobody(), map[casework.TaskKind]string{casework.WriteEvaluation: "nobody", casework.SignApproval: casework.RuleDuties,
		casework.DiscussScope: "nobody", casework.CheckConflict: casework.RuleConflict})
}
