package activities

import (
	"cmp"
	"slices"
	"strings"

	"connex/casework"
	"connex/drafts"
	"connex/letters"
	"connex/store"
	"connex/words"
)

// known is all that a letter is made of.
type known struct {
	order       casework.LetterOrder
	request     store.Request // with the facts of the action that is being applied
	officer     drafts.Officer
	secretariat casework.Letterhead
	signer      person
	actions     []store.Action
	deeds       []deed // those whose forms hold its texts, in the letter's order
	activities  []done
	experts     map[casework.PersonID]string
	questioned  []questioned // who was sent the questionnaires of an evaluation
	approvedOn  string
	conditions  []string // the board's, where the draft has none of its own
}

// done is a support activity as a letter tells of it.
type done struct {
	Number     int
	Title      string
	Start, End string
	Experts    []casework.PersonID
}

// said is the newest of the letter's deeds of these kinds.
func (k *known) said(kinds ...casework.TaskKind) casework.Values {
	for _, d := range slices.Backward(k.deeds) {
		if slices.Contains(kinds, d.Kind) {
			return d.Form
		}
	}
	return casework.Values{}
}

// letter is the whole letter: by default, but for what its drafter wrote.
func (k *known) letter() letters.Letter {
	kind := letters.Kind(k.order.Letter.Kind)
	l := letters.Compose(kind, k.request.Language, k.facts(kind))
	w := words.In(l.Language)
	l.Date, l.Secretariat = k.order.Date, k.secretariat
	l.Signatory = letters.Signatory{Name: k.signer.Name, Office: office(w, k.signer.Role)}
	if k.order.Letter.Draft {
		l.Signatory = letters.Signatory{Name: w.T("draft.unsigned"), Office: office(w, casework.Head)}
	}
	if kind != letters.RequestLetter && kind != letters.EvaluationReport {
		l.Addressee = k.addressee(w)
	}
	k.drafted(&l)
	switch kind {
	case letters.RequestLetter:
		l.Signatory = letters.Signatory{Name: k.request.Signatory, Office: k.request.SignatoryOffice}
	case letters.Closing:
		l.Facts = k.closingFacts(w)
	case letters.EvaluationReport:
		l.Facts, l.Sections = k.reportFacts(w), k.sections(w)
	}
	return l
}

func office(w *words.Words, role casework.Role) string {
	if id := "draft.office." + string(role); words.In(words.Default).Has(id) {
		return w.T(id)
	}
	return ""
}

func (k *known) facts(kind letters.Kind) letters.Facts {
	f := drafts.Facts(k.request, k.officer)
	w := words.In(k.request.Language)
	f.Addressee = cmp.Or(k.request.Signatory, k.request.ContactName)
	f.Conditions, f.ApprovalDate = k.conditions, k.approvedOn
	answer := k.said(casework.DraftDeclining)
	f.Reasons = answer.String("reasons")
	if partner, there := casework.PartnerByKey(answer.String("referTo")); there {
		f.ReferTo = []string{partner.Name}
	}
	switch kind {
	case letters.Acknowledgement:
		f.ReceivedOn = k.order.Date
	case letters.EvaluationReport:
		f.Activity = k.activity().Title
		f.Answered, f.Silent = k.heard(w)
	case letters.Closing:
		f.Answered = k.told(w)
	}
	return f
}

// drafted lets what the drafter wrote stand in the place of what would stand there.
func (k *known) drafted(l *letters.Letter) {
	form := k.said(casework.PrepareRequestLetter, casework.DraftApproval, casework.DraftDeclining)
	if own := form.Strings("paragraphs"); len(own) > 0 {
		l.Paragraphs = k.completed(l.Kind, own)
	}
	if _, asked := form["conditions"]; asked {
		l.Conditions = form.Strings("conditions")
	}
}

// completed are a drafter's own paragraphs with what the form asks for beside them, where they do not say it already: the
// reasons, and who could help instead.
func (k *known) completed(kind letters.Kind, own []string) []string {
	f := k.facts(kind)
	proposed := letters.Texts(kind, k.request.Language, f)
	for _, beside := range []struct{ key, says string }{{"reasons", f.Reasons}, {"referral", strings.Join(f.ReferTo, "")}} {
		if !strings.Contains(strings.Join(own, "\n"), beside.says) {
			own = letters.With(own, beside.key, proposed)
		}
	}
	return own
}

// addressee names who signed the request, the institution and the contact.
func (k *known) addressee(w *words.Words) []string {
	r := k.request
	lines := []string{r.Signatory, r.SignatoryOffice, r.Institution, drafts.Label(w, r.Country)}
	if r.ContactName != "" && r.ContactName != r.Signatory {
		if r.Signatory == "" {
			lines[0] = r.ContactName
		} else {
			lines = append(lines, w.T("draft.attention", "Name", r.ContactName))
		}
	}
	return slices.DeleteFunc(lines, func(s string) bool { return s == "" })
}

// activity is the one that the letter is about; the zero value where it is about the request as a whole.
func (k *known) activity() done {
	i := slices.IndexFunc(k.activities, func(d done) bool { return d.Number == k.order.Letter.Activity })
	if i < 0 {
		return done{}
	}
	return k.activities[i]
}

// closingFacts are what was done together.
func (k *known) closingFacts(w *words.Words) (facts []letters.Fact) {
	for _, a := range k.activities {
		facts = append(facts, letters.Fact{Label: a.Title, Value: period(w, a)})
	}
	return facts
}

func period(w *words.Words, a done) string {
	return w.T("draft.period", "From", w.Day(a.Start), "To", w.Day(a.End))
}
