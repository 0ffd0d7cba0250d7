package store_test

import (
	"slices"
	"testing"
	"time"

	"connex/casework"
	"connex/store"
)

// allTasks walks all pages of a list.
func (r room) allTasks(p store.Person, f store.TaskFilter) (tasks []store.Task) {
	r.t.Helper()
	for {
		page, err := r.Tasks(r.t.Context(), p, f)
		r.must(err)
		tasks = append(tasks, page.Items...)
		if f.After = page.Next; f.After == "" {
			return tasks
		}
	}
}

func kindsOf(tasks []store.Task) (kinds []casework.TaskKind) {
	for _, t := range tasks {
		kinds = append(kinds, t.Kind)
	}
	return kinds
}

func TestWhatWaitsForWhom(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, reviewer, auditor := c.officer(), c.staff("reviewer", casework.Reviewer), c.staff("auditor", casework.Auditor)
	other := c.staff("officer2", casework.CaseOfficer)
	taken := c.aTask(casework.CheckConflict, c.staff("reviewer2", casework.Reviewer).ID)
	c.asks(c.aTask(casework.DiscussScope, officer.ID), c.aTask(casework.CheckHumanRights), taken, c.aTask(casework.ProvideInformation),
		c.aTask(casework.DeclareConflict), c.aTask(casework.PlanActivity, officer.ID), c.aTask(casework.Withdraw))
	for name, tt := range map[string]struct {
		p    store.Person
		f    store.TaskFilter
		want []casework.TaskKind
	}{
		"mine":                           {officer, store.TaskFilter{Mine: true}, []casework.TaskKind{casework.DiscussScope}},
		"another officer's":              {other, store.TaskFilter{Mine: true}, nil},
		"a role's, but what was taken":   {reviewer, store.TaskFilter{Mine: true}, []casework.TaskKind{casework.CheckHumanRights}},
		"what an officer may do anytime": {officer, store.TaskFilter{Mine: true, Standing: true}, []casework.TaskKind{casework.DeclareConflict, casework.PlanActivity}},
		"what all staff may do anytime":  {reviewer, store.TaskFilter{Mine: true, Standing: true}, []casework.TaskKind{casework.DeclareConflict}},
		"an auditor does nothing":        {auditor, store.TaskFilter{Mine: true, Standing: true}, nil},
		"an auditor reads what waits": {auditor, store.TaskFilter{Case: c.number}, []casework.TaskKind{casework.CheckConflict, casework.CheckHumanRights,
			casework.DiscussScope, casework.ProvideInformation}},
		"of another case": {auditor, store.TaskFilter{Case: "CNX-2026-0099"}, nil},
	} {
		got := kindsOf(c.allTasks(tt.p, tt.f))
		slices.Sort(got)
		same(t, name, got, tt.want)
	}
}

func TestListsGoOnWhereTheyEnded(t *testing.T) {
	r := aRoom(t)
	officer := r.officer()
	for range 7 {
		c := r.aRequest()
		c.asks(c.aTask(casework.AssessEligibility), c.aTask(casework.Withdraw), c.aTask(casework.SubmitRequestLetter))
	}
	tasks := r.allTasks(officer, store.TaskFilter{Limit: 3})
	seen := map[casework.TaskID]bool{}
	for i, task := range tasks {
		seen[task.ID] = true
		if i > 0 && task.DueRealAt != nil && (tasks[i-1].DueRealAt == nil || tasks[i-1].DueRealAt.After(*task.DueRealAt)) {
			t.Errorf("%s is due before the one above it", task.Kind)
		}
	}
	if len(seen) != 14 || len(tasks) != 14 {
		t.Errorf("%d pages' tasks, %d of them different, want 14", len(tasks), len(seen))
	}
	var numbers []casework.CaseNumber
	for after := ""; ; {
		page, err := r.Requests(t.Context(), officer, store.PortfolioFilter{Limit: 2, After: after})
		r.must(err)
		for _, line := range page.Items {
			numbers = append(numbers, line.CaseNumber)
		}
		if after = page.Next; after == "" {
			break
		}
	}
	same(t, "the newest first", numbers, []casework.CaseNumber{"CNX-2026-0007", "CNX-2026-0006", "CNX-2026-0005", "CNX-2026-0004", "CNX-2026-0003", "CNX-2026-0002", "CNX-2026-0001"})
	for _, nonsense := range []string{"x", "eA", "AAAA"} {
		if _, err := r.Tasks(t.Context(), officer, store.TaskFilter{After: nonsense}); err != nil {
			t.Errorf("after=%s: %v", nonsense, err)
		}
		if _, err := r.Requests(t.Context(), officer, store.PortfolioFilter{After: nonsense}); err != nil {
			t.Errorf("after=%s: %v", nonsense, err)
		}
	}
}

func TestThePortfolioIsFiltered(t *testing.T) {
	r := aRoom(t)
	officer := r.officer()
	plain, run := r.aRequest(), r.aRequest(func(t *casework.Transition) { t.Request.Officer = officer.ID })
	run.asks(run.aTask(casework.AssessEligibility)) // due in March 2026, and in real time
	plain.applied(plain.transition(ending(casework.AnsweredEnd)))
	yes, no := true, false
	for name, tt := range map[string]struct {
		f    store.PortfolioFilter
		want int
	}{
		"all":                {store.PortfolioFilter{}, 2},
		"in a phase":         {store.PortfolioFilter{Phase: casework.DueDiligence}, 0},
		"of a country":       {store.PortfolioFilter{Country: "NA"}, 2},
		"an officer's":       {store.PortfolioFilter{Officer: officer.Email}, 1},
		"waiting for a role": {store.PortfolioFilter{WaitingFor: "case_officer"}, 1},
		"waiting for a task": {store.PortfolioFilter{WaitingFor: "assess-eligibility"}, 1},
		"overdue":            {store.PortfolioFilter{Overdue: &yes}, overdue(run)},
		"over":               {store.PortfolioFilter{Ended: &yes}, 1},
		"going on":           {store.PortfolioFilter{Ended: &no}, 1},
		"with words":         {store.PortfolioFilter{Text: "LITHIUM"}, 2},
		"no wildcards":       {store.PortfolioFilter{Text: "lith%m"}, 0},
	} {
		page, err := r.Requests(t.Context(), officer, tt.f)
		r.must(err)
		if len(page.Items) != tt.want {
			t.Errorf("%s: %d requests, want %d", name, len(page.Items), tt.want)
		}
	}
}

// overdue is 1 once the real time is past March 2026.
func overdue(c request) int {
	if time.Now().After(c.aTask(casework.AssessEligibility).Clock.Due) {
		return 1
	}
	return 0
}

func TestClocksStandStillWhileARequestIsSuspended(t *testing.T) {
	c := aRoom(t).aRequest()
	task := c.aTask(casework.AssessEligibility)
	task.Clock.Due = time.Now().Add(time.Hour)
	c.asks(task)
	yes := true
	c.applied(c.transition(func(t *casework.Transition) { t.Request.Suspended = &yes }))
	_, err := c.DB().ExecContext(t.Context(), `UPDATE requests SET suspended_real_at = now() - interval '3 hours'; UPDATE tasks SET due_real_at = now() - interval '2 hours'`)
	c.must(err)
	if got, err := c.Task(t.Context(), c.officer(), task.ID); err != nil || got.Overdue {
		t.Errorf("overdue while suspended: %t, %v", got.Overdue, err)
	}
	_, err = c.DB().ExecContext(t.Context(), `UPDATE requests SET suspended = false, suspended_real_at = NULL`)
	c.must(err)
	if got, err := c.Task(t.Context(), c.officer(), task.ID); err != nil || !got.Overdue {
		t.Errorf("overdue once it goes on: %t, %v", got.Overdue, err)
	}
}

func TestWhoIsBarredIsTold(t *testing.T) {
	c := aRoom(t).aRequest()
	both := c.staff("board3", casework.BoardMember, casework.Reviewer)
	check, vote := c.aTask(casework.CheckHumanRights), c.aTask(casework.CastVote, both.ID)
	c.asks(check, vote)
	task, err := c.Task(t.Context(), both, vote.ID)
	c.must(err)
	same(t, "before", task.Blocked(), nil)
	c.applied(c.transition(completing(c.does(both, check, casework.Proceed, casework.Values{"rating": "low"}))))
	task, err = c.Task(t.Context(), both, vote.ID)
	c.must(err)
	if refusal := task.Blocked(); refusal == nil || refusal.Rule != casework.RuleDuties {
		t.Errorf("after a check: %v", refusal)
	}
	c.applied(c.transition(func(t *casework.Transition) { t.Request.Conflicts = []casework.PersonID{both.ID} }))
	task, err = c.Task(t.Context(), both, vote.ID)
	c.must(err)
	if refusal := task.Blocked(); refusal == nil || refusal.Rule != casework.RuleConflict {
		t.Errorf("after declaring a conflict: %v", refusal)
	}
}

func TestATaskIsGivenToWhoMayDoIt(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, checked := c.officer(), c.staff("head", casework.Head, casework.CaseOfficer)
	c.staff("reviewer", casework.Reviewer)
	check, scope := c.aTask(casework.CheckIntegrity), c.aTask(casework.DiscussScope, officer.ID)
	c.asks(check, scope)
	offers := func(want ...string) {
		t.Helper()
		task, err := c.Task(t.Context(), officer, scope.ID)
		c.must(err)
		receivers, err := c.Receivers(t.Context(), officer, task)
		c.must(err)
		var got []string
		for _, a := range receivers {
			got = append(got, a.Name)
		}
		same(t, "offered", got, want)
	}
	offers(checked.Name, officer.Name)
	_, err := c.DB().ExecContext(t.Context(), `UPDATE requests SET phase = 'due-diligence'`)
	c.must(err)
	offers(checked.Name, officer.Name)
	sign := c.aTask(casework.CounterSignRating)
	c.asks(sign)
	c.applied(c.transition(completing(c.does(checked, sign, casework.Agree, nil))))
	offers(officer.Name)
	c.applied(c.transition(func(t *casework.Transition) { t.Request.Conflicts = []casework.PersonID{officer.ID} }))
	offers()
}

func TestTheReportCountsWhatWasDone(t *testing.T) {
	c := aRoom(t).aRequest()
	officer, evaluator := c.officer(), c.staff("evaluator", casework.Evaluator)
	checkIn, evaluation := c.aTask(casework.CheckIn, officer.ID), c.aTask(casework.ClosingEvaluation)
	c.asks(checkIn, evaluation)
	c.applied(c.transition(completing(c.does(officer, checkIn, casework.OnTrack, casework.Values{"daysSpent": 2.5}))))
	c.applied(c.transition(completing(c.does(evaluator, evaluation, casework.Written, casework.Values{"scores": map[string]any{"relevance": 1.0, "impact": 2.0, "coherence": nil}}))))
	rows, err := c.PortfolioReport(t.Context(), officer, "2026-03-01", "2026-03-02")
	c.must(err)
	if len(rows) != 1 || rows[0].DaysSpent != 2.5 || rows[0].AverageScore == nil || *rows[0].AverageScore != 1.5 {
		t.Errorf("the report: %+v", rows)
	}
	if rows, err = c.PortfolioReport(t.Context(), officer, "2026-03-03", ""); err != nil || len(rows) != 0 {
		t.Errorf("from the day after: %v, %v", rows, err)
	}
}

// A week is counted from the same rows as a period is.
func TestAWeekIsCountedAsAPeriodIs(t *testing.T) {
	r := aRoom(t)
	officer, recused := r.officer(), r.staff("recused", casework.BoardMember)
	enters := func(phase casework.Phase) func(*casework.Transition) {
		return func(t *casework.Transition) {
			t.Request.Phase = phase
			t.Entries = append(t.Entries, casework.Entry{What: casework.TrailPhaseEntered, Outcome: string(phase)})
		}
	}
	first, second, third := r.aRequest(enters(casework.FirstInterest)), r.aRequest(enters(casework.FirstInterest)), r.aRequest(enters(casework.FirstInterest))
	first.approved()
	first.applied(first.transition(enters(casework.Implementation), func(t *casework.Transition) {
		t.Activities = []casework.ActivityChange{{Number: 1, State: casework.ActivityRunning}, {Number: 2, State: casework.ActivityPlanned}}
	}))
	second.applied(second.transition(enters(casework.DueDiligence)))
	second.applied(second.transition(enters(casework.Closing), func(t *casework.Transition) { t.At = t.At.AddDate(0, 0, 14) }))
	third.applied(third.transition(func(t *casework.Transition) { t.Request.Recused = []casework.PersonID{recused.ID} }))
	third.applied(third.transition(ending(casework.Withdrawn)))

	week, _ := casework.WeekOf("2026-03-02")
	tell := func(p store.Person, week casework.Week) casework.Weekly {
		t.Helper()
		counted, err := r.WeeklyReport(t.Context(), p, week.Sunday())
		r.must(err)
		return casework.WeeklyOf(week, counted)
	}
	stands := func(told casework.Weekly) map[casework.Phase]int {
		n := map[casework.Phase]int{}
		for _, c := range told.Standing {
			if c.N > 0 {
				n[c.Of] = c.N
			}
		}
		return n
	}
	now, then := tell(officer, week.Add(3)), tell(officer, week)
	rows, err := r.PortfolioReport(t.Context(), officer, week.Monday(), week.Sunday())
	r.must(err)
	open, ended := map[casework.Phase]int{}, 0
	for _, row := range rows {
		if row.Ending == "" {
			open[row.Phase]++
		} else {
			ended++
		}
	}
	same(t, "what came in and ended", []int{then.Came, then.Ended}, []int{len(rows), ended})
	same(t, "where they stand now", stands(now), open)
	same(t, "where they stood then", stands(then), map[casework.Phase]int{casework.Implementation: 1, casework.DueDiligence: 1})
	same(t, "activities", []int{then.Running, then.Finished, now.Running, now.Finished}, []int{1, 0, 1, 0})
	if theirs := tell(recused, week); theirs.Came != 2 || theirs.Ended != 0 || tell(r.staff("admin", casework.Administrator), week).Came != 0 {
		t.Errorf("whoever is recused counts %+v", theirs)
	}
	if before := tell(officer, week.Add(-1)); before.Came+before.InHand+before.Ended+before.Running != 0 {
		t.Errorf("the week before counts %+v", before)
	}
}
