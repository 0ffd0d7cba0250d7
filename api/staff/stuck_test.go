package staff_test

import (
	"testing"

	"connex/casework"
	"connex/store"
	"connex/words"
)

// Nothing waits for ever unseen: who works on a case that stands still reads so, and the head without looking for it.
func TestACaseThatStandsStillSaysSo(t *testing.T) {
	h := aHouse(t)
	n, other := h.Request(), h.Request()
	h.Open(n, casework.AnswerGovernment, h.Account("officer").ID)
	h.Open(other, casework.AnswerGovernment, h.Account("officer").ID)
	as(t, h, "head").Get("/").SaysNot("stand still")
	u, err := h.Store.UnderwayNow(t.Context(), string(n))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Store.MarkStuck(t.Context(), u, store.NoWorkflow); err != nil {
		t.Fatal(err)
	}
	as(t, h, "officer").Get("/requests/"+string(n)).Says("This request stands still since", "no reminder goes out")
	as(t, h, "officer").Get("/requests/" + string(other)).SaysNot("stands still")
	as(t, h, "head").Get("/").Says("These requests stand still " + string(n) + " This request stands still").SaysNot(string(other) + " This request")
	as(t, h, "officer").Get("/").SaysNot("stand still")
	if _, err := h.Store.MarkWell(t.Context(), string(n)); err != nil {
		t.Fatal(err)
	}
	as(t, h, "officer").Get("/requests/" + string(n)).SaysNot("stands still")
}

func TestEachTroubleHasItsSentence(t *testing.T) {
	for _, what := range store.Troubles {
		if !words.In(words.Default).Has("page.stuck." + string(what)) {
			t.Errorf("page.stuck.%s is missing", what)
		}
	}
}
