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
		if !slices.ContainsFunc(experts, func(id casework.PersonID) bool { return !offered(field, id) }) {
			there, err := d.hasAll(ctx, p, s.Task.CaseNumber, documents)
			if err != nil {
				return err
			}
			if !there {
				wrong[field.Name] = casework.Say("invalid.unknown-document")
			}
			continue
		}
		wrong[field.Name] = casework.Say("invalid.unknown-expert")
	}
	if len(wrong) > 0 {
		return &casework.FormError{Fields: wrong}
	}
	return nil
}

func offered(field casework.Field, id casework.PersonID) bool {
	return slices.ContainsFunc(field.Options, func(o casework.Option) bool { return o.Value == string(id) })
}

// hasAll: IDs that are not written as the database writes them count as unknown.
func (d *Dispatch) hasAll(ctx context.Context, p store.Person, n casework.CaseNumber, ids []string) (bool, error) {
	if len(ids) == 0 {
		return true, nil
	}
	there, err := d.store.HasDocuments(ctx, p, n, ids)
	if err != nil {
		return false, err
	}
	return !slices.ContainsFunc(ids, func(id string) bool { return !slices.Contains(there, id) }), nil
}
