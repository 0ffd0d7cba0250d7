package workflows

import "connex/casework"

// formalRequest: the Secretariat helps to prepare the letter; the official process starts when the government submits
// it. A letter that never comes lets the request lapse.
func formalRequest(s *story) casework.Phase {
	prepared, ok := s.ask(casework.PrepareRequestLetter, "1")
	if !ok {
		return ""
	}
	if prepared.Outcome == casework.Drop {
		return s.endPolitely(casework.NotPursued, prepared)
	}
	if s.once("request-letter") {
		s.letter("request-letter", "request-letter", false, prepared.Action)
		s.government("request-letter", "request-letter", prepared.Action, "request-letter")
	}
	submitted, ok := s.ask(casework.SubmitRequestLetter, "1", about(prepared.Action))
	if s.gaveUp(casework.SubmitRequestLetter, "1") {
		s.government("lapsed", "lapsed", "", "")
		s.end(casework.Lapsed)
		return ""
	}
	if !ok {
		return ""
	}
	s.letter("acknowledgement", "acknowledgement", false, submitted.Action)
	s.government("acknowledgement", "acknowledgement", submitted.Action, "acknowledgement")
	return casework.DueDiligence
}
