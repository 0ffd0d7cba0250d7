package staff_test

import (
	"net/url"
	"sync"
	"testing"

	"connex/api/apitest"
	"connex/casework"
)

// holds fails unless these are the settings that differ from the process.
func holds(t *testing.T, h *apitest.House, want casework.Settings) {
	t.Helper()
	now, err := h.Store.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if names := now.Differ(want); len(names) > 0 {
		t.Errorf("the settings are %v, want %v", now, want)
	}
}

// changes counts the lines of the history.
func changes(t *testing.T, h *apitest.House) int {
	t.Helper()
	page, err := h.Store.SettingHistory(t.Context(), 0, "")
	if err != nil {
		t.Fatal(err)
	}
	return len(page.Items)
}

const votePage = "/admin/settings/vote"

func TestAnAdministratorChangesSettings(t *testing.T) {
	h := aHouse(t)
	b := as(t, h, "admin")
	b.Get(b.Get("/admin").Link("Settings")).Answers(200).Says("two thirds", "7, 12 and 14 days", "Nobody has changed a setting yet", "Assess eligibility", "3 working days")
	form := b.Get(votePage).Says("Those that are before it are decided as they began", "Unless changed: two thirds", "From 2 to 20")
	page := b.Submit(form, "", url.Values{"voteQuorum": {"3/4"}, "remindersVote": {"5,9"}, "reason": {"The board decided so. " + evil}}).Answers(200)
	page.Says("The settings are changed", "three quarters", "5 and 9 days", "The admin", "The vote: Quorum", "two thirds", "The board decided so. "+evil)
	holds(t, h, casework.Settings{casework.VoteQuorum: "3/4", casework.RemindersVote: "5, 9"})

	clock := b.Get(page.Link("Change"))
	b.Submit(clock, "", url.Values{"due-" + string(casework.AnswerEligibilityQuestion): {"2"}, "reason": {"There are more of them."}}).Answers(200).Says("2 working days (1 working day unless changed)")
	head := url.Values{"letterheadName": {"The " + evil}, "letterheadAddress": {"A Street 1\r\n\r\n 10115 Berlin "}, "letterheadMail": {"unit@connex.test"}, "reason": {"We have moved."}}
	b.Submit(b.Get("/admin/settings/letterhead"), "", head).Answers(200).Says("The "+evil, "A Street 1, 10115 Berlin")
	holds(t, h, casework.Settings{casework.VoteQuorum: "3/4", casework.RemindersVote: "5, 9", casework.DueOf(casework.AnswerEligibilityQuestion): "2",
		casework.LetterheadName: "The " + evil, casework.LetterheadAddress: "A Street 1\n10115 Berlin", casework.LetterheadMail: "unit@connex.test"})
	if n := changes(t, h); n != 6 {
		t.Errorf("%d changes are on record, want 6", n)
	}
}

func TestOnlyAdministratorsSeeSettings(t *testing.T) {
	h := aHouse(t)
	form := as(t, h, "admin").Get(votePage)
	where, values := form.Form("")
	values.Set("leastVotes", "3")
	values.Set("reason", "Because.")
	for _, name := range []string{"officer", "head", "auditor", "reviewer", "board1", "evaluator"} {
		b := as(t, h, name)
		b.Get("/admin/settings").Answers(403)
		b.Get(votePage).Answers(403)
		b.Post(where, values).Answers(403)
	}
	holds(t, h, nil)
	as(t, h, "admin").Get("/admin/settings/tea").Answers(404)
}

// What is wrong is said beside the field, and all that was typed stands there again.
func TestSettingsThatAreWrongChangeNothing(t *testing.T) {
	h := aHouse(t)
	b := as(t, h, "admin")
	for name, tt := range map[string]struct {
		typed url.Values
		says  string
	}{
		"no reason":            {url.Values{"leastVotes": {"3"}, "reason": {" "}}, "Please fill this in."},
		"no number":            {url.Values{"leastVotes": {"few"}, "reason": {"Because."}}, "whole number from 2 to 20"},
		"reminded when due":    {url.Values{"due-cast-vote": {"9"}, "reason": {"Because."}}, "No reminder comes after the votes are due."},
		"a share of our own":   {url.Values{"voteQuorum": {"1/9"}, "reason": {"Because."}}, "offered"},
		"nothing would change": {url.Values{"reason": {"Because."}}, "nothing would change"},
	} {
		t.Run(name, func(t *testing.T) {
			back := b.Submit(b.Get(votePage), "", tt.typed).Answers(422).Says(tt.says)
			_, kept := back.Form("")
			for field, typed := range tt.typed {
				if field != "voteQuorum" && field != "reason" && kept.Get(field) != typed[0] {
					t.Errorf("%s was %q and comes back as %q", field, typed[0], kept.Get(field))
				}
			}
		})
	}
	where, values := b.Get(votePage).Form("")
	values.Set("_key", "no key")
	values.Set("leastVotes", "4")
	values.Set("reason", "Because.")
	b.Post(where, values).Answers(422)
	holds(t, h, nil)
}

func TestSomebodyElseChangedTheSettingsMeanwhile(t *testing.T) {
	h := aHouse(t)
	b := as(t, h, "admin")
	mine := b.Get(votePage)
	b.Submit(b.Get(votePage), "", url.Values{"deferrals": {"1"}, "reason": {"The others."}}).Answers(200)
	back := b.Submit(mine, "", url.Values{"leastVotes": {"3"}, "reason": {"Mine."}}).Answers(409).Says("while you had them before you", "Now: 1 time.")
	holds(t, h, casework.Settings{casework.Deferrals: "1"})
	if _, kept := back.Form(""); kept.Get("leastVotes") != "3" || kept.Get("reason") != "Mine." || kept.Get("deferrals") != "2" {
		t.Errorf("what was typed comes back as %v", kept)
	}
	b.Submit(back, "", url.Values{"deferrals": {"1"}}).Answers(200).Says("The settings are changed")
	holds(t, h, casework.Settings{casework.Deferrals: "1", casework.LeastVotes: "3"})
}

func TestADoubleClickChangesSettingsOnce(t *testing.T) {
	h := aHouse(t)
	b := as(t, h, "admin")
	form := b.Get(votePage)
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			b.Submit(form, "", url.Values{"leastVotes": {"3"}, "deferrals": {"1"}, "reason": {"Twice."}}).Answers(200).Says("The settings are changed")
		})
	}
	all.Wait()
	if n := changes(t, h); n != 2 {
		t.Errorf("%d changes are on record, want 2", n)
	}
	holds(t, h, casework.Settings{casework.LeastVotes: "3", casework.Deferrals: "1"})
}

// Every setting has its words: a page that lacks one is not sound.
func TestEveryGroupOfSettingsHasItsForm(t *testing.T) {
	b := as(t, aHouse(t), "admin")
	seen := map[casework.SettingGroup]bool{}
	for _, s := range casework.AllSettings() {
		if !seen[s.Group] {
			seen[s.Group] = true
			b.Get("/admin/settings/" + string(s.Group)).Answers(200).Says("Why")
		}
	}
}

func TestTamperingWithSettingsIsShown(t *testing.T) {
	h := aHouse(t)
	h.Sets(casework.GroupVote, casework.Settings{casework.LeastVotes: "3"})
	b := as(t, h, "admin")
	b.Get("/admin/settings").SaysNot("is not what was written")
	if _, err := h.Store.DB().ExecContext(t.Context(), `ALTER TABLE settings DISABLE TRIGGER USER; UPDATE settings SET by_name = 'nobody'`); err != nil {
		t.Fatal(err)
	}
	b.Get("/admin/settings").Says("is not what was written")
}
