package e2e

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"connex/casework"
	"connex/store"
)

// arrive waits for the request's end and holds everything against what the scenario and the book say.
func (j *journey) arrive(ctx context.Context) error {
	if err := j.ended(ctx); err != nil {
		return err
	}
	if err := errors.Join(j.checkMails(), j.eachMailSent(ctx)); err != nil {
		return err
	}
	trail, err := j.trailOf(ctx, j.number)
	if err != nil {
		return err
	}
	return errors.Join(j.book.compare(trail), inOrder(trail, j.End.Trail), never(trail, j.End.Never), j.checkChain(ctx))
}

func (s *system) openLedger() (*store.Store, error) {
	text, err := s.secret()
	if err != nil {
		return nil, err
	}
	secret, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	return store.Open(context.Background(), s.database, store.SealedWith(casework.SealKey(secret)))
}

// checkChain recomputes every hash of the trail.
func (j *journey) checkChain(ctx context.Context) error {
	book, err := j.ledger()
	if err != nil {
		return err
	}
	return book.CheckTrail(ctx, casework.CaseNumber(j.number))
}

// eachMailSent: what the trail calls sent has arrived, and nothing else has; what was queued is sent or cancelled.
func (j *journey) eachMailSent(ctx context.Context) (wrong error) {
	for begun := time.Now(); time.Since(begun) < patience; time.Sleep(round) {
		if wrong = j.mailsAgainstTrail(ctx); wrong == nil {
			return nil
		}
	}
	return wrong
}

func (j *journey) mailsAgainstTrail(ctx context.Context) error {
	var view struct {
		Mails []struct{ State, Subject string }
	}
	auditor, err := j.staff(ctx, "auditor")
	if err != nil {
		return err
	}
	if err := auditor.see(ctx, "/api/v1/requests/"+j.number, &view); err != nil {
		return err
	}
	trail, err := j.trailOf(ctx, j.number)
	if err != nil {
		return err
	}
	states, arrived, entries := map[string]int{}, map[string]bool{}, 0
	for _, m := range view.Mails {
		states[m.State]++
	}
	for _, l := range j.mails.about(j.number) {
		arrived[fmt.Sprint(l.MessageID, l.to)] = true
	}
	for _, e := range trail {
		if e.What == casework.TrailMailSent {
			entries++
		}
	}
	if states["queued"]+states["sending"] > 0 || states["sent"] != len(arrived) || states["sent"] != entries {
		return fmt.Errorf("mails are %v, the trail has %d as sent, %d arrived", states, entries, len(arrived))
	}
	return nil
}

func (j *journey) ended(ctx context.Context) error {
	until := time.Now().Add(seconds(j.End.Within, 0, 2*time.Minute))
	for {
		r, err := j.view(ctx)
		if err != nil {
			return err
		}
		if r.Ending != nil {
			return j.endedWell(r)
		}
		if time.Now().After(until) {
			return fmt.Errorf("not ended: %s", j.standing(ctx))
		}
		if err := errors.Join(j.meanwhile(ctx, step{}), j.pause(ctx)); err != nil {
			return err
		}
	}
}

func (j *journey) endedWell(r request) error {
	if *r.Ending != j.End.Ending {
		return fmt.Errorf("ended %s, wanted %s", *r.Ending, j.End.Ending)
	}
	if len(r.OpenTasks) > 0 || len(r.StandingTasks) > 0 {
		return fmt.Errorf("ended with open tasks: %v, %v", r.OpenTasks, r.StandingTasks)
	}
	return nil
}

func never(trail []trailEntry, unwanted []string) error {
	for _, e := range trail {
		if slices.Contains(unwanted, e.What) || slices.Contains(unwanted, e.What+" "+e.outcome()) {
			return fmt.Errorf("the trail has %q, which must not happen here", e.What)
		}
	}
	return nil
}

// checkMails waits a moment for the wanted ones, then sees that none came twice.
func (j *journey) checkMails() error {
	for begun := time.Now(); time.Since(begun) < 30*time.Second && j.missing() != nil; {
		time.Sleep(100 * time.Millisecond)
	}
	time.Sleep(time.Second) // about when a second copy would come
	return errors.Join(j.missing(), j.mailedTwice())
}

func (j *journey) missing() (wrong error) {
	for _, w := range j.End.Mails {
		n := len(j.found(w))
		if n < max(w.AtLeast, 1) && w.Exactly == nil || w.Exactly != nil && n != *w.Exactly {
			wrong = errors.Join(wrong, fmt.Errorf("mails %+v: found %d", w, n))
		}
	}
	return wrong
}

func (j *journey) found(w wantedMail) (found []letter) {
	to := w.To
	if to == "government" {
		to = j.contact
	}
	subject := regexp.MustCompile("(?i)" + w.Subject)
	for _, l := range j.mails.to(to, j.number) {
		attached := slices.ContainsFunc(l.Attachments, func(f file) bool { return f.MediaType == w.Attachment })
		if subject.MatchString(l.Subject) && (w.Attachment == "" || attached) {
			found = append(found, l)
		}
	}
	return found
}

func (j *journey) mailedTwice() error {
	seen := map[string]bool{}
	for _, l := range j.mails.about(j.number) {
		id := fmt.Sprint(l.MessageID, l.to)
		if seen[id] && !j.clipped {
			return fmt.Errorf("mailed twice: %q to %v", l.Subject, l.to)
		}
		seen[id] = true
	}
	return nil
}
