package workflows

import (
	"fmt"
	"slices"

	"connex/casework"
)

// questionsOpen is how many questions of a government wait at most; a request stays small whatever a link is used for.
const questionsOpen = 20

// absorb lets a decision change what outlives its phase. Kinds that are not here are their phase's alone.
func (s *story) absorb(t casework.Task, d casework.Decision) {
	switch t.Kind {
	case casework.AssessEligibility:
		s.absorbAssessment(t, d)
	case casework.SignCodeOfConduct:
		s.absorbSignature(t, d)
	case casework.DeclareInterests:
		s.absorbInterests(casework.PersonID(t.Subject), interests[d.Outcome], d.Outcome == casework.NoInterests)
	case casework.ReviewDisclosure:
		s.absorbInterests(casework.PersonID(t.Subject), interests[d.Outcome], d.Outcome == casework.Accept)
	case casework.CastVote:
		s.absorbVote(casework.PersonID(t.Subject), d)
	case casework.SelfAssess, casework.EvaluateSupport:
		s.concern(t, d)
	default:
		s.absorbStanding(t, d)
	}
}

// concern tells the request of a risk that somebody saw: it outlives the activity, whose workflow ends with its evaluation.
func (s *story) concern(t casework.Task, d casework.Decision) {
	if len(casework.ConcernsFor(casework.CaseOfficer, d.Kind, d.Carried)) > 0 {
		s.tell(0, casework.Word{What: casework.WordConcern, Activity: s.number(), Action: d.Action, Expert: casework.PersonID(t.Subject)})
	}
}

// absorbAssessment: who finds a request eligible takes it over, but not who looks at it again in the midst of its way.
func (s *story) absorbAssessment(t casework.Task, d casework.Decision) {
	if d.Outcome == casework.Eligible && first(t) {
		s.takeOffice(d.Actor)
		s.t.Request.Officer = d.Actor
	}
	if country := d.Carried.String("country"); country != "" {
		s.Country = country
	}
	if sector := d.Carried.String("sector"); sector != "" {
		s.Sector = sector
	}
	if !first(t) {
		delete(s.Decided, t.Key)
		s.reassessed(d)
	}
}

// absorbSignature: the Code belongs to the expert; the signature's instant is the real one of the action.
func (s *story) absorbSignature(t casework.Task, d casework.Decision) {
	if d.Outcome != casework.Sign {
		return
	}
	expert := casework.PersonID(t.Subject)
	s.Codes[expert] = casework.CodeSignature{Version: d.Carried.String("version"), SignedAt: d.At}
	s.t.Binding = append(s.t.Binding, casework.Binding{Expert: expert, Signed: true, Version: d.Carried.String("version")})
	s.cancelOthers(expert, casework.SignCodeOfConduct)
	s.tellActivities(casework.Word{What: casework.WordSigned, Expert: expert, Code: map[casework.PersonID]casework.CodeSignature{expert: s.Codes[expert]}})
}

// interests are how an expert stands after each outcome, as casework.Binding has it.
var interests = map[casework.Outcome]string{casework.NoInterests: "none", casework.Disclose: "disclosed", casework.Accept: "accepted",
	casework.Replace: "replaced"}

func (s *story) absorbInterests(expert casework.PersonID, how string, accepted bool) {
	s.Interests[expert] = accepted
	if accepted {
		s.cancelOthers(expert, casework.DeclareInterests)
		s.cancelOthers(expert, casework.ReviewDisclosure)
	}
	s.t.Binding = append(s.t.Binding, casework.Binding{Expert: expert, State: how})
}

// absorbVote: a vote counts in the newest round; who recuses themselves is in conflict, and no longer sees the request.
func (s *story) absorbVote(member casework.PersonID, d casework.Decision) {
	if d.Outcome == casework.Recuse {
		s.conflict(member)
		return
	}
	s.Rounds[len(s.Rounds)-1].Cast(member, d.Outcome)
}

// absorbStanding is for what may happen in any phase. Nothing of it needs to be remembered as decided.
func (s *story) absorbStanding(t casework.Task, d casework.Decision) {
	switch t.Kind {
	case casework.AskUs:
		s.question(d)
	case casework.AnswerGovernment, casework.AnswerEligibilityQuestion:
		s.government("answer", "answer/"+string(d.Action), d.Action, "")
		if s.Once[onlyQuestion] {
			return // the phase ends the request
		}
	case casework.ReviewConcern: // what was found stands in its row
	case casework.ChangeContact:
		s.newContact(d)
	case casework.DeclareConflict:
		s.conflict(d.Actor)
	case casework.MoveDeadline:
		s.moveDeadline(d)
	case casework.CorrectFacts:
		s.correct(d)
	case casework.Suspend:
		s.suspend()
	case casework.Resume:
		s.resume(s.SuspendedAt)
	case casework.Withdraw:
		s.withdraw(d)
	case casework.VoidRequest:
		s.end(casework.Void)
	default:
		return
	}
	delete(s.Decided, t.Key)
}

// question opens the task that answers a government's question.
func (s *story) question(d casework.Decision) {
	open := 0
	for _, t := range s.Tasks {
		if t.Kind == casework.AnswerGovernment || t.Kind == casework.AnswerEligibilityQuestion {
			open++
		}
	}
	if open >= questionsOpen {
		s.refusal = casework.RefusedBy(casework.RuleNotOffered, "refusal.questions-open")
		return
	}
	kind := casework.AnswerGovernment
	if s.Phase == casework.FirstInterest {
		kind = casework.AnswerEligibilityQuestion
	}
	s.open(kind, string(d.Action), false, []with{about(d.Action)})
}

// conflict bars somebody from the request. A board member's vote is taken back, and the file is hidden from them; once
// the round is decided, nothing changes.
func (s *story) conflict(person casework.PersonID) {
	if !slices.Contains(s.Dossier.Conflicts, person) {
		s.Dossier.Conflicts = append(s.Dossier.Conflicts, person)
	}
	s.t.Request.Conflicts = s.Dossier.Conflicts
	s.giveBackOf(s.Dossier.Conflicts)
	if person == s.Dossier.Officer {
		s.mail(casework.Mail{Template: "conflict", Key: "conflict/" + string(person), To: casework.Head})
	}
	s.tellActivities(casework.Word{What: casework.WordOfficer, Officer: s.Dossier.Officer, Conflicts: s.Dossier.Conflicts})
	if s.Phase != casework.GovernanceDecision || len(s.Rounds) == 0 {
		return
	}
	current := &s.Rounds[len(s.Rounds)-1]
	if current.Came == "" && slices.Contains(current.Members, person) {
		current.Leave(person)
		s.t.Request.Recused = append(s.t.Request.Recused, person)
		s.cancel(key(casework.CastVote, fmt.Sprintf("%d/%s", len(s.Rounds), person)))
	}
}

// cancelOthers takes back what else asks an expert for what is now there: one signature, one declaration.
func (s *story) cancelOthers(expert casework.PersonID, k casework.TaskKind) {
	for _, t := range slices.Clone(s.Tasks) {
		if t.Kind == k && t.Subject == string(expert) {
			s.cancel(t.Key)
		}
	}
}

// giveBackOf returns to their role the tasks that people in conflict had taken.
func (s *story) giveBackOf(people []casework.PersonID) {
	for i := range s.Tasks {
		if t := &s.Tasks[i]; t.TakenBy && slices.Contains(people, t.Holder) {
			t.Holder, t.TakenBy = "", false
			s.changed(*t)
		}
	}
}
