package main

import (
	"connex/activities"
	"connex/casework"
	"connex/workflows"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// hands are the activities, ready for use.
type hands struct {
	recorder *activities.Recorder
	scribe   *activities.Scribe
	postman  *activities.Postman
	herald   *activities.Herald
}

// register makes workflows and activities known under the names that casework has for them.
func register(r worker.Registry, h hands) {
	for name, story := range map[string]any{
		casework.SupportRequestWorkflow:  workflows.SupportRequest,
		casework.SupportActivityWorkflow: workflows.SupportActivity,
		casework.DeliverWorkflow:         workflows.Deliver,
		casework.DigestWorkflow:          workflows.Digest,
	} {
		r.RegisterWorkflowWithOptions(story, workflow.RegisterOptions{Name: name})
	}
	for name, effect := range map[string]any{
		casework.RecordActivity:       h.recorder.Record,
		casework.LookUpActivity:       h.recorder.LookUp,
		casework.RenderLetterActivity: h.scribe.RenderLetter,
		casework.SendMailActivity:     h.postman.SendMail,
		casework.MailRefusedActivity:  h.postman.MailRefused,

		casework.PrepareDigestsActivity: h.herald.PrepareDigests,
	} {
		r.RegisterActivityWithOptions(effect, activity.RegisterOptions{Name: name})
	}
}
