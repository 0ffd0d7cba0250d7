package tour

// Stage is a request on its way, and what waits in it.
type Stage struct {
	Name  string // for pictures and failures: its phase, mostly
	Case  string
	Link  string            // of its government
	Tasks map[string]string // by their kinds
}

// whoDoes are the kinds of tasks whose forms are looked at, and who does them. Each differs from the others in what it asks
// by, or in what stands around it.
var whoDoes = []struct{ kind, as string }{
	{"submit-request-letter", "government"}, {"cast-vote", "board1"}, {"sign-approval-letter", "head"}, {"propose-support", "officer"},
	{"agree-support", "government"}, {"plan-mission", "officer"}, {"end-activity", "officer"}, {"write-evaluation", "evaluator"},
}

// StatesAt are those in which a request is seen at one of its stages: by us, by its government, and by who has to do
// something and does not say what.
func StatesAt(s Stage) []State {
	states := []State{seen("officer", "/requests/"+s.Case, s.Name)}
	if s.Link != "" { // nobody has written to the government before
		states = append(states, seen("government", "", s.Name).by(s.Link))
	}
	for _, form := range whoDoes {
		task := s.Tasks[form.kind]
		if task == "" || form.kind == "propose-support" && s.Tasks["agree-support"] != "" { // what was proposed before would be proposed again
			continue
		}
		page := State{Page: Page{form.as, "/tasks/" + task}, Name: form.kind}
		page.Send, page.Answers = send, 422
		if form.as == "government" {
			page = page.by(s.Link)
		}
		states = append(states, page)
	}
	if questions := s.Tasks["closing-questionnaire"]; questions != "" { // which asks for nothing that one must answer
		states = append(states, seen("government", "/tasks/"+questions, "closing-questionnaire").by(s.Link))
	}
	if vote := s.Tasks["cast-vote"]; vote != "" {
		states = append(states, sent("board1", "/tasks/"+vote, "done meanwhile", behind("form.action",
			`first.set("_key", crypto.randomUUID()); first.set("outcome", "approve")`, enter("form", []string{"outcome", "decline", "reasons", "Too late."})), 409))
	}
	return states
}
