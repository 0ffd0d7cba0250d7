package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"connex/casework"

	"github.com/lib/pq"
)

// visitLasts is real time between two looks that still belong to the same visit.
const visitLasts = 30 * time.Minute

// Visits are what is known of the visits before this one.
type Visits struct {
	Last *time.Time          `db:"last_at"` // when the last one ended; nil where this is the first
	Met  List[casework.Role] `db:"met"`     // the roles with which they were made
}

// New are those of somebody's roles with which they have not been here before.
func (v Visits) New(roles []casework.Role) []casework.Role {
	return slices.DeleteFunc(slices.Clone(roles), func(r casework.Role) bool { return slices.Contains(v.Met, r) })
}

// Visit notes that p is here, with their roles, and returns what there was before.
func (s *Store) Visit(ctx context.Context, p Person) (v Visits, err error) {
	err = s.db.GetContext(ctx, &v, `
		INSERT INTO visits AS v (person, roles) VALUES ($1, $3)
		ON CONFLICT (person) DO UPDATE SET seen_at = now(),
			last_at = CASE WHEN v.seen_at < now() - make_interval(secs => $2) THEN v.seen_at ELSE v.last_at END,
			met     = CASE WHEN v.seen_at < now() - make_interval(secs => $2) THEN v.roles ELSE v.met END,
			roles   = ARRAY(SELECT DISTINCT unnest(v.roles || excluded.roles) ORDER BY 1)
		RETURNING last_at, met`, p.ID, visitLasts.Seconds(), array(p.Roles))
	return v, err
}

// LastVisits are the same, without being one.
func (s *Store) LastVisits(ctx context.Context, p Person) (v Visits, err error) {
	err = s.db.GetContext(ctx, &v, `SELECT last_at, met FROM visits WHERE person = $1`, p.ID)
	if errors.Is(found(err), ErrNotFound) {
		err = nil
	}
	return v, err
}

// awaitedMost and newsMost are what one reads at a glance; the case pages have the rest.
const (
	awaitedMost = 100
	newsMost    = 30
)

// Awaited are the tasks that others hold in the requests that p runs, what is due first first, and how many there are.
func (s *Store) Awaited(ctx context.Context, p Person) (tasks []Task, all int, err error) {
	var rows []struct {
		taskRow
		All int `db:"all_of_them"`
	}
	err = s.db.SelectContext(ctx, &rows, `SELECT q.*, count(*) OVER () AS all_of_them FROM (`+selectTasks+`
		WHERE  r.officer = $2 AND t.status = 'open' AND NOT t.standing AND t.holder <> $2 AND NOT (t.holder = '' AND t.role = ANY ($3))) q
		ORDER  BY q.due_real_at NULLS LAST, q.id LIMIT $4`, p.reader(), p.ID, array(p.Roles), awaitedMost)
	for _, row := range rows {
		task, fault := row.task(p.ID)
		tasks, all, err = append(tasks, task), row.All, errors.Join(err, fault)
	}
	return tasks, all, err
}

// untold are entries that are no news: what follows by itself from others that are, and what only moves a task.
var untold = []string{casework.TrailMailQueued, casework.TrailMailSent, casework.TrailMailCancelled, casework.TrailReminderSent, casework.TrailLetterRendered,
	string(casework.Take), string(casework.GiveBack)}

// NewsLine is an entry of some request's trail.
type NewsLine struct {
	Entry
	Country string `db:"country"`
	InCase  int    `db:"in_case"` // how many there are of its request
	All     int    `db:"all_of_them"`
}

// News is what others did since an instant in the requests that p runs or has acted on, the newest of it, newest first. How
// somebody voted is not in it: whoever has yet to vote must not read it here.
func (s *Store) News(ctx context.Context, p Person, since time.Time) (news []NewsLine, err error) {
	err = s.db.SelectContext(ctx, &news, `
		SELECT `+trailColumns+`, r.country, count(*) OVER (PARTITION BY e.case_number) AS in_case, count(*) OVER () AS all_of_them
		FROM   trail e JOIN visible_to($1) v USING (case_number) JOIN requests r USING (case_number)
		WHERE  e.recorded_at > $2 AND e.actor_id <> $3 AND NOT e.what = ANY ($4)
		AND   (r.officer = $3 OR EXISTS (SELECT FROM actions a WHERE a.case_number = e.case_number AND a.actor = $3 AND a.state = 'applied'))
		ORDER  BY e.recorded_at DESC, e.case_number, e.seq DESC LIMIT $5`, p.reader(), since, p.ID, pq.Array(untold), newsMost)
	for i := range news {
		news[i].Hash, news[i].PrevHash = "", ""
		if news[i].What == string(casework.CastVote) {
			news[i].Outcome, news[i].Reason = "", ""
		}
	}
	return news, err
}
