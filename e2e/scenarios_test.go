package e2e

import (
	"context"
	"path"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// TestScenarios carries a request through each file, all at once.
func TestScenarios(t *testing.T) {
	t.Parallel()
	s := theSystem(t)
	for _, name := range scenarioNames(t) {
		t.Run(name, func(t *testing.T) {
			inTurn(t)
			j, err := s.setOut(name)()
			if err != nil {
				t.Fatal(err)
			}
			j.spokePolitely(t)
		})
	}
}

func scenarioNames(t testing.TB) (names []string) {
	t.Helper()
	files, err := scenarioFiles.ReadDir("scenarios")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		names = append(names, strings.TrimSuffix(path.Base(file.Name()), ".json"))
	}
	return names
}

// theSlow wait for many days in which nobody does anything. They set out among the first, and are met when the
// others set out.
var theSlow = []string{"lapsed", "unanswered"}

func (s *system) theSlowSetOut() {
	for _, name := range theSlow {
		s.setOut(name)
	}
}

// arrival waits until a request has gone its way.
type arrival func() (*journey, error)

var (
	onTheirWay   = map[string]arrival{}
	onTheirWayMu sync.Mutex
)

// setOut has a request travel through a scenario, once in this process.
func (s *system) setOut(name string) arrival {
	onTheirWayMu.Lock()
	defer onTheirWayMu.Unlock()
	if already := onTheirWay[name]; already != nil {
		return already
	}
	travelled := sync.OnceValues(func() (*journey, error) {
		told, err := readScenario(name)
		if err != nil {
			return nil, err
		}
		j, err := s.begin(context.Background(), told)
		if err != nil {
			return j, err
		}
		return j, j.goOn(context.Background())
	})
	go func() { _, _ = travelled() }() // whoever asks for its arrival hears how it went
	onTheirWay[name] = travelled
	return travelled
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
