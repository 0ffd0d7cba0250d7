// Package workflows is the process: SupportRequest carries a request from first interest to its ending, and
// SupportActivity one support activity from its plan to its evaluation.
//
// Each phase is a file, in the order of process.md, and reads top to bottom: it asks for tasks and goes on with what was
// decided. Such a story is a pure function of the state, told anew after every event: a question that was answered
// before returns its decision, one that was not opens its task and the story waits. So nothing depends on where in the
// code a workflow stood, a run continues as new wherever it likes, and one event is one transition, whatever it causes.
//
// The desk (desk.go) is what surrounds the stories: one coroutine that takes the next decision, word or clock, lets
// the story tell what follows, hands the transition to Record, and only then believes it.
package workflows
