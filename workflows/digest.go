package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"connex/casework"
)

// Digest writes the digests of a morning and has each delivered. A schedule starts it; told again on the same day it
// writes none anew, and Deliver knows each by its Message-ID.
func Digest(ctx workflow.Context) error {
	var written casework.Digests
	each := patient(ctx, "write what waits for whoever wants a digest", time.Minute)
	if err := workflow.ExecuteActivity(each, casework.PrepareDigestsActivity, workflow.Now(ctx)).Get(ctx, &written); err != nil {
		return err
	}
	for _, id := range written.Mails {
		if err := send(ctx, casework.Delivery{MessageID: id})(); err != nil {
			return err
		}
	}
	return nil
}
