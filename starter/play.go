package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"connex/casework"
)

// play is one sample on its way. It may be interrupted anywhere: each step has a key of its own, by which the next run
// finds that it was done.
type play struct {
	*stage
	script *script
	number string
}

// pause is between two looks at a request, patience how long a step may take to become possible.
const (
	pause    = 300 * time.Millisecond
	moments  = 5 * time.Second
	patience = 90 * time.Second
)

var errNotNow = errors.New("this has not come yet")

func (p *play) run(ctx context.Context) error {
	if p.script.Mail != "" {
		return p.file(ctx, p.script.Mail)
	}
	if err := p.enlist(ctx, p.script.Experts); err != nil {
		return err
	}
	if err := p.start(ctx); err != nil {
		return fmt.Errorf("first interest: %w", err)
	}
	for i, s := range p.script.Steps {
		if err := p.step(ctx, i, s); err != nil && !errors.Is(err, errNotNow) {
			return fmt.Errorf("step %d (%s%s): %w", i+1, s.Do, s.File, err)
		}
	}
	return nil
}

// start enters the first interest, in the calendar that the sample wants.
func (p *play) start(ctx context.Context) error {
	officer, err := p.staff(ctx, "officer")
	if p.script.Fast {
		officer, err = p.fast(ctx)
	}
	if err != nil {
		return err
	}
	var made struct{ CaseNumber string }
	err = officer.post(ctx, "/first-interests", p.key("start"), p.script.FirstInterest, &made)
	p.number = made.CaseNumber
	return err
}

func (p *play) key(of string) string { return keyOf("sample " + p.script.Name + " " + of) }

func (p *play) step(ctx context.Context, i int, s step) error {
	switch {
	case s.File != "":
		return p.file(ctx, s.File)
	case len(s.Wait) > 0:
		return p.until(ctx, s, func(v *view) bool { return v.is(s.Wait) })
	}
	return p.act(ctx, p.key(fmt.Sprint(i)), s)
}

// until waits for the request to come as far as that, and does meanwhile what the sample does whenever it is asked.
func (p *play) until(ctx context.Context, next step, come func(*view) bool) error {
	begun := time.Now()
	for {
		v, err := p.look(ctx)
		if err != nil {
			return err
		}
		if come(v) {
			return nil
		}
		if next.Maybe && time.Since(begun) > moments {
			return errNotNow
		}
		if time.Since(begun) > patience {
			return fmt.Errorf("did not come about; the request is in %s %s, open: %s", v.Phase, v.Ending, v.openKinds())
		}
		if err := p.meanwhile(ctx, v, next); err != nil {
			return err
		}
		if err := wait(ctx, pause); err != nil {
			return err
		}
	}
}

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// act does a step's task as soon as it is there, unless an earlier run did.
func (p *play) act(ctx context.Context, key string, s step) error {
	actor, err := p.actor(ctx, s)
	if err == nil && p.done(ctx, actor, key) {
		return nil
	}
	var noLink *noMailbox
	if errors.As(err, &noLink) {
		return err
	}
	for begun := time.Now(); ; {
		if err = p.attempt(ctx, key, s); !errors.Is(err, errNotOffered) || time.Since(begun) > patience {
			return err
		}
		if err := wait(ctx, pause); err != nil {
			return err
		}
	}
}

func (p *play) attempt(ctx context.Context, key string, s step) error {
	var found *task
	err := p.until(ctx, s, func(v *view) bool {
		found = v.find(s, p.account(s))
		return found != nil
	})
	if err != nil {
		return err
	}
	actor, err := p.actor(ctx, s)
	if err != nil {
		return err
	}
	return p.complete(ctx, actor, key, found, s)
}

// done tells whether this person's action with this key is there; one that is pending is on its way.
func (p *play) done(ctx context.Context, actor *client, key string) bool {
	var action struct{ State string }
	err := actor.get(ctx, "/actions/"+key, &action)
	return err == nil && action.State != "refused"
}

// meanwhile does the tasks that come when they come, but leaves the next step's own alone.
func (p *play) meanwhile(ctx context.Context, v *view, next step) error {
	for _, s := range p.script.Meanwhile {
		if s.Do == next.Do && s.As == next.As {
			continue
		}
		found := v.find(s, p.account(s))
		if found == nil {
			continue
		}
		actor, err := p.actor(ctx, s)
		if err != nil {
			return err
		}
		err = p.complete(ctx, actor, p.key("meanwhile "+found.ID), found, s)
		if status := statusOf(err); err != nil && !errors.Is(err, errNotOffered) && status != http.StatusConflict && status != http.StatusNotFound {
			return fmt.Errorf("%s: %w", s.Do, err)
		}
	}
	return nil
}

// actor is who acts: an account; for a government its case officer; an expert by the link in their newest mail.
func (p *play) actor(ctx context.Context, s step) (*client, error) {
	address, isExpert := strings.CutPrefix(s.As, "expert:")
	switch {
	case s.As == "government":
		return p.staff(ctx, p.script.officer())
	case !isExpert:
		return p.staff(ctx, s.As)
	}
	return p.linked(ctx, address)
}

func (p *play) linked(ctx context.Context, address string) (*client, error) {
	for begun := time.Now(); ; {
		mails, err := p.mailsTo(ctx, address, p.number)
		if err != nil {
			return nil, err
		}
		if token := newest(mails, linkLine); token != "" {
			return newClient(p.o.API, "/api/v1/p/"+token, address), nil
		}
		if time.Since(begun) > patience {
			return nil, fmt.Errorf("no mail with a link came to %s", address)
		}
		if err := wait(ctx, pause); err != nil {
			return nil, err
		}
	}
}

// account is whose task it has to be where it is somebody's own.
func (p *play) account(s step) string {
	if address, isExpert := strings.CutPrefix(s.As, "expert:"); isExpert {
		return address
	}
	if s.As == "government" {
		return ""
	}
	return s.As + "@connex.test"
}

func onBehalf(s step) bool {
	kind, _ := casework.KindOf(s.Do)
	return s.As == "government" && kind.Role == casework.Government
}
