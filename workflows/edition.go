package workflows

import (
	"fmt"

	"go.temporal.io/sdk/workflow"
)

// edition is how the stories of a case are told. What they say decides more than what is recorded: which kinds of tasks the
// console shows, when the bell rings, what is looked up. A run that was told otherwise has to be replayed as it was told,
// so each such change has an edition of its own, and asks for it.
type edition int

const (
	sleepsAgain       edition = iota + 1 // replace-expert no longer waits once its reason is gone
	hearsTheTrue                         // a forged decision that is refused does not hide the true one
	reportsInTime                        // a report on a mission that is asked for late is due as many days later
	asksForOffice                        // nobody becomes case officer who would not be let do what is to come
	looksAgain                           // the Code is looked up once more where new work begins
	asksOnce                             // one signature is asked for by one task, also where several activities are held
	reportsOnTheWhole                    // the evaluation of the whole request is a report, as that of an activity is
	remembers                            // the console's memo has the country and the sector as they are
	looksDaily                           // a new version of the Code is noticed within a day
	offRest                              // what is put off is due on no day of rest

	newest = iota
)

// learnEdition lets a case go on in the newest edition from the first event that is handled by code that knows it; see
// learnToCorrect. Later runs, and activities that begin later, know it from the start.
func (d *desk) learnEdition() {
	if d.s.Edition >= newest {
		return
	}
	known := workflow.GetVersion(d.ctx, fmt.Sprintf("edition-%d", d.told), workflow.DefaultVersion, newest)
	d.s.Edition = max(d.s.Edition, edition(known))
}
