package workflows

import (
	"time"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"

	"connex/casework"
)

// take waits for the next event: what the last run left, then decisions, then words, then the clock.
func (d *desk) take() (event, error) {
	for {
		if e, ok := d.waiting(); ok {
			return e, nil
		}
		d.bell.set(d.ctx, d.wake())
		err := workflow.Await(d.ctx, func() bool {
			return d.decisions.Len() > 0 || d.words.Len() > 0 || d.bell.rang()
		})
		if err != nil {
			return event{}, err
		}
		if d.decisions.Len() == 0 && d.words.Len() == 0 {
			d.bell.stop()
			return event{clock: true}, nil
		}
	}
}

// waiting is an event that is here already.
func (d *desk) waiting() (event, bool) {
	switch {
	case len(d.s.Pending) > 0:
		decision := d.s.Pending[0]
		d.s.Pending = d.s.Pending[1:]
		return event{decision: &decision}, true
	case len(d.s.Words) > 0:
		word := d.s.Words[0]
		d.s.Words = d.s.Words[1:]
		return event{word: &word}, true
	}
	for d.decisions.Len() > 0 {
		if decision := receive[casework.Decision](d.ctx, d.decisions); decision != nil {
			return event{decision: decision}, true
		}
	}
	for d.words.Len() > 0 {
		if word := receive[casework.Word](d.ctx, d.words); word != nil {
			return event{word: word}, true
		}
	}
	return event{}, false
}

// receive takes a signal as it came. What cannot be read is nobody's decision: it is logged and passed over, and its
// action stays pending, so that the relay sends it again.
func receive[T any](ctx workflow.Context, from workflow.ReceiveChannel) *T {
	var raw converter.RawValue
	from.Receive(ctx, &raw)
	var value T
	if raw.Payload() == nil || converter.GetDefaultDataConverter().FromPayload(raw.Payload(), &value) != nil {
		workflow.GetLogger(ctx).Error("a signal that cannot be read was passed over", "signal", from.Name())
		return nil
	}
	return &value
}

// wake is the real instant at which something is due next; zero: nothing is.
func (d *desk) wake() (next time.Time) {
	if !d.retry.IsZero() {
		return d.retry
	}
	if d.s.suspended() || d.over() {
		return time.Time{}
	}
	earlier := func(t time.Time) {
		if !t.IsZero() && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	for _, t := range d.s.Tasks {
		if _, when, more := t.Clock.Next(t.Rhythm()); more {
			earlier(when)
		}
	}
	for _, when := range d.s.Wakes {
		earlier(when)
	}
	if next.IsZero() {
		return next
	}
	return d.s.Calendar.Real(next)
}

// bell is the one timer of a workflow: for whatever is due next, cancelled when that is no longer wanted.
type bell struct {
	at     time.Time
	timer  workflow.Future
	cancel workflow.CancelFunc
}

func (b *bell) set(ctx workflow.Context, at time.Time) {
	if b.timer != nil && b.at.Equal(at) {
		return
	}
	b.stop()
	if at.IsZero() {
		return
	}
	// A breath later than reckoned: the two calendars round differently, and a clock must not strike before its time.
	wait := max(at.Sub(workflow.Now(ctx)), 0) + time.Millisecond
	var timed workflow.Context
	timed, b.cancel = workflow.WithCancel(ctx)
	b.at = at
	b.timer = workflow.NewTimerWithOptions(timed, wait, workflow.TimerOptions{Summary: "next clock: " + at.UTC().Format(time.RFC3339)})
}

func (b *bell) rang() bool { return b.timer != nil && b.timer.IsReady() }

func (b *bell) stop() {
	if b.timer != nil && !b.timer.IsReady() {
		b.cancel()
	}
	b.timer = nil
}
