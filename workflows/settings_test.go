package workflows

import (
	"slices"
	"testing"

	"connex/casework"
)

// dueIn is how many days a task has from its opening, and how its clock rings.
func dueIn(t casework.Task) (days int, rings []int) {
	for _, stage := range t.Rhythm() {
		rings = append(rings, stage.Days)
	}
	for day := t.Opened; casework.DateOf(day) < casework.DateOf(t.Clock.Due); days++ {
		day = day.AddDate(0, 0, 1)
	}
	return days, rings
}

// otherSettings are unlike those of the process in what the phases up to the board go by.
var otherSettings = casework.Settings{
	casework.DueOf(casework.ConcludeDueDiligence): "20", casework.DueOf(casework.AnswerGovernment): "20",
	casework.DueOf(casework.CastVote): "7", casework.RemindersVote: "2, 5", casework.VoteQuorum: "1/1",
	casework.Deferrals: "0", casework.VoteExtensions: "0", casework.SettleAfterDays: "1",
}

// A phase keeps the settings with which it began, also for tasks that open later in it; the next one has the new.
func TestAChangeHoldsFromTheNextPhaseOn(t *testing.T) {
	r := aRequest(t).toDueDiligence()
	before := r.open(casework.CheckPartners).Clock
	r.holds = otherSettings
	r.does("contact", casework.AskUs, casework.Asked)
	for _, check := range casework.Checks {
		if check == casework.CheckPartners && mustJSON(r.open(check).Clock) != mustJSON(before) {
			t.Errorf("a clock that runs was changed: %v, was %v", r.open(check).Clock, before)
		}
		r.does(reviewer, check, casework.Proceed, values{"rating": casework.Low})
	}
	if days, _ := dueIn(*r.open(casework.ConcludeDueDiligence)); days > 10 {
		t.Errorf("a task that opened in the phase is due in %d days: it goes by the new settings", days)
	}
	question := r.open(casework.AnswerGovernment).Clock

	r.does(officer, casework.ConcludeDueDiligence, casework.Recommend)
	r.phase(casework.GovernanceDecision)
	days, rings := dueIn(*r.open(casework.CastVote))
	if days != 7 || !slices.Equal(rings, []int{2, 5}) {
		t.Errorf("in the next phase votes are due in %d days and ring after %v, want 7 and [2 5]", days, rings)
	}
	if offers := r.open(casework.CastVote).Offers(); slices.Contains(offers, casework.Defer) {
		t.Errorf("deferring is offered, and may happen no time: %v", offers)
	}
	if got := r.open(casework.AnswerGovernment).Clock; mustJSON(got) != mustJSON(question) {
		t.Errorf("a task that lasts over phases has another clock: %v, was %v", got, question)
	}
	r.votes(casework.Approve, casework.Approve)
	r.phase(casework.GovernanceDecision) // a quorum of all wants the third
	r.passes(began.AddDate(0, 2, 0))
	if offers := r.open(casework.SettleVote).Offers(); slices.Contains(offers, casework.Extend) {
		t.Errorf("extending is offered, and may happen no time: %v", offers)
	}
	r.does("board3", casework.CastVote, casework.Approve)
	r.phase(casework.Agreement)
}

func TestTheFirstPhaseTakesTheSettingsThatHold(t *testing.T) {
	r := aRequest(t)
	if days, _ := dueIn(*r.open(casework.AssessEligibility)); days != 3 {
		t.Fatalf("due in %d days as the process has it", days)
	}
	r = aRequestUnder(t, casework.Settings{casework.DueOf(casework.AssessEligibility): "1"})
	if days, _ := dueIn(*r.open(casework.AssessEligibility)); days != 1 {
		t.Errorf("due in %d days, want one", days)
	}
}

// What was set back is as before, from the next phase on as well.
func TestSettingsAreTakenBackLikewise(t *testing.T) {
	r := aRequestUnder(t, otherSettings).toDueDiligence()
	if days, _ := dueIn(*r.open(casework.CheckPartners)); days != 15 {
		t.Fatalf("a check is due in %d days", days)
	}
	r.holds = nil
	for _, check := range casework.Checks {
		r.does(reviewer, check, casework.Proceed, values{"rating": casework.Low})
	}
	if days, _ := dueIn(*r.open(casework.ConcludeDueDiligence)); days < 20 {
		t.Errorf("due in %d days: the phase does not go by what it began with", days)
	}
	r.does(officer, casework.ConcludeDueDiligence, casework.Recommend)
	if days, rings := dueIn(*r.open(casework.CastVote)); days != 14 || !slices.Equal(rings, []int{7, 12, 14}) {
		t.Errorf("votes are due in %d days and ring after %v", days, rings)
	}
}

// A support activity takes along what its request goes by when it begins, and keeps it.
func TestAnActivityKeepsTheSettingsOfItsBeginning(t *testing.T) {
	r := aRequestUnder(t, casework.Settings{casework.DueOf(casework.CheckIn): "9", casework.GivenUpAfter: "80"})
	r.toImplementation("leila")
	r.holds = nil
	r.days(25)
	part := r.parts[1]
	if days, _ := dueIn(*part.open(casework.CheckIn)); days < 11 {
		t.Errorf("a check-in is due in %d days, want nine working days", days)
	}
	r.days(40)
	part.does(officer, casework.EndActivity, casework.Completed)
	if _, rings := dueIn(*part.open(casework.SelfAssess)); rings[3] != 80 {
		t.Errorf("a questionnaire rings after %v, want to be given up after 80 days", rings)
	}
}

// The desk tells a transition again where other settings hold, and what is recorded is the second telling, once.
func TestTheDeskTakesTheSettingsThatRecordAnswersWith(t *testing.T) {
	for name, fail := range map[string]int{"as it should be": 0, "answers of Record are lost": 9} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.holds, h.fail = casework.Settings{casework.DueOf(casework.AssessEligibility): "1", casework.DueOf(casework.CastVote): "30"}, fail
			h.run()
			if h.again != 1 {
				t.Errorf("%d transitions were told again; the settings changed once, before the request began", h.again)
			}
			due := map[casework.TaskKind]int{casework.AssessEligibility: 1, casework.CastVote: 30}
			seen := map[string]bool{}
			for _, tr := range h.order {
				if seen[tr.ID] {
					t.Errorf("%s took effect twice", tr.ID)
				}
				seen[tr.ID] = true
				for _, task := range tr.Open {
					if days, _ := dueIn(task); due[task.Kind] != 0 && days != due[task.Kind] {
						t.Errorf("%s is due in %d days, want %d", task.Kind, days, due[task.Kind])
					}
				}
			}
		})
	}
}
