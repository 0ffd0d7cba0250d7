package workflows

import (
	"fmt"
	"time"

	"connex/casework"
)

// scopingMission is optional and small: to clarify what kind of expertise is needed. Its findings change the plan, and
// the government agrees to the change.
func scopingMission(s *story) casework.Phase {
	if !s.Plan.Mission {
		return casework.Implementation
	}
	for n := 1; ; n++ {
		planned, ok := s.ask(casework.PlanMission, nth(n), about(s.Plan.Action))
		if !ok {
			return ""
		}
		if planned.Outcome == casework.Skip {
			if len(s.Plan.Activities) > 0 {
				return casework.Implementation
			}
			return s.revised(planned.Action)
		}
		report, went := s.mission(n, planned)
		switch went {
		case underway:
			return ""
		case agreed:
			return s.revised(report.Action)
		}
	}
}

// mission goes on from its plan to its report. Rejected: somebody in the team cannot go, and it is planned again.
func (s *story) mission(n int, planned casework.Decision) (report casework.Decision, went way) {
	name := "mission-" + nth(n)
	if s.Once[name+"/again"] {
		return report, rejected
	}
	var team []casework.PersonID
	for _, e := range planned.Carried.Strings("team") {
		team = append(team, casework.PersonID(e))
	}
	if went := s.ready(name, planned, team); went != agreed {
		return report, went
	}
	return s.reported(n, name, planned, team)
}

// ready binds the team before it travels, with a Code that holds until its last day. The day before, its signatures are
// looked up once more.
func (s *story) ready(name string, planned casework.Decision, team []casework.PersonID) way {
	if s.Once[name+"/leaves"] {
		return agreed
	}
	dayBefore := casework.StartOf(planned.Carried.String("from")).AddDate(0, 0, -1)
	if s.Edition >= looksAgain && !s.now.Before(dayBefore) && !s.suspended() && !s.lookedUp(name+"/eve", casework.LookUpOrder{Experts: team}) {
		return underway
	}
	all := s.bindAll(name, team, casework.StartOf(planned.Carried.String("to")))
	if s.need != nil {
		return underway
	}
	if late := all != agreed && s.struckAt(dayBefore); all == rejected || late {
		if late {
			s.yieldTo(name)
		}
		s.withdrawProposal(name)
		s.once(name + "/again")
		return rejected
	}
	if all == underway {
		return underway
	}
	if s.reached(dayBefore) {
		s.once(name + "/leaves")
	}
	if s.once(name + "/invited") {
		s.invite(name, planned, team)
	}
	return agreed
}

// invite sends the team and the government the dates.
func (s *story) invite(name string, planned casework.Decision, team []casework.PersonID) {
	for _, expert := range team {
		s.mail(casework.Mail{Template: "invitation", Key: name + "/" + string(expert), To: casework.Expert, Person: expert, Action: planned.Action})
	}
	s.government("invitation", name+"/government", planned.Action, "")
}

// reported waits for the report after the mission's last day: of any expert of the team, or of the case officer. The
// first one counts.
func (s *story) reported(n int, name string, planned casework.Decision, team []casework.PersonID) (report casework.Decision, went way) {
	lastDay := casework.StartOf(planned.Carried.String("to"))
	if !s.reached(lastDay.AddDate(0, 0, 1)) && !s.Once[name+"/over"] {
		return report, underway
	}
	s.once(name + "/over")
	reporters := map[string]with{"officer": heldBy(casework.CaseOfficer, s.Dossier.Officer)}
	names := []string{"officer"}
	for _, expert := range team {
		reporters[string(expert)] = heldBy(casework.Expert, expert)
		names = append(names, string(expert))
	}
	for _, who := range names {
		d, ok := s.ask(casework.ReportMission, fmt.Sprintf("%d/%s", n, who), countedFrom(s.Settings, s.asksFrom(lastDay)), reporters[who], about(planned.Action))
		if ok {
			s.cancel(key(casework.ReportMission, nth(n)))
			return d, agreed
		}
	}
	return report, underway
}

// asksFrom is from when the report's due date counts: the mission's last day, or now where nobody could be asked then, since
// the request was suspended or the mission was only entered afterwards.
func (s *story) asksFrom(lastDay time.Time) time.Time {
	if s.Edition >= reportsInTime && casework.DateOf(s.now) > casework.DateOf(lastDay.AddDate(0, 0, 1)) {
		return s.now
	}
	return lastDay
}

// revised lets the plan stand or change; a change is agreed to like a proposal. A plan without activities has to change.
func (s *story) revised(because casework.ActionID) casework.Phase {
	offers := []casework.Outcome{casework.Keep, casework.Change}
	if len(s.Plan.Activities) == 0 {
		offers = offers[1:]
	}
	revision, ok := s.ask(casework.ReviseSupport, "1", offering(offers...), about(s.Plan.Action, because))
	if !ok {
		return ""
	}
	if revision.Outcome == casework.Change && !s.carried(revision) {
		return ""
	}
	return casework.Implementation
}
