package e2e

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

// requestUpTo carries a request through a scenario until it waits for a step of this kind.
func (s *system) requestUpTo(t testing.TB, name, kind string) *journey {
	t.Helper()
	told, err := readScenario(name)
	if err != nil {
		t.Fatal(err)
	}
	j, err := s.begin(t.Context(), told)
	if err != nil {
		t.Fatal(err)
	}
	j.restsAfter(t)
	for _, next := range told.Steps {
		if next.Kind == kind {
			return j
		}
		if err := j.do(t.Context(), next); err != nil {
			t.Fatalf("%s: %v", j.number, err)
		}
	}
	t.Fatalf("scenario %s has no step %s", name, kind)
	return nil
}

// restsAfter suspends the request after the test, if it can be: whatever waits in it would be reminded of every few seconds.
func (j *journey) restsAfter(t testing.TB) {
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), 20*time.Second)
		defer cancel()
		head, err := j.staff(ctx, "head")
		if err != nil {
			return
		}
		var now request
		_ = head.see(ctx, "/api/v1/requests/"+j.number, &now) // whoever took the system down has nothing to suspend
		for _, task := range now.StandingTasks {
			if task.Kind == "suspend" {
				complete(ctx, head, task.ID, uuid.NewString(), map[string]any{"outcome": "suspend", "reason": "The test is over."})
			}
		}
	})
}

// waiting is a task that a person finds waiting, and the form as they would send it.
func (j *journey) waiting(t testing.TB, as, kind string, said map[string]any) (*person, *task, map[string]any) {
	t.Helper()
	p, found, err := j.await(t.Context(), step{As: as, Kind: kind})
	if err != nil {
		t.Fatal(err)
	}
	filled, err := j.fill(t.Context(), p, found, said)
	if err != nil {
		t.Fatal(err)
	}
	return p, found, filled
}

// done is what people have done in a case so far: what clocks and mails do goes on by itself.
func (j *journey) done(t testing.TB) (done []string) {
	t.Helper()
	trail, err := j.trailOf(t.Context(), j.number)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range trail {
		if !slices.Contains([]string{"clock", "mail"}, e.Actor.Role) && !strings.HasPrefix(e.What, "mail-") {
			done = append(done, e.What+" "+e.outcome())
		}
	}
	return done
}

// with is a form with one thing changed.
func with(filled map[string]any, name string, value any) map[string]any {
	changed := map[string]any{}
	for n, v := range filled {
		changed[n] = v
	}
	changed[name] = value
	return changed
}

func lacking(filled map[string]any, name string) map[string]any {
	changed := with(filled, name, nil)
	delete(changed, name)
	return changed
}

// Forms that say too little, too much or nonsense: 422, each wrong field by name with a sentence, and nothing changes.
func TestAbsurdFormsAreRefused(t *testing.T) {
	inTurn(t)
	j := theSystem(t).requestUpTo(t, "declined", "check-human-rights")
	p, found, good := j.waiting(t, "reviewer", "check-human-rights", map[string]any{"outcome": "proceed", "rating": "low"})
	question := firstQuestion(t, found, j, p)
	before := j.done(t)
	for name, attempt := range map[string]struct {
		form  map[string]any
		field string
	}{
		"nothing at all":              {map[string]any{}, "outcome"},
		"no outcome":                  {lacking(good, "outcome"), "outcome"},
		"no rating":                   {lacking(good, "rating"), "rating"},
		"no answer to a question":     {lacking(good, question), question},
		"an unknown field":            {with(good, "isAdmin", true), "isAdmin"},
		"a field of another form":     {with(good, "signatory", "Me"), "signatory"},
		"an unknown outcome":          {with(good, "outcome", "approve"), "outcome"},
		"several outcomes":            {with(good, "outcome", []string{"proceed", "advise-against"}), "outcome"},
		"a number for a choice":       {with(good, "rating", 3), "rating"},
		"an object for a choice":      {with(good, "rating", map[string]any{"$ne": ""}), "rating"},
		"an unknown rating":           {with(good, "rating", "none"), "rating"},
		"a proceeding high rating":    {with(good, "rating", "high"), "outcome"},
		"no mitigation":               {with(good, "outcome", "proceed-with-conditions"), "mitigation"},
		"a novel":                     {with(with(good, "outcome", "advise-against"), "mitigation", strings.Repeat("risk ", 10_000)), "mitigation"},
		"a text that is no text":      {with(with(good, "outcome", "advise-against"), "mitigation", []any{map[string]any{}}), "mitigation"},
		"an answer that is no answer": {with(good, question, "'; DROP TABLE actions; --"), question},
	} {
		t.Run(name, func(t *testing.T) {
			a := p.post(t.Context(), "/api/v1/tasks/"+found.ID+"/complete", map[string]any{"form": attempt.form}, "Idempotency-Key", uuid.NewString())
			if a.status != 422 || a.problem().Fields[attempt.field] == "" {
				t.Errorf("want 422 with a sentence for %s, got %s", attempt.field, a)
			}
		})
	}
	j.unchanged(t, before)
}

// What is wrong between fields, or names what is not there or of another case.
func TestNonsenseBetweenFieldsIsRefused(t *testing.T) {
	inTurn(t)
	j := theSystem(t).requestUpTo(t, "replaced", "propose-support")
	p, found, good := j.waiting(t, "officer", "propose-support", j.stepOf("propose-support").Form)
	expert := j.roster["pita.lima@experts.example"]
	before := j.done(t)
	plan := func(change string, to any) map[string]any {
		one := map[string]any{"title": "Advice", "form": "advice", "stage": "during", "experts": []string{expert}, "start": "2027-01-04", "end": "2027-02-01", "deliverable": "An opinion"}
		return with(good, "activities", []any{with(one, change, to)})
	}
	for name, attempt := range map[string]map[string]any{
		"nobody on the roster":         with(good, "experts", []string{uuid.NewString()}),
		"no expert at all":             with(good, "experts", []string{}),
		"an expert who is none":        with(good, "experts", []any{map[string]any{"id": expert}}),
		"an activity's stranger":       plan("experts", []string{uuid.NewString()}),
		"an activity without experts":  plan("experts", []string{}),
		"an end before its start":      plan("end", "2026-12-31"),
		"a day that there is not":      plan("start", "2027-02-30"),
		"a date that is none":          plan("start", "soon"),
		"check-ins every minus 3 days": plan("checkInEveryDays", -3),
		"an unknown form of support":   plan("form", "money"),
		"a field of no activity":       plan("budget", 1_000_000),
		"too many activities":          with(good, "activities", slices.Repeat([]any{plan("title", "Advice")["activities"].([]any)[0]}, 60)),
		"neither activity nor mission": with(with(good, "activities", []any{}), "scopingMission", false),
	} {
		t.Run(name, func(t *testing.T) {
			a := complete(t.Context(), p, found.ID, uuid.NewString(), attempt)
			if a.status != 422 || len(a.problem().Fields) == 0 {
				t.Errorf("want 422 with a sentence for a field, got %s", a)
			}
		})
	}
	j.unchanged(t, before)
}

// A letter is a document of this very case, and not from the future.
func TestALetterThatIsNone(t *testing.T) {
	inTurn(t)
	s := theSystem(t)
	other := s.requestUpTo(t, "lapsed", "prepare-request-letter")
	elsewhere, err := s.as(t, "officer").upload(t.Context(), other.number, "a letter of others")
	if err != nil {
		t.Fatal(err)
	}
	j := s.requestUpTo(t, "declined", "submit-request-letter")
	p, found, good := j.waiting(t, "government", "submit-request-letter", j.stepOf("submit-request-letter").Form)
	before := j.done(t)
	for name, attempt := range map[string]map[string]any{
		"a document of another case":      with(good, "letterDocument", elsewhere),
		"a document that there is not":    with(good, "letterDocument", uuid.NewString()),
		"a letter from the future":        with(good, "letterDate", "2099-01-01"),
		"an end of need before its start": with(with(good, "neededFrom", "2027-05-01"), "neededUntil", "2027-04-01"),
	} {
		if a := complete(t.Context(), p, found.ID, uuid.NewString(), attempt); a.status != 422 || len(a.problem().Fields) == 0 {
			t.Errorf("%s: want 422 with a sentence for a field, got %s", name, a)
		}
	}
	for name, code := range map[string]string{"a wrong code": "000000", "a code that is none": "let me in"} {
		a := p.post(t.Context(), p.api()+"/tasks/"+found.ID+"/complete", map[string]any{"form": good}, "Idempotency-Key", uuid.NewString(), "Confirmation-Code", code)
		if a.status != 428 || !strings.HasSuffix(a.problem().Type, "confirmation-required") {
			t.Errorf("%s: want 428, got %s", name, a)
		}
	}
	j.unchanged(t, before)
}

// stepOf is the scenario's first step of a kind.
func (j *journey) stepOf(kind string) step {
	return j.Steps[slices.IndexFunc(j.Steps, func(s step) bool { return s.Kind == kind })]
}

// firstQuestion is a required one of the check's questionnaire.
func firstQuestion(t testing.TB, found *task, j *journey, p *person) string {
	t.Helper()
	shown, err := j.formOf(t.Context(), p, found)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range shown.Fields {
		if f.Required && f.Type == "choice" && f.Name != "outcome" && f.Name != "rating" {
			return f.Name
		}
	}
	t.Fatal("the check asks nothing")
	return ""
}

func (j *journey) unchanged(t testing.TB, before []string) {
	t.Helper()
	if after := j.done(t); !slices.Equal(before, after) {
		t.Errorf("what was refused left a trace:\n%q before\n%q after", before, after)
	}
}

// What is no form at all, and who may not even know of the case.
func TestAttemptsOnTasksOfOthers(t *testing.T) {
	inTurn(t)
	s := theSystem(t)
	j := s.requestUpTo(t, "declined", "check-human-rights")
	other := s.requestUpTo(t, "withdrawn", "check-human-rights")
	reviewer, found, good := j.waiting(t, "reviewer", "check-human-rights", map[string]any{"outcome": "proceed", "rating": "low"})
	stranger := &person{base: s.base}
	noLink := &person{base: s.base, link: "/p/" + strings.Repeat("A", 43)}
	before := j.done(t)
	for name, attempt := range map[string]struct {
		who    *person
		task   string
		body   any
		key    string
		wanted []int
	}{
		"nobody":                     {stranger, found.ID, nil, "", []int{401}},
		"a link that there is not":   {noLink, found.ID, nil, "", []int{404}},
		"another case's government":  {s.linked(other.contact, other.number), found.ID, nil, "", []int{404}},
		"this case's government":     {s.linked(j.contact, j.number), found.ID, nil, "", []int{403, 404}},
		"a case officer":             {s.as(t, "officer"), found.ID, nil, "", []int{403}},
		"another case officer":       {s.as(t, "officer2"), found.ID, nil, "", []int{403}},
		"the auditor":                {s.as(t, "auditor"), found.ID, nil, "", []int{403}},
		"the administrator":          {s.as(t, "admin"), found.ID, nil, "", []int{404}},
		"a task that there is not":   {reviewer, uuid.NewString(), nil, "", []int{404}},
		"a task that is no task":     {reviewer, "1;DROP TABLE tasks", nil, "", []int{404}},
		"no key":                     {reviewer, found.ID, nil, "none", []int{400, 422}},
		"a key that is none":         {reviewer, found.ID, nil, "again", []int{400, 422}},
		"a body that is a list":      {reviewer, found.ID, []int{1}, "", []int{400, 422}},
		"a body with something else": {reviewer, found.ID, map[string]any{"form": good, "actor": "head"}, "", []int{400, 422}},
		"a form that is a text":      {reviewer, found.ID, map[string]any{"form": "proceed"}, "", []int{400, 422}},
	} {
		t.Run(name, func(t *testing.T) {
			wantRefused(t, attempt.who, attempt.task, attempt.key, or(attempt.body, map[string]any{"form": good}), attempt.wanted)
		})
	}
	j.unchanged(t, before)
}

func or(body, otherwise any) any {
	if body == nil {
		return otherwise
	}
	return body
}

func wantRefused(t *testing.T, who *person, id, key string, body any, wanted []int) {
	t.Helper()
	headers := []string{"Idempotency-Key", key}
	switch key {
	case "":
		headers[1] = uuid.NewString()
	case "none":
		headers = nil
	}
	a := who.post(t.Context(), who.api()+"/tasks/"+strings.ReplaceAll(id, " ", "%20")+"/complete", body, headers...)
	if err := wantStatus("an attempt", a, wanted); err != nil {
		t.Error(err)
	}
}

// The same key is the same decision, whoever else wants to be it.
func TestAKeyIsOneDecision(t *testing.T) {
	inTurn(t)
	j := theSystem(t).requestUpTo(t, "declined", "check-human-rights")
	p, found, good := j.waiting(t, "reviewer", "check-human-rights", map[string]any{"outcome": "proceed", "rating": "low"})
	_, second, alike := j.waiting(t, "reviewer", "check-environment", map[string]any{"outcome": "proceed", "rating": "low"})
	key, ctx := uuid.NewString(), t.Context()
	if a := complete(ctx, p, found.ID, key, good); a.status != 200 && a.status != 202 {
		t.Fatalf("the decision itself: %s", a)
	}
	before := j.done(t)
	for name, a := range map[string]answer{
		"another form":  complete(ctx, p, found.ID, key, with(good, "rating", "medium")),
		"another task":  complete(ctx, p, second.ID, key, alike),
		"another actor": complete(ctx, j.as(t, "reviewer2"), second.ID, key, with(alike, "outcome", "nonsense")),
	} {
		if a.status != 422 {
			t.Errorf("%s under the same key: want 422, got %s", name, a)
		}
	}
	if a := complete(ctx, p, found.ID, key, good); a.status != 200 {
		t.Errorf("the same again: want 200, got %s", a)
	}
	if a := complete(ctx, p, found.ID, uuid.NewString(), good); a.status != 409 || a.problem().Detail == "" {
		t.Errorf("done twice: want 409 with a sentence, got %s", a)
	}
	j.unchanged(t, before)
}

func complete(ctx context.Context, p *person, id, key string, filled map[string]any) answer {
	return p.post(ctx, fmt.Sprintf("%s/tasks/%s/complete", p.api(), id), map[string]any{"form": filled}, "Idempotency-Key", key)
}

// taken is what became of a decision that was on its way for a while.
func (j *journey) taken(t testing.TB, p *person, a answer) answer {
	t.Helper()
	if a.status != http.StatusAccepted {
		return a
	}
	a, err := j.applied(t.Context(), p, a)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// A task of a phase that is over, and anything at all after the end.
func TestDecisionsOutOfPhase(t *testing.T) {
	inTurn(t)
	j := theSystem(t).requestUpTo(t, "withdrawn", "withdraw")
	reviewer, check, good := j.waiting(t, "reviewer2", "check-conflict", map[string]any{"outcome": "proceed", "rating": "low"})
	head, suspend, err := j.await(t.Context(), step{As: "head", Kind: "suspend", Standing: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := j.do(t.Context(), j.stepOf("withdraw")); err != nil {
		t.Fatal(err)
	}
	before := j.done(t)
	for name, a := range map[string]answer{
		"a check after the end":      complete(t.Context(), reviewer, check.ID, uuid.NewString(), good),
		"suspending after the end":   complete(t.Context(), head, suspend.ID, uuid.NewString(), map[string]any{"outcome": "suspend", "reason": "Late."}),
		"a bad form after the end":   complete(t.Context(), reviewer, check.ID, uuid.NewString(), map[string]any{"outcome": "nonsense"}),
		"reassigning what was ended": head.post(t.Context(), "/api/v1/tasks/"+check.ID+"/reassign", map[string]any{"to": "reviewer@connex.test", "reason": "Late."}, "Idempotency-Key", uuid.NewString()),
	} {
		if a.status != 409 || a.problem().Detail == "" {
			t.Errorf("%s: want 409 with a sentence, got %s", name, a)
		}
	}
	j.unchanged(t, before)
}
