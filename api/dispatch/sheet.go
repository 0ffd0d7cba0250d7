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
	About    []store.Action // the decisions that the task is about
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
	return d.SheetOf(ctx, p, task)
}

// Sheets are those of several tasks, without the ones that wait for somebody else.
func (d *Dispatch) Sheets(ctx context.Context, p store.Person, tasks []store.Task) (sheets []Sheet, err error) {
	for _, task := range tasks {
		sheet, err := d.SheetOf(ctx, p, task)
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

// SheetOf is that of a task which p has just read.
func (d *Dispatch) SheetOf(ctx context.Context, p store.Person, task store.Task) (Sheet, error) {
	capacity, err := CapacityOf(p, task)
	if err != nil {
		return Sheet{}, err
	}
	return d.sheetAs(ctx, p, task, capacity)
}

// LostSheet is that of a task which is somebody else's by now, for who could have had it: what they typed comes back to
// them in its form. Nothing is completed with it.
func (d *Dispatch) LostSheet(ctx context.Context, p store.Person, id casework.TaskID) (Sheet, error) {
	task, err := d.store.Task(ctx, p, id)
	if err != nil {
		return Sheet{}, err
	}
	capacity, err := onceCapacityOf(p, task)
	if err != nil {
		return Sheet{}, err
	}
	return d.sheetAs(ctx, p, task, capacity)
}

func (d *Dispatch) sheetAs(ctx context.Context, p store.Person, task store.Task, capacity Capacity) (Sheet, error) {
	basis, err := d.store.FormContext(ctx, p, task)
	if err != nil {
		return Sheet{}, err
	}
	made := basis.Context
	if made.OnBehalf = capacity.OnBehalf; draftsLetter(task.Kind) && made.Known["paragraphs"] == nil {
		if err := d.draft(ctx, basis.Request, made); err != nil {
			return Sheet{}, err
		}
	}
	return Sheet{Task: task, Form: casework.FormFor(made), Context: made, About: basis.About, Capacity: capacity, Blocked: task.Blocked()}, nil
}

// draft fills in a letter's paragraphs as they would be written, where nobody has drafted it yet.
func (d *Dispatch) draft(ctx context.Context, r store.Request, form casework.FormContext) error {
	officer, err := d.store.Account(ctx, r.Officer)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	for name, value := range drafts.Known(r, drafts.Officer{Name: officer.Name, Phone: officer.Phone, Email: officer.Email}, form.Kind) {
		form.Known[name] = value
	}
	return nil
}

func draftsLetter(kind casework.TaskKind) bool {
	return slices.ContainsFunc(casework.FieldsOf(kind), func(f casework.Field) bool { return f.Name == "paragraphs" })
}
