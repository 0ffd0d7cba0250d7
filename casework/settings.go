package casework

// Settings are what staff may change without a new release. A request carries a snapshot into each phase, so that a
// change holds from the next phase on and a history replays as it was.
type Settings struct {
	CheckInEveryDays int `json:"checkInEveryDays"` // where an activity says nothing
	VoteExtensions   int `json:"voteExtensions"`   // how often the head may extend a round
	Deferrals        int `json:"deferrals"`        // how often the board may defer a case
	SettleAfterDays  int `json:"settleAfterDays"`  // after a round's due date
	CodeNoticeDays   int `json:"codeNoticeDays"`   // before a signature of the Code lapses
	CodeGraceDays    int `json:"codeGraceDays"`    // for which running work goes on after the lapse
}

// DefaultSettings are those of process.md.
func DefaultSettings() Settings {
	return Settings{CheckInEveryDays: 30, VoteExtensions: 2, Deferrals: 2, SettleAfterDays: 7, CodeNoticeDays: 30, CodeGraceDays: 30}
}
