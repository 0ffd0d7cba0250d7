package staff_test

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"connex/casework"
	"connex/store"
)

// What is proposed and drafted: letters, and support with its experts and activities.

// A letter that was emptied is not sent with what was proposed; what is proposed and left stands for whoever signs it.
func TestALetterIsNotEmptiedIntoWhatWasProposed(t *testing.T) {
	h := aHouse(t)
	n, b := h.Request(), as(t, h, "officer")
	task := waiting(h, n, casework.PrepareRequestLetter)
	page := b.Get(task).Answers(200)
	back := b.Submit(page, task, url.Values{"outcome": {"send"}, "paragraphs": {""}}).Answers(422).Says("Nothing would stand in the letter.")
	if formOf(back, task).Get("paragraphs") != "" {
		t.Error("what was emptied is filled again")
	}
	b.Submit(page, task, url.Values{"outcome": {"send"}}).Answers(200).Says("Done.", "Paragraphs of the letter")
}

func TestActivitiesGrowWithoutScripts(t *testing.T) {
	h := aHouse(t)
	n, b := h.Request(), as(t, h, "officer")
	ana := h.Expert("Ana "+evil, "ana@experts.example")
	task := "/tasks/" + string(h.Open(n, casework.ProposeSupport, h.Account("officer").ID))
	more := b.Submit(b.Get(task), task, url.Values{"suggestions": {"Typed before"}, "activities.0.title": {"First"}, "_more": {"activities"}}).Answers(200)
	_, form := more.Says("Activity 2").Form(task)
	if form.Get("suggestions") != "Typed before" || form.Get("activities.0.title") != "First" {
		t.Error("what was typed is lost when an activity is added")
	}
	whole := url.Values{"experts": {string(ana.ID)}}
	for i := range 2 {
		for name, value := range map[string]string{"title": "Work", "form": "advice", "stage": "during", "experts": string(ana.ID), "start": "2027-01-04",
			"end": "2027-02-04", "deliverable": "A memo"} {
			whole.Set(fmt.Sprintf("activities.%d.%s", i, name), value)
		}
	}
	wrong := maps.Clone(whole)
	wrong["activities.1.end"], wrong["activities.1.deliverable"] = []string{"2026-12-31"}, nil
	back := b.Submit(more, task, wrong).Answers(422).Says("Activity 2, Last day: An activity cannot end before it starts.", "Activity 2, What is delivered")
	if back.Link("Activity 2, Last day") != "#f-activities.1.end" {
		t.Errorf("the fault leads to %q", back.Link("Activity 2, Last day"))
	}
	back.Sound().SaysNot("Activity 1, ", "Activities: ")
	b.Submit(more, task, whole).Answers(200).Says("Done.")
	b.Submit(more, task, whole).Answers(200).Says("Done.")
	another := h.Expert("Bo", "bo@experts.example")
	whole.Add("experts", string(another.ID))
	if late := b.Submit(more, task, whole).Answers(409).Says("by you on"); !slices.Contains(formOf(late, task)["experts"], string(another.ID)) {
		t.Error("an expert who was added after it was sent is lost")
	}
	if got := len(h.Temporal.Signals[0].Carried["activities"].([]any)); got != 2 {
		t.Errorf("%d activities were proposed", got)
	}
}

// Who proposes support has before them what it must meet, and the roster with what speaks for each, the best fit first.
func TestAProposalBeginsWithWhatIsNeeded(t *testing.T) {
	h := aHouse(t)
	n := aRequestFrom(t, h, casework.Values{"language": "fr"})
	for _, e := range []store.Expert{{Name: "Abel", Email: "abel@experts.example", Languages: []string{"es"}, Available: true},
		{Name: "Zita", Email: "zita@experts.example", Languages: []string{"fr"}, Disciplines: []string{"tax"}}} {
		if _, err := h.Store.AddExpert(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.Store.DB().ExecContext(t.Context(), `UPDATE requests SET scope = $1, disciplines = '{tax}'`, "A model of the taxes. "+evil); err != nil {
		t.Fatal(err)
	}
	page := as(t, h, "officer").Get("/tasks/"+string(h.Open(n, casework.ProposeSupport, h.Account("officer").ID))).Says("What this is about Scope and content A model of the taxes. "+evil,
		"Zita Knows what is needed: Tax · Works in French · Is not available at present · Has not signed the Code of Conduct yet", "Abel Is available")
	if zita, abel := strings.Index(page.Text(), "Zita"), strings.Index(page.Text(), "Abel"); zita > abel {
		t.Error("who fits best does not stand first")
	}
}
