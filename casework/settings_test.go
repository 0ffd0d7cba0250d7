package casework_test

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"connex/casework"
)

// settings are those of the process but for these, given as name and text in turn.
func settings(pairs ...casework.SettingName) casework.Settings {
	s := casework.Settings{}
	for i := 0; i < len(pairs); i += 2 {
		s[pairs[i]] = string(pairs[i+1])
	}
	return s
}

func TestUnchangedSettingsAreTheProcess(t *testing.T) {
	for name, s := range map[string]casework.Settings{"none": nil, "empty": {}} {
		if faults := s.Check(); faults != nil {
			t.Errorf("%s: %v", name, faults)
		}
		if s.Number(casework.CodeYears) != 2 || !slices.Equal(s.Numbers(casework.RemindersVote), []int{7, 12, 14}) || s.Letterhead().Address[1] != "10785 Berlin" {
			t.Errorf("%s: not as the process has it", name)
		}
	}
	if raw, err := json.Marshal(struct{ S *casework.Settings }{new(casework.Settings)}); err != nil || string(raw) != `{"S":{}}` {
		t.Errorf("none is written as %s (%v)", raw, err)
	}
	if casework.Settings(nil).Sum() != (casework.Settings{}).Sum() {
		t.Error("no settings and empty ones are told apart")
	}
	for _, k := range casework.AllKinds() {
		if kind, _ := casework.KindOf(k); casework.Settings(nil).Due(k) != kind.Due {
			t.Errorf("%s is due after %v, the table of kinds says %v", k, casework.Settings(nil).Due(k), kind.Due)
		}
	}
}

// Every kind that waits has its clock in exactly one group, and no two settings have one name.
func TestEveryClockIsASetting(t *testing.T) {
	times := map[casework.SettingName]int{}
	for _, s := range casework.AllSettings() {
		times[s.Name]++
	}
	for name, n := range times {
		if n != 1 {
			t.Errorf("%s is there %d times", name, n)
		}
	}
	for _, k := range casework.AllKinds() {
		if kind, _ := casework.KindOf(k); kind.Due.Days > 0 && times[casework.DueOf(k)] != 1 {
			t.Errorf("%s is due, and no setting says when", k)
		}
	}
	for _, phase := range casework.Clocks {
		for _, k := range phase.Kinds {
			if kind, known := casework.KindOf(k); !known || kind.Due.Days == 0 && k != casework.SubmitRequestLetter {
				t.Errorf("%s of %s has no clock", k, phase.Phase)
			}
		}
	}
}

func TestCheckingSettings(t *testing.T) {
	own := func(reminders, escalate casework.SettingName) casework.Settings {
		return settings(casework.RemindersOf(casework.CheckPartners), reminders, casework.EscalateOf(casework.CheckPartners), escalate)
	}
	for name, tt := range map[string]struct {
		s     casework.Settings
		fault casework.SettingName // "": none
		says  string
	}{
		"another quorum":                       {s: settings(casework.VoteQuorum, "3/4", casework.LeastVotes, "3")},
		"a quorum of all":                      {s: settings(casework.VoteQuorum, "1/1")},
		"a quorum below a half":                {settings(casework.VoteQuorum, "1/3"), casework.VoteQuorum, "offered"},
		"a quorum of more than all":            {settings(casework.VoteQuorum, "3/2"), casework.VoteQuorum, "offered"},
		"one vote is none":                     {settings(casework.LeastVotes, "1"), casework.LeastVotes, "from 2 to 20"},
		"no deferral":                          {s: settings(casework.Deferrals, "0", casework.VoteExtensions, "0")},
		"a day that is none":                   {settings(casework.DueOf(casework.AssessEligibility), "soon"), casework.DueOf(casework.AssessEligibility), "whole number from 1 to 90"},
		"half a day":                           {settings(casework.DueOf(casework.AssessEligibility), "2.5"), casework.DueOf(casework.AssessEligibility), "whole number"},
		"less than no day":                     {settings(casework.DueOf(casework.AssessEligibility), "-3"), casework.DueOf(casework.AssessEligibility), "whole number"},
		"a number beyond all numbers":          {settings(casework.Deferrals, "99999999999999999999"), casework.Deferrals, "whole number"},
		"reminders once":                       {s: settings(casework.RemindersStaff, "5")},
		"reminders that fall":                  {settings(casework.RemindersStaff, "7, 3"), casework.RemindersStaff, "larger"},
		"the same reminder twice":              {settings(casework.RemindersStaff, "3, 3"), casework.RemindersStaff, "larger"},
		"reminders that are words":             {settings(casework.RemindersStaff, "at once"), casework.RemindersStaff, "commas"},
		"nine reminders":                       {settings(casework.RemindersGuest, "1,2,3,4,5,6,7,8,9"), casework.RemindersGuest, "at most 8"},
		"escalated before the last reminder":   {settings(casework.EscalateStaff, "7"), casework.EscalateStaff, "after the last"},
		"reminded in its own way":              {s: own("1, 2", "3")},
		"its own way has no end":               {own("1, 2", ""), casework.EscalateOf(casework.CheckPartners), "both"},
		"its own way has no beginning":         {own("", "9"), casework.RemindersOf(casework.CheckPartners), "both"},
		"its own way ends before its last":     {own("1, 20", "19"), casework.EscalateOf(casework.CheckPartners), "after the last"},
		"a letter that lapses before it says":  {settings(casework.LetterLapses, "150"), casework.LetterLapses, "told before"},
		"told while reminders still come":      {settings(casework.LapseTold, "60"), casework.LapseTold, "after the last"},
		"votes asked for after they are due":   {settings(casework.DueOf(casework.CastVote), "10"), casework.RemindersVote, "after the votes are due"},
		"questionnaires before they are due":   {settings(casework.DueOf(casework.SelfAssess), "30"), casework.RemindersQuestionnaire, "before the answers are due"},
		"given up while reminders still come":  {settings(casework.GivenUpAfter, "49"), casework.GivenUpAfter, "after the last"},
		"a Code for a century":                 {settings(casework.CodeYears, "100"), casework.CodeYears, "from 1 to 5"},
		"no day to sign anew":                  {settings(casework.CodeGraceDays, "0"), casework.CodeGraceDays, "from 7"},
		"a code that is good for ever":         {settings(casework.ConfirmationMinutes, "100000"), casework.ConfirmationMinutes, "from 10 to 1,440"},
		"an address that is a book":            {settings(casework.LetterheadAddress, casework.SettingName(strings.Repeat("a street\n", 7))), casework.LetterheadAddress, "at most 6"},
		"no address to write to":               {settings(casework.LetterheadMail, "the office"), casework.LetterheadMail, "name@ministry.example"},
		"a setting that we do not have":        {settings("quorum", "3/4"), "quorum", "no such setting"},
		"one of a kind that is no kind at all": {settings(casework.DueOf("make-tea"), "4"), casework.DueOf("make-tea"), "no such setting"},
	} {
		t.Run(name, func(t *testing.T) {
			faults := tt.s.Check()
			if tt.fault == "" {
				if faults != nil {
					t.Fatalf("faults: %v", faults)
				}
				return
			}
			if len(faults) != 1 || !strings.Contains(english.Say(faults[tt.fault]), tt.says) {
				t.Errorf("faults: %v, want one at %s that says «%s»", faults, tt.fault, tt.says)
			}
		})
	}
}

func TestFillingASettingsForm(t *testing.T) {
	vote := func(change casework.Values) casework.Values {
		sent := casework.Values{"reason": "The board asked for it."}
		for _, f := range casework.SettingsForm(nil, casework.GroupVote).Fields {
			if f.Name != "reason" {
				sent[f.Name] = f.Value
			}
		}
		maps.Copy(sent, change)
		return sent
	}
	for name, tt := range map[string]struct {
		sent casework.Values
		want casework.Settings
		at   string // the field that is wrong
	}{
		"another share":            {sent: vote(casework.Values{"voteQuorum": "3/4"}), want: settings(casework.VoteQuorum, "3/4")},
		"written in another way":   {sent: vote(casework.Values{"remindersVote": " 5,9 , 010", "leastVotes": "03"}), want: settings(casework.RemindersVote, "5, 9, 10", casework.LeastVotes, "3")},
		"nothing changes":          {sent: vote(nil), at: "voteQuorum"},
		"nor when written anew":    {sent: vote(casework.Values{"remindersVote": "7,12,14"}), at: "voteQuorum"},
		"no reason":                {sent: vote(casework.Values{"voteQuorum": "3/4", "reason": " "}), at: "reason"},
		"emptied":                  {sent: vote(casework.Values{"leastVotes": ""}), at: "leastVotes"},
		"of another group":         {sent: vote(casework.Values{"codeYears": "3"}), at: "codeYears"},
		"not together":             {sent: vote(casework.Values{"due-cast-vote": "10"}), at: "remindersVote"},
		"a list where text should": {sent: vote(casework.Values{"leastVotes": []any{"3"}}), at: "leastVotes"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := casework.Settings(nil).Fill(casework.GroupVote, tt.sent)
			var form *casework.FormError
			if tt.at == "" {
				if err != nil || !maps.Equal(got, tt.want) {
					t.Errorf("became %v (%v), want %v", got, err, tt.want)
				}
				return
			}
			if !errors.As(err, &form) || len(form.Fields) != 1 || form.Fields[tt.at].ID == "" {
				t.Errorf("became %v (%v), want a fault at %s", got, err, tt.at)
			}
		})
	}
}

// Whatever a form is filled with, what comes of it can be used; and filled in again it is the same.
func TestWhateverIsTypedTheSettingsStayFit(t *testing.T) {
	groups := func() (all []casework.SettingGroup) {
		for _, s := range casework.AllSettings() {
			if !slices.Contains(all, s.Group) {
				all = append(all, s.Group)
			}
		}
		return all
	}()
	rapid.Check(t, func(t *rapid.T) {
		g := rapid.SampledFrom(groups).Draw(t, "group")
		sent := casework.Values{"reason": "Why not."}
		for _, s := range casework.SettingsOf(g) {
			sent[string(s.Name)] = rapid.OneOf(rapid.Just(s.Default), rapid.StringMatching(`[0-9]{0,3}(, ?[0-9]{1,3}){0,3}`),
				rapid.SampledFrom(casework.Shares), rapid.String()).Draw(t, string(s.Name))
		}
		next, err := casework.Settings(nil).Fill(g, sent)
		if err != nil {
			return
		}
		if faults := next.Check(); faults != nil {
			t.Fatalf("%v is let through: %v", next, faults)
		}
		for _, name := range next.Differ(nil) {
			sent[string(name)] = next.Text(name)
		}
		again, err := casework.Settings(nil).Fill(g, sent)
		if err != nil || !maps.Equal(again, next) {
			t.Fatalf("%v, written anew, is %v (%v)", next, again, err)
		}
	})
}

func TestAllThatIsWrongWithSettingsIsSaidAtOnce(t *testing.T) {
	_, err := casework.Settings(nil).Fill(casework.GroupCode, casework.Values{"codeYears": "ten", "codeNoticeDays": "30", "codeGraceDays": "1"})
	var form *casework.FormError
	if !errors.As(err, &form) || len(form.Fields) != 3 || form.Fields["reason"].ID == "" || form.Fields["codeYears"].ID == "" || form.Fields["codeGraceDays"].ID == "" {
		t.Errorf("said: %v", err)
	}
}

func TestARequestTakesNoNameOrAddressAlong(t *testing.T) {
	s := settings(casework.LetterheadName, "A Name", casework.LetterheadMail, "a@b.example", casework.ConfirmationMinutes, "30", casework.Deferrals, "1")
	if got := s.Carried(); !maps.Equal(got, settings(casework.Deferrals, "1")) {
		t.Errorf("it takes along %v", got)
	}
}

// Requests of the first days carry numbers, and all of them.
func TestSettingsAsRequestsCarriedThemOnce(t *testing.T) {
	var s casework.Settings
	err := json.Unmarshal([]byte(`{"checkInEveryDays":30,"voteExtensions":2,"deferrals":2,"settleAfterDays":7,"codeNoticeDays":30,"codeGraceDays":30}`), &s)
	if err != nil || len(s.Changed()) != 0 || s.Number(casework.SettleAfterDays) != 7 {
		t.Errorf("read as %v (%v)", s, err)
	}
	if err := json.Unmarshal([]byte(`{"deferrals":["2"]}`), &s); err == nil {
		t.Error("a list is no setting")
	}
}

func TestClocksGoByTheSettings(t *testing.T) {
	s := settings(casework.DueOf(casework.AssessEligibility), "5", casework.RemindersStaff, "0, 1", casework.EscalateStaff, "2",
		casework.RemindersOf(casework.DiscussScope), "4", casework.EscalateOf(casework.DiscussScope), "9",
		casework.RemindersLetter, "10", casework.LapseTold, "20", casework.LetterLapses, "30", casework.GivenUpAfter, "70")
	for name, tt := range map[string]struct {
		kind casework.TaskKind
		role casework.Role
		want []string
	}{
		"as all of staff":              {casework.AssessEligibility, casework.CaseOfficer, []string{"remind 0", "remind 1", "escalate 2"}},
		"in its own way":               {casework.DiscussScope, casework.CaseOfficer, []string{"remind 4", "escalate 9"}},
		"guests as before":             {casework.AgreeSupport, casework.Government, []string{"remind 0", "remind 7", "remind 14", "escalate 21"}},
		"the letter":                   {casework.SubmitRequestLetter, casework.Government, []string{"remind 10", "warn 20", "lapse 30"}},
		"a questionnaire":              {casework.SelfAssess, casework.Expert, []string{"remind 21", "remind 35", "remind 49", "give-up 70"}},
		"a report by an expert":        {casework.ReportMission, casework.Expert, []string{"remind 0", "remind 7", "remind 14", "escalate 21"}},
		"the same by the case officer": {casework.ReportMission, casework.CaseOfficer, []string{"remind 0", "remind 1", "escalate 2"}},
	} {
		t.Run(name, func(t *testing.T) {
			task := casework.Task{Kind: tt.kind, Role: tt.role, Clock: casework.NewClock(s, tt.kind, on("2027-03-01"))}
			task.GoBy(s)
			var got []string
			for _, stage := range task.Rhythm() {
				got = append(got, string(stage.Strike)+" "+strconv.Itoa(stage.Days))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("rings %v, want %v", got, tt.want)
			}
			raw, err := json.Marshal(task)
			if err != nil {
				t.Fatal(err)
			}
			var later casework.Task
			if err := json.Unmarshal(raw, &later); err != nil || !slices.Equal(later.Rhythm(), task.Rhythm()) {
				t.Errorf("carried on, it rings %v (%v)", later.Rhythm(), err)
			}
		})
	}
	if due := casework.NewClock(s, casework.AssessEligibility, on("2027-03-01")).Due; casework.DateOf(due) != "2027-03-09" {
		t.Errorf("due %s, want five working days, one of them a holiday", casework.DateOf(due))
	}
	plain := casework.Task{Kind: casework.AgreeSupport, Role: casework.Government}
	if plain.GoBy(s); plain.Clock.Rhythm != nil {
		t.Errorf("a clock that the settings leave alone carries %v", plain.Clock.Rhythm)
	}
}

func TestTheVoteGoesByTheSettings(t *testing.T) {
	s := settings(casework.VoteQuorum, "3/4", casework.LeastVotes, "3")
	for left, want := range map[int]int{0: 3, 3: 3, 4: 3, 5: 4, 8: 6, 9: 7} {
		if got := casework.Quorum(s, left); got != want {
			t.Errorf("three quarters of %d are %d, want %d", left, got, want)
		}
	}
	two := aRound(casework.Approve, casework.Approve)
	if got := casework.Tally(s, two); got != casework.ResultStuck {
		t.Errorf("two members where three votes are needed: %s", got)
	}
	three := aRound(casework.Approve, casework.Approve, "")
	if got := casework.Tally(s, three); got != casework.ResultOpen {
		t.Errorf("two of three where all are needed: %s", got)
	}
	if got := casework.Tally(settings(casework.VoteQuorum, "1/2"), aRound(casework.Approve, casework.Approve, casework.Approve, "", "")); got != casework.ResultApproved {
		t.Errorf("three of five where a half is enough: %s", got)
	}
}

func TestTheCodeGoesByTheSettings(t *testing.T) {
	signed := casework.CodeSignature{Version: casework.CurrentCode().Version, SignedAt: on("2027-03-01")}
	later := on("2028-06-01")
	if !signed.Current(nil, later) || signed.Current(settings(casework.CodeYears, "1"), later) {
		t.Error("a year is over, two are not")
	}
	calendar := casework.Calendar{Start: on("2027-01-04"), DayLength: 24 * time.Hour}
	now := casework.CodeVersion{Version: signed.Version}
	if got := casework.DateOf(now.Lapses(settings(casework.CodeYears, "3"), signed, calendar)); got != "2030-03-01" {
		t.Errorf("in a case it lapses on %s", got)
	}
}
