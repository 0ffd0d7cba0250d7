package casework

import (
	"slices"
	"testing"
	"time"
)

func TestWhenSupportStarts(t *testing.T) {
	entered := time.Date(2027, 4, 5, 9, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		phase Phase
		now   time.Time
		want  string
	}{
		"the vote is on":                {GovernanceDecision, entered, "2027-06-04"}, // 14 days, 3, 5 and 10 working days, 21 days
		"the letters are exchanged":     {SupportDesign, entered, "2027-05-10"},
		"only the mission is to come":   {ScopingMission, entered, "2027-05-03"},
		"the phase has lasted too long": {SupportDesign, entered.AddDate(1, 0, 0), "2028-04-05"},
	} {
		t.Run(name, func(t *testing.T) {
			at, ahead := SupportStarts(nil, tt.phase, entered, tt.now)
			if !ahead || DateOf(at) != tt.want {
				t.Errorf("support starts on %s (%v), want %s", DateOf(at), ahead, tt.want)
			}
		})
	}
	for _, phase := range []Phase{Implementation, Closing} {
		if at, ahead := SupportStarts(nil, phase, entered, entered); ahead {
			t.Errorf("in %s support is still to start, on %s", phase, at)
		}
	}
	for i := range beforeSupport[1:] {
		earlier, _ := SupportStarts(nil, beforeSupport[i].phase, entered, entered)
		later, _ := SupportStarts(nil, beforeSupport[i+1].phase, entered, entered)
		if beforeSupport[i+1].phase != ScopingMission && !later.Before(earlier) {
			t.Errorf("%s lies no farther ahead than %s", beforeSupport[i].phase, beforeSupport[i+1].phase)
		}
	}
}

func TestWhatHasWaitedForTooLong(t *testing.T) {
	friday := time.Date(2027, 4, 9, 9, 0, 0, 0, time.UTC)
	for days, want := range map[int]bool{3: false, 5: false, 6: true} { // Monday, Wednesday, Thursday
		if got := Unanswered(friday, friday.AddDate(0, 0, days)); got != want {
			t.Errorf("unanswered after %d days: %v", days, got)
		}
	}
	if Silent(friday, friday.AddDate(0, 0, 30)) || !Silent(friday, friday.AddDate(0, 0, 31)) {
		t.Error("thirty days are silence, or thirty-one are none")
	}
}

func TestWhoIsLeftForATask(t *testing.T) {
	did := func(p PersonID, k TaskKind) Dossier { return Dossier{Officer: "officer", Acts: []Act{{p, k}}} }
	for name, tt := range map[string]struct {
		task    Task
		dossier Dossier
		people  []PersonID
		want    string
	}{
		"somebody":                           {Task{Kind: SignApproval}, did("head", DraftApproval), []PersonID{"head", "deputy"}, ""},
		"the only head drafted it":           {Task{Kind: SignApproval}, did("head", DraftApproval), []PersonID{"head"}, RuleDuties},
		"nobody has the role":                {Task{Kind: SignApproval}, Dossier{}, nil, "nobody"},
		"its holder is gone":                 {Task{Kind: DiscussScope, Holder: "gone"}, Dossier{}, []PersonID{"officer"}, "nobody"},
		"its holder has declared a conflict": {Task{Kind: DiscussScope, Holder: "officer"}, Dossier{Conflicts: []PersonID{"officer"}}, []PersonID{"officer", "officer2"}, RuleConflict},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Unable(tt.task, tt.dossier, tt.people); got != tt.want {
				t.Errorf("unable because %q, want %q", got, tt.want)
			}
		})
	}
}

func TestATaskIsEscalatedUntilItsDeadlineMoves(t *testing.T) {
	start := time.Date(2027, 4, 5, 9, 0, 0, 0, time.UTC)
	task := Task{Kind: DiscussScope, Clock: NewClock(nil, DiscussScope, start)}
	late := start.AddDate(0, 2, 0)
	task.Clock.StrikeUntil(task.Rhythm(), late)
	if !task.Escalated() {
		t.Error("it was escalated, and is not")
	}
	task.Clock.Move(DueOn(DateOf(late.AddDate(0, 0, 9))), task.Rhythm(), late)
	if task.Escalated() {
		t.Error("its deadline moved, and it is escalated all the same")
	}
	if slices.Contains([]bool{(Task{Kind: Withdraw, Standing: true}).Escalated(), (Task{Kind: CastVote}).Escalated()}, true) {
		t.Error("what never escalates is escalated")
	}
}
