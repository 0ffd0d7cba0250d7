package store

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"connex/casework"
)

// ExpertMatches is the roster ranked for a request that p has just read, from where a page before ended. Whom the government
// asked for by name stands first: the newest whom it would prefer to those proposed, else the one of its letter.
func (s *Store) ExpertMatches(ctx context.Context, p Person, r Request, asked int, after string) (page Page[casework.Matched], err error) {
	w, err := s.wantedExpert(ctx, p, r.CaseNumber)
	if err != nil {
		return page, err
	}
	roster, err := s.Roster(ctx)
	if err != nil {
		return page, err
	}
	ranked := casework.Match(needOf(r, cmp.Or(w.Name, r.ProposedExpert)), profilesOf(roster))
	last, ours := matchedAt(after)
	if ours {
		ranked = casework.MatchedAfter(ranked, last)
	}
	n := limit(asked)
	return pageOf(ranked[:min(len(ranked), n+1)], n, matchCursor).following(after, ours), nil
}

// needOf is what a request seeks experts for, of whom one may be asked for by name.
func needOf(r Request, named string) casework.Need {
	need := casework.Need{Disciplines: r.Disciplines, Country: r.Country, Commodity: r.Resource, Named: named}
	if r.Language != "" {
		need.Languages = []string{r.Language}
	}
	return need
}

func profilesOf(experts []Expert) []casework.ExpertProfile {
	profiles := make([]casework.ExpertProfile, len(experts))
	for i, e := range experts {
		profiles[i] = e.Profile(time.Now())
	}
	return profiles
}

func matchCursor(m casework.Matched) string {
	return cursor(strconv.FormatBool(m.Named), strconv.Itoa(m.Score), m.Expert.Name, string(m.Expert.ID))
}

// matchedAt is where the cursor stands; false where it is none of this list.
func matchedAt(after string) (m casework.Matched, ours bool) {
	parts, ours := partsOf(after, 4)
	if !ours {
		return m, false
	}
	named, unclear := strconv.ParseBool(parts[0])
	score, unread := strconv.Atoi(parts[1])
	m = casework.Matched{Named: named, Score: score, Expert: casework.ExpertProfile{Name: parts[2], ID: casework.PersonID(parts[3])}}
	return m, unclear == nil && unread == nil
}
