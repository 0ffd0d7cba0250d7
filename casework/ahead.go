package casework

import "time"

// What lies ahead of a request before its support starts, and when that is if everybody takes the time they have.

// stretch is a phase with the tasks that follow one another in it.
type stretch struct {
	phase Phase
	tasks []TaskKind
}

var beforeSupport = []stretch{
	{FirstInterest, []TaskKind{AssessEligibility, DiscussScope}},
	{FormalRequest, []TaskKind{PrepareRequestLetter, SubmitRequestLetter}},
	{DueDiligence, []TaskKind{CheckHumanRights, ConcludeDueDiligence}},
	{GovernanceDecision, []TaskKind{CastVote}},
	{Agreement, []TaskKind{DraftApproval, SignApproval}},
	{SupportDesign, []TaskKind{ProposeSupport, AgreeSupport}},
	{ScopingMission, []TaskKind{PlanMission, ReviseSupport}},
}

// takes is the time that a task may take. A government's letter has no date: until we first remind of it.
func takes(s Settings, k TaskKind) Due {
	if k == SubmitRequestLetter {
		return days(s.Numbers(RemindersLetter)[0])
	}
	return s.Due(k)
}

// SupportStarts is when support can start if everybody takes the time they have: from when the phase was entered, but
// not before now. A mission is reckoned with once it is planned. False where support has started.
func SupportStarts(settings Settings, phase Phase, entered, now time.Time) (time.Time, bool) {
	at, here := entered, false
	for _, s := range beforeSupport {
		switch {
		case s.phase == phase:
			here = true
		case !here || s.phase == ScopingMission:
			continue
		}
		for _, k := range s.tasks {
			at = takes(settings, k).After(at)
		}
		if at.Before(now) {
			at = now
		}
	}
	return at, here
}

// unansweredAfter is how long a government waits for an answer before the head sees it in the morning.
var unansweredAfter = workdays(3)

// Unanswered tells whether what a government asked at some time has waited for too long.
func Unanswered(asked, now time.Time) bool { return unansweredAfter.After(asked).Before(now) }

// silentAfter is how long a government that we wait for may say nothing before the head sees it in the morning.
const silentAfter = 30 * day

// Silent tells whether nothing was heard for too long; heard is the last sign of life, or when we asked.
func Silent(heard, now time.Time) bool { return now.Sub(heard) > silentAfter }

// Unable says why none of these people can complete the task, "" where one of them can.
func Unable(t Task, d Dossier, people []PersonID) string {
	reason := "nobody"
	for _, p := range people {
		if t.Holder != "" && t.Holder != p {
			continue
		}
		refusal := Barred(t.Kind, d, p)
		if refusal == nil {
			return ""
		}
		reason = refusal.Rule
	}
	return reason
}
