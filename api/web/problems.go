package web

import (
	"errors"
	"net/http"

	"connex/api/dispatch"
	"connex/casework"
	"connex/store"
)

// ProblemOf is what a person is told of an error; nil where it is a fault, whose cause is for the log alone.
func ProblemOf(err error) *Problem {
	if p := asProblem(err); p != nil {
		return p
	}
	var (
		form    *casework.FormError
		refused *dispatch.Refused
		code    *dispatch.CodeRequired
		large   *http.MaxBytesError
		full    *store.NoRoom
	)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return NotFound()
	case errors.As(err, &form):
		return Invalid(form.Fields)
	case errors.As(err, &refused):
		return Refused(refused.Refusal)
	case errors.As(err, &code):
		return CodeWanted(*code)
	case errors.Is(err, dispatch.ErrNotYours):
		return Forbidden(casework.Sentence{})
	case store.Unkeepable(err):
		return Unreadable(casework.Say("invalid.characters"))
	case errors.Is(err, store.ErrKeyReused):
		return Unreadable(casework.Say("problem.unreadable.other-form"))
	case errors.Is(err, dispatch.ErrBadKey):
		return Unreadable(casework.Say("problem.unreadable.key"))
	case errors.Is(err, dispatch.ErrTooManyCodes):
		return TooMany(0).saying(casework.Say("problem.too-many.codes"))
	case errors.Is(err, dispatch.ErrTooManyMessages):
		return TooMany(0).saying(casework.Say("problem.too-many.messages"))
	case errors.As(err, &full):
		return TooMuch("file", full.Why)
	case errors.As(err, &large):
		return TooLarge(min(large.Limit, FileLimit))
	}
	return nil
}
