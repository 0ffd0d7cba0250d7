package store_test

import (
	"slices"
	"strings"
	"testing"

	"connex/casework"
	"connex/store"
)

var titles = map[casework.TaskKind]string{casework.CheckConflict: "Check conflict", casework.DiscussScope: "Discuss scope and content", casework.Withdraw: "Withdraw"}

// everywhere is all that a search finds, each kind with its name before it.
func (r room) everywhere(p store.Person, text string) (all []string) {
	r.t.Helper()
	ctx := r.t.Context()
	f, err := r.Find(ctx, p, store.Search{Text: text, Titles: titles, Limit: 10})
	r.must(err)
	if f.Empty() {
		return []string{"nothing typed"}
	}
	requests, err := f.Requests(ctx)
	r.must(err)
	for _, x := range requests {
		all = append(all, "request "+string(x.CaseNumber)[9:])
	}
	accounts, err := f.Accounts(ctx)
	r.must(err)
	for _, x := range accounts {
		all = append(all, "account "+x.Name)
	}
	experts, err := f.Experts(ctx)
	r.must(err)
	for _, x := range experts {
		all = append(all, "expert "+x.Name)
	}
	contacts, err := f.Contacts(ctx)
	r.must(err)
	for _, x := range contacts {
		all = append(all, "contact "+x.Name+" "+string(x.CaseNumber)[9:])
	}
	tasks, err := f.Tasks(ctx)
	r.must(err)
	for _, x := range tasks {
		all = append(all, "task "+string(x.Kind)+" "+string(x.CaseNumber)[9:])
	}
	documents, err := f.Documents(ctx)
	r.must(err)
	for _, x := range documents {
		all = append(all, "document "+x.Title)
	}
	mails, err := f.Mails(ctx)
	r.must(err)
	for _, x := range mails {
		all = append(all, strings.TrimSpace("mail "+x.Subject+" "+string(x.CaseNumber)))
	}
	return all
}

func TestASearchFindsWhatItsReaderMaySee(t *testing.T) {
	r := aRoom(t)
	officer, recused, head, admin := r.officer(), r.staff("recused", casework.Reviewer), r.staff("head", casework.Head), r.staff("admin", casework.Administrator)
	namibia := r.aRequestOf(nil, func(t *casework.Transition) { t.Request.Recused = []casework.PersonID{recused.ID} })
	peru := r.aRequestOf(casework.Values{"country": "PE", "institution": "Perú Minero", "contactName": "José Ñahui", "summary": "Copper"})
	tomas := r.expert("Tomás Ibáñez")
	namibia.asks(namibia.aTask(casework.CheckConflict), namibia.aTask(casework.DeclareInterests, tomas.ID), namibia.aTask(casework.Withdraw))
	peru.asks(peru.aTask(casework.CheckConflict), peru.aTask(casework.DiscussScope, officer.ID))
	for _, c := range []request{namibia, peru} {
		_, err := c.AddDocument(t.Context(), store.NewDocument{CaseNumber: c.number, Kind: store.Upload, Title: "Étude " + string(c.number)[9:], Name: "report.pdf", MediaType: "application/pdf",
			Body: []byte("%PDF"), By: officer, Role: casework.CaseOfficer})
		r.must(err)
		_, err = c.AddDocument(t.Context(), store.NewDocument{CaseNumber: c.number, Kind: store.Letter, Title: "Étude, a draft", Name: "draft.pdf", MediaType: "application/pdf", Body: []byte("%PDF")})
		r.must(err)
		c.queued("greeting")
	}
	_, _, err := r.FileMail(t.Context(), store.InboundMail{MessageID: "<m>", Raw: []byte("x"), From: "a@b.example", FromName: "Ýrsa", Subject: "Greetings from nowhere", FiledAs: "first-interest"}, nil)
	r.must(err)
	for _, tt := range []struct {
		p    store.Person
		text string
		want []string
	}{
		{officer, "jose", []string{"request 0002", "contact José Ñahui 0002", "mail CNX-2026-0002 letter CNX-2026-0002"}},
		{officer, "conflict", []string{"task check-conflict 0001", "task check-conflict 0002"}},
		{officer, "conflict peru", []string{"task check-conflict 0002"}},
		{officer, "withdraw", nil},
		{officer, "etude", []string{"document Étude 0001", "document Étude 0002"}},
		{officer, "etude namibia", []string{"document Étude 0001"}},
		{recused, "etude", []string{"document Étude 0002"}},
		{recused, "conflict", []string{"task check-conflict 0002"}},
		{recused, "lithium ndapewa", nil},
		{officer, "tomas", []string{"request 0001", "expert Tomás Ibáñez", "task declare-interests 0001"}},
		{recused, "tomas", []string{"expert Tomás Ibáñez"}},
		{officer, "yrsa", []string{"mail Greetings from nowhere"}},
		{officer, "nowhere greet", []string{"mail Greetings from nowhere"}},
		{recused, "yrsa", nil},
		{head, "yrsa", nil}, // it waits for case officers
		{admin, "jose", nil},
		{admin, "conflict", nil},
		{admin, "officer", []string{"account officer"}},
		{officer, "officer scope", []string{"task discuss-scope 0002"}},
		{officer, " -- ", []string{"nothing typed"}},
	} {
		got := r.everywhere(tt.p, tt.text)
		slices.Sort(got)
		slices.Sort(tt.want)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s looks for %q and finds %q, want %q", tt.p.Name, tt.text, got, tt.want)
		}
	}
	if got := r.everywhere(officer, "letter ndapewa"); !slices.Contains(got, "mail CNX-2026-0001 letter CNX-2026-0001") {
		t.Errorf("a mail by subject and case: %q", got)
	}
	if got := r.everywhere(recused, "letter ndapewa"); slices.ContainsFunc(got, func(x string) bool { return strings.Contains(x, "0001") }) {
		t.Errorf("who is recused finds %q", got)
	}
}
