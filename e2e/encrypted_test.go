package e2e

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestWhatTemporalKeepsOfACaseIsEncrypted: with a key a request goes its whole way as ever, and nothing that somebody
// decided stands in Temporal's files.
func TestWhatTemporalKeepsOfACaseIsEncrypted(t *testing.T) {
	inTurn(t)
	s, err := bringUp("CONNEX_HISTORY_KEYS=" + strings.Repeat("k", 42) + "w=")
	if s != nil {
		t.Cleanup(func() { s.stop(t.Failed()) })
	}
	if err == nil {
		err = s.ready()
	}
	if err != nil {
		t.Fatal(err)
	}
	told, err := readScenario("declined")
	if err != nil {
		t.Fatal(err)
	}
	j, err := s.begin(t.Context(), told)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	if err := j.goOn(ctx); err != nil {
		t.Fatal(err)
	}
	said := []string{`"action":`, `"outcome":`, `"carried":`, `"actor":`, "advise-against", "chileshe"}
	if kept := s.keptByTemporal(t, said...); len(kept) > 0 {
		t.Errorf("Temporal keeps in plain words %q", kept)
	}
	plain := theSystem(t)
	plain.requestUpTo(t, "declined", "prepare-request-letter")
	if kept := plain.keptByTemporal(t, said[:4]...); len(kept) < 4 {
		t.Errorf("without a key no more is found than %q: the search is no good", kept)
	}
}

// keptByTemporal are those of the words that stand in its database or its log, with what is about them.
func (s *system) keptByTemporal(t *testing.T, words ...string) (kept []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(s.folder, "data", "temporal.db*"))
	logs, also := filepath.Glob(filepath.Join(s.folder, "data", "logs", "Temporal*"))
	if err != nil || also != nil || len(files) == 0 || len(logs) == 0 {
		t.Fatalf("%v, %v: nothing to search in", files, logs)
	}
	for _, file := range append(files, logs...) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range words {
			if at := bytes.Index(text, []byte(word)); at >= 0 {
				kept = append(kept, filepath.Base(file)+": "+string(text[max(0, at-120):min(len(text), at+60)]))
			}
		}
	}
	return kept
}
