package store_test

import (
	"slices"
	"testing"
	"time"

	"connex/casework"
	"connex/store"
)

// form is the context of a task's form for whoever asks.
func (c request) form(p store.Person, task casework.Task) casework.FormContext {
	c.t.Helper()
	seen, err := c.Task(c.t.Context(), p, task.ID)
	c.must(err)
	basis, err := c.FormContext(c.t.Context(), p, seen)
	c.must(err)
	return basis.Context
}

func names(options []casework.Option) (labels []string) {
	for _, o := range options {
		labels = append(labels, o.Label)
	}
	return labels
}

func TestFormsAreFilledFromWhatIsKnown(t *testing.T) {
	c := aRoom(t).aRequest()
	officer := c.officer()
	assess := c.aTask(casework.AssessEligibility)
	assess.Outcomes = []casework.Outcome{casework.Eligible, casework.Drop}
	c.asks(assess)
	got := c.form(officer, assess)
	same(t, "facts", []any{got.Known["country"], got.Known["institution"], got.Known["sector"]}, []any{"NA", "Ministry of Mines", "mining"})
	same(t, "offers", got.Offers, assess.Outcomes)
	if got.Today == "" || got.Experts != nil {
		t.Errorf("today %q, experts %v", got.Today, got.Experts)
	}
}

func TestACheckThatCameBackIsFilledFromTheFirst(t *testing.T) {
	c := aRoom(t).aRequest()
	reviewer := c.staff("reviewer", casework.Reviewer)
	check := c.aTask(casework.CheckHumanRights)
	c.asks(check)
	a := c.does(reviewer, check, casework.WithConditions, casework.Values{"rating": "medium", "mitigation": "Independent monitoring."})
	c.applied(c.transition(completing(a)))
	again := c.aTask(casework.CheckHumanRights)
	again.About = []casework.ActionID{a.ID}
	c.asks(again)
	if got := c.form(reviewer, again).Known["mitigation"]; got != "Independent monitoring." {
		t.Errorf("mitigation: %v", got)
	}
}

func TestTheLettersConditionsAreMerged(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, member := c.officer(), c.staff("board1", casework.BoardMember)
	conclude, vote, draft := c.aTask(casework.ConcludeDueDiligence, officer.ID), c.aTask(casework.CastVote, member.ID), c.aTask(casework.DraftApproval, officer.ID)
	c.asks(conclude, vote, draft)
	a := c.does(officer, conclude, casework.RecommendCond, casework.Values{"conditions": []any{"A water balance.", "An audit."}})
	b := c.does(member, vote, casework.ApproveCond, casework.Values{"conditions": []any{"An audit.", "A trainer."}})
	c.applied(c.transition(completing(a)))
	c.applied(c.transition(completing(b), func(t *casework.Transition) {
		t.Request.Decision = &casework.BoardWord{Result: casework.ResultApproved, Round: 1, Actions: []casework.ActionID{a.ID, b.ID}}
	}))
	propose := c.aTask(casework.ProposeSupport, officer.ID)
	c.asks(propose)
	for _, task := range []casework.Task{draft, propose} {
		same(t, "conditions for "+string(task.Kind), c.form(officer, task).Known["conditions"], any([]any{"A water balance.", "An audit.", "A trainer."}))
	}
	view, err := c.RequestView(t.Context(), officer, c.number)
	c.must(err)
	same(t, "conditions on the page", view.Conditions, []string{"A water balance.", "An audit.", "A trainer."})
}

func TestAGovernmentIsOfferedTheExpertsThatWereProposed(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, leila := c.officer(), c.expert("leila")
	c.expert("tomas")
	propose := c.aTask(casework.ProposeSupport, officer.ID)
	c.asks(propose)
	same(t, "the case officer chooses from all", names(c.form(officer, propose).Experts), []string{"leila", "tomas"})
	a := c.does(officer, propose, casework.Propose, casework.Values{"suggestions": "A model.", "experts": []any{string(leila.ID)}, "scopingMission": true})
	c.applied(c.transition(completing(a)))
	agree, again := c.aTask(casework.AgreeSupport), c.aTask(casework.ProposeSupport, officer.ID)
	agree.About, again.About = []casework.ActionID{a.ID}, []casework.ActionID{a.ID}
	c.asks(agree, again)
	government := c.guest(casework.Government, store.ContactID(c.number, "a@b.example"), "a@b.example")
	same(t, "the government asks about whom it was offered", names(c.form(government, agree).Experts), []string{"leila"})
	known := c.form(officer, again).Known
	same(t, "the next proposal begins with the last", []any{known["suggestions"], known["scopingMission"]}, []any{"A model.", true})
}

// An expert whom the government would prefer is answered for in the next proposal, and not with what was said of another.
func TestAWantedExpertIsAnsweredFor(t *testing.T) {
	c := aRoom(t).aRequest()
	officer := c.officer()
	_, err := c.DB().ExecContext(t.Context(), `UPDATE requests SET proposed_expert = 'Tomás Ibáñez' WHERE case_number = $1`, c.number)
	c.must(err)
	propose := c.aTask(casework.ProposeSupport, officer.ID)
	c.asks(propose)
	same(t, "the letter's", c.form(officer, propose).NamedExpert, "Tomás Ibáñez")
	a := c.does(officer, propose, casework.Propose, casework.Values{"suggestions": "A model.", "experts": []any{}, "namedExpertAnswer": "He has no time."})
	c.applied(c.transition(completing(a)))
	agree := c.aTask(casework.AgreeSupport)
	agree.About = []casework.ActionID{a.ID}
	c.asks(agree)
	said := c.does(officer, agree, casework.AskForChanges, casework.Values{"comment": "Somebody else.", "wantedExpert": "Leila Haddad"})
	before := c.aTask(casework.ProposeSupport, officer.ID)
	before.About = []casework.ActionID{a.ID}
	c.asks(before)
	same(t, "while it is on its way", c.form(officer, before).NamedExpert, "Tomás Ibáñez")
	c.applied(c.transition(completing(said)))
	got := c.form(officer, before)
	same(t, "wanted", []any{got.NamedExpert, got.Known["namedExpertAnswer"], got.Known["suggestions"]}, []any{"Leila Haddad", nil, "A model."})
	b := c.does(officer, before, casework.Propose, casework.Values{"suggestions": "A model.", "experts": []any{}, "namedExpertAnswer": "She has no time either."})
	c.applied(c.transition(completing(b)))
	again := c.aTask(casework.ReviseSupport, officer.ID)
	again.About = []casework.ActionID{b.ID}
	c.asks(again)
	got = c.form(officer, again)
	same(t, "answered", []any{got.NamedExpert, got.Known["namedExpertAnswer"]}, []any{"Leila Haddad", "She has no time either."})
	leila, stranger := c.expert("Leila Haddad"), c.staff("admin", casework.Administrator)
	r, err := c.Request(t.Context(), officer, c.number)
	c.must(err)
	for who, want := range map[*store.Person]int{&officer: 1, &stranger: 0} {
		page, err := c.ExpertMatches(t.Context(), *who, r, 0, "")
		c.must(err)
		if len(page.Items) != want || want > 0 && (page.Items[0].Expert.ID != leila.ID || !page.Items[0].Named) {
			t.Errorf("for %s: %+v, want %d by name", who.Name, page.Items, want)
		}
	}
}

func TestWhoseVoteIsOutCanBeExcused(t *testing.T) {
	c := aRoom(t).aRequest()
	anna, zoe, head := c.staff("anna", casework.BoardMember), c.staff("zoe", casework.BoardMember), c.staff("head", casework.Head)
	settle := c.aTask(casework.SettleVote)
	c.asks(c.aTask(casework.CastVote, zoe.ID), c.aTask(casework.CastVote, anna.ID), settle)
	same(t, "members", names(c.form(head, settle).Members), []string{"anna", "zoe"})
}

func TestEveryFactHasItsColumn(t *testing.T) {
	c := aRoom(t).aRequest()
	p := c.officer()
	// Each fact of each form is given a value and must be found in the request's row afterwards.
	values := map[casework.FieldType]any{casework.Text: "some text", casework.LongText: "long text", casework.Email: "someone@else.example", casework.Date: "2026-05-04",
		casework.Bool: false, casework.Document: "00000000-0000-4000-8000-000000000007", casework.Choices: []any{"law", "tax"}}
	for _, kind := range casework.AllKinds() {
		form := casework.Values{}
		for _, f := range casework.FieldsOf(kind) {
			switch {
			case !f.Fact:
			case f.Type == casework.Choice:
				form[f.Name] = f.Options[len(f.Options)-1].Value
			default:
				form[f.Name] = values[f.Type]
			}
		}
		rule, _ := casework.KindOf(kind)
		if len(form) == 0 {
			continue
		}
		actor := p
		if rule.Role != casework.Government {
			actor = c.staff("all", casework.StaffRoles...)
		}
		task := c.aTask(kind)
		c.asks(task)
		c.applied(c.transition(completing(c.does(actor, task, rule.Outcomes[0], form))))
		known := c.form(actor, c.reopened(kind)).Known
		for name, want := range form {
			same(t, string(kind)+" "+name, known[name], want)
		}
	}
}

func (c request) reopened(kind casework.TaskKind) casework.Task {
	task := c.aTask(kind)
	c.asks(task)
	return task
}

func TestHostileFactsChangeNothing(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, submit := c.officer(), c.aTask(casework.SubmitRequestLetter)
	c.asks(submit)
	a := c.does(officer, submit, casework.Submitted, casework.Values{"letterDate": "0000-00-00", "letterDocument": "'; DROP TABLE requests", "signatory": 7.0, "neededFrom": []any{"x"}})
	c.applied(c.transition(completing(a)))
	row := c.row()
	same(t, "facts", []string{row.LetterDate, row.LetterDocument, row.Signatory, row.NeededFrom}, []string{"", "", "", ""})
	if !slices.Contains(c.what(), "submit-request-letter submitted") {
		t.Error("the decision itself was not applied")
	}
}

// An expert has spent no more days than an activity has, be it ended early, or be it later than planned.
func TestDaysThatAnExpertCanHaveSpent(t *testing.T) {
	c := aRoom(t).aRequest()
	c.approved()
	leila := c.expert("leila")
	guest := c.guest(casework.Expert, leila.ID, "leila@experts.example")
	most := func(change casework.ActivityChange) int {
		t.Helper()
		c.applied(c.transition(func(t *casework.Transition) {
			change.Number = 1
			t.At, t.Activities = begin.AddDate(0, 0, 14), []casework.ActivityChange{change}
		}))
		task := c.aTask(casework.ReportActivity, leila.ID)
		task.Role, task.Activity = casework.Expert, 1
		c.asks(task)
		seen, err := c.Task(t.Context(), guest, task.ID)
		c.must(err)
		basis, err := c.FormContext(t.Context(), guest, seen)
		c.must(err)
		return basis.Context.MostDays
	}
	late := most(casework.ActivityChange{State: casework.ActivityRunning, Start: "2026-03-10", End: "2026-03-11"})
	view, err := c.Request(t.Context(), guest, c.number)
	c.must(err)
	same(t, "days so far", late, casework.DaysFor(casework.StartOf("2026-03-10"), view.Calendar().Process(time.Now())))
	same(t, "days in all", most(casework.ActivityChange{Start: "2026-03-10", End: "2126-03-10"}), casework.DaysFor(casework.StartOf("2026-03-10"), casework.StartOf("2126-03-10")))
}

// Whom a form of a guest is held against: who signs, and to whom we write already.
func TestFormsKnowTheirGuest(t *testing.T) {
	c := aRoom(t).aRequest()
	leila := c.expert("leila")
	guest := c.guest(casework.Expert, leila.ID, "leila@experts.example")
	sign := c.aTask(casework.SignCodeOfConduct, leila.ID)
	sign.Role = casework.Expert
	passOn := c.aTask(casework.ChangeContact, "")
	passOn.Role = casework.Government
	c.asks(sign, passOn)
	r, err := c.Request(t.Context(), c.officer(), c.number)
	c.must(err)
	government := c.guest(casework.Government, store.ContactID(c.number, r.ContactEmail), r.ContactEmail)
	same(t, "known", []string{c.form(guest, sign).Signer, c.form(government, passOn).Contact}, []string{leila.Name, r.ContactEmail})
}
