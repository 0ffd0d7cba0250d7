package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"connex/casework"
	"connex/store"
)

// approved lets the board decide in favour and the letters be exchanged.
func (c request) approved() {
	c.t.Helper()
	c.applied(c.transition(func(t *casework.Transition) {
		t.Request.Decision = &casework.BoardWord{Result: casework.ResultApproved, Round: 1}
	}))
	letter, err := c.AddDocument(c.t.Context(), store.NewDocument{CaseNumber: c.number, Kind: store.Letter, Key: "approval", Title: "Approval letter",
		Name: "approval.pdf", MediaType: "application/pdf", Body: []byte("%PDF")})
	c.must(err)
	c.applied(c.transition(func(t *casework.Transition) {
		t.Request.Agreed = true
		t.Letters = []casework.Letter{{Kind: "approval", Key: "approval", Document: letter.ID}}
	}))
}

// An expert comes for one who left, and the activity that waited for that begins.
func TestAnActivityChangesTwiceInOneTransition(t *testing.T) {
	c := aRoom(t).aRequest()
	c.approved()
	left, came := c.expert("left"), c.expert("came")
	c.applied(c.transition(func(t *casework.Transition) {
		t.Activities = []casework.ActivityChange{{Number: 1, State: casework.ActivityPlanned, Experts: []casework.PersonID{left.ID}}}
	}))
	c.applied(c.transition(func(t *casework.Transition) {
		t.Activities = []casework.ActivityChange{{Number: 1, State: casework.ActivityPlanned, Experts: []casework.PersonID{}},
			{Number: 1, State: casework.ActivityPlanned, Experts: []casework.PersonID{came.ID}}, {Number: 1, State: casework.ActivityRunning}}
	}))
	activities, err := c.Activities(t.Context(), c.officer(), c.number)
	c.must(err)
	if got := activities[0]; got.State != casework.ActivityRunning || !slices.Equal(got.Experts, store.List[casework.PersonID]{came.ID}) || got.BeganAt == nil {
		t.Errorf("the activity is %+v", got)
	}
}

func TestActivitiesComeFromTheFormThatPlannedThem(t *testing.T) {
	c := aRoom(t).aRequest()
	c.approved()
	officer, leila, tomas := c.officer(), c.expert("leila"), c.expert("tomas")
	propose := c.aTask(casework.ProposeSupport, officer.ID)
	c.asks(propose)
	a := c.does(officer, propose, casework.Propose, casework.Values{"suggestions": "A model first.", "experts": []any{string(leila.ID)}, "activities": []any{
		map[string]any{"title": "Fiscal model", "form": "advice", "stage": "during", "experts": []any{string(leila.ID)}, "start": "2026-05-04", "end": "2026-06-01",
			"deliverable": "A written opinion", "checkInEveryDays": 7.0}}})
	c.applied(c.transition(completing(a)))
	c.applied(c.transition(func(t *casework.Transition) {
		t.Plan = &casework.PlanChange{Action: a.ID}
		t.Activities = []casework.ActivityChange{{Number: 1, State: casework.ActivityPlanned, Action: a.ID, Index: 0, Start: "2026-05-04", End: "2026-06-01", Experts: []casework.PersonID{leila.ID}}}
	}))
	c.applied(c.transition(func(t *casework.Transition) {
		t.OfActivity = 1
		t.Activities = []casework.ActivityChange{{Number: 1, State: casework.ActivityRunning}}
	}))
	c.applied(c.transition(func(t *casework.Transition) {
		t.Activities = []casework.ActivityChange{{Number: 1, State: casework.ActivityRunning, Experts: []casework.PersonID{tomas.ID}}}
	}))

	view, err := c.RequestView(t.Context(), officer, c.number)
	c.must(err)
	if len(view.Activities) != 1 || view.Plan == nil || view.Plan.ID != a.ID {
		t.Fatalf("activities %v of the plan %v", view.Activities, view.Plan)
	}
	got := view.Activities[0]
	same(t, "the activity", []string{got.Title, got.Form, got.Deliverable, got.Start, got.End, string(got.State), string(got.Experts[0])},
		[]string{"Fiscal model", "advice", "A written opinion", "2026-05-04", "2026-06-01", "running", string(tomas.ID)})
	if got.BeganAt == nil || got.CheckInDays != 7 || len(view.Experts) != 2 {
		t.Errorf("the activity %+v, with experts %v", got, view.Experts)
	}
}

func TestASignatureHasTheInstantAtWhichItWasGiven(t *testing.T) {
	c := aRoom(t).aRequest()
	leila := c.expert("leila")
	sign, declare := c.aTask(casework.SignCodeOfConduct, leila.ID), c.aTask(casework.DeclareInterests, leila.ID)
	c.asks(sign, declare)
	p := c.guest(casework.Expert, leila.ID, leila.Email)
	version := casework.CurrentCode().Version
	a := c.does(p, sign, casework.Sign, casework.Values{"fullName": "Leila Haddad", "version": version})
	c.applied(c.transition(completing(a), func(t *casework.Transition) {
		t.Binding = []casework.Binding{{Expert: leila.ID, Signed: true, Version: version}}
	}))
	b := c.does(p, declare, casework.NoInterests, nil)
	c.applied(c.transition(completing(b), func(t *casework.Transition) {
		t.Binding = []casework.Binding{{Expert: leila.ID, State: "none"}}
	}))

	found, err := c.LookUp(t.Context(), casework.LookUpOrder{CaseNumber: c.number, Experts: []casework.PersonID{leila.ID, "nobody"}})
	c.must(err)
	same(t, "signatures", found.Code, map[casework.PersonID]casework.CodeSignature{leila.ID: {Version: version, SignedAt: a.CreatedAt}})
	var block string // name, version, language read, hash of the text
	c.must(c.DB().QueryRowContext(t.Context(), `SELECT concat_ws(', ', name, version, language, sha256) FROM code_signatures`).Scan(&block))
	same(t, "signature block", block, "Leila Haddad, 1, en, d3158e324f7bc7fd04bc2f52387c6111e277ce55c9350dc2e0dddffe2b6b11f9")
	e, err := c.Expert(t.Context(), leila.ID)
	c.must(err)
	if e.Profile(time.Now()).Code != casework.CodeSigned {
		t.Errorf("the roster says %q", e.Profile(time.Now()).Code)
	}
	view, err := c.RequestView(t.Context(), c.officer(), c.number)
	c.must(err)
	if len(view.Interests) != 1 || view.Interests[0].State != "none" {
		t.Errorf("interests: %+v", view.Interests)
	}
}

func TestWhoTheBoardIs(t *testing.T) {
	r := aRoom(t)
	r.staff("zoe", casework.BoardMember)
	gone := r.staff("bert", casework.BoardMember)
	r.staff("anna", casework.BoardMember, casework.Reviewer)
	r.officer()
	r.must(r.ChangeAccount(t.Context(), store.Account{ID: gone.ID, Name: gone.Name, Roles: gone.Roles}))
	found, err := r.LookUp(t.Context(), casework.LookUpOrder{Board: true})
	r.must(err)
	same(t, "the board, by name", found.Board, []casework.PersonID{r.staff("anna").ID, r.staff("zoe").ID})
}

func TestTheDatabaseRefusesWhatMustNeverBe(t *testing.T) {
	c := aRoom(t).aRequest()
	member := c.staff("board1", casework.BoardMember)
	vote := c.aTask(casework.CastVote, member.ID)
	c.asks(vote)
	c.applied(c.transition(completing(c.does(member, vote, casework.Approve, nil))))
	for name, tt := range map[string]struct{ statement, names string }{
		"a second vote of a member in a round": {names: "one_vote_in_a_round", statement: `
			INSERT INTO tasks SELECT (jsonb_populate_record(t, '{"id": "00000000-0000-4000-8000-000000000001"}')).* FROM tasks t WHERE kind = 'cast-vote'`},
		"a second decision on a task": {names: "one_decision_for_a_task", statement: `
			INSERT INTO actions SELECT (jsonb_populate_record(a, '{"id": "00000000-0000-4000-8000-000000000002"}')).* FROM actions a WHERE kind = 'cast-vote'`},
		"a changed trail":                        {names: "the trail only grows", statement: `UPDATE trail SET outcome = 'decline'`},
		"a shortened trail":                      {names: "the trail only grows", statement: `DELETE FROM trail`},
		"an emptied trail":                       {names: "the trail only grows", statement: `TRUNCATE trail`},
		"an agreement without the board":         {names: "letters_are_exchanged_after_approval", statement: `UPDATE requests SET agreed = true`},
		"an end without its time":                {names: "an_end_has_its_time", statement: `UPDATE requests SET ending = 'closed'`},
		"a mail with two lines for its subject":  {names: "a_header_is_one_line", statement: `INSERT INTO mails (message_id, case_number, key, template, to_role, to_person, to_name, to_address, subject, text, html, in_reply_to, letter, at) SELECT 'x', case_number, '', '', '', '', '', 'a@b', E'a\nBcc: b', '', '', '', '', now() FROM requests`},
		"an activity without the letters":        {names: "activity_needs_agreement", statement: `INSERT INTO activities (case_number, number, state, title, form, stage, experts, deliverable) SELECT case_number, 1, 'planned', '', '', '', '{}', '' FROM requests`},
		"an approval letter without the board":   {names: "approval_needs_the_board", statement: `INSERT INTO letters (case_number, key, kind, document, at) SELECT case_number, 'a', 'approval', gen_random_uuid(), now() FROM requests`},
		"a document that is not what it is said": {names: "a_hash_is_the_bodys", statement: `INSERT INTO documents (case_number, kind, key, title, name, media_type, size, sha256, body, added_by, added_name, added_role, added_at) SELECT case_number, 'upload', '', '', '', '', 1, 'x', 'x', '', '', '', now() FROM requests`},
	} {
		_, err := c.DB().ExecContext(t.Context(), tt.statement)
		text := ""
		if err != nil {
			text = err.Error()
		}
		if !strings.Contains(text, tt.names) && !strings.Contains(text, strings.ReplaceAll(tt.names, "_", " ")) && !named(err, tt.names) {
			t.Errorf("%s: %v, want a word of %s", name, err, tt.names)
		}
	}
}
