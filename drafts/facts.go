// Package drafts fills letters from what is known of a request: for the drafter, who sees the paragraphs before anybody
// else does, and for the renderer, where the drafter left them as they are.
package drafts

import (
	"cmp"
	"strings"

	"connex/casework"
	"connex/letters"
	"connex/store"
	"connex/words"
)

// Officer is who accompanies a request, as letters name them.
type Officer struct {
	Name  string
	Phone string
	Email string
}

// Facts are what a request's row says, in the letter's language. Sector and resource together are its matter.
func Facts(r store.Request, officer Officer) letters.Facts {
	w := words.In(r.Language)
	return letters.Facts{
		Reference: r.CaseNumber, Country: Label(w, r.Country), Government: w.Government(r.Country), Institution: r.Institution, Contact: contact(r),
		Matter: matter(w, r), Addressee: r.ContactName, Resource: Label(w, r.Resource), NegotiationStage: r.NegotiationStage,
		Renegotiation: r.Renegotiation, Scope: r.Scope, NeededFrom: r.NeededFrom, NeededUntil: r.NeededUntil,
		ProposedExpert: r.ProposedExpert, LetterDate: r.LetterDate,
		Officer: officer.Name, OfficerContact: joined(officer.Phone, officer.Email),
	}
}

func contact(r store.Request) string {
	return cmp.Or(r.ContactName, r.ContactEmail, r.ContactPhone)
}

func matter(w *words.Words, r store.Request) string {
	return joined(Label(w, r.Sector), Label(w, r.Resource))
}

// Label is the word for a value of a controlled list, and the value itself where there is none.
func Label(w *words.Words, value string) string {
	if value == "" || !words.In(words.Default).Has("option."+value) {
		return value
	}
	return w.T("option." + value)
}

func joined(parts ...string) string {
	var some []string
	for _, part := range parts {
		if part != "" {
			some = append(some, part)
		}
	}
	return strings.Join(some, ", ")
}

// kinds says which task drafts which letter.
var kinds = map[casework.TaskKind]letters.Kind{
	casework.PrepareRequestLetter: letters.RequestLetter,
	casework.DraftApproval:        letters.Approval,
	casework.DraftDeclining:       letters.Declining,
}

// Known are the letter's paragraphs, for the form of the task that drafts it; nil for every other task.
func Known(r store.Request, officer Officer, task casework.TaskKind) casework.Values {
	kind, drafts := kinds[task]
	if !drafts {
		return nil
	}
	var paragraphs []any
	for _, p := range letters.Texts(kind, r.Language, Facts(r, officer)) {
		paragraphs = append(paragraphs, p.Text)
	}
	return casework.Values{"paragraphs": paragraphs}
}
