// Package e2e shows what only the whole system can show: one system for all its tests is brought up by the very program
// that `make run` runs, with a process day of one second, and people go through it by its pages, its JSON interface and
// the mails that they get; and a second one, whose servers are killed under them.
//
// What is easily got wrong with the server that we use, and the test that would notice:
//
//   - a signal that comes while a run ends, or while its phase changes: DecisionsAboutAChangeOfPhaseAreNotLost
//   - a signal that nobody can read: SignalsFromTheConsoleDecideNothing
//   - a signal that was taken and is lost: TerminatedCaseIsNoticedAndGoesOnWhenItIsReset; dispatch's RelayRepeatsWhatWasLost
//   - an activity that reports to a run of its request that is over: AnActivitysWordReachesALaterRun
//   - a mail or an activity that a run began and did not wait for: TestScenarios, which miss no mail and no evaluation
//   - a run that is short, whose next one waits until it is a second old: local's Servers, whose test system asks for none of it
//   - what the console shows of later runs: TheConsoleShowsWhereACaseStands; for how long it shows it: local's servers
//   - a worker that is killed, or stands still and swallows tasks: Faults/TheWorkerIsKilledAndFrozenWhileRequestsTravel
//   - a mail that is handed over twice: mail's ARetryIsTheSameMail; journeys tell by Message-ID
//   - a link and a code by mail, which are one factor, and stay one: store's AConfirmationCodeIsGoodOnce, dispatch's CodesRunOut,
//     v1's WhatNeedsACode; what remains is among README's known limits
//   - lines to the servers that lag, fall silent or are cut: LinesLagAndAreCutWhileRequestsTravel
//   - a release under running cases: workflows' RecordedHistoriesReplay
//   - a database line that is cut without a word: store's ACutLineIsGivenUp
package e2e
