package v1

import (
	"time"

	"connex/api/dispatch"
	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

type holderJSON struct {
	Role  casework.Role `json:"role"`
	Name  *string       `json:"name"` // null: anyone who has the role
	Email *string       `json:"email"`
}

type taskJSON struct {
	ID         casework.TaskID     `json:"id"`
	Kind       casework.TaskKind   `json:"kind"`
	CaseNumber casework.CaseNumber `json:"caseNumber"`
	Activity   *int                `json:"activity"`
	Title      string              `json:"title"`
	Holder     holderJSON          `json:"holder"`
	Status     store.TaskStatus    `json:"status"`
	OpenedAt   time.Time           `json:"openedAt"`
	DueAt      *time.Time          `json:"dueAt"`
	Overdue    bool                `json:"overdue"`
	Standing   bool                `json:"standing"`
	Blocked    *string             `json:"blocked"`
	Form       *casework.Form      `json:"form,omitempty"`
}

func taskOf(w *words.Words, t store.Task) taskJSON {
	j := taskJSON{ID: t.ID, Kind: t.Kind, CaseNumber: t.CaseNumber, Activity: orNull(t.Activity), Title: web.KindTitle(w, string(t.Kind)),
		Holder: holderJSON{Role: t.Role, Name: orNull(t.HolderName), Email: orNull(t.HolderEmail)}, Status: t.Status,
		OpenedAt: t.OpenedAt.UTC(), Overdue: t.Overdue, Standing: t.Standing}
	if t.DueAt != nil {
		due := t.DueAt.UTC()
		j.DueAt = &due
	}
	if refusal := t.Blocked(); refusal != nil {
		j.Blocked = orNull(w.Refusal(*refusal))
	}
	return j
}

func tasksOf(w *words.Words, tasks []store.Task) []taskJSON {
	all := make([]taskJSON, len(tasks))
	for i, t := range tasks {
		all[i] = taskOf(w, t)
	}
	return all
}

func sheetOf(w *words.Words, s dispatch.Sheet) taskJSON {
	j := taskOf(w, s.Task)
	w.FillForm(&s.Form, string(s.Task.Kind))
	j.Form = &s.Form
	return j
}

func sheetsOf(w *words.Words, sheets []dispatch.Sheet) []taskJSON {
	all := make([]taskJSON, len(sheets))
	for i, s := range sheets {
		all[i] = sheetOf(w, s)
	}
	return all
}
