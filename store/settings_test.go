package store_test

import (
	"errors"
	"maps"
	"sync"
	"testing"
	"time"

	"connex/casework"
	"connex/store"

	"github.com/google/uuid"
)

// sets changes settings of a group as somebody who saw what holds; change says what happens on the way.
func (r room) sets(by store.Person, g casework.SettingGroup, to casework.Settings, change ...func(*store.SettingsChange)) error {
	r.t.Helper()
	now, err := r.Settings(r.t.Context())
	r.must(err)
	next := maps.Clone(now)
	maps.Copy(next, to)
	c := store.SettingsChange{ID: uuid.NewString(), By: by, Group: g, Seen: now.SumOf(g), To: next, Reason: "The board asked for it."}
	for _, f := range change {
		f(&c)
	}
	return r.ChangeSettings(r.t.Context(), c)
}

func (r room) holds(want casework.Settings) {
	r.t.Helper()
	now, err := r.Settings(r.t.Context())
	r.must(err)
	same(r.t, "settings", now, want)
}

func (r room) settingHistory() (lines []string) {
	r.t.Helper()
	page, err := r.SettingHistory(r.t.Context(), 0, "")
	r.must(err)
	for _, c := range page.Items {
		lines = append(lines, string(c.Name)+": "+c.Was+" -> "+c.Is+" by "+c.ByName+", "+c.Reason)
	}
	return lines
}

func TestSettingsKeepTheirHistory(t *testing.T) {
	r := aRoom(t)
	admin := r.staff("admin", casework.Administrator)
	r.holds(casework.Settings{})
	r.must(r.sets(admin, casework.GroupVote, casework.Settings{casework.Deferrals: "3", casework.LeastVotes: "2"}))
	r.holds(casework.Settings{casework.Deferrals: "3"})
	r.must(r.sets(admin, casework.GroupLetterhead, casework.Settings{casework.LetterheadAddress: "A Street 1\nBerlin", casework.LetterheadTelephone: "+49 30 1"}))
	r.must(r.sets(admin, casework.GroupVote, casework.Settings{casework.Deferrals: "2"}))
	r.holds(casework.Settings{casework.LetterheadAddress: "A Street 1\nBerlin", casework.LetterheadTelephone: "+49 30 1"})
	same(t, "history", r.settingHistory(), []string{
		"deferrals: 3 -> 2 by admin, The board asked for it.",
		"letterheadTelephone:  -> +49 30 1 by admin, The board asked for it.",
		"letterheadAddress: Potsdamer Platz 10\n10785 Berlin\nGermany -> A Street 1\nBerlin by admin, The board asked for it.",
		"deferrals: 2 -> 3 by admin, The board asked for it.",
	})
	first, err := r.SettingHistory(t.Context(), 3, "")
	r.must(err)
	rest, err := r.SettingHistory(t.Context(), 3, first.Next)
	r.must(err)
	if len(first.Items) != 3 || len(rest.Items) != 1 || rest.Next != "" {
		t.Errorf("pages of %d and %d", len(first.Items), len(rest.Items))
	}
}

func TestOfTwoWhoChangeTheSameSettingOneIsTold(t *testing.T) {
	r := aRoom(t)
	admin := r.staff("admin", casework.Administrator)
	stale := func(c *store.SettingsChange) { c.Seen = casework.Settings(nil).SumOf(c.Group) }
	r.must(r.sets(admin, casework.GroupVote, casework.Settings{casework.Deferrals: "3"}))
	if err := r.sets(admin, casework.GroupVote, casework.Settings{casework.LeastVotes: "3"}, stale); !errors.Is(err, store.ErrSettingsMoved) {
		t.Errorf("over another's change: %v", err)
	}
	r.must(r.sets(admin, casework.GroupCode, casework.Settings{casework.CodeYears: "3"}, stale)) // of another group
	r.holds(casework.Settings{casework.Deferrals: "3", casework.CodeYears: "3"})
	if n := len(r.settingHistory()); n != 2 {
		t.Errorf("%d changes are on record, want 2", n)
	}
}

// The same form sent twice, at once even, is one change; and of what another form was shown meanwhile, none is lost.
func TestAFormOfSettingsSentTwiceIsOneChange(t *testing.T) {
	r := aRoom(t)
	admin := r.staff("admin", casework.Administrator)
	change := store.SettingsChange{ID: uuid.NewString(), By: admin, Group: casework.GroupVote, Seen: casework.Settings(nil).SumOf(casework.GroupVote),
		To: casework.Settings{casework.Deferrals: "4", casework.LeastVotes: "3"}, Reason: "Twice."}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if err := r.ChangeSettings(t.Context(), change); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	r.holds(casework.Settings{casework.Deferrals: "4", casework.LeastVotes: "3"})
	if n := len(r.settingHistory()); n != 2 {
		t.Errorf("%d changes are on record, want 2", n)
	}
}

func TestTamperingWithSettingsShows(t *testing.T) {
	for name, tt := range map[string]struct {
		sql  string
		seal []byte
	}{
		"another reason":              {sql: `UPDATE settings SET reason = 'another' WHERE name = 'leastVotes'`},
		"another value":               {sql: `UPDATE settings SET value = '"4"' WHERE name = 'deferrals'`},
		"another person, with a key":  {sql: `UPDATE settings SET by_name = 'nobody' WHERE name = 'deferrals'`, seal: []byte("key")},
		"one is missing":              {sql: `DELETE FROM settings WHERE name = 'deferrals'`},
		"one is missing, with a key":  {sql: `DELETE FROM settings WHERE name = 'deferrals'`, seal: []byte("key")},
		"another value before a seal": {sql: `UPDATE settings SET was = '"1"' WHERE name = 'codeYears'`, seal: []byte("key")},
	} {
		t.Run(name, func(t *testing.T) {
			var options []store.Option
			if tt.seal != nil {
				options = append(options, store.SealedWith(tt.seal))
			}
			r := aRoom(t, options...)
			admin := r.staff("admin", casework.Administrator)
			r.must(r.sets(admin, casework.GroupVote, casework.Settings{casework.Deferrals: "3", casework.LeastVotes: "3"}))
			r.must(r.sets(admin, casework.GroupCode, casework.Settings{casework.CodeYears: "3"}))
			r.must(r.CheckSettings(t.Context()))
			if _, err := r.DB().ExecContext(t.Context(), tt.sql); err == nil {
				t.Error("the database lets it happen")
			}
			_, err := r.DB().ExecContext(t.Context(), `ALTER TABLE settings DISABLE TRIGGER USER; `+tt.sql)
			r.must(err)
			var shown *store.SettingsTampered
			if err := r.CheckSettings(t.Context()); !errors.As(err, &shown) {
				t.Errorf("it does not show: %v", err)
			}
		})
	}
}

// A phase that begins takes along what holds at that moment: told with anything else, Record changes nothing and says
// what holds; told with it, and asked again, it answers the same.
func TestAPhaseBeginsWithTheSettingsThatHold(t *testing.T) {
	c := aRoom(t).aRequest()
	officer := c.officer()
	assess := c.aTask(casework.AssessEligibility)
	c.asks(assess)
	enters := func(told casework.Settings) func(*casework.Transition) {
		return func(t *casework.Transition) { t.Request.Phase, t.Settings = casework.FormalRequest, told.Sum() }
	}
	c.must(c.sets(c.staff("admin", casework.Administrator), casework.GroupVote, casework.Settings{casework.Deferrals: "1"}))
	c.must(c.sets(c.staff("admin", casework.Administrator), casework.GroupLetterhead, casework.Settings{casework.LetterheadName: "Another Name"}))
	holds := casework.Settings{casework.Deferrals: "1"} // and no name

	a := c.does(officer, assess, casework.Eligible, nil)
	before := c.what()
	answer, err := c.Apply(t.Context(), c.transition(completing(a), enters(nil)), nil)
	c.must(err)
	if answer.Settings == nil || !maps.Equal(*answer.Settings, holds) {
		t.Fatalf("told with those of the process: %+v", answer)
	}
	same(t, "the trail of what changed nothing", c.what(), before)
	if row := c.row(); row.Phase != casework.FirstInterest {
		t.Errorf("the request is in %s", row.Phase)
	}

	again := c.transition(completing(a), enters(holds))
	for range 2 {
		answer = c.applied(again)
		if answer.Settings == nil || !maps.Equal(*answer.Settings, holds) {
			t.Fatalf("told with those that hold: %+v", answer)
		}
	}
	if row := c.row(); row.Phase != casework.FormalRequest {
		t.Errorf("the request is in %s", row.Phase)
	}

	// A workflow that died between the commit and its answer is told the first telling's settings, whatever holds now.
	c.must(c.sets(c.staff("admin", casework.Administrator), casework.GroupVote, casework.Settings{casework.Deferrals: "5"}))
	again.Settings = casework.Settings(nil).Sum()
	answer, err = c.Apply(t.Context(), again, nil)
	c.must(err)
	if answer.Settings == nil || !maps.Equal(*answer.Settings, holds) {
		t.Errorf("a repetition is answered with %+v", answer)
	}
}

// Workflows from before settings say nothing of them, and go on.
func TestAPhaseOfAnOlderWorkflowBeginsAsItIs(t *testing.T) {
	c := aRoom(t).aRequest()
	c.must(c.sets(c.staff("admin", casework.Administrator), casework.GroupVote, casework.Settings{casework.Deferrals: "1"}))
	answer := c.applied(c.transition(func(t *casework.Transition) { t.Request.Phase = casework.FormalRequest }, entry("word")))
	if answer.Settings != nil || c.row().Phase != casework.FormalRequest {
		t.Errorf("answered %+v, in %s", answer, c.row().Phase)
	}
}

func TestTheRosterGoesByTheSettings(t *testing.T) {
	r := aRoom(t)
	e := r.expert("leila")
	e.CodeVersion, e.SignedAt = casework.CurrentCode().Version, time.Now().AddDate(-1, -6, 0)
	if got := e.Standing(time.Now()); got != casework.CodeSigned {
		t.Errorf("after a year and a half: %s", got)
	}
	r.must(r.sets(r.staff("admin", casework.Administrator), casework.GroupCode, casework.Settings{casework.CodeYears: "1"}))
	now, err := r.Expert(t.Context(), e.ID)
	r.must(err)
	now.CodeVersion, now.SignedAt = e.CodeVersion, e.SignedAt
	if got := now.Standing(time.Now()); got != casework.CodeLapsed {
		t.Errorf("the same where a signature is good for a year: %s", got)
	}
}
