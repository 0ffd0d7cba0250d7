package casework

import (
	"slices"
	"time"
)

// The daily digest: who chose it gets one mail in the morning of each working day instead of single ones.
const (
	DigestWorkflow         = "Digest"
	PrepareDigestsActivity = "PrepareDigests"

	// DigestHour is Berlin's, before the reminders of the day go out.
	DigestHour = 8
)

// Digests are the Message-IDs of those that were written.
type Digests struct {
	Mails []string `json:"mails,omitempty"`
}

// DigestDay is the Berlin day for which a digest is written at an instant; "" where nobody works then.
func DigestDay(now time.Time) string {
	if !Workday(now) {
		return ""
	}
	return DateOf(now)
}

// notWaiting are the kinds of which people hear at once, whatever they chose: a vote, and what goes out when it is signed.
var notWaiting = []TaskKind{CastVote, SignApproval, SignDeclining}

// WaitsForDigest tells whether a mail about a task may wait for the digest, which has the task in it.
func WaitsForDigest(template string, k TaskKind) bool {
	return slices.Contains([]string{"task", "reminder", "escalated"}, template) && !slices.Contains(notWaiting, k)
}
