package e2e

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"sync"

	"connex/casework"
)

// book is what people were told, kept by nobody but themselves. The system is judged by it: told yes, exactly one effect;
// told no, none; and no effect that nobody asked for.
type book struct {
	mu      sync.Mutex
	entries []*entry
}

// entry is one decision that somebody sent. Who has not been told anything by the end was let down.
type entry struct {
	task    task
	outcome string
	key     string
	told    int // status of the answer that settled it, 0 as long as there is none
	doubts  int // answers before it that told nothing
	later   bool
}

func (b *book) open(t task, outcome, key string) *entry {
	b.mu.Lock()
	defer b.mu.Unlock()
	e := &entry{task: t, outcome: outcome, key: key}
	b.entries = append(b.entries, e)
	return e
}

func (b *book) close(e *entry, a answer) {
	b.mu.Lock()
	defer b.mu.Unlock()
	e.told = a.status
}

// doubt notes an answer that told nobody anything.
func (b *book) doubt(e *entry) {
	b.mu.Lock()
	defer b.mu.Unlock()
	e.doubts++
}

// wait notes that somebody was told to look again later.
func (b *book) wait(e *entry) {
	b.mu.Lock()
	defer b.mu.Unlock()
	e.later = true
}

func (b *book) waits() (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range b.entries {
		if e.later {
			n++
		}
	}
	return n
}

func (b *book) doubts() (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range b.entries {
		n += e.doubts
	}
	return n
}

// decisions are those to which the system said yes.
func (b *book) decisions() (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range b.entries {
		if e.told == 200 {
			n++
		}
	}
	return n
}

func (j *journey) decisions() int { return j.book.decisions() }

// trailEntry is what the trail says.
type trailEntry struct {
	Seq      int
	What     string
	Task     *string
	TaskKind string
	Outcome  *string
	Actor    struct{ Role, Name, ID string }
	Hash     string
	PrevHash string
}

func (e trailEntry) outcome() string {
	if e.Outcome == nil {
		return ""
	}
	return *e.Outcome
}

// decision tells whether a person completed a task by it.
func (e trailEntry) decision() bool {
	_, kind := casework.KindOf(casework.TaskKind(e.What))
	return kind && e.Task != nil
}

// compare holds the trail against the book.
func (b *book) compare(trail []trailEntry) (wrong error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	effects := map[string][]trailEntry{}
	for _, e := range trail {
		if e.decision() {
			effects[*e.Task] = append(effects[*e.Task], e)
		}
	}
	yes := map[string]*entry{}
	for _, e := range b.entries {
		switch e.told {
		case 0:
			wrong = errors.Join(wrong, fmt.Errorf("nobody was told what became of %s %s", e.task.Kind, e.outcome))
		case 200:
			if yes[e.task.ID] != nil {
				wrong = errors.Join(wrong, fmt.Errorf("%s was told yes twice", e.task.Kind))
			}
			yes[e.task.ID] = e
		}
	}
	for id, e := range yes {
		wrong = errors.Join(wrong, once(e, effects[id]))
	}
	for id, found := range effects {
		if yes[id] == nil {
			wrong = errors.Join(wrong, fmt.Errorf("%s %s took effect, but nobody was told so", found[0].What, found[0].outcome()))
		}
	}
	return wrong
}

func once(e *entry, effects []trailEntry) error {
	if len(effects) != 1 {
		return fmt.Errorf("%s %s was told to be done, and took effect %d times", e.task.Kind, e.outcome, len(effects))
	}
	if found := effects[0]; found.What != e.task.Kind || found.outcome() != e.outcome {
		return fmt.Errorf("%s %s was told to be done, the trail has %s %s", e.task.Kind, e.outcome, found.What, found.outcome())
	}
	return nil
}

// trailOf reads the whole trail of a case, and sees that it is one chain.
func (s *system) trailOf(ctx context.Context, caseNumber string) (trail []trailEntry, err error) {
	auditor, err := s.staff(ctx, "auditor")
	if err != nil {
		return nil, err
	}
	for after := ""; ; {
		var page struct {
			Items []trailEntry
			Next  *string
		}
		if err := auditor.see(ctx, "/api/v1/requests/"+caseNumber+"/trail?limit=200&after="+url.QueryEscape(after), &page); err != nil {
			return nil, err
		}
		trail = append(trail, page.Items...)
		if page.Next == nil || *page.Next == "" {
			return trail, chained(trail)
		}
		after = *page.Next
	}
}

func chained(trail []trailEntry) error {
	for i, e := range trail {
		if e.Actor.Role == "" {
			return fmt.Errorf("entry %d (%s) names no actor", e.Seq, e.What)
		}
		if i > 0 && (e.Seq != trail[i-1].Seq+1 || e.PrevHash != trail[i-1].Hash) {
			return fmt.Errorf("entry %d does not follow entry %d", e.Seq, trail[i-1].Seq)
		}
	}
	return nil
}

// inOrder tells which of some entries, "what" or "what outcome", is not in its place.
func inOrder(trail []trailEntry, wanted []string) error {
	at := 0
	var all []string
	for _, e := range trail {
		all = append(all, e.What+" "+e.outcome())
		if at < len(wanted) && slices.Contains([]string{e.What, e.What + " " + e.outcome()}, wanted[at]) {
			at++
		}
	}
	if at < len(wanted) {
		return fmt.Errorf("the trail lacks %q in its place; it has %q", wanted[at], all)
	}
	return nil
}
