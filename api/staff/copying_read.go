package staff

import (
	"fmt"
	"slices"
	"time"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

// copyPart is what one form of the other case offers, or one of its activities.
type copyPart struct {
	ID, Title, Who string
	When           time.Time
	Pieces         []copyPiece
	Left           []string // experts who stay behind
}

// copyPiece is what can be ticked.
type copyPiece struct {
	ID, Name, Title string
	Effect          casework.Effect
	Ticked          bool
	Lines           []web.Line
	Stands          *web.Line // what it would replace
	Names           []string  // of the other case that stand in it
}

// original is what may be taken over, and the decision that it stands in.
type original struct {
	casework.Original
	of store.Action
}

func (o original) id() string { return fmt.Sprintf("%s.%d", o.of.ID, o.Entry) }

func (l copying) originals(written []store.Action) (list []original) {
	forms := make([]casework.Values, len(written))
	for i, a := range written {
		forms[i] = a.Form
	}
	offered := func(id casework.PersonID) bool {
		return l.working[id] && slices.ContainsFunc(l.sheet.Context.Experts, func(o casework.Option) bool { return o.Value == string(id) })
	}
	for _, o := range casework.Originals(l.sheet.Task.Kind, forms, offered) {
		list = append(list, original{o, written[o.Form]})
	}
	return list
}

func (l copying) pieces(o original) []casework.Piece {
	return casework.Pieces(l.sheet.Form, l.entered.Form, o.Values)
}

// chosen are the pieces that are ticked, as far as the form does not have them yet.
func (l copying) chosen(written []store.Action, ticked copied) (chosen []casework.Piece) {
	for _, o := range l.originals(written) {
		for _, p := range l.pieces(o) {
			if o.id() == ticked.of && slices.Contains(ticked.pieces, p.Name) {
				chosen = append(chosen, p)
			}
		}
	}
	return chosen
}

// onlyTheirs are the names by which a text may speak of the other case and not of this one.
func (l copying) onlyTheirs(w *words.Words, r store.Request) []string {
	theirs := []string{string(r.CaseNumber), optionOr(w, r.Country), r.Institution, r.ContactName, r.Signatory, r.ProposedExpert}
	ours := []string{string(l.sheet.Task.CaseNumber), optionOr(w, l.sheet.Context.Known.String("country"))}
	for _, language := range casework.LetterLanguages {
		theirs = append(theirs, optionOr(words.In(language), r.Country))
	}
	for _, name := range []string{"institution", "contactName", "signatory", "proposedExpert"} {
		ours = append(ours, l.sheet.Context.Known.String(name))
	}
	return casework.OnlyTheirs(theirs, ours)
}

// part is drawn for its reader. What fills an empty field is ticked beforehand, and nothing else.
func (l copying) part(w *words.Words, r store.Request, o original, ticked copied) copyPart {
	part := copyPart{ID: o.id(), Title: web.KindTitle(w, string(o.of.Kind)), Who: o.of.ActorName, When: r.Calendar().Process(o.of.CreatedAt)}
	if title := o.Values.String("title"); title != "" {
		part.Title = title
	}
	for _, id := range o.Left {
		name := l.names[string(id)]
		if name == "" {
			name = w.T("page.copy.nobody")
		}
		part.Left = append(part.Left, name)
	}
	names := l.onlyTheirs(w, r)
	for _, p := range l.pieces(o) {
		drawn := l.piece(w, p)
		drawn.ID = "p-" + part.ID + "-" + p.Name
		drawn.Names = casework.NamesIn(p.Value, names)
		drawn.Ticked = p.Effect == casework.Fills
		if ticked.of == part.ID {
			drawn.Ticked = slices.Contains(ticked.pieces, p.Name)
		}
		part.Pieces = append(part.Pieces, drawn)
	}
	return part
}

func (l copying) piece(w *words.Words, p casework.Piece) copyPiece {
	known, field := web.Known{Experts: l.names}, *l.sheet.Form.Field(p.Field)
	drawn := copyPiece{Name: p.Name, Title: field.Label, Effect: p.Effect}
	if p.Effect == casework.Replaces {
		stands := known.Line(w, field, l.entered.Form[p.Field])
		drawn.Stands = &stands
	}
	if field.Type != casework.Activities {
		drawn.Lines = []web.Line{known.Line(w, field, p.Value)}
		drawn.Lines[0].Label = ""
		return drawn
	}
	form := casework.Form{Fields: casework.FieldsOf(casework.PlanActivity)[1:]}
	w.FillForm(&form, string(casework.PlanActivity))
	for _, plan := range web.PlansAsEntered(p.Value) {
		drawn.Title = w.T("page.copy.activity", "Title", plan.String("title"))
		for _, f := range form.Fields {
			if value := plan[f.Name]; f.Name != "title" && !casework.Empty(value) {
				drawn.Lines = append(drawn.Lines, known.Line(w, f, value))
			}
		}
	}
	return drawn
}
