package activities

import (
	"slices"

	"connex/casework"
	"connex/words"
)

// questioned are those of one role who were sent a questionnaire, as many as answered it and as many as were given up on.
type questioned struct {
	role             casework.Role
	answered, silent int
}

// heard names who answered the questionnaires of an evaluation, and without whose answers it was written.
func (k *known) heard(w *words.Words) (answered, silent []string) {
	for _, q := range k.questioned {
		if q.answered > 0 {
			answered = append(answered, q.name(w, q.answered))
		}
		if q.silent > 0 {
			silent = append(silent, q.name(w, q.silent))
		}
	}
	return answered, silent
}

// name is how a report speaks of so many of them. One silent expert among several is no silence of the experts.
func (q questioned) name(w *words.Words, n int) string {
	switch all := q.answered + q.silent; {
	case q.role == casework.Government:
		return w.T("draft.government")
	case n < all:
		return w.T("draft.some-experts", "Count", n)
	case all == 1:
		return w.T("draft.expert")
	}
	return w.T("draft.experts")
}

// told names who told us anything at all, as a letter to the government speaks of them.
func (k *known) told(w *words.Words) (names []string) {
	for _, by := range []struct {
		role casework.Role
		name string
	}{{casework.Government, "draft.you"}, {casework.Expert, "draft.experts"}} {
		if slices.ContainsFunc(k.questioned, func(q questioned) bool { return q.role == by.role && q.answered > 0 }) {
			names = append(names, w.T(by.name))
		}
	}
	return names
}
