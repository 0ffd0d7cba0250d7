package links_test

import (
	"net/url"
	"strings"
	"testing"

	"connex/api/pagetest"
	"connex/api/web"
	"connex/casework"
)

func TestAGuestSeesTheirOwnPapersOnly(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	government := "/p/" + h.Government(n)
	_, expert := anExpert(t, h, n)
	b := pagetest.NewBrowser(t, h.URL)
	page := b.Submit(b.Get(government), government+"/documents", url.Values{"title": {"Licence " + evil}}, pagetest.File{Field: "file", Name: "licence.txt", Body: "Licence."})
	paper := page.Says("Licence " + evil).Link("Licence")
	if got := b.Get(paper).Answers(200).Body; got != "Licence." {
		t.Errorf("the file holds %q", got)
	}
	b.Get(expert + strings.TrimPrefix(paper, government)).Answers(404)
	b.Get(expert).SaysNot("Licence")
	for why, file := range map[string][]pagetest.File{"Please choose a file.": nil, "This kind of content is not possible": {{Field: "file", Name: "run.html", Body: "<html><script>alert(1)</script>"}}} {
		back := b.Submit(b.Get(government), government+"/documents", url.Values{"title": {"A map " + evil}}, file...).Answers(422).Says(why, "Your request")
		if _, form := back.Form(government + "/documents"); form.Get("title") != "A map "+evil {
			t.Errorf("of what was typed is left %v", form)
		}
	}
}

// Who has added as much as can be kept reads that beside the file, where nobody asked for it and where a form did; what
// was typed is there still.
func TestAFileForWhichThereIsNoRoom(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	home := "/p/" + h.Government(n)
	b := pagetest.NewBrowser(t, h.URL)
	licence := pagetest.File{Field: "file", Name: "licence.txt", Body: "Licence."}
	b.Submit(b.Get(home), home+"/documents", nil, licence).Answers(200).Says("Thank you, we have it.")
	h.Copies(n, casework.GuestFiles-1)
	page := b.Submit(b.Get(home), home+"/documents", url.Values{"title": {"One more"}}, licence).Answers(413).Says("You have added 200 files to this request")
	if _, form := page.Form(home + "/documents"); form.Get("title") != "One more" {
		t.Errorf("the title is lost: %v", form)
	}
	task := home + "/tasks/" + string(h.Open(n, casework.ProvideInformation, ""))
	form := url.Values{"outcome": {"provided"}, "answer": {"In the annex."}}
	annex := pagetest.File{Field: "documents", Name: "annex.txt", Body: "Annex."}
	b.Submit(b.Get(task), task, form, annex).Answers(422).Says("You have added 200 files to this request", "In the annex.")
	form.Set("_more", "draft")
	b.Submit(b.Get(task), task, form, annex).Answers(200).Says("You have added 200 files to this request", "In the annex.")
	if documents, err := h.Store.Documents(t.Context(), h.Account("officer"), n); len(documents) != casework.GuestFiles || err != nil {
		t.Errorf("%d documents are kept, %v", len(documents), err)
	}
}

// A film that is too large leaves them their page, with what they typed.
func TestAFileOfAGuestThatIsTooLarge(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	home := "/p/" + h.Government(n)
	task := home + "/tasks/" + string(h.Open(n, casework.ProvideInformation, ""))
	b := pagetest.NewBrowser(t, h.URL)
	film := pagetest.File{Field: "file", Name: "film.txt", Body: strings.Repeat("x", web.FileLimit+1)}
	back := b.Submit(b.Get(home).Says("(at most 25 MB each)"), home+"/documents", url.Values{"title": {"A film"}}, film).Answers(413).Says("“film.txt” is larger than 25 MB", "Your request")
	if _, form := back.Form(home + "/documents"); form.Get("title") != "A film" {
		t.Errorf("the title is lost: %v", form)
	}
	film.Field = "documents"
	back = b.Submit(b.Get(task), task, url.Values{"outcome": {"provided"}, "answer": {"In the film."}}, film).Answers(413).Says("“film.txt” is larger than 25 MB")
	if _, form := back.Form(task); form.Get("answer") != "In the film." {
		t.Errorf("the answer is lost: %v", form)
	}
}
