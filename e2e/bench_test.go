package e2e

import (
	"fmt"
	"net/http"
	"os"
	"testing"
	"time"

	"go.temporal.io/sdk/client"

	"connex/casework"
)

// How much is measured: four minutes on two cores.
const (
	crowd        = 32 // people at once who saturate the system
	counted      = 32 // decisions whose cost is counted
	warmUp       = 64
	singleRounds = 8
	singleClicks = 12
	groupRounds  = 8
	groupClicks  = 64
	crowdRounds  = 4
	crowdClicks  = 400
	formsAlone   = 6 // of a real form in each round, each in a request of its own
	formsGroup   = 24
	formsCrowd   = 64
	requests     = crowd + counted + singleRounds*formsAlone + groupRounds*formsGroup + crowdRounds*formsCrowd
)

// BenchmarkDecision measures how long it takes from the click to its visible effect, beside a floor that was measured by
// turns with it; what a decision costs; and how much memory the programs hold. Nothing passes or fails by speed.
func BenchmarkDecision(b *testing.B) {
	http.DefaultTransport.(*http.Transport).MaxIdleConnsPerHost = crowd // as many browsers would hold
	for b.Loop() {
		measure(b).print(os.Stdout)
	}
}

// measured is all there is to tell.
type measured struct {
	alone, group, crowd []*lane  // the floor first
	counted             []string // what costs were counted of, in that order
	costs               map[string]cost
	decisions           map[string]int // that a cost was counted over
	programs            map[string]program
}

func measure(b *testing.B) (m measured) {
	b.Helper()
	s := theSystem(b)
	temporal, err := client.Dial(client.Options{HostPort: s.temporal, Namespace: s.namespace, Logger: quiet{}})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(temporal.Close)
	say("begins %d requests", requests)
	f, desk := newFloor(b, s, temporal, crowd), newSeats(b, s, requests)
	lanes := func() []*lane {
		return []*lane{{name: "floor", click: f.click}, {name: "floor, queued", click: f.clickQueued},
			{name: "take, give back", click: desk.hand}, {name: "assess-eligibility", click: desk.assess}}
	}
	for _, l := range lanes()[:3] {
		l.clicks(b, 8, warmUp)
	}
	c := newCounter(b, s, temporal, f)
	say("counts what a decision costs")
	m.count(b, c, desk, lanes())

	say("measures clicks, one at a time")
	m.alone = lanes()
	turns(b, singleRounds, m.alone, func(l *lane) { l.clicks(b, 1, of(l, singleClicks, formsAlone)) })
	say("measures clicks, eight at a time")
	m.group = lanes()
	turns(b, groupRounds, m.group, func(l *lane) { l.clicks(b, 8, of(l, groupClicks, formsGroup)) })
	say("measures how many decisions it takes, %d at a time", crowd)
	m.crowd = lanes()
	turns(b, crowdRounds, m.crowd, func(l *lane) { l.clicks(b, crowd, of(l, crowdClicks, formsCrowd)) })

	say("carries the reference request to its end")
	m.reference(b, c)
	m.programs = s.programs(b)
	return m
}

// of is how many clicks a turn has: a form can be completed only once in each request.
func of(l *lane, clicks, forms int) int {
	if l.name == "assess-eligibility" {
		return forms
	}
	return clicks
}

// count counts each kind of click one at a time, and what goes on anyway.
func (m *measured) count(b *testing.B, c *counter, desk *seats, lanes []*lane) {
	b.Helper()
	m.costs, m.decisions = map[string]cost{}, map[string]int{}
	idle := c.idle(b, 10*time.Second)
	m.costs["idle"] = idle
	counting := func(l *lane, workflows []string) {
		m.costs[l.name] = c.of(b, workflows, func() { l.clicks(b, 1, counted) }).less(idle)
		m.decisions[l.name] = counted
		m.counted = append(m.counted, l.name)
	}
	last := len(desk.numbers) - 1
	counting(lanes[0], c.floor.seats[:1])
	counting(lanes[1], c.floor.queued[:1])
	counting(lanes[2], desk.numbers[last:])
	counting(lanes[3], desk.numbers[:counted])
	desk.next = desk.waiting(b, "discuss-scope")
	counting(&lane{name: "discuss-scope", click: desk.discuss}, desk.numbers[:counted])
	desk.next = desk.waiting(b, "prepare-request-letter")
	counting(&lane{name: "prepare-request-letter", click: desk.prepare}, desk.numbers[:counted])
}

// reference carries one request from first interest to closed, and counts everything that takes.
func (m *measured) reference(b *testing.B, c *counter) {
	b.Helper()
	told, err := readScenario("whole")
	if err != nil {
		b.Fatal(err)
	}
	var j *journey
	k := c.of(b, nil, func() {
		if j, err = c.travel(b.Context(), told); err != nil {
			b.Fatal(err)
		}
		time.Sleep(3 * time.Second) // the last mails
	}).less(m.costs["idle"])
	for _, run := range c.runs(b, fmt.Sprintf("CaseNumber = %q AND WorkflowType != %q", j.number, casework.DeliverWorkflow)) {
		k.events += run
	}
	const whole = "all decisions of the reference request"
	m.costs[whole], m.decisions[whole] = k, j.decisions()
	m.counted = append(m.counted, whole)
}

func say(format string, values ...any) { fmt.Fprintf(os.Stderr, "bench: "+format+"\n", values...) }

// quiet is the floor's log: its workflows are terminated in the end, and nobody needs to hear it.
type quiet struct{}

func (quiet) Debug(string, ...any) {}
func (quiet) Info(string, ...any)  {}
func (quiet) Warn(string, ...any)  {}
func (quiet) Error(string, ...any) {}
