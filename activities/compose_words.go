package activities

import (
	"cmp"
	"slices"
	"strings"

	"connex/casework"
	"connex/mail"
	"connex/words"
)

// values are what the texts of the catalogue name.
type values struct {
	Case, Institution, Country, Matter, Activity string
	Name, Officer, OfficerMail, Telephone, For   string
	Secretariat, House, Address                  string // House: with its article, for the middle of a sentence
	Subject, Link, Page, About, Why              string
	On, AskSubject, Ask, By, Due, Until, Quote   string
	Away, Then, Remind, Last, Tells, As          string
	Waiting, Late, LateOn                        string
	Holder, Taker, Reason, Opened, Actor         string
	AnswerSubject, Expert                        string
	Place, From, To, Team, Names                 string
	RefusedSubject, RefusedAddress, RefusedCode  string
	Contact, ContactMail, Former, FormerMail     string
	Yours, Evaluations, Colleague                bool
}

// writer writes one mail.
type writer struct {
	*material
	w *words.Words
	v values
}

// write makes subject and text of a mail.
func write(m *material) (subject, text string) {
	w := &writer{material: m, w: m.words()}
	w.v = w.facts()
	w.ask()
	w.address()
	w.v.Subject = w.of("subject")
	subject = casework.OneLine(w.w.T("mail.subject."+w.subjectOf(), w.v))
	w.v.Quote, w.v.Waiting, w.v.Late, w.v.Page = mail.Kept(w.v.Quote), mail.Kept(w.v.Waiting), mail.Kept(w.v.Late), mail.Kept(w.v.Page)
	return subject, mail.LaidOut(w.preface(), w.greeting(), mail.Flowing(w.of("text")), w.signature())
}

// subjectOf is in which way the subject is written: whoever has several cases tells them apart by the country, too.
func (w *writer) subjectOf() string {
	if w.audience() == "government" {
		return "plain"
	}
	return "country"
}

// of is a part of the template in the variant for its audience. A template that the catalogue does not know is a plain
// mail about its task.
func (w *writer) of(part string) string {
	for _, template := range []string{w.mail.Template, "plain"} {
		for _, id := range []string{template + "." + w.audience(), template} {
			if w.has("mail." + id + "." + part) {
				return w.w.T("mail."+id+"."+part, w.v)
			}
		}
	}
	return ""
}

// has tells whether there is such a text, in this language or in English.
func (w *writer) has(id string) bool { return w.w.Has(id) || words.In(words.Default).Has(id) }

// t is a text where there is one.
func (w *writer) t(id string) string {
	if !w.has(id) {
		return ""
	}
	return w.w.T(id, w.v)
}

func (w *writer) facts() values {
	r := w.request
	return values{
		Case: string(r.CaseNumber), Institution: r.Institution, Country: w.label(r.Country),
		Matter: w.matter(), Evaluations: r.Evaluations, Link: w.link,
		Name: w.addressee(), For: w.to.For, Officer: w.officer.Name, OfficerMail: cmp.Or(w.officer.Address, w.secretariat.Mail),
		Telephone:   cmp.Or(w.officer.Phone, w.secretariat.Telephone),
		Secretariat: w.secretariat.Name, House: w.w.The(w.secretariat.Name), Address: w.secretariat.OneLine(),
		Yours: w.yours(), Taker: w.taker, Reason: w.reasonGiven(),
		Contact: r.Contact, ContactMail: r.ContactMail, Former: w.former.Name, FormerMail: w.former.Email,
		Holder: w.heldBy(), Activity: w.titles[w.ofActivity],
		Place: w.text("place"), From: w.w.Day(w.text("from")), To: w.w.Day(w.text("to")),
	}
}

// addressee is who is greeted: whoever reads it, or to whom it is read.
func (w *writer) addressee() string {
	if w.byPhone {
		return w.request.Contact
	}
	return w.to.Name
}

// heldBy names who holds the task: a person, or whoever has the role.
func (w *writer) heldBy() string {
	if w.holder == "" && w.holderRole != "" {
		return w.w.T("mail.holder." + string(w.holderRole))
	}
	return w.holder
}

// label is the word for a value of a controlled list.
func (w *writer) label(value string) string {
	if value == "" || !w.has("option."+value) {
		return value
	}
	return w.w.T("option." + value)
}

func (w *writer) matter() string {
	both := []string{w.label(w.request.Sector), w.label(w.request.Resource)}
	return strings.Join(slices.DeleteFunc(both, func(s string) bool { return s == "" }), ", ")
}

// text is a field of the action that the mail is about.
func (w *writer) text(field string) string {
	if w.deed == nil {
		return ""
	}
	return w.deed.Form.String(field)
}

// reasonGiven is why something was passed on: a colleague's word to another.
func (w *writer) reasonGiven() string {
	if !w.passedOn() {
		return ""
	}
	return w.text("reason")
}

// ask words what the task asks, by when, and what was said before that belongs to it.
func (w *writer) ask() {
	if w.task != nil {
		w.asked(*w.task)
	}
	if w.deed != nil {
		w.v.Actor = w.deed.Actor
		w.v.Quote = joined(w.quote(*w.deed), w.v.Quote)
		w.v.AnswerSubject = w.answerSubject()
		w.v.Team = w.team()
		w.v.On = cmp.Or(w.v.On, w.t("mail.ask."+string(w.deed.Kind)+".on"))
		w.v.Expert = w.experts[casework.PersonID(w.text("expert"))]
	}
	if w.refused != nil {
		w.v.RefusedSubject, w.v.RefusedAddress, w.v.RefusedCode = w.refused.Subject, w.refused.Address, w.refused.Code
		w.v.Colleague = w.refused.Colleague
	}
	if len(w.late) > 0 {
		w.escalations()
	}
	if len(w.struck) > 0 {
		w.waiting()
	}
}

func (w *writer) asked(t casework.Task) {
	w.v.Activity = w.titles[t.Activity]
	id := "mail.ask." + string(t.Kind)
	w.v.On, w.v.AskSubject, w.v.Ask = w.t(id+".on"), w.t(id+".subject"), w.t(id+".text")
	w.v.AskSubject = cmp.Or(w.v.AskSubject, w.t("kind."+string(t.Kind)+".title"), string(t.Kind))
	if w.audience() == "staff" && !t.Role.Staff() {
		w.v.AskSubject = w.t("kind." + string(t.Kind) + ".title") // as our pages call it
		w.v.AskSubject, w.v.On = w.t("mail.asked-of"), ""
	}
	w.v.On = cmp.Or(w.v.On, w.v.AskSubject)
	w.v.By, w.v.Then = w.by(t), w.then(t)
	if rhythm := t.Rhythm(); len(rhythm) > 0 && rhythm[len(rhythm)-1].Strike == casework.Lapse {
		w.v.Until = w.w.Day(casework.DateOf(t.Clock.StageAt(rhythm[len(rhythm)-1])))
	}
	w.v.Opened = w.date(t.Opened)
	w.v.Quote = w.quotesOf(t)
}

// address words where to go, and why this person is asked.
func (w *writer) address() {
	w.v.About = w.t("mail.about")
	t, form := w.only()
	form = form || w.task != nil && w.audience() != "staff" // a guest has one page for all
	switch {
	case w.link == "":
	case form && len(w.late) == 1:
		w.v.Page = w.t("mail.page-late." + map[bool]string{true: "staff", false: "guest"}[t.Role.Staff()])
	case form:
		w.v.Page = w.t("mail.page." + w.audience())
	case w.request.Ended && w.audience() != "staff":
		w.v.Page = w.t("mail.follow-ended." + w.audience())
	default:
		w.v.Page = w.t("mail.follow." + w.audience())
	}
	w.v.Why = w.why(w.task)
}

// greeting names nobody in the answer to a stranger: whoever fills in the public page with another's address would write
// to them in our name, in as many words as a name may have.
func (w *writer) greeting() string {
	switch {
	case w.v.Name == "", greets[w.mail.Template]:
		return w.t("mail.greeting.unnamed")
	case w.audience() == "staff":
		return w.t("mail.greeting.colleague")
	}
	return w.t("mail.greeting.named")
}

// preface is for whoever reads a mail to a government that has no address.
func (w *writer) preface() string {
	if !w.byPhone {
		return ""
	}
	return w.w.T("mail.by-telephone", "Telephone", w.request.Phone)
}

// answerSubject says whether we answer a question, or the request.
func (w *writer) answerSubject() string {
	switch w.deed.Kind {
	case casework.AnswerEligibilityQuestion, casework.AnswerGovernment, casework.InformOnExpert:
		return w.t("mail.answer-subject.question")
	}
	return w.t("mail.answer-subject.request")
}

// signature is the case officer's, for the Secretariat; colleagues read who that is.
func (w *writer) signature() string {
	if w.audience() == "staff" {
		return w.t("mail.signature.staff")
	}
	return w.t("mail.signature.guest")
}

func joined(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return strings.TrimSpace(s) == "" }), "\n\n")
}
