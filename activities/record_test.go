package activities

import (
	"testing"
	"time"

	"connex/casework"
	"connex/store"
	"connex/store/storetest"
)

// silent composes nothing.
type silent struct{ store.Composer }

func TestARecordThatIsRepeatedAnswersTheSame(t *testing.T) {
	t.Parallel()
	s := storetest.New(t)
	r := Recorder{Store: s, Compose: silent{}}
	board, err := s.CreateAccount(t.Context(), store.Account{Email: "board@connex.test", Name: "Board", Password: "connex", Roles: []casework.Role{casework.BoardMember}})
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	action, err := s.StartRequest(t.Context(), store.NewRequest{ID: store.ActionIDFor("", "a file's first line"), Role: casework.ImportRole,
		Calendar: casework.Calendar{Start: start, DayLength: 24 * time.Hour}})
	if err != nil {
		t.Fatal(err)
	}
	decision := action.Decision()
	began := casework.Transition{ID: string(action.CaseNumber) + "/start", CaseNumber: action.CaseNumber, Workflow: string(action.CaseNumber), At: start,
		Decision: &decision, Entries: []casework.Entry{{What: casework.TrailRequestStarted}}}
	for range 2 {
		if done, err := r.Record(t.Context(), began); err != nil || done.Refusal != nil {
			t.Fatalf("recording the start: %+v, %v", done, err)
		}
	}
	if row, err := s.RequestOf(t.Context(), action.CaseNumber); err != nil || row.TrailSeq != 1 {
		t.Errorf("the trail has %d entries, %v", row.TrailSeq, err)
	}
	found, err := r.LookUp(t.Context(), casework.LookUpOrder{CaseNumber: action.CaseNumber, Board: true, Experts: []casework.PersonID{"nobody"}})
	if err != nil || len(found.Board) != 1 || found.Board[0] != board.ID || found.Code != nil || found.Now.Version != casework.CurrentCode().Version {
		t.Errorf("looked up %+v, %v", found, err)
	}
}
