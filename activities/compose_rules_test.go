package activities

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"connex/casework"
	"connex/mail"
	"connex/store"
	"connex/words"
	"connex/words/wordstest"
)

// without are the mails of the catalogue that have no link, and why.
var without = map[string]string{
	"former-contact": "the page is somebody else's now",
	"page-closed":    "there is no page any more",
	"code":           "whoever asked for it has the page open",
}

// byOthers are the mails of the catalogue that are written elsewhere, with the same texts.
var byOthers = []string{"code", "new-link", "page-closed", "expert-message", "mentioned", "late-refusal"}

// sample is a mail with what must be in it.
type sample struct {
	*material
	due   bool // it asks for something that has a date
	asks  bool // it asks the reader for something
	again bool // it reminds, or tells of an escalation
}

// TestEveryMailForEverybody holds every mail that the system can send, to whoever can get it, to the same rules. What is
// in the catalogue and is not written here, or not by the rules, fails.
func TestEveryMailForEverybody(t *testing.T) {
	for name, s := range everyMail(t) {
		t.Run(name, func(t *testing.T) { s.holdToTheRules(t) })
	}
}

func everyMail(t *testing.T) map[string]sample {
	t.Helper()
	all := map[string]sample{}
	for _, kind := range casework.AllKinds() {
		k, _ := casework.KindOf(kind)
		if k.Standing && k.Due.Days == 0 {
			continue // nobody is asked by mail for what one may do at any time
		}
		for reader, as := range readersOf(k) {
			due := k.Due.Days > 0
			all["plain/"+string(kind)+"/"+reader] = sample{about("plain", audienceOf(k), task(kind), as), due, true, false}
			all["task/"+string(kind)+"/"+reader] = sample{about("task", audienceOf(k), task(kind), as), due, true, false}
			for days := range 3 {
				later := func(m *material) {
					m.at = asOf.AddDate(0, 0, []int{0, 14, 60}[days])
					m.task.Clock.StrikeUntil(m.task.Rhythm(), m.at)
					m.struck = []casework.Task{*m.task}
				}
				silent := !k.Role.Staff() && days > 0 // a guest is not told of a day that has passed
				all["reminder/"+string(kind)+"/"+reader+[]string{"", "/due", "/late"}[days]] = sample{about("reminder", audienceOf(k), task(kind), as, later), due && !silent, true, true}
			}
			if k.Role.Staff() {
				passed := said(casework.Reassign, casework.Values{"to": "p1", "reason": "I am away."})
				all["reassigned/"+string(kind)+"/"+reader] = sample{about(passedOn(kind), "staff", task(kind), as, passed), due, true, false}
			}
		}
		if reached(kind) {
			all["escalated/"+string(kind)] = sample{about("reminder", "staff", task(kind), escalated), false, false, true}
		}
	}
	for template, audiences := range inCatalogue() {
		for _, audience := range audiences {
			m := about(template, audience, said(casework.InformOnExpert, casework.Values{"outcome": "informed", "answer": "Twenty years of practice.",
				"expert": "e1", "place": "Windhoek", "from": "2026-12-01", "to": "2026-12-04"}), everythingElse)
			if !slices.Contains([]string{"task", "reminder", "reassigned", "officer-changed", "plain"}, template) && !slices.Contains(byOthers, template) {
				all[template+"/"+audience] = sample{material: m}
			}
		}
	}
	return all
}

// inCatalogue are the templates that there is a text for, with their audiences.
func inCatalogue() map[string][]string {
	found := map[string][]string{}
	for _, id := range words.Keys(words.Default) {
		parts := strings.Split(id, ".")
		if parts[0] == "mail" && len(parts) == 4 && parts[3] == "subject" && linkOf[parts[2]] != "" {
			found[parts[1]] = append(found[parts[1]], parts[2])
		}
	}
	return found
}

func audienceOf(k casework.Kind) string {
	if k.Role.Staff() {
		return "staff"
	}
	return string(k.Role)
}

// readersOf are the ways in which a task is somebody's.
func readersOf(k casework.Kind) map[string]func(*material) {
	as := func(change func(*material)) func(*material) {
		return func(m *material) { m.to.Role = k.Role; change(m) }
	}
	if !k.Role.Staff() {
		return map[string]func(*material){"guest": as(func(m *material) { m.task.Holder = m.to.ID })}
	}
	readers := map[string]func(*material){
		"person":     as(func(m *material) { m.task.Holder = m.to.ID }),
		"substitute": as(func(m *material) { m.task.Holder, m.to.For, m.holder = "p2", "Ruth Sandoval", "Ruth Sandoval" }),
	}
	if k.Holding == casework.ByRole {
		readers["role"] = as(func(*material) {})
		readers["taken"] = as(func(m *material) { m.task.Holder, m.task.TakenBy = m.to.ID, true })
	}
	return readers
}

func passedOn(kind casework.TaskKind) string {
	if casework.TakesRequestAlong(kind) {
		return "officer-changed"
	}
	return "reassigned"
}

func reached(kind casework.TaskKind) bool {
	k, _ := casework.KindOf(kind)
	return slices.ContainsFunc(casework.RhythmOf(nil, kind, k.Role), func(s casework.Stage) bool { return s.Strike == casework.Escalate })
}

func escalated(m *material) {
	m.at = asOf.AddDate(0, 3, 0)
	t := *m.task
	t.Clock.StrikeUntil(t.Rhythm(), m.at)
	m.late = []store.Task{{ID: t.ID, Kind: t.Kind, Role: t.Role, Activity: t.Activity, HolderName: "Rolf Example", Holder: "p2", OpenedAt: t.Opened, Clock: t.Clock}}
}

func everythingElse(m *material) {
	m.request.Contact, m.request.ContactMail = "Sarnai Example", "sarnai@ministry.example"
	m.former = store.Recipient{Name: "Ndapewa Shikongo", Email: "n@ministry.example"}
	m.refused = &undelivered{Subject: "Our question", Address: "n@ministry.example", Code: "550"}
	m.ofActivity = 1
	if without[m.mail.Template] != "" {
		m.link = ""
	}
	if m.mail.Template == "lapse-warning" || m.mail.Template == "request-letter" {
		task(casework.SubmitRequestLetter)(m)
	}
}

var (
	anyLink  = regexp.MustCompile(`\{link\}|https?://\S+`)
	hole     = regexp.MustCompile(`⟦|<no value>|\{\{|  |“”|«»|\(\)| [,.;:]|: ?$|\.\.|\b(?i:the|a|an) (?i:the|a|an)\b|\bfrom to\b`)
	howLong  = regexp.MustCompile(`\((today|tomorrow|yesterday|in \d+ days|\d+ days ago)\)`)
	reason   = regexp.MustCompile(`You (get|receive) this (because|as) \S`)
	whatElse = regexp.MustCompile(`If it stays open, (you are reminded|the Head of Secretariat is told|another Head)|some days after that`)
)

func (s sample) holdToTheRules(t *testing.T) {
	t.Helper()
	subject, text := write(s.material)
	flat, audience := casework.OneLine(text), s.audience()
	must := func(holds bool, what string) {
		t.Helper()
		if !holds {
			t.Errorf("%s:\nSubject: %s\n\n%s", what, subject, text)
		}
	}
	prefix, rest, _ := strings.Cut(subject, "] ")
	must(prefix == "[CNX-2026-0007" && len(rest) > 5 && !strings.ContainsAny(subject, "\r\n"), "the subject does not begin with the number, or says nothing")
	must(audience == "government" || strings.HasSuffix(subject, " – Namibia"), "the subject does not name the country")
	must(hole.FindString(subject+"\n"+flat) == "", "there is a hole «"+hole.FindString(subject+"\n"+flat)+"»")
	must(!strings.Contains(text, "\n\n\n") && !slices.ContainsFunc(strings.Split(text, "\n"), func(l string) bool { return len([]rune(l)) > mail.Columns }), "the lines are too long, or leave a hole")
	must(strings.Contains(text, "Amara Lindqvist") && strings.Contains(text, "+49 30 000") && strings.Contains(text, "Potsdamer Platz 10"), "it is not signed with telephone and address")

	links := anyLink.FindAllString(text, -1)
	if without[s.mail.Template] != "" {
		must(len(links) == 0, "it has a link")
	} else {
		must(len(links) == 1 && strings.Contains(text, "\n\n"+links[0]+"\n\n"), "there is not exactly one link, alone on its line")
	}
	if s.due {
		must(strings.Contains(flat, day(s.task.Clock.Due)), "it does not say until when")
		must(audience == "government" || howLong.MatchString(flat), "it does not say how long that is")
	}
	asks := s.asks || slices.Contains([]string{"lapse-warning", "request-letter", "information-on-expert"}, s.mail.Template)
	must(audience == "government" && !asks || reason.MatchString(flat), "it does not say why it comes to this person")
	if s.asks && audience == "staff" && !s.again {
		must(whatElse.MatchString(flat), "it does not say what happens otherwise")
	}
	if s.again {
		must(strings.Contains(flat, "23 November 2026"), "it does not say since when")
		must(audience != "staff" || regexp.MustCompile(`This is (a reminder|an escalation)`).MatchString(flat) && regexp.MustCompile(`\] (Reminder|Escalated): `).MatchString(subject),
			"it does not say that it is a reminder or an escalation")
	}
	blunt := map[string]*regexp.Regexp{"government": wordstest.Blunt, "expert": wordstest.OfTheHouse, "staff": regexp.MustCompile(`⟦`)}[audience]
	must(blunt.FindString(subject+"\n"+flat) == "", "they would read «"+blunt.FindString(subject+"\n"+flat)+"»")
}

func day(at time.Time) string { return words.In(words.Default).Date(at) }

// Two mails of the same case can be told apart in a list by what they ask.
func TestSubjectsDiffer(t *testing.T) {
	seen := map[string]string{}
	for name, s := range everyMail(t) {
		template, rest, _ := strings.Cut(name, "/")
		kind, _, _ := strings.Cut(rest, "/")
		if template != "task" {
			continue
		}
		subject, _ := write(s.material)
		if other := seen[subject]; other != "" && other != kind {
			t.Errorf("%s and %s both read %q", kind, other, subject)
		}
		seen[subject] = kind
	}
}
