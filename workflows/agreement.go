package workflows

import "connex/casework"

// agreement exchanges the letters: the government's request and our approval together are the agreement. A declining
// letter, with its reasons and perhaps a referral, ends the request.
func agreement(s *story) casework.Phase {
	if s.Verdict.Result != casework.ResultApproved {
		if s.signed(casework.DraftDeclining, casework.SignDeclining, "declining") {
			s.end(casework.Declined)
		}
		return ""
	}
	if !s.signed(casework.DraftApproval, casework.SignApproval, "approval") {
		return ""
	}
	s.entry(casework.Entry{What: casework.TrailExchanged})
	s.t.Request.Agreed = true
	return casework.SupportDesign
}

// signed has a letter drafted and signed, as often as the head returns it, and sends it.
func (s *story) signed(draft, sign casework.TaskKind, letter string) bool {
	before := s.Verdict.Actions
	for n := 1; ; n++ {
		drafted, ok := s.ask(draft, nth(n), about(before...))
		if !ok {
			return false
		}
		signature, ok := s.ask(sign, nth(n), about(drafted.Action))
		if !ok {
			return false
		}
		if signature.Outcome == casework.Return {
			before = []casework.ActionID{drafted.Action, signature.Action} // back to the drafter, with the head's comment
			continue
		}
		scan := signature.Carried.String("signedDocument") != ""
		s.letter(letter, letter, scan, drafted.Action, signature.Action)
		s.government(letter, letter, signature.Action, letter)
		return true
	}
}
