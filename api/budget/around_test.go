package budget

import (
	"fmt"
	"time"

	"connex/api/apitest"
	"connex/casework"
	"connex/store"

	"github.com/google/uuid"
)

// furnish adds what surrounds the requests: what people saved, wrote to each other and were away for, and what came by mail.
func (c *crowd) furnish() {
	busy := c.cases["under way"]
	for i := range 5 {
		for of, number := range map[string]casework.CaseNumber{"first-interest": "", "case": busy.number} {
			mail := store.InboundMail{MessageID: fmt.Sprintf("<%s-%d@ministry.example>", of, i), Raw: fmt.Appendf(nil, "From: a\r\n\r\n%s %d", of, i), From: "ndapewa@ministry.example",
				FromName: "Ndapewa Shikongo", Subject: "A question", Text: sentence, FiledAs: of, CaseNumber: number}
			filed, _, err := c.FileMail(c.t.Context(), mail, nil)
			c.must(err)
			if number == "" {
				c.mail = filed.ID
			}
		}
		everybody := []casework.PersonID{}
		for _, p := range c.people {
			everybody = append(everybody, p.ID)
		}
		_, err := c.AddNote(c.t.Context(), store.NewNote{ID: busy.id(), CaseNumber: busy.number, By: c.people["officer2"], Role: casework.CaseOfficer, Text: sentence, Mentions: everybody}, nil)
		c.must(err)
	}
	c.must(c.InHouse(c.t.Context(), c.people["admin"], func(h *store.House) error {
		from, until := casework.DateOf(time.Now().AddDate(0, 0, -1)), casework.DateOf(time.Now().AddDate(0, 0, 9))
		return h.AddAbsence(c.t.Context(), store.Absence{ID: uuid.NewString(), Account: c.people["officer2"].ID, Name: "The officer2", Substitute: c.people["officer"].ID, From: from, Until: until})
	}))
	for name, p := range c.people {
		c.exec(`INSERT INTO visits (person, seen_at, last_at) VALUES ($1, now() - interval '1 minute', now() - interval '1 day')`, string(p.ID))
		for i := range 3 {
			_, err := c.SaveView(c.t.Context(), p, fmt.Sprintf("View %d of %s", i, name), "overdue=yes")
			c.must(err)
		}
		feed := uuid.NewString()
		c.must(c.RenewFeed(c.t.Context(), p, feed, casework.TokenHash(casework.LinkToken(apitest.Secret, feed))))
	}
	for _, r := range []*request{busy, c.cases["checked"]} {
		u, err := c.UnderwayNow(c.t.Context(), string(r.number))
		c.must(err)
		_, err = c.MarkStuck(c.t.Context(), u, store.NoWorkflow)
		c.must(err)
	}
	c.exec(`UPDATE tasks SET next_strike_at = now() + interval '3 days' WHERE status = 'open' AND next_strike_at < now() AND case_number NOT LIKE '%99'`)
	gone := c.cases["withdrawn"]
	c.exec(`UPDATE links SET expires_at = now() - interval '1 day' WHERE case_number = $1`, string(gone.number))
}

// opensTheOthers opens a task of each kind that nobody's way has led to yet, in a request that is under way.
func (h *hall) opensTheOthers() {
	busy := h.cases["under way"]
	var open store.List[casework.TaskKind]
	h.must(h.DB().QueryRowContext(h.t.Context(), `SELECT array_agg(DISTINCT kind) FROM tasks WHERE status = 'open' AND (workflow_id LIKE 'CNX-%')`).Scan(&open))
	there := map[casework.TaskKind]bool{}
	for _, kind := range open {
		there[kind] = true
	}
	t := casework.Transition{}
	for _, kind := range casework.AllKinds() {
		if there[kind] {
			continue
		}
		d := deed{kind: kind, as: map[casework.Role]string{casework.CaseOfficer: "officer", casework.Head: "head", casework.Government: "government",
			casework.Expert: "second", casework.Reviewer: "reviewer", casework.BoardMember: "board1", casework.Evaluator: "evaluator"}[roleOf(kind)]}
		task := busy.task(d)
		task.About, task.Activity = []casework.ActionID{busy.plan}, 1
		busy.tasks[d.key()] = task
		t.Open = append(t.Open, task)
	}
	busy.happens(t)
}

func roleOf(kind casework.TaskKind) casework.Role {
	rules, _ := casework.KindOf(kind)
	return rules.Role
}
