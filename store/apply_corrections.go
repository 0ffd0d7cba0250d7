package store

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"connex/casework"
)

// corrected are the trail's lines of a correction: each fact with what was noted and what is now.
func corrected(before, facts casework.Values) (entries []casework.Entry) {
	for _, f := range casework.FieldsOf(casework.CorrectFacts) {
		now, said := facts[f.Name]
		if was := before[f.Name]; said && !reflect.DeepEqual(was, now) {
			entries = append(entries, casework.Entry{What: casework.TrailFactCorrected, Outcome: f.Name,
				Reason: written(was) + casework.BecomesNow + written(now)})
		}
	}
	return entries
}

// written is a fact as the trail keeps it: codes as they are, a list with commas, nothing as a dash.
func written(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case []any:
		var texts []string
		for _, item := range v {
			texts = append(texts, fmt.Sprint(item))
		}
		return strings.Join(texts, ", ")
	}
	return "–"
}

// correct notes what a correction changes, once the row is written. A link that was mailed to an address that was wrong
// is good no more.
func (a *application) correct(ctx context.Context, before, facts casework.Values) error {
	if a.action == nil || a.action.Kind != casework.CorrectFacts {
		return nil
	}
	a.t.Entries = append(slices.Clone(a.t.Entries), corrected(before, facts)...)
	if before["contactEmail"] == nil || facts["contactEmail"] == nil || before["contactEmail"] == facts["contactEmail"] {
		return nil
	}
	_, err := a.tx.ExecContext(ctx, `UPDATE links SET revoked_at = $3 WHERE case_number = $1 AND role = 'government' AND email = $2 AND revoked_at IS NULL`,
		a.t.CaseNumber, lower(before.String("contactEmail")), a.Now)
	return err
}

// because is the action of another workflow that this transition follows from, nil where there is none.
func (a *application) because() *Action {
	if action, known := a.known[a.t.Because]; known && a.t.Because != "" {
		return &action
	}
	return nil
}
