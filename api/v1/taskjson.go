package v1

import (
	"time"

	"connex/api/dispatch"
	"connex/casework"
	"connex/store"
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

func taskOf(t store.Task) taskJSON {
	j := taskJSON{ID: t.ID, Kind: t.Kind, CaseNumber: t.CaseNumber, Activity: orNull(t.Activity), Title: dispatch.Title(t.Kind),
		Holder: holderJSON{Role: t.Role, Name: orNull(t.HolderName), Email: orNull(t.HolderEmail)}, Status: t.Status,
		OpenedAt: t.OpenedAt.UTC(), Overdue: t.Overdue, Standing: t.Standing}
	if t.DueAt != nil {
		due := t.DueAt.UTC()
		j.DueAt = &due
	}
	if refusal := t.Blocked(); refusal != nil {
		j.Blocked = &refusal.Reason
	}
	return j
}

func tasksOf(tasks []store.Task) []taskJSON {
	all := make([]taskJSON, len(tasks))
	for i, t := range tasks {
		all[i] = taskOf(t)
	}
	return all
}

func sheetOf(s dispatch.Sheet) taskJSON {
	j := taskOf(s.Task)
	j.Form = &s.Form
	return j
}

func sheetsOf(sheets []dispatch.Sheet) []taskJSON {
	all := make([]taskJSON, len(sheets))
	for i, s := range sheets {
		all[i] = sheetOf(s)
	}
	return all
}
