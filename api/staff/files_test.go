package staff_test

import (
	"net/url"
	"strings"
	"testing"

	"connex/api/pagetest"
	"connex/api/web"
	"connex/casework"
)

// A file that is too large costs nothing that was typed, nor the files beside it; three photographs together are not too large.
func TestAFileThatIsTooLargeCostsNoText(t *testing.T) {
	h := aHouse(t)
	n, b := h.Request(), as(t, h, "officer")
	task := waiting(h, n, casework.SubmitRequestLetter)
	film := strings.Repeat("x", web.FileLimit+1)
	typed := url.Values{"letterDate": {"2026-03-01"}, "signatory": {"The Minister"}, "noteOfCall": {"By telephone, today."}}
	page := b.Get(task).Says("(at most 25 MB each)")
	back := b.Submit(page, task, typed, pagetest.File{Field: "letterDocument", Name: "film.txt", Body: film},
		pagetest.File{Field: "backgroundDocuments", Name: "map.txt", Body: "A map."}).Answers(413).Says("“film.txt” is larger than 25 MB and was not added", "Requests", "map.txt")
	if _, form := back.Form(task); form.Get("noteOfCall") != "By telephone, today." || form.Get("backgroundDocuments.kept") == "" {
		t.Errorf("of what was typed and chosen is left %v", form)
	}
	var photographs []pagetest.File
	for _, name := range []string{"1.txt", "2.txt", "3.txt"} {
		photographs = append(photographs, pagetest.File{Field: "backgroundDocuments", Name: name, Body: name + film[:10<<20]})
	}
	photographs = append(photographs, pagetest.File{Field: "letterDocument", Name: "letter.txt", Body: "%PDF-1.4\nWe request support."})
	b.Submit(back, task, nil, photographs...).Answers(200).Says("Done.")

	path := "/requests/" + string(n)
	again := b.Submit(b.Get(path), path+"/documents", url.Values{"title": {"A film"}}, pagetest.File{Field: "file", Name: "film.txt", Body: film}).
		Answers(413).Says("“film.txt” is larger than 25 MB", "Requests")
	if _, form := again.Form(path + "/documents"); form.Get("title") != "A film" {
		t.Errorf("the title is lost: %v", form)
	}
}
