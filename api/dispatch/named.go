package dispatch

import (
	"context"
	"slices"

	"connex/casework"
	"connex/store"
)

// checkNamed: nobody may name an expert who is not offered, or a document that is not the request's.
func (d *Dispatch) checkNamed(ctx context.Context, p store.Person, s Sheet, values casework.Values) error {
	wrong := map[string]string{}
	for _, field := range s.Form.Fields {
		experts, documents := casework.Named(casework.Form{Fields: []casework.Field{field}}, values)
		if !slices.ContainsFunc(experts, func(id casework.PersonID) bool { return !offered(field, id) }) {
			missing, err := d.store.MissingDocuments(ctx, p, s.Task.CaseNumber, documents)
			if err != nil {
				return err
			}
			if len(missing) > 0 {
				wrong[field.Name] = say("problem.invalid.unknown-document")
			}
			continue
		}
		wrong[field.Name] = say("problem.invalid.unknown-expert")
	}
	if len(wrong) > 0 {
		return &casework.FormError{Fields: wrong}
	}
	return nil
}

func offered(field casework.Field, id casework.PersonID) bool {
	return slices.ContainsFunc(field.Options, func(o casework.Option) bool { return o.Value == string(id) })
}
