package store_test

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"testing"

	"github.com/lib/pq"

	"connex/store"
)

func TestADatabaseThatIsAwayIsToldFromAFault(t *testing.T) {
	for what, tt := range map[string]struct {
		err  error
		away bool
	}{
		"nobody listens":           {fmt.Errorf("person: %w", &net.OpError{Op: "dial", Err: errors.New("connection refused")}), true},
		"it shuts down":            {fmt.Errorf("tasks: %w", &pq.Error{Code: "57P01"}), true},
		"it starts":                {&pq.Error{Code: "57P03"}, true},
		"it takes nobody more":     {&pq.Error{Code: "53300"}, true},
		"the connection is gone":   {driver.ErrBadConn, true},
		"a statement took long":    {&pq.Error{Code: "57014"}, false},
		"a rule of the database":   {&pq.Error{Code: "23505"}, false},
		"nothing that is known":    {errors.New("template: no such part"), false},
		"there is no such thing":   {store.ErrNotFound, false},
		"no error, nothing at all": {nil, false},
	} {
		if got := store.Away(tt.err); got != tt.away {
			t.Errorf("%s: away %v, want %v", what, got, tt.away)
		}
	}
}
