package dispatch

import (
	"context"
	"errors"
	"slices"

	"connex/casework"
	"connex/drafts"
	"connex/store"
)

// Sheet is a task with its form, made for one person. Its words are added where it is shown, in the reader's language.
type Sheet struct {
	Task     store.Task
	Form     casework.Form
	Context  casework.FormContext
	Capacity Capacity
	Blocked  *casework.Refusal // why this person may not do it, in spite of holding it
}

// Sheet is the task with its form for whoever may complete it: ErrNotFound for who may not see it, ErrNotYours for who
// may see it only.
func (d *Dispatch) Sheet(ctx context.Context, p store.Person, id casework.TaskID) (Sheet, error) {
	task, err := d.store.Task(ctx, p, id)
	if err != nil {
		return Sheet{}, err
	}
	return d.sheet(ctx, p, task)
}

// Sheets are those of several tasks, without the ones that wait for somebody else.
func (d *Dispatch) Sheets(ctx context.Context, p store.Person, tasks []store.Task) (sheets []Sheet, err error) {
	for _, task := range tasks {
		sheet, err := d.sheet(ctx, p, task)
		if errors.Is(err, ErrNotYours) {
			continue
		}
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, sheet)
	}
	return sheets, nil
}

func (d *Dispatch) sheet(ctx context.Context, p store.Person, task store.Task) (Sheet, error) {
	capacity, err := CapacityOf(p, task)
	if err != nil {
		return Sheet{}, err
	}
	made, err := d.formContext(ctx, p, task)
	if err != nil {
		return Sheet{}, err
	}
	made.OnBehalf = capacity.OnBehalf
	return Sheet{Task: task, Form: casework.FormFor(made), Context: made, Capacity: capacity, Blocked: task.Blocked()}, nil
}

// formContext is the store's, with a letter's paragraphs as they would be written where nobody has drafted it yet.
func (d *Dispatch) formContext(ctx context.Context, p store.Person, task store.Task) (casework.FormContext, error) {
	made, err := d.store.FormContext(ctx, p, task)
	if err != nil || !draftsLetter(task.Kind) || made.Known["paragraphs"] != nil {
		return made, err
	}
	r, err := d.store.Request(ctx, p, task.CaseNumber)
	if err != nil {
		return made, err
	}
	officer, err := d.store.Staff(ctx, r.Officer)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return made, err
	}
	for name, value := range drafts.Known(r, drafts.Officer{Name: officer.Name, Email: officer.Email}, task.Kind) {
		made.Known[name] = value
	}
	return made, nil
}

func draftsLetter(kind casework.TaskKind) bool {
	return slices.ContainsFunc(casework.FieldsOf(kind), func(f casework.Field) bool { return f.Name == "paragraphs" })
}
