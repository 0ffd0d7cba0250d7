package workflows

import (
	"slices"
	"strings"

	"pgregory.net/rapid"

	"connex/casework"
)

// carried are the fields that the story must know of a decision, as the task's form would have let them pass.
func (w *walk) carried(t casework.Task, outcome casework.Outcome) values {
	switch {
	case casework.IsCheck(t.Kind):
		ratings := []casework.Rating{casework.Low, casework.Medium, casework.High}
		if outcome == casework.Proceed {
			ratings = ratings[:2]
		}
		return values{"rating": rapid.SampledFrom(ratings).Draw(w.rt, "rating")}
	case outcome == casework.Propose && t.Kind == casework.ProposeChange:
		if strings.HasPrefix(t.Subject, "replace") {
			return values{"by": w.anExpert()}
		}
		return w.oneActivity()
	case outcome == casework.Propose, t.Kind == casework.ReviseSupport:
		return w.aProposal(t.Kind == casework.ReviseSupport)
	}
	switch t.Kind {
	case casework.AssessEligibility:
		return values{"country": "NA"}
	case casework.SignCodeOfConduct:
		return values{"version": "1"}
	case casework.AgreeSupport:
		return values{"expert": w.anExpert()}
	case casework.PlanMission:
		from := rapid.IntRange(-5, 30).Draw(w.rt, "from")
		return values{"from": w.date(from), "to": w.date(from + rapid.IntRange(0, 10).Draw(w.rt, "to")), "team": w.someExperts()}
	case casework.PlanActivity:
		return w.oneActivity()
	case casework.ReplaceExpert:
		return values{"expert": w.anExpert(), "by": w.anExpert()}
	case casework.SettleVote:
		return values{"until": w.date(rapid.IntRange(1, 30).Draw(w.rt, "until")), "member": rapid.SampledFrom(w.board).Draw(w.rt, "member")}
	case casework.MoveDeadline:
		return w.aDeadline()
	}
	return values{}
}

func (w *walk) anExpert() casework.PersonID { return rapid.SampledFrom(pool).Draw(w.rt, "expert") }

func (w *walk) someExperts() []casework.PersonID {
	n := rapid.IntRange(1, len(pool)).Draw(w.rt, "experts")
	return slices.Clone(pool[:n])
}

func (w *walk) oneActivity() values {
	a := w.anActivity()
	return values{"form": a.Form, "stage": a.Stage, "experts": a.Experts, "start": a.Start, "end": a.End, "checkInEveryDays": float64(a.CheckInEveryDays)}
}

func (w *walk) anActivity() casework.ActivityPlan {
	start := rapid.IntRange(-10, 40).Draw(w.rt, "start")
	return casework.ActivityPlan{Form: "advice", Stage: "during", Experts: []casework.PersonID{w.anExpert()}, Start: w.date(start),
		End: w.date(start + rapid.IntRange(0, 90).Draw(w.rt, "end")), CheckInEveryDays: rapid.IntRange(0, 30).Draw(w.rt, "every")}
}

func (w *walk) aProposal(revised bool) values {
	mission := !revised && rapid.Bool().Draw(w.rt, "mission")
	least := 1
	if mission {
		least = 0
	}
	plans := []casework.ActivityPlan{}
	for range rapid.IntRange(least, 2).Draw(w.rt, "activities") {
		plans = append(plans, w.anActivity())
	}
	return values{"experts": w.someExperts(), "activities": plans, "scopingMission": mission}
}

// aDeadline names any task of the request that is open.
func (w *walk) aDeadline() values {
	t := rapid.SampledFrom(w.s.Tasks).Draw(w.rt, "deadline")
	return values{"task": string(t.ID), "dueOn": w.date(rapid.IntRange(1, 60).Draw(w.rt, "due"))}
}
