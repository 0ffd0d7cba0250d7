package v1_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"

	"connex/api/apitest"
	"connex/casework"
)

// items decodes a list.
func items[T any](t *testing.T, a apitest.Answer) (list []T, next string) {
	t.Helper()
	var page struct {
		Items []T
		Next  *string
	}
	if err := json.Unmarshal(a.Raw, &page); err != nil || a.Status != http.StatusOK {
		t.Fatalf("%d %s: %v", a.Status, a.Raw, err)
	}
	if page.Next != nil {
		next = *page.Next
	}
	return page.Items, next
}

type noteLine struct {
	Text     string
	Author   struct{ Name string }
	Mentions []struct {
		Email string
		Read  bool
	}
}

func TestNotesByJSON(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	n := h.Request()
	path := "/api/v1/requests/" + string(n) + "/notes"
	for _, name := range []string{"deputy", "reviewer", "admin", "auditor"} {
		h.Account(name)
	}
	for name, tt := range map[string]struct {
		as     string
		body   map[string]any
		status int
	}{
		"nothing":                       {"officer", map[string]any{"text": "  "}, 422},
		"somebody unknown in the text":  {"officer", map[string]any{"text": "@Nobody Known"}, 422},
		"somebody unknown beside it":    {"officer", map[string]any{"text": "x", "mentions": []string{"who@connex.test"}}, 422},
		"who may not see it is unknown": {"officer", map[string]any{"text": "x", "mentions": []string{"admin@connex.test"}}, 422},
		"another field":                 {"officer", map[string]any{"text": "x", "to": "y"}, 422},
		"by who reads only":             {"auditor", map[string]any{"text": "x"}, 403},
		"by who may not see it":         {"admin", map[string]any{"text": "x"}, 404},
	} {
		if a := h.As(tt.as).Post(path, tt.body); a.Status != tt.status {
			t.Errorf("%s: %d %s, want %d", name, a.Status, a.Raw, tt.status)
		}
	}
	if notes, _ := items[noteLine](t, h.As("officer").Get(path)); len(notes) != 0 {
		t.Fatalf("kept all the same: %v", notes)
	}
	key := []string{"Idempotency-Key", uuid.NewString()}
	for range 2 {
		if a := h.As("officer").Post(path, map[string]any{"text": "@The deputy, look.", "mentions": []string{"Reviewer@connex.test"}}, key...); a.Status != 201 {
			t.Fatalf("%d %s", a.Status, a.Raw)
		}
	}
	h.As("deputy").Post(path, map[string]any{"text": "I have."})
	first, next := items[noteLine](t, h.As("auditor").Get(path+"?limit=1"))
	second, end := items[noteLine](t, h.As("auditor").Get(path+"?limit=1&after="+next))
	if len(first) != 1 || len(second) != 1 || end != "" || first[0].Text != "@The deputy, look." || second[0].Author.Name != "The deputy" {
		t.Fatalf("reads %+v, then %+v, then %q", first, second, end)
	}
	if m := first[0].Mentions; len(m) != 2 || m[0].Email != "deputy@connex.test" || !m[0].Read || m[1].Email != "reviewer@connex.test" || m[1].Read {
		t.Errorf("it mentions %+v", m)
	}
	if a := h.As("admin").Get(path); a.Status != 404 {
		t.Errorf("the administrator reads: %d", a.Status)
	}
}

func TestAbsencesByJSON(t *testing.T) {
	t.Parallel()
	h := apitest.New(t)
	for _, name := range []string{"officer", "officer2", "reviewer"} {
		h.Account(name)
	}
	const path = "/api/v1/me/absences"
	from, until := casework.DateOf(time.Now().AddDate(0, 0, 1)), casework.DateOf(time.Now().AddDate(0, 0, 9))
	away := func(change map[string]any) map[string]any {
		body := map[string]any{"from": from, "until": until, "substitute": "officer2@connex.test"}
		for name, value := range change {
			body[name] = value
		}
		return body
	}
	for name, body := range map[string]map[string]any{
		"it ends before it begins": away(map[string]any{"until": "2020-01-01"}), "no day": away(map[string]any{"from": ""}),
		"a substitute without the role": away(map[string]any{"substitute": "reviewer@connex.test"}), "nobody of that address": away(map[string]any{"substitute": "who@connex.test"}),
		"oneself": away(map[string]any{"substitute": "officer@connex.test"}),
	} {
		if a := h.As("officer").Post(path, body); a.Status != 422 {
			t.Errorf("%s: %d %s", name, a.Status, a.Raw)
		}
	}
	type line struct {
		ID, Substitute string
		Mine           bool
	}
	if there, _ := items[line](t, h.As("officer").Get(path)); len(there) != 0 {
		t.Fatalf("entered all the same: %v", there)
	}
	if a := h.As("officer").Post(path, away(nil)); a.Status != http.StatusNoContent {
		t.Fatalf("%d %s", a.Status, a.Raw)
	}
	mine, _ := items[line](t, h.As("officer").Get(path))
	theirs, _ := items[line](t, h.As("officer2").Get(path))
	if len(mine) != 1 || !mine[0].Mine || mine[0].Substitute != "The officer2" || len(theirs) != 1 || theirs[0].Mine {
		t.Fatalf("mine %+v, theirs %+v", mine, theirs)
	}
	if others, _ := items[line](t, h.As("reviewer").Get(path)); len(others) != 0 {
		t.Errorf("somebody else reads %v", others)
	}
	if a := h.As("officer2").Do(http.MethodDelete, path+"/"+mine[0].ID, nil); a.Status != 404 {
		t.Errorf("the substitute takes it back: %d", a.Status)
	}
	if a := h.As("officer").Do(http.MethodDelete, path+"/"+mine[0].ID, nil); a.Status != http.StatusNoContent {
		t.Errorf("%d %s", a.Status, a.Raw)
	}
	if there, _ := items[line](t, h.As("officer").Get(path)); len(there) != 0 {
		t.Errorf("it is still there: %v", there)
	}
}
