package e2e

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"connex/casework"
)

// journey is one request on its way through a scenario, carried by outside programs. It keeps a book of what they were
// told, and goes on while servers die under it.
type journey struct {
	*system
	scenario
	number  string // of the case
	contact string // address of the government's contact, unique for each journey
	roster  map[string]string
	book    *book
	clipped bool // servers were killed: SMTP may have delivered the same mail twice

	tasks map[string][]task // lists that were asked for in this round
}

// task is one as the JSON interface shows it.
type task struct {
	ID         string  `json:"id"`
	Kind       string  `json:"kind"`
	CaseNumber string  `json:"caseNumber"`
	Activity   *int    `json:"activity"`
	Blocked    *string `json:"blocked"`
	Form       *form   `json:"form"`

	code  string    // that was mailed for it
	asked time.Time // when one was first asked for: an answer that was lost is asked for again, and another code is not mailed
}

// request is what the journey looks at in one.
type request struct {
	Phase     string  `json:"phase"`
	Ending    *string `json:"ending"`
	Suspended bool    `json:"suspended"`
	Clock     struct {
		Today string `json:"today"`
	} `json:"clock"`
	Activities []struct {
		State casework.ActivityState `json:"state"`
	} `json:"activities"`
	OpenTasks     []task `json:"openTasks"`
	StandingTasks []task `json:"standingTasks"`
	Next          struct {
		When *time.Time `json:"when"`
	} `json:"next"`
}

// travel carries a request of this scenario to its end.
func (s *system) travel(ctx context.Context, told scenario) (*journey, error) {
	j, err := s.begin(ctx, told)
	if err != nil {
		return j, err
	}
	return j, j.goOn(ctx)
}

func (j *journey) goOn(ctx context.Context) error {
	for _, next := range j.Steps {
		if err := j.do(ctx, next); err != nil {
			return fmt.Errorf("%s: %w", j.number, err)
		}
	}
	if err := j.arrive(ctx); err != nil {
		return fmt.Errorf("%s: %w", j.number, err)
	}
	return nil
}

// begin expresses the first interest.
func (s *system) begin(ctx context.Context, told scenario) (*journey, error) {
	j := &journey{system: s, scenario: told, book: new(book), tasks: map[string][]task{}}
	body := map[string]any{}
	for name, value := range told.FirstInterest {
		body[name] = value
	}
	mark := uuid.NewString()
	if address, ok := body["contactEmail"].(string); ok {
		j.contact = strings.Replace(address, "@", "+"+mark[:8]+"@", 1)
		body["contactEmail"] = j.contact
	}
	var err error
	if j.roster, err = s.enterExperts(ctx, told.Experts); err != nil {
		return j, err
	}
	officer, err := s.staff(ctx, "officer")
	if err != nil {
		return j, err
	}
	a := patiently(ctx, func() answer { return officer.post(ctx, "/api/v1/first-interests", body, "Idempotency-Key", mark) })
	if a.status != http.StatusCreated {
		return j, fmt.Errorf("first interest: %s", a)
	}
	var made struct{ CaseNumber string }
	err = a.into(&made)
	j.number = made.CaseNumber
	return j, err
}

// rosterTurn: scenarios that start together share experts.
var rosterTurn sync.Mutex

// enterExperts gives roster IDs by address.
func (s *system) enterExperts(ctx context.Context, experts []map[string]any) (map[string]string, error) {
	rosterTurn.Lock()
	defer rosterTurn.Unlock()
	admin, err := s.staff(ctx, "admin")
	if err != nil {
		return nil, err
	}
	var known struct{ Items []struct{ ID, Email string } }
	if err := admin.see(ctx, "/api/v1/experts?limit=200", &known); err != nil {
		return nil, err
	}
	roster := map[string]string{}
	for _, e := range known.Items {
		roster[e.Email] = e.ID
	}
	for _, e := range experts {
		if address := fmt.Sprint(e["email"]); roster[address] == "" {
			a := admin.post(ctx, "/api/v1/experts", e)
			var made struct{ ID string }
			if err := a.into(&made); err != nil || a.status != http.StatusCreated {
				return nil, fmt.Errorf("expert %s: %s", address, a)
			}
			roster[address] = made.ID
		}
	}
	return roster, nil
}

// do does one step, or waits for what it expects.
func (j *journey) do(ctx context.Context, next step) error {
	switch {
	case next.Expect != nil:
		return j.until(ctx, next, fmt.Sprint(next.Expect), j.became)
	case next.Trail != nil:
		return j.until(ctx, next, fmt.Sprintf("the trail to hold %q", next.Trail), j.told)
	}
	who, found, err := j.await(ctx, next)
	if err != nil {
		return err
	}
	return j.complete(ctx, who, found, next)
}

// view is the request as the auditor sees it, who may see everything. Where nothing will ever happen to it, it is looked
// at again for a while: of the end of its last activity a request hears a moment later.
func (j *journey) view(ctx context.Context) (r request, err error) {
	auditor, err := j.staff(ctx, "auditor")
	if err != nil {
		return r, err
	}
	for begun := time.Now(); ; {
		r = request{}
		if err := auditor.see(ctx, "/api/v1/requests/"+j.number, &r); err != nil {
			return r, err
		}
		if err := r.forgotten(); err == nil || time.Since(begun) > hearsWithin {
			return r, err
		}
		if err := j.pause(ctx); err != nil {
			return r, err
		}
	}
}

// hearsWithin is longer than a killed worker holds a word up.
const hearsWithin = 20 * time.Second

// forgotten: nothing waits for ever unseen. An open request has an open task or a clock that will open one, its own or that
// of an activity which is not over.
func (r request) forgotten() error {
	for _, a := range r.Activities {
		if a.State != casework.ActivityEvaluated && a.State != casework.ActivityCancelled {
			return nil
		}
	}
	if r.Ending == nil && len(r.StandingTasks) > 0 && len(r.OpenTasks) == 0 && r.Next.When == nil {
		return fmt.Errorf("the request is open in phase %s, and nothing will ever happen to it", r.Phase)
	}
	return nil
}

// who is nil as long as nobody has written to them.
func (j *journey) who(ctx context.Context, name string) (*person, error) {
	if name == "government" {
		return j.linked(j.contact, j.number), nil
	}
	if address, expert := strings.CutPrefix(name, "expert:"); expert {
		return j.linked(address, j.number), nil
	}
	return j.staff(ctx, name)
}

// list is what a person has to do in this case, asked for once a round.
func (j *journey) list(ctx context.Context, p *person, standing bool) ([]task, error) {
	key := p.address + p.link + strconv.FormatBool(standing)
	if list, asked := j.tasks[key]; asked {
		return list, nil
	}
	list, err := j.ask(ctx, p, standing)
	j.tasks[key] = list
	return list, err
}

func (j *journey) ask(ctx context.Context, p *person, standing bool) ([]task, error) {
	if p.isLink() {
		var page struct{ Tasks, StandingTasks []task }
		err := p.see(ctx, p.api(), &page)
		if standing {
			return page.StandingTasks, err
		}
		return page.Tasks, err
	}
	path := "/api/v1/tasks?mine=true&limit=200&request=" + j.number
	if standing {
		path += "&standing=true"
	}
	var page struct{ Items []task }
	return page.Items, p.see(ctx, path, &page)
}

// find is the step's task, and who will complete it: its holder, or whoever tries it in their place.
func (j *journey) find(ctx context.Context, s step) (*person, *task, error) {
	holder := s.As
	if s.Of != "" {
		holder = s.Of
	}
	p, err := j.who(ctx, holder)
	if err != nil || p == nil {
		return nil, nil, err
	}
	list, err := j.list(ctx, p, s.Standing)
	if err != nil {
		return nil, nil, err
	}
	at := slices.IndexFunc(list, func(t task) bool { return j.meant(s, t) })
	if at < 0 {
		return nil, nil, nil
	}
	if s.Of != "" {
		p, err = j.who(ctx, s.As)
	}
	return p, &list[at], err
}

func (j *journey) meant(s step, t task) bool {
	return t.Kind == s.Kind && t.CaseNumber == j.number && (len(s.Status) > 0 || t.Blocked == nil) &&
		(s.Activity == nil || t.Activity != nil && *t.Activity == *s.Activity)
}

const (
	aWhile = 90 * time.Second       // for a step, unless the scenario says otherwise
	round  = 500 * time.Millisecond // between two looks
)

func seconds(own, all int, otherwise time.Duration) time.Duration {
	for _, n := range []int{own, all} {
		if n > 0 {
			return time.Duration(n) * time.Second
		}
	}
	return otherwise
}

// await waits for the step's task, doing meanwhile what the scenario does whenever it is asked.
func (j *journey) await(ctx context.Context, s step) (*person, *task, error) {
	until := time.Now().Add(seconds(s.Within, j.Within, aWhile))
	for {
		p, found, err := j.find(ctx, s)
		if err != nil || found != nil && p != nil {
			return p, found, err
		}
		if err := j.meanwhile(ctx, s); err != nil {
			return nil, nil, err
		}
		if time.Now().After(until) {
			return nil, nil, fmt.Errorf("no task %s for %s; %s", s.Kind, s.As, j.standing(ctx))
		}
		if err := j.pause(ctx); err != nil {
			return nil, nil, err
		}
	}
}

func (j *journey) pause(ctx context.Context) error {
	clear(j.tasks)
	select {
	case <-ctx.Done():
		return errors.Join(ctx.Err(), errors.New(j.standing(context.WithoutCancel(ctx))))
	case <-time.After(round):
		return nil
	}
}

// standing says where the request stands, for who reads a failure.
func (j *journey) standing(ctx context.Context) string {
	r, err := j.view(ctx)
	if err != nil {
		return err.Error()
	}
	var open []string
	for _, t := range r.OpenTasks {
		open = append(open, t.Kind)
	}
	ending := "none"
	if r.Ending != nil {
		ending = *r.Ending
	}
	return fmt.Sprintf("phase %s, ending %s, suspended %t, today %s, open: %s", r.Phase, ending, r.Suspended, r.Clock.Today, strings.Join(open, ", "))
}

// meanwhile does what the scenario does whenever it is asked, but leaves the next step's own task alone.
func (j *journey) meanwhile(ctx context.Context, next step) error {
	for _, rule := range j.Whenever {
		if next.Kind == rule.Kind && next.As == rule.As && (next.Activity == nil || rule.Activity == nil || *next.Activity == *rule.Activity) {
			continue
		}
		p, found, err := j.find(ctx, rule)
		if err == nil && found != nil && p != nil {
			err = j.complete(ctx, p, found, rule)
		}
		if gone := new(vanished); errors.As(err, &gone) {
			continue // a clock or somebody else was faster
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// until waits for what a step expects, and does meanwhile what is done whenever it is asked.
func (j *journey) until(ctx context.Context, s step, what string, come func(context.Context, step) (bool, error)) error {
	until := time.Now().Add(seconds(s.Within, 0, time.Minute))
	for {
		if there, err := come(ctx, s); err != nil || there {
			return err
		}
		if err := j.meanwhile(ctx, step{}); err != nil {
			return err
		}
		if time.Now().After(until) {
			return fmt.Errorf("expected %s; %s", what, j.standing(ctx))
		}
		if err := j.pause(ctx); err != nil {
			return err
		}
	}
}

// became: the request has the values that a step expects.
func (j *journey) became(ctx context.Context, s step) (bool, error) {
	auditor, err := j.staff(ctx, "auditor")
	if err != nil {
		return false, err
	}
	var view map[string]any
	err = auditor.see(ctx, "/api/v1/requests/"+j.number, &view)
	return matches(view, s.Expect), err
}

// told: the trail holds by now what a step expects; an activity, for one, hears of some things a moment later.
func (j *journey) told(ctx context.Context, s step) (bool, error) {
	trail, err := j.trailOf(ctx, j.number)
	return err == nil && inOrder(trail, s.Trail) == nil, err
}

func matches(view, wanted map[string]any) bool {
	for name, value := range wanted {
		if view[name] != value {
			return false
		}
	}
	return true
}
