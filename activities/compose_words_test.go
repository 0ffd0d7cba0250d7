package activities

import (
	"slices"
	"strings"
	"testing"
	"time"

	"connex/casework"
	"connex/store"
)

var (
	asOf   = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	linkOf = map[string]string{"government": "{link}", "expert": "{link}", "staff": "https://connex.test/tasks/t1"}
	roleOf = map[string]casework.Role{"government": casework.Government, "expert": casework.Expert, "staff": casework.Head}
	roster = map[casework.PersonID]string{"e1": "Leila Haddad", "e2": "Tomás Ibáñez Ruiz"}
)

// about is a mail of a template to one audience, with everything that there could be to say.
func about(template, audience string, change ...func(*material)) *material {
	m := &material{
		mail: casework.Mail{Template: template, Key: "k"}, at: asOf, link: linkOf[audience],
		request: subjectMatter{CaseNumber: "CNX-2026-0007", Country: "NA", Institution: "Ministry of Mines (fictitious)",
			Sector: "mining", Resource: "lithium", Language: "en", Phone: "+000 1"},
		to:          person{ID: "p1", Role: roleOf[audience], Name: "Ndapewa Shikongo", Address: "n@ministry.example"},
		officer:     person{ID: "o1", Name: "Amara Lindqvist", Phone: "+49 30 000"},
		secretariat: casework.Settings(nil).Letterhead(),
		experts:     roster, titles: map[int]string{1: "Fiscal model"},
	}
	for _, c := range change {
		c(m)
	}
	return m
}

func task(kind casework.TaskKind, about ...casework.ActionID) func(*material) {
	return func(m *material) {
		k, _ := casework.KindOf(kind)
		m.task = &casework.Task{ID: "t1", Kind: kind, Role: k.Role, Activity: 1, Opened: asOf, Clock: casework.NewClock(nil, kind, asOf), About: about}
		m.holder = "somebody"
	}
}

func said(kind casework.TaskKind, form casework.Values) func(*material) {
	return func(m *material) {
		m.deed = &deed{Kind: kind, Outcome: form.Outcome(), Actor: "Amara Lindqvist", Form: form}
		m.about = map[casework.ActionID]deed{"a1": *m.deed}
	}
}

func TestWhatAMailQuotes(t *testing.T) {
	proposal := casework.Values{"outcome": "propose", "suggestions": "A fiscal model first.", "scopingMission": true,
		"experts": []any{"e1", "e2"}, "activities": []any{map[string]any{"title": "Fiscal model", "form": "advice", "stage": "during",
			"experts": []any{"e1"}, "start": "2026-12-01", "end": "2026-12-16", "deliverable": "A written opinion"}}}
	declined := casework.Values{"outcome": "refer", "reasons": "Too small a deal.", "answer": "We cannot help here.", "referTo": "alsf"}
	for name, tt := range map[string]struct {
		m     *material
		says  []string
		never []string
	}{
		"a proposal, whole": {about("task", "government", said(casework.ProposeSupport, proposal), task(casework.AgreeSupport, "a1")),
			[]string{"A fiscal model first.", "Fiscal model (advice), 1 December 2026 to 16 December 2026, with Leila Haddad: A written opinion",
				"Experts: Leila Haddad and Tomás Ibáñez Ruiz.", "scoping mission", "14 December 2026"}, nil},
		"another expert": {about("task", "government", said(casework.ReplaceExpert, casework.Values{"expert": "e1", "by": "e2", "reason": "A falling-out."}), task(casework.AgreeSupport, "a1")),
			[]string{"Tomás Ibáñez Ruiz would take over from Leila Haddad, who is not available."}, []string{"falling-out"}},
		"a question": {about("task", "government", said(casework.ConcludeDueDiligence, casework.Values{"summary": "Water is the open point.", "questionToGovernment": "Who owns the land?"}), task(casework.ProvideInformation, "a1")),
			[]string{"Who owns the land?"}, []string{"Water"}},
		"a referral, without the internal reasons": {about("answer", "government", said(casework.AssessEligibility, declined)),
			[]string{"We cannot help here.", "African Legal Support Facility", "alsf.int"}, []string{"Too small"}},
		"what a government asks, for staff": {about("task", "staff", said(casework.AskUs, casework.Values{"message": "When will you come?"}), task(casework.AnswerGovernment, "a1")),
			[]string{"When will you come?"}, nil},
		"no drafts, for staff": {about("task", "staff", said(casework.ConcludeDueDiligence, casework.Values{"summary": "Water."}), task(casework.CastVote, "a1")),
			nil, []string{"Water."}},
		"what was noted for a government, without the note itself": {about("copy-on-behalf", "government",
			said(casework.ProvideInformation, casework.Values{"outcome": "provided", "answer": "The state owns it.", "noteOfCall": "Called at noon."})),
			[]string{"The state owns it."}, []string{"Called at noon"}},
		"an invitation": {about("invitation", "expert", said(casework.PlanMission, casework.Values{"place": "Windhoek", "from": "2026-12-01", "to": "2026-12-04", "team": []any{"e2"}, "purpose": "Which steps are realistic"})),
			[]string{"in Windhoek from 1 December 2026 to 4 December 2026", "Which steps are realistic", "Team: Tomás Ibáñez Ruiz."}, nil},
		"no address, only a telephone": {about("answer", "staff", said(casework.AssessEligibility, declined), func(m *material) { m.byPhone, m.link = true, "" }),
			[]string{"pass on by telephone (+000 1)", "We cannot help here."}, []string{"Too small"}},
		"a name in another script":   {about("task", "government", task(casework.ProvideInformation), func(m *material) { m.to.Name = "Сарнай Жишээ" }), []string{"Dear Сарнай Жишээ,"}, nil},
		"nobody by name":             {about("task", "government", task(casework.ProvideInformation), func(m *material) { m.to.Name = "" }), []string{"Dear Sir or Madam,"}, nil},
		"an unknown template":        {about("from-the-future", "staff", task(casework.CastVote)), []string{"cast your vote"}, nil},
		"lines as people broke them": {about("answer", "government", said(casework.AnswerGovernment, casework.Values{"answer": "First line.\nSecond line."})), nil, []string{"First line. Second"}},
		"the day of its rest":        {about("lapse-warning", "government", task(casework.SubmitRequestLetter)), []string{"by 24 May 2027"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			_, text := write(tt.m)
			flat := casework.OneLine(text)
			for _, says := range tt.says {
				if !strings.Contains(flat, says) {
					t.Errorf("lacks «%s»:\n%s", says, text)
				}
			}
			if i := slices.IndexFunc(tt.never, func(s string) bool { return strings.Contains(text, s) }); i >= 0 {
				t.Errorf("says «%s»:\n%s", tt.never[i], text)
			}
		})
	}
}

// Nobody is asked to call who is given no number.
func TestAMailAsksToCallOnlyWhereThereIsANumber(t *testing.T) {
	unreachable := func(m *material) { m.officer.Phone = "" }
	for _, template := range []string{"new-contact", "former-contact", "page-closed", "new-link"} {
		_, with := write(about(template, "government"))
		_, without := write(about(template, "government", unreachable))
		if !strings.Contains(casework.OneLine(with), "call us") || strings.Contains(casework.OneLine(without), "call us") {
			t.Errorf("%s: with a number\n%s\nwithout one\n%s", template, with, without)
		}
	}
	for _, template := range []string{"late-refusal", "page-closed"} {
		if _, text := write(about(template, "expert", unreachable)); strings.Contains(casework.OneLine(text), "call us") {
			t.Errorf("%s:\n%s", template, text)
		}
	}
}

// Every text is internal unless its label says who will read it: what a guest is sent of a form of ours is marked.
func TestWhatIsQuotedToGuestsIsMarked(t *testing.T) {
	for _, kind := range casework.AllKinds() {
		rules, _ := casework.KindOf(kind)
		if !rules.Role.Staff() {
			continue
		}
		for _, replacing := range []bool{false, true} {
			fields := casework.FormFor(casework.FormContext{Kind: kind, Replacing: replacing}).Fields
			form := casework.Values{"outcome": string(rules.Outcomes[0])}
			for _, f := range fields {
				switch f.Type {
				case casework.Text, casework.LongText:
					form[f.Name] = "our-" + f.Name
				case casework.Activities:
					form[f.Name] = []any{map[string]any{"title": "our-title", "deliverable": "our-deliverable", "form": "advice", "start": "2026-12-01", "end": "2026-12-16"}}
					fields = append(fields, casework.FieldsOf(casework.PlanActivity)...)
				}
			}
			template := "task"
			if kind == casework.PlanMission {
				template = "invitation"
			}
			var out string
			for _, guest := range []string{"government", "expert"} {
				subject, text := write(about(template, guest, said(kind, form), task(casework.AgreeSupport, "a1")))
				out += subject + text
			}
			for _, f := range fields {
				if strings.Contains(out, "our-"+f.Name) && !f.Sent {
					t.Errorf("%s goes out with %s, which is not marked as sent", f.Name, kind)
				}
			}
		}
	}
}

func TestAReminderListsAllThatWaits(t *testing.T) {
	m := about("reminder", "staff", task(casework.DiscussScope))
	second, third := *m.task, *m.task
	second.Kind, second.Holder = casework.CheckIn, m.to.ID
	third.Kind, third.Role = casework.AgreeSupport, casework.Government
	m.struck = []casework.Task{*m.task, second}
	m.late = []store.Task{{ID: "t3", Kind: third.Kind, Role: third.Role, HolderName: "Ndapewa Shikongo", OpenedAt: asOf, Clock: third.Clock}}
	subject, text := write(m)
	if subject != "[CNX-2026-0007] Escalated: Our suggestions for your support (asked of Ndapewa Shikongo); Reminder: 2 tasks – Namibia" {
		t.Errorf("subject %q", subject)
	}
	for _, says := range []string{"- Please discuss scope and content\nIt has waited since 23 November 2026. Please do this by 7 December 2026 (in 14\ndays).",
		"- Check-in: Fiscal model\n", "for you\nin person, as this request's case officer", "- Our suggestions for your support (asked of Ndapewa Shikongo)\nIt has waited for Ndapewa Shikongo since"} {
		if !strings.Contains(text, says) {
			t.Errorf("lacks «%s»:\n%s", says, text)
		}
	}
	m = about("reminder", "government", task(casework.AgreeSupport))
	m.struck = []casework.Task{*m.task}
	if subject, _ := write(m); subject != "[CNX-2026-0007] Your reply on our suggestions for your support" {
		t.Errorf("subject %q", subject)
	}
}

// No server takes a control character in a subject, and titles from before forms were cleaned may hold one.
func TestASubjectIsAPlainLine(t *testing.T) {
	subject, _ := write(about("task", "expert", task(casework.SelfAssess), func(m *material) { m.titles = map[int]string{1: "Fiscal\a\vmodel\u202E"} }))
	if !strings.HasSuffix(subject, ": Fiscal model – Namibia") {
		t.Errorf("the subject is %q", subject)
	}
}

// The public page takes anybody's address, and what stands there as a name may be an advertisement.
func TestAStrangersNameGoesToNobody(t *testing.T) {
	for template := range greets {
		_, text := write(about(template, "government", func(m *material) { m.to.Name = "Cheap loans at loans.example" }))
		if strings.Contains(text, "loans.example") || !strings.HasPrefix(text, "Dear Sir or Madam,") {
			t.Errorf("%s: %s", template, text)
		}
	}
}
