package workflows

import (
	"testing"

	"connex/casework"
)

// Who writes by the public page has spoken to nobody yet: a mail says the number and what happens next.
func TestAStrangerIsGreeted(t *testing.T) {
	stranger := func(s *casework.RequestStart) { s.Role, s.Actor = casework.Anyone, "" }
	asks := func(s *casework.RequestStart) { s.Question = true }
	for name, tt := range map[string]struct {
		how       []func(*casework.RequestStart)
		interests int
		questions int
	}{
		"the staff":             {nil, 0, 0},
		"the public page":       {[]func(*casework.RequestStart){stranger}, 1, 0},
		"a question on it":      {[]func(*casework.RequestStart){stranger, asks}, 0, 1},
		"a question by a staff": {[]func(*casework.RequestStart){asks}, 0, 0},
	} {
		r := aRequest(t, tt.how...)
		if r.mails("first-interest") != tt.interests || r.mails("first-question") != tt.questions {
			t.Errorf("%s: %d and %d mails, want %d and %d", name, r.mails("first-interest"), r.mails("first-question"), tt.interests, tt.questions)
		}
	}
}
