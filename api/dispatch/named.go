package dispatch

import (
	"context"
	"slices"

	"connex/casework"
	"connex/store"
)

// checkNamed: nobody may name an expert who is not offered, or a document that is not the request's.
func (d *Dispatch) checkNamed(ctx context.Context, p store.Person, s Sheet, values casework.Values) error {
	wrong := casework.Faults{}
	for _, field := range s.Form.Fields {
		experts, documents := casework.Named(casework.Form{Fields: []casework.Field{field}}, values)
		if slices.ContainsFunc(experts, func(id casework.PersonID) bool { return !offered(field, id) }) {
			wrong[field.Name] = casework.Say("invalid.unknown-expert")
			continue
		}
		fault, err := d.documentFault(ctx, p, s.Task.CaseNumber, field, documents)
		if err != nil {
			return err
		}
		if fault.ID != "" {
			wrong[field.Name] = fault
		}
	}
	if len(wrong) > 0 {
		return &casework.FormError{Fields: wrong}
	}
	return nil
}

func offered(field casework.Field, id casework.PersonID) bool {
	return slices.ContainsFunc(field.Options, func(o casework.Option) bool { return o.Value == string(id) })
}

// documentFault says why a field cannot have these documents; nothing where it can. IDs that are not written as the database
// writes them count as unknown.
func (d *Dispatch) documentFault(ctx context.Context, p store.Person, n casework.CaseNumber, field casework.Field, ids []string) (casework.Sentence, error) {
	if len(ids) == 0 {
		return casework.Sentence{}, nil
	}
	there, err := d.store.DocumentsNamed(ctx, p, n, ids)
	if err != nil {
		return casework.Sentence{}, err
	}
	for _, doc := range there {
		if fault := field.WrongFile(doc.MediaType); fault.ID != "" {
			return fault, nil
		}
	}
	for _, id := range ids {
		if !slices.ContainsFunc(there, func(doc store.Document) bool { return doc.ID == id }) {
			return casework.Say("invalid.unknown-document"), nil
		}
	}
	return casework.Sentence{}, nil
}
