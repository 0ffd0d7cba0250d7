package store_test

import (
	"errors"
	"strings"
	"testing"

	"connex/casework"
	"connex/store"

	"github.com/google/uuid"
)

// notes writes one and says what was kept.
func (c request) notes(by store.Person, text string, mentions ...casework.PersonID) store.Note {
	c.t.Helper()
	n, err := c.AddNote(c.t.Context(), store.NewNote{ID: uuid.NewString(), CaseNumber: c.number, By: by, Role: by.Roles[0], Text: text, Mentions: mentions}, nil)
	c.must(err)
	return n
}

// unread are the texts that wait for somebody.
func (c request) unread(p store.Person) (texts []string) {
	c.t.Helper()
	list, err := c.Mentions(c.t.Context(), p)
	c.must(err)
	for _, m := range list {
		texts = append(texts, m.Text)
	}
	return texts
}

func TestANoteIsBroughtToWhomItMentions(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, head, board := c.officer(), c.staff("head", casework.Head), c.staff("board", casework.BoardMember)
	n := c.notes(officer, " Please look at the dates. ", head.ID, officer.ID, casework.PersonID("nobody"))
	same(t, "what waits for the head", c.unread(head), []string{"Please look at the dates."})
	same(t, "what waits for the writer", c.unread(officer), nil)
	same(t, "what waits for another", c.unread(board), nil)

	if _, err := c.ReadNote(t.Context(), board, n.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("somebody else reads it for them: %v", err)
	}
	for range 2 { // two tabs
		_, err := c.ReadNote(t.Context(), head, n.ID)
		c.must(err)
	}
	same(t, "what waits once it was read", c.unread(head), nil)
}

// Who answers has read what they were asked.
func TestAnAnswerIsASignOfHavingRead(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, head := c.officer(), c.staff("head", casework.Head)
	other := c.aRequest()
	c.notes(officer, "The first", head.ID)
	c.notes(officer, "The second", head.ID)
	other.notes(officer, "Another case", head.ID)
	c.notes(head, "Both are fine", officer.ID)
	same(t, "what waits for the head", c.unread(head), []string{"Another case"})
	same(t, "what waits for the officer", c.unread(officer), []string{"Both are fine"})
}

func TestTheTrailNamesANoteWithItsHash(t *testing.T) {
	c := aRoom(t).aRequest()
	officer := c.officer()
	n := c.notes(officer, "Only for us: Grüße, 王")
	file, err := c.CaseFile(t.Context(), officer, c.number, "")
	c.must(err)
	last := file.Story[len(file.Story)-1]
	if last.What != casework.TrailNoteAdded || last.About != n.ID || len(last.Outcome) != 64 || strings.Contains(last.Reason, "Only") {
		t.Errorf("the trail says %+v", last)
	}
	if len(file.Notes) != 1 || file.Notes[0].Text != n.Text || file.Notes[0].Altered {
		t.Errorf("the file has %+v", file.Notes)
	}
	c.must(c.CheckTrail(t.Context(), c.number))

	for _, deed := range []string{`UPDATE notes SET author_name = 'x'`, `DELETE FROM notes`} {
		if _, err := c.DB().ExecContext(t.Context(), deed); err == nil {
			t.Errorf("%s is possible", deed)
		}
	}
	_, err = c.DB().ExecContext(t.Context(), `ALTER TABLE notes DISABLE TRIGGER USER; UPDATE notes SET text = 'Nothing', sha256 = encode(sha256('Nothing'), 'hex')`)
	c.must(err)
	if file, err = c.CaseFile(t.Context(), officer, c.number, ""); err != nil || !file.Notes[0].Altered || file.Broken != nil {
		t.Errorf("a text that was changed with its hash: %+v, %v, %v", file.Notes, file.Broken, err)
	}
}

func TestANoteIsWrittenOnce(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, head := c.officer(), c.staff("head", casework.Head)
	n := store.NewNote{ID: uuid.NewString(), CaseNumber: c.number, By: officer, Role: casework.CaseOfficer, Text: "Once", Mentions: []casework.PersonID{head.ID}}
	for range 2 {
		_, err := c.AddNote(t.Context(), n, nil)
		c.must(err)
	}
	same(t, "entries of the trail", len(c.what()), 2)
	n.By = head
	if _, err := c.AddNote(t.Context(), n, nil); !errors.Is(err, store.ErrKeyReused) {
		t.Errorf("under the ID of somebody else's: %v", err)
	}
}

// Who may not see the case neither writes in it nor is told of it, also where that changed after the mention.
func TestNotesAreForWhoSeesTheCase(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, board, admin := c.officer(), c.staff("board", casework.BoardMember), c.staff("admin", casework.Administrator)
	c.notes(officer, "Before", board.ID, admin.ID)
	same(t, "what waits for the administrator", c.unread(admin), nil)
	c.applied(c.transition(func(t *casework.Transition) { t.Request.Recused = []casework.PersonID{board.ID} }))
	same(t, "what waits for who is recused", c.unread(board), nil)
	guest := c.guest(casework.Government, store.ContactID(c.number, "a@b.example"), "a@b.example")
	for _, p := range []store.Person{board, admin} {
		if _, err := c.AddNote(t.Context(), store.NewNote{ID: uuid.NewString(), CaseNumber: c.number, By: p, Role: p.Roles[0], Text: "x"}, nil); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s writes: %v", p.Name, err)
		}
	}
	if _, err := c.CaseFile(t.Context(), guest, c.number, ""); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a guest reads the file: %v", err)
	}
	same(t, "notes in the trail", len(c.what()), 2)
}

// The file says what the transition of the reader's own action opened, and of nobody else's.
func TestTheFileTellsWhatAnActionCaused(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, assess := c.officer(), c.aTask(casework.AssessEligibility)
	c.asks(assess, c.aTask(casework.Withdraw))
	head, a := c.staff("head", casework.Head), c.does(officer, assess, casework.Eligible, nil)
	discuss := c.aTask(casework.DiscussScope, officer.ID)
	c.applied(c.transition(completing(a), opening(discuss)))
	for p, opened := range map[*store.Person][]casework.TaskKind{&officer: {casework.DiscussScope}, &head: nil} {
		file, err := c.CaseFile(t.Context(), *p, c.number, a.ID)
		c.must(err)
		var kinds []casework.TaskKind
		for _, task := range file.Opened {
			kinds = append(kinds, task.Kind)
		}
		same(t, "what "+p.Name+" caused", kinds, opened)
		if (file.Own != nil) != (opened != nil) {
			t.Errorf("%s sees the action as their own: %t", p.Name, file.Own != nil)
		}
		same(t, "what is open for "+p.Name, len(file.Open)+len(file.Standing), 2)
	}
}
