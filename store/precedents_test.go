package store_test

import (
	"errors"
	"testing"

	"connex/casework"
	"connex/store"
)

// hasScope is a case of these facts in which scope and content were noted.
func (r room) hasScope(officer store.Person, country, sector, resource, scope string) request {
	r.t.Helper()
	c := r.aRequest()
	_, err := c.DB().ExecContext(r.t.Context(), `UPDATE requests SET country = $2, sector = $3, resource = $4, institution = $5 WHERE case_number = $1`,
		c.number, country, sector, resource, "Ministry of "+resource)
	c.must(err)
	discuss := c.aTask(casework.DiscussScope, officer.ID)
	c.asks(discuss)
	c.applied(c.transition(completing(c.does(officer, discuss, casework.Proceed, casework.Values{"scope": scope}))))
	return c
}

func TestPrecedents(t *testing.T) {
	r := aRoom(t)
	officer, recused, barred := r.officer(), r.staff("recused", casework.BoardMember, casework.CaseOfficer), r.staff("barred", casework.CaseOfficer)
	country, void := r.hasScope(officer, "NA", "oil", "crude-oil", "A"), r.hasScope(officer, "NA", "mining", "lithium", "B")
	all, resource := r.hasScope(officer, "NA", "mining", "lithium", "C"), r.hasScope(officer, "ZM", "mining", "lithium", "D")
	nothing, hidden := r.aRequest(), r.hasScope(officer, "GN", "gas", "natural-gas", "E")
	ask := nothing.aTask(casework.DiscussScope, officer.ID)
	nothing.asks(ask)
	void.applied(void.transition(ending(casework.Void)))
	hidden.applied(hidden.transition(func(t *casework.Transition) {
		t.Request.Recused, t.Request.Conflicts = []casework.PersonID{recused.ID}, []casework.PersonID{recused.ID, barred.ID}
	}))
	_, err := r.DB().ExecContext(t.Context(), `UPDATE requests SET country = 'NA', sector = 'mining', resource = 'lithium' WHERE case_number = $1`, nothing.number)
	r.must(err)
	task, err := nothing.Task(t.Context(), officer, ask.ID)
	r.must(err)

	found := func(p store.Person, text string, most int) (numbers []casework.CaseNumber) {
		t.Helper()
		list, err := r.Precedents(t.Context(), p, task, text, most)
		r.must(err)
		for _, one := range list {
			numbers = append(numbers, one.CaseNumber)
		}
		return numbers
	}
	same(t, "the most alike first", found(officer, "", 10), []casework.CaseNumber{all.number, resource.number, country.number, hidden.number})
	same(t, "two of them", found(officer, "", 2), []casework.CaseNumber{all.number, resource.number})
	same(t, "by a word", found(officer, "ministry zambia", 10), []casework.CaseNumber{resource.number})
	for _, p := range []store.Person{recused, barred} {
		same(t, "for "+p.Name, found(p, "", 10), []casework.CaseNumber{all.number, resource.number, country.number})
		if _, _, err := r.Precedent(t.Context(), p, task, hidden.number); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s looks into a case with a conflict: %v", p.Name, err)
		}
	}
	for _, n := range []casework.CaseNumber{void.number, nothing.number, "CNX-1999-0001"} {
		if _, _, err := r.Precedent(t.Context(), officer, task, n); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s is an example: %v", n, err)
		}
	}
	request, written, err := r.Precedent(t.Context(), officer, task, resource.number)
	if err != nil || request.Country != "ZM" || len(written) != 1 || written[0].Form.String("scope") != "D" {
		t.Errorf("the example is %s with %v, %v", request.CaseNumber, written, err)
	}
}

func TestADraftKnowsWhatWasTakenOver(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, scope := c.officer(), c.aTask(casework.DiscussScope)
	c.asks(scope)
	taken := casework.TakenFrom("CNX-2026-0099", nil, casework.Values{"scope": "Fiscal terms"}, []string{"Guinea"})
	take := func(mark string, form casework.Values, note *casework.Taken) error {
		return c.TakeOver(t.Context(), officer, scope.ID, mark, form, note)
	}
	kept := func() store.Unfinished {
		t.Helper()
		draft, err := c.Draft(t.Context(), officer, scope.ID)
		c.must(err)
		return draft
	}
	c.must(take("", casework.Values{"scope": "Fiscal terms"}, &taken))
	first := kept()
	same(t, "what was taken over", *first.Taken, taken)
	if err := take("", casework.Values{"scope": "Something else"}, &taken); !errors.Is(err, store.ErrNewerDraft) {
		t.Errorf("over what is kept: %v", err)
	}
	same(t, "the draft", kept().Form, casework.Values{"scope": "Fiscal terms"})
	second, err := c.SaveDraft(t.Context(), officer, scope.ID, first.Mark, casework.Values{"scope": "Fiscal terms, and more"})
	c.must(err)
	same(t, "what was taken over, after work on it", *kept().Taken, taken)
	c.must(take(second, casework.Values{"scope": "Mine"}, nil))
	if now := kept(); now.Taken != nil || now.Form.String("scope") != "Mine" {
		t.Errorf("given back, the draft is %v, from %v", now.Form, now.Taken)
	}
	c.applied(c.transition(completing(c.does(officer, scope, casework.Proceed, casework.Values{"scope": "Mine"}))))
	if err := take("", casework.Values{}, nil); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("for a task that is done: %v", err)
	}
}
