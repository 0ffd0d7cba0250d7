package e2e

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// lane is one way from a click to its effect. Its seats can be clicked side by side: each is a workflow of its own.
type lane struct {
	name   string
	click  func(ctx context.Context, seat int) error
	visits []time.Duration // click to visible
	rates  []float64       // clicks a second, one for each turn
}

// turns has the lanes run by turns, so that whatever else this machine does meets them alike. Each begins as often as
// the others.
func turns(b *testing.B, rounds int, lanes []*lane, run func(*lane)) {
	b.Helper()
	for round := range rounds {
		for i := range lanes {
			run(lanes[(round+i)%len(lanes)])
			if b.Failed() {
				b.FailNow()
			}
		}
	}
}

// clicks has people click side by side, each again as soon as they see the effect, until there were so many clicks.
func (l *lane) clicks(b *testing.B, people, total int) {
	b.Helper()
	var mu sync.Mutex
	var next atomic.Int64
	begun := time.Now()
	sideBySide(people, func(seat int) {
		for next.Add(1) <= int64(total) {
			since := time.Now()
			if err := l.click(b.Context(), seat); err != nil {
				b.Errorf("%s: %v", l.name, err)
				return
			}
			mu.Lock()
			l.visits = append(l.visits, time.Since(since))
			mu.Unlock()
		}
	})
	l.rates = append(l.rates, float64(total)/time.Since(begun).Seconds())
}

func sideBySide(people int, do func(seat int)) {
	var all sync.WaitGroup
	for seat := range people {
		all.Go(func() { do(seat) })
	}
	all.Wait()
}

// percentile is the visit that so many of a hundred did not exceed.
func (l *lane) percentile(p int) time.Duration {
	sorted := slices.Sorted(slices.Values(l.visits))
	return sorted[min(len(sorted)-1, len(sorted)*p/100)]
}

// rate is the middle one of the turns.
func (l *lane) rate() float64 {
	sorted := slices.Sorted(slices.Values(l.rates))
	return sorted[len(sorted)/2]
}
