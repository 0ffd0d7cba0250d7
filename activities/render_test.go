package activities

import (
	"slices"
	"strings"
	"testing"

	"connex/casework"
	"connex/drafts"
	"connex/letters"
	"connex/store"
)

// scribe renders with the real renderer.
func (b *workbench) scribe() *Scribe {
	b.t.Helper()
	r, err := letters.New(letters.Options{})
	b.must(err)
	b.t.Cleanup(func() { _ = r.Close() })
	return &Scribe{Store: b.store, Renderer: r}
}

func TestARequestLetterIsRenderedOnceAndGoesOutTwice(t *testing.T) {
	b := atWork(t, nil)
	prepare := b.task(casework.PrepareRequestLetter, b.officer.ID)
	b.apply(casework.Transition{ID: "opens", Open: []casework.Task{prepare}})
	order := casework.LetterOrder{CaseNumber: b.number, Letter: casework.Letter{Kind: "request-letter", Key: "request-letter"}, Date: "2026-11-23"}
	s := b.scribe()
	first, err := s.RenderLetter(t.Context(), order)
	b.must(err)
	again, err := s.RenderLetter(t.Context(), order)
	b.must(err)
	if first.Refusal != nil || first.Document == "" || first != again {
		t.Fatalf("rendered %+v, then %+v", first, again)
	}
	submit := b.task(casework.SubmitRequestLetter, "")
	order.Letter.Document = first.Document
	ids := b.does(prepare, b.officer, casework.Values{"outcome": "send"}, casework.Transition{
		Open: []casework.Task{submit}, Letters: []casework.Letter{order.Letter},
		Mails: []casework.Mail{{Template: "task", Key: "task/submit", To: casework.Government, Task: submit.ID},
			{Template: "request-letter", Key: "request-letter", To: casework.Government, Letter: "request-letter"}},
	})
	if len(ids) != 1 {
		t.Fatalf("the ministry is asked %d times", len(ids))
	}
	if m := b.mail(ids[0]); len(m.Attachments) != 2 || !strings.Contains(m.Text, "formal letter from your side") || m.Task != submit.ID {
		t.Errorf("brings %v for %s:\n%s", m.Attachments, m.Task, m.Text)
	}
	b.postman.must(t, b.delivery(ids[0]))
	if raw := b.server.all()[0].raw; !strings.Contains(raw, "application/pdf") || !strings.Contains(raw, "request-letter.docx") {
		t.Error("the PDF or the text is missing")
	}
}

func (p *Postman) must(t *testing.T, d casework.Delivery) {
	t.Helper()
	if err := p.SendMail(t.Context(), d); err != nil {
		t.Fatal(err)
	}
}

// Whoever signs a letter reads it first: as it will go out, but for the signature. Nobody else gets it.
func TestADraftIsShownToWhoeverSigns(t *testing.T) {
	b := atWork(t, nil)
	draft := b.task(casework.DraftDeclining, b.officer.ID)
	b.apply(casework.Transition{ID: "opens", Open: []casework.Task{draft}})
	b.does(draft, b.officer, casework.Values{"outcome": "ready", "paragraphs": []any{"We regret."}}, casework.Transition{})
	person, err := b.store.Staff(t.Context(), b.officer.ID)
	b.must(err)
	drafted, err := b.store.Task(t.Context(), person, draft.ID)
	b.must(err)
	made, err := b.scribe().RenderLetter(t.Context(), casework.LetterOrder{CaseNumber: b.number, Date: "2026-11-23",
		Letter: casework.Letter{Kind: "declining", Key: casework.DraftKey(drafted.Action), Actions: []casework.ActionID{drafted.Action}, Draft: true}})
	b.must(err)
	sign := store.Task{ID: "sign", Kind: casework.SignDeclining, About: store.List[casework.ActionID]{drafted.Action}}
	found, err := b.store.LetterDrafts(t.Context(), person, sign)
	b.must(err)
	if made.Refusal != nil || found[sign.ID] != made.Document {
		t.Fatalf("made %+v, found %v", made, found)
	}
	d, err := b.store.Document(t.Context(), person, made.Document)
	b.must(err)
	if d.Kind != store.Draft || !strings.HasPrefix(d.Title, "Draft: ") || d.Name != "declining-draft.pdf" || d.MediaType != "application/pdf" {
		t.Errorf("kept as %s %q, %s", d.Kind, d.Title, d.Name)
	}
}

func TestALetterThatCannotBeShownWholeIsRefused(t *testing.T) {
	b := atWork(t, casework.Values{"contactName": "\U00013000"}) // a hieroglyph, which no font of ours has
	made, err := b.scribe().RenderLetter(t.Context(), casework.LetterOrder{CaseNumber: b.number, Date: "2026-11-23",
		Letter: casework.Letter{Kind: "acknowledgement", Key: "acknowledgement"}})
	b.must(err)
	if made.Document != "" || made.Refusal == nil || made.Refusal.Rule != casework.RuleLetterUnfit || made.Refusal.Why.With["Characters"] != "\U00013000" {
		t.Errorf("made %+v", made)
	}
}

// What goes out instead of the letter made here is a PDF of this case, and nothing else.
func TestAScanIsAPDF(t *testing.T) {
	b := atWork(t, nil)
	keep := func(name, mediaType, body string) string {
		d, err := b.store.AddDocument(t.Context(), store.NewDocument{CaseNumber: b.number, Kind: store.Upload, Title: name, Name: name, MediaType: mediaType,
			Body: []byte(body), By: b.officer.Person(), Role: casework.CaseOfficer})
		b.must(err)
		return d.ID
	}
	for name, tt := range map[string]struct{ document, why string }{
		"a PDF":              {keep("scan.pdf", "application/pdf", "%PDF-1.7"), ""},
		"notes":              {keep("notes.txt", "text/plain; charset=utf-8", "Call again."), "refusal.letter.no-pdf"},
		"not of the request": {"00000000-0000-4000-8000-000000000007", "refusal.letter.no-scan"},
	} {
		k := &known{order: casework.LetterOrder{CaseNumber: b.number}, deeds: []deed{{Kind: casework.SignApproval, Form: casework.Values{"signedDocument": tt.document}}}}
		made, err := (&Scribe{Store: b.store}).scan(t.Context(), k)
		b.must(err)
		why := ""
		if made.Refusal != nil {
			why = made.Refusal.Why.ID
		}
		if why != tt.why || (made.Document == "") != (tt.why != "") {
			t.Errorf("%s: %q and document %q, want %q", name, why, made.Document, tt.why)
		}
	}
}

func TestWhatStandsInALetter(t *testing.T) {
	request := atWork(t, nil)
	row, err := request.store.RequestOf(t.Context(), request.number)
	request.must(err)
	row.Signatory, row.SignatoryOffice = "Dr N. Example", "Permanent Secretary"
	k := func(kind string, deeds ...deed) *known {
		return &known{order: casework.LetterOrder{Letter: casework.Letter{Kind: kind, Activity: 1}, Date: "2026-11-23"}, request: row,
			signer: person{Name: "Ruth", Role: casework.Head}, deeds: deeds, experts: roster, conditions: []string{"A water balance."},
			activities: []done{{Number: 1, Title: "Fiscal model", Start: "2026-12-01", End: "2026-12-16", Experts: []casework.PersonID{"e1"}}},
			questioned: []questioned{{casework.Government, 0, 1}, {casework.Expert, 1, 1}}}
	}
	by := func(k *known, asked ...questioned) *known { k.questioned = asked; return k }
	draft := func(kind casework.TaskKind, form casework.Values) deed { return deed{Kind: kind, Form: form} }
	asProposed := func(form casework.Values) casework.Values {
		form["paragraphs"] = drafts.Known(row, drafts.Officer{}, casework.DraftDeclining)["paragraphs"]
		return form
	}
	scores := map[string]any{"relevance": 1.0, "coherence": nil, "effectiveness": 2.0, "efficiency": 2.0, "impact": 2.0, "sustainability": 2.0}
	for name, tt := range map[string]struct {
		k     *known
		says  []string
		never []string
	}{
		"an approval by default": {k("approval"), []string{"approved", "A water balance.", "Dr N. Example", "For the attention of Ndapewa Shikongo", "Head of the Secretariat"}, nil},
		"an approval as drafted": {k("approval", draft(casework.DraftApproval, casework.Values{"paragraphs": []any{"Yes."}, "conditions": []any{"Another."}})), []string{"Yes.", "Another."}, []string{"water balance"}},
		"a referral":             {k("declining", draft(casework.DraftDeclining, casework.Values{"referTo": "alsf"})), []string{"African Legal Support Facility", "not in a position to provide support"}, []string{"declined"}},
		"a referral beside what was proposed": {k("declining", draft(casework.DraftDeclining, asProposed(casework.Values{"referTo": "alsf", "reasons": "The time is too short."}))),
			[]string{"in this matter.\nThe time is too short.\nYou may find it useful to turn to African Legal Support Facility", "you wish.\nThis answer concerns"}, nil},
		"a referral beside other words": {k("declining", draft(casework.DraftDeclining, casework.Values{"referTo": "alsf", "paragraphs": []any{"We regret."}})),
			[]string{"We regret.\nYou may find it useful to turn to African Legal Support Facility"}, []string{"concerns the present request"}},
		"a referral in the drafter's words": {k("declining", draft(casework.DraftDeclining, casework.Values{"referTo": "alsf", "paragraphs": []any{"The African Legal Support Facility helps."}})),
			[]string{"helps."}, []string{"useful to turn"}},
		"no referral":              {k("declining", draft(casework.DraftDeclining, asProposed(casework.Values{}))), []string{"This answer concerns"}, []string{"useful to turn"}},
		"a closing letter":         {k("closing", draft(casework.CloseRequest, casework.Values{"remarks": "Late again."})), []string{"Fiscal model", "1 December 2026 to 16 December 2026"}, []string{"Late again."}},
		"an evaluation":            {k("evaluation-report", draft(casework.WriteEvaluation, casework.Values{"scores": scores, "impact": "More revenue.", "lessons": "Start early."})), []string{"Very successful", "Cannot say", "More revenue.", "Start early.", "questionnaires that one of the experts answered", "without the answers of the government and one of the experts", "Leila Haddad"}, []string{"1.8"}},
		"nobody answered":          {by(k("evaluation-report"), questioned{casework.Government, 0, 1}, questioned{casework.Expert, 0, 2}), []string{"without the answers of the government and the experts"}, []string{"draws on"}},
		"two of three":             {by(k("evaluation-report"), questioned{casework.Expert, 2, 1}), []string{"that 2 of the experts answered", "of one of the experts"}, nil},
		"one expert alone":         {by(k("evaluation-report"), questioned{casework.Expert, 1, 0}), []string{"that the expert answered"}, []string{"without"}},
		"closed with answers":      {by(k("closing"), questioned{casework.Government, 1, 0}, questioned{casework.Expert, 1, 1}), []string{"What you and the experts told us helps us"}, nil},
		"closed with the experts'": {by(k("closing"), questioned{casework.Expert, 1, 0}, questioned{casework.Government, 0, 1}), []string{"What the experts told us helps us"}, []string{"you and"}},
		"closed without answers":   {by(k("closing"), questioned{casework.Expert, 0, 1}, questioned{casework.Government, 0, 1}), []string{"What we learned from it helps us"}, []string{"told us"}},
		"the letter of the state":  {k("request-letter"), []string{"Dear colleagues", "lithium"}, []string{"Ruth"}},
	} {
		t.Run(name, func(t *testing.T) {
			l := tt.k.letter()
			all := []string{l.Subject, l.Salutation, l.Closing, l.Signatory.Name, l.Signatory.Office}
			all = append(append(append(all, l.Addressee...), l.Paragraphs...), l.Conditions...)
			for _, f := range l.Facts {
				all = append(all, f.Label, f.Value)
			}
			for _, s := range l.Sections {
				all = append(append(all, s.Title, s.Note), s.Paragraphs...)
			}
			text := strings.Join(all, "\n")
			for _, says := range tt.says {
				if !strings.Contains(strings.ToLower(text), strings.ToLower(says)) {
					t.Errorf("lacks «%s»:\n%s", says, text)
				}
			}
			if i := slices.IndexFunc(tt.never, func(s string) bool { return strings.Contains(text, s) }); i >= 0 {
				t.Errorf("says «%s»:\n%s", tt.never[i], text)
			}
			if strings.Contains(text, "⟦") {
				t.Errorf("lacks a text:\n%s", text)
			}
		})
	}
}

// Who is given up on is counted one by one, over the activity that the report is about, or over all for the closing letter.
func TestEveryoneWhoNeverAnsweredIsCounted(t *testing.T) {
	b := atWork(t, nil)
	of := func(kind casework.TaskKind, activity int) casework.Task {
		task := b.task(kind, "")
		task.Activity = activity
		b.apply(casework.Transition{ID: "opens/" + string(task.ID), Open: []casework.Task{task}, OfActivity: activity})
		return task
	}
	gives := func(task casework.Task) {
		b.apply(casework.Transition{ID: "gives-up/" + string(task.ID), GiveUp: []casework.TaskID{task.ID}, OfActivity: task.Activity})
	}
	first, second := of(casework.SelfAssess, 1), of(casework.SelfAssess, 1)
	gives(of(casework.EvaluateSupport, 1))
	gives(second)
	b.does(first, b.officer, casework.Values{"outcome": "answered"}, casework.Transition{OfActivity: 1})
	gives(of(casework.ClosingQuestionnaire, 0))
	for name, tt := range map[string]struct {
		letter casework.Letter
		want   []questioned
	}{
		"an activity's":   {casework.Letter{Kind: "evaluation-report", Activity: 1}, []questioned{{casework.Government, 0, 1}, {casework.Expert, 1, 1}}},
		"the whole's":     {casework.Letter{Kind: "evaluation-report"}, []questioned{{casework.Government, 0, 1}}},
		"an approval has": {casework.Letter{Kind: "approval"}, nil},
	} {
		var k *known
		b.must(b.store.InCase(t.Context(), b.number, func(tx *store.Tx) (err error) {
			k, err = gatherLetter(t.Context(), tx, casework.LetterOrder{CaseNumber: b.number, Letter: tt.letter})
			return err
		}))
		if !slices.Equal(k.questioned, tt.want) {
			t.Errorf("%s: %v, want %v", name, k.questioned, tt.want)
		}
	}
}
