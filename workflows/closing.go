package workflows

import "connex/casework"

// closing evaluates the whole request, with the government's answers or, after the last reminder, without them.
func closing(s *story) casework.Phase {
	asked, answered := s.ask(casework.ClosingQuestionnaire, "1")
	if !answered && !s.gaveUp(casework.ClosingQuestionnaire, "1") {
		return ""
	}
	evaluated, ok := s.ask(casework.ClosingEvaluation, "1", about(asked.Action))
	if !ok {
		return ""
	}
	if s.Edition >= reportsOnTheWhole && s.once("evaluated") {
		s.letter("evaluation-report", "evaluation-report", false, evaluated.Action)
		s.mail(casework.Mail{Template: "evaluation-report", Key: "evaluation-report", To: casework.CaseOfficer, Person: s.Dossier.Officer, Letter: "evaluation-report"})
	}
	closed, ok := s.ask(casework.CloseRequest, "1", about(evaluated.Action))
	if !ok {
		return ""
	}
	s.letter("closing", "closing", false, closed.Action, evaluated.Action)
	s.government("closing", "closing", closed.Action, "closing")
	s.end(casework.Closed)
	return ""
}
