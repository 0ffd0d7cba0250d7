package store_test

import (
	"errors"

	"connex/casework"
	"connex/store"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// named tells whether the database refused by this constraint.
func named(err error, constraint string) bool {
	var fault *pq.Error
	return errors.As(err, &fault) && fault.Constraint == constraint
}

// guest is the holder of a new personal link.
func (c request) guest(role casework.Role, person casework.PersonID, email string) store.Person {
	c.t.Helper()
	l := store.Link{ID: uuid.NewString(), Role: role, Person: person, Name: email, Email: email}
	l.TokenHash = casework.TokenHash(l.ID)
	c.must(c.InCase(c.t.Context(), c.number, func(tx *store.Tx) error { return tx.AddLink(c.t.Context(), l) }))
	p, err := c.LinkByHash(c.t.Context(), l.TokenHash)
	c.must(err)
	return p
}
