package workflows

import (
	"go.temporal.io/sdk/workflow"

	"connex/casework"
)

// Who signs a letter reads it first as it will go out, so it is rendered as soon as it is drafted. A text that cannot be
// rendered comes back to its drafter at once.

var lettersDrafted = map[casework.TaskKind]string{casework.DraftApproval: "approval", casework.DraftDeclining: "declining"}

// showDraft has the letter that was just drafted rendered for whoever signs it.
func (s *story) showDraft(d casework.Decision) {
	if letter, drafted := lettersDrafted[d.Kind]; drafted && s.showsDrafts {
		s.t.Letters = append(s.t.Letters, casework.Letter{Kind: letter, Key: casework.DraftKey(d.Action), Actions: []casework.ActionID{d.Action}, Draft: true})
	}
}

// learnToShow tells whether drafts are rendered: not where a run that is replayed went on without.
func (d *desk) learnToShow(e event) bool {
	return e.decision != nil && lettersDrafted[e.decision.Kind] != "" &&
		workflow.GetVersion(d.ctx, "show-draft-"+string(e.decision.Action), workflow.DefaultVersion, 1) == 1
}
