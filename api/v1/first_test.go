package v1_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"connex/api/apitest"
)

// Strangers choose their keys without knowing of each other: whoever sends something else under a key is told that, and
// nothing of what came first. The keys of the staff are each person's own.
func TestTheSameKeyOfTwoPeople(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	whole := func(summary string) map[string]any {
		return map[string]any{"channel": "web", "summary": summary, "contactEmail": "a@ministry.example"}
	}
	send := func(c *apitest.Client, key, summary string) apitest.Answer {
		return c.Post("/api/v1/first-interests", whole(summary), "Idempotency-Key", key)
	}
	one, two, officer, other := h.Stranger(), h.Stranger(), h.As("officer"), h.As("officer2")
	theirs := uuid.NewString()
	numbers := map[string]bool{}
	for _, starts := range []struct {
		by       *apitest.Client
		key, say string
	}{{one, "1", "Gold."}, {officer, "1", "Gold."}, {other, "1", "Gold."}, {officer, theirs, "Tin."}} {
		first, again := send(starts.by, starts.key, starts.say), send(starts.by, starts.key, starts.say)
		number := first.Text("caseNumber")
		if first.Status != http.StatusCreated || again.Status != http.StatusCreated || again.Text("caseNumber") != number || numbers[number] {
			t.Errorf("%q under %s: %d %s, then %d %s, want one number of its own", starts.say, starts.key, first.Status, first.Raw, again.Status, again.Raw)
		}
		numbers[number] = true
	}
	for name, refused := range map[string]struct {
		by       *apitest.Client
		key, say string
	}{
		"another stranger":           {two, "1", "Copper."},
		"the same stranger":          {one, "1", "Copper."},
		"the same officer":           {officer, "1", "Copper."},
		"an officer, another's UUID": {other, theirs, "Tin."},
		"a stranger, an officer's":   {two, theirs, "Tin."},
		"a stranger, as capitals":    {two, strings.ToUpper(theirs), "Tin."},
		"an officer, something else": {officer, theirs, "Copper."},
	} {
		a := send(refused.by, refused.key, refused.say)
		said := strings.Contains(a.Text("detail"), "came before with something else")
		if a.Status != http.StatusUnprocessableEntity || !said || strings.Contains(string(a.Raw), "CNX-") {
			t.Errorf("%s: %d %s, want 422 with a sentence and without a number", name, a.Status, a.Raw)
		}
	}
	h.Started(len(numbers))
}
