package e2e

import (
	"path"
	"regexp"
	"strings"
	"testing"
)

// TestScenarios carries a request through each file, all at once.
func TestScenarios(t *testing.T) {
	s := theSystem(t)
	files, err := scenarioFiles.ReadDir("scenarios")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file.Name()), ".json")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			told, err := readScenario(name)
			if err != nil {
				t.Fatal(err)
			}
			j, err := s.travel(t.Context(), told)
			if err != nil {
				t.Fatal(err)
			}
			j.spokePolitely(t)
		})
	}
}

// blunt are words that no ministry reads.
var blunt = regexp.MustCompile(`(?i)\b(declin|overdue|deadline|escalat|due.diligence|risk: high|lapsed?\b|not eligible|reminder)`)

func (j *journey) spokePolitely(t *testing.T) {
	t.Helper()
	for _, l := range j.mails.to(j.contact, j.number) {
		if found := blunt.FindString(l.Subject + "\n" + l.Text); found != "" {
			t.Errorf("a mail to the government says %q: %s\n%s", found, l.Subject, l.Text)
		}
	}
}
