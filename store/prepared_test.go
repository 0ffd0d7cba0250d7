package store_test

import (
	"testing"

	"connex/store"
	"connex/store/storetest"
)

func TestAStatementIsPlannedOnceForAConnection(t *testing.T) {
	s := storetest.New(t, store.PoolOf(1))
	for range 3 {
		var twice int
		if err := s.DB().QueryRowContext(t.Context(), `SELECT 2 * $1::int`, 21).Scan(&twice); err != nil || twice != 42 {
			t.Fatalf("twice 21 is %d (%v)", twice, err)
		}
	}
	var kept int
	err := s.DB().QueryRowContext(t.Context(), `SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT 2 * $1::int'`).Scan(&kept)
	if err != nil || kept != 1 {
		t.Errorf("%d statements are kept, want 1 (%v)", kept, err)
	}
}

func TestAMigrationUnderRunningCodeStopsNobody(t *testing.T) {
	s := storetest.New(t, store.PoolOf(2))
	exec := func(statement string, args ...any) {
		t.Helper()
		if _, err := s.DB().ExecContext(t.Context(), statement, args...); err != nil {
			t.Fatal(err)
		}
	}
	exec(`CREATE TABLE measures (id int, value int)`)
	exec(`INSERT INTO measures VALUES ($1, $2)`, 1, 7)
	for _, change := range []string{`SELECT`, `ALTER TABLE measures ALTER value TYPE text`, `ALTER TABLE measures ADD more int`} {
		exec(change)
		var value string
		if err := s.DB().QueryRowContext(t.Context(), `SELECT value FROM measures WHERE id = $1`, 1).Scan(&value); err != nil || value != "7" {
			t.Errorf("after %q: %q, %v", change, value, err)
		}
	}
}
