package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"connex/casework"
	"connex/store"

	"github.com/google/uuid"
)

// looks are all the ways in which a person can read of a case.
func (c request) looks(p store.Person, task casework.TaskID, document string) map[string]bool {
	c.t.Helper()
	ctx := c.t.Context()
	sees := map[string]bool{}
	note := func(way string, there bool, err error) {
		c.t.Helper()
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			c.t.Errorf("%s for %s: %v", way, p.Name, err)
		}
		sees[way] = err == nil && there
	}
	_, err := c.Request(ctx, p, c.number)
	note("request", true, err)
	_, err = c.RequestView(ctx, p, c.number)
	note("view", true, err)
	file, err := c.CaseFile(ctx, p, c.number, "")
	note("file", len(file.Story) > 0, err)
	_, err = c.Trail(ctx, p, c.number, 0, "")
	note("trail", true, err)
	mentions, err := c.Mentions(ctx, p)
	note("mentions", len(mentions) > 0, err)
	lines, err := c.Requests(ctx, p, store.PortfolioFilter{})
	note("portfolio", len(lines.Items) > 0, err)
	report, err := c.PortfolioReport(ctx, p, "", "")
	note("report", len(report) > 0, err)
	_, board, err := c.Board(ctx, p, store.PortfolioFilter{}, 1)
	note("counts", board.All > 0, err)
	rows, err := c.AllRequests(ctx, p, store.PortfolioFilter{Text: "lithium"})
	note("files", len(rows) > 0, err)
	due, err := c.Due(ctx, p, store.DueFilter{})
	note("what is due", len(due.Items) > 0, err)
	days, err := c.DueByDay(ctx, p, false, []time.Time{begin, begin.AddDate(1, 0, 0)}, 1)
	note("what is due on a day", days[0].All > 0, err)
	around, err := c.DueAround(ctx, p, false, time.Time{}, time.Time{})
	note("when it is due", around.Next != nil, err)
	tasks, err := c.Tasks(ctx, p, store.TaskFilter{})
	note("tasks", len(tasks.Items) > 0, err)
	_, err = c.Task(ctx, p, task)
	note("task", true, err)
	_, err = c.FormContext(ctx, p, store.Task{CaseNumber: c.number, Kind: casework.AssessEligibility, Role: casework.CaseOfficer})
	note("form", true, err)
	var started casework.ActionID
	c.must(c.DB().QueryRowContext(ctx, `SELECT id FROM actions WHERE case_number = $1 AND kind = 'request-started'`, c.number).Scan(&started))
	about, err := c.ActionsAbout(ctx, p, store.Task{CaseNumber: c.number, About: store.List[casework.ActionID]{started}})
	note("what a task is about", len(about) > 0, err)
	activities, err := c.Activities(ctx, p, c.number)
	note("activities", len(activities) > 0, err)
	entered, err := c.PhasesEntered(ctx, p, c.number)
	note("the way so far", len(entered) > 0, err)
	_, err = c.OfficerOf(ctx, p, c.number)
	note("the case officer", true, err)
	documents, err := c.Documents(ctx, p, c.number)
	note("documents", len(documents) > 0, err)
	_, err = c.Document(ctx, p, document)
	note("document", true, err)
	named, err := c.DocumentsNamed(ctx, p, c.number, []string{document})
	note("named document", len(named) > 0, err)
	_, err = c.SaveDraft(ctx, p, task, "", casework.Values{"reasons": "half a"})
	note("draft", true, err)
	return sees
}

// ofAllCases are the ways that show other cases as well.
var ofAllCases = []string{"portfolio", "report", "counts", "files"}

func TestWhoMaySeeARequest(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, assess := c.officer(), c.aTask(casework.AssessEligibility)
	c.asks(assess)
	c.applied(c.transition(func(t *casework.Transition) {
		t.Request.Officer, t.Entries = officer.ID, []casework.Entry{{What: casework.TrailPhaseEntered, Outcome: string(casework.FirstInterest)}}
	}))
	d, err := c.AddDocument(t.Context(), store.NewDocument{CaseNumber: c.number, Kind: store.Upload, Title: "A file", Name: "a.pdf", MediaType: "application/pdf",
		Body: []byte("%PDF"), By: officer, Role: casework.CaseOfficer})
	c.must(err)
	recused, closed := c.staff("recused", casework.BoardMember), c.staff("closed", casework.Head)
	c.applied(c.transition(func(t *casework.Transition) {
		t.Request = casework.RequestChange{Recused: []casework.PersonID{recused.ID}, Decision: &casework.BoardWord{Result: casework.ResultApproved}, Agreed: true}
		t.Activities = []casework.ActivityChange{{Number: 1, State: casework.ActivityPlanned}}
	}))
	c.must(c.ChangeAccount(t.Context(), store.Account{ID: closed.ID, Name: closed.Name, Roles: closed.Roles}))
	board1, auditor := c.staff("board1", casework.BoardMember), c.staff("auditor", casework.Auditor)
	head := c.staff("head", casework.Head, casework.Administrator)
	everybody := []casework.PersonID{officer.ID, recused.ID, closed.ID, board1.ID, auditor.ID, head.ID, c.staff("admin", casework.Administrator).ID}
	c.notes(c.staff("deputy", casework.Head), "Please read", everybody...)
	other := c.aRequest()
	strange := other.guest(casework.Government, store.ContactID(other.number, "a@b.example"), "a@b.example")

	all := map[string]bool{}
	for way := range c.looks(officer, assess.ID, d.ID) {
		all[way] = true
	}
	for _, p := range []store.Person{officer, board1, auditor, head} {
		same(t, p.Name+" sees", c.looks(p, assess.ID, d.ID), all)
	}
	none := map[string]bool{}
	for way := range all {
		none[way] = false
	}
	for _, p := range []store.Person{recused, closed, c.staff("admin", casework.Administrator), {ID: casework.PersonID(uuid.NewString()), Name: "nobody"}} {
		sees := c.looks(p, assess.ID, d.ID)
		if p.ID == recused.ID { // who sees the other case all the same
			for _, way := range ofAllCases {
				sees[way] = false
			}
		}
		same(t, p.Name+" sees", sees, none)
	}
	for way, there := range c.looks(strange, assess.ID, d.ID) {
		if there && !slices.Contains(ofAllCases, way) {
			t.Errorf("who has a link to another case sees by %s", way)
		}
	}
}

func TestAGuestSeesTheirOwn(t *testing.T) {
	c := aRoom(t).aRequest()
	leila, tomas := c.expert("leila"), c.expert("tomas")
	submit, sign, other := c.aTask(casework.SubmitRequestLetter), c.aTask(casework.SignCodeOfConduct, leila.ID), c.aTask(casework.SignCodeOfConduct, tomas.ID)
	c.asks(submit, sign, other, c.aTask(casework.AssessEligibility))
	government := c.guest(casework.Government, store.ContactID(c.number, "Ndapewa@ministry.example"), "ndapewa@ministry.example")
	expert := c.guest(casework.Expert, leila.ID, leila.Email)
	mailed, err := c.AddDocument(t.Context(), store.NewDocument{CaseNumber: c.number, Kind: store.Letter, Key: "draft", Title: "Draft", Name: "draft.pdf", MediaType: "application/pdf", Body: []byte("%PDF")})
	c.must(err)
	c.must(c.InCase(t.Context(), c.number, func(tx *store.Tx) error {
		ids, err := tx.Queue(t.Context(), store.Entry{ActorRole: casework.ClockRole}, store.QueuedMail{MessageID: "<1@connex.test>", Key: "1", Template: "task", Role: casework.Government,
			Person: government.ID, Address: government.Email, Subject: "x", Attachments: []string{mailed.ID}})
		if len(ids) != 1 {
			t.Errorf("queued %v", ids)
		}
		return err
	}))
	if _, _, err := c.MailToSend(t.Context(), "<1@connex.test>"); err != nil {
		t.Fatal(err)
	}
	for p, want := range map[*store.Person][]casework.TaskID{&government: {submit.ID}, &expert: {sign.ID}} {
		page, err := c.Tasks(t.Context(), *p, store.TaskFilter{})
		c.must(err)
		var got []casework.TaskID
		for _, task := range page.Items {
			got = append(got, task.ID)
		}
		same(t, "tasks of "+p.Email, got, want)
		if _, err := c.Task(t.Context(), *p, other.ID); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s sees the task of somebody else: %v", p.Email, err)
		}
		if _, err := c.RequestView(t.Context(), *p, c.number); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s sees the staff's page: %v", p.Email, err)
		}
		_, err = c.Document(t.Context(), *p, mailed.ID)
		if (err == nil) != (p == &government) {
			t.Errorf("%s and the letter: %v", p.Email, err)
		}
	}
	if _, err := c.Task(t.Context(), c.officer(), "no-uuid'; DROP TABLE tasks"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an ID that is none: %v", err)
	}
}

func TestLinksLiveForAWhileAfterTheEnd(t *testing.T) {
	c := aRoom(t).aRequest()
	p := c.guest(casework.Government, "somebody", "a@b.example")
	c.applied(c.transition(ending(casework.Withdrawn)))
	l, err := c.AnyLinkByHash(t.Context(), p.Link.TokenHash)
	c.must(err)
	if l.ExpiresAt == nil || l.ExpiresAt.Sub(*c.row().EndedRealAt).Hours() != 90*24 {
		t.Errorf("the link is good until %v", l.ExpiresAt)
	}
	if _, err := c.LinkByHash(t.Context(), l.TokenHash); err != nil {
		t.Errorf("right after the end: %v", err)
	}
	_, err = c.DB().ExecContext(t.Context(), `UPDATE links SET expires_at = now() - interval '1 second'`)
	c.must(err)
	if _, err := c.LinkByHash(t.Context(), l.TokenHash); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("90 days later: %v", err)
	}
	if _, err := c.Request(t.Context(), p, c.number); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("whose link has expired still sees: %v", err)
	}
}
