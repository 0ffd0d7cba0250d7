package letters

import (
	"cmp"
	"slices"
	"strings"

	"connex/casework"
	"connex/words"
)

// Facts are what is known when a letter is drafted; any may be missing. Texts stand in the letter's language, days are
// given as 2027-03-07, names as they are to be read.
type Facts struct {
	Reference   casework.CaseNumber
	Country     string // the country's name
	Government  string // of that country, for the middle of a sentence
	Institution string
	Contact     string // name, or address where no name is known
	Matter      string // what the request is about, in a few words
	Addressee   string // who is addressed by name in the salutation

	Resource         string
	NegotiationStage string // pre, during or post
	Renegotiation    bool
	Scope            string
	NeededFrom       string
	NeededUntil      string
	ProposedExpert   string

	LetterDate   string // of the government's formal letter
	ReceivedOn   string
	ApprovalDate string

	Officer        string
	OfficerContact string // telephone and address, in one line
	Conditions     []string
	Reasons        string
	ReferTo        []string
	Remarks        string

	Activity string   // of an evaluation: its title; empty: the request as a whole
	Answered []string // who answered the questionnaire, in words
	Silent   []string // who was given up on
}

// Paragraph is a default text of a letter; its key names it in forms and stays what it is in all languages.
type Paragraph struct {
	Key  string
	Text string
}

// plan lists the paragraphs of each kind in order. One without a condition always stands; where two exclude each other,
// a letter has the one that what is known allows.
var plan = map[Kind][]planned{
	RequestLetter: {
		{key: "request"},
		{"scope", func(f Facts) bool { return f.Scope != "" }}, {"scope-open", func(f Facts) bool { return f.Scope == "" }},
		{"timing", func(f Facts) bool { return f.NeededFrom != "" }}, {"timing-open", func(f Facts) bool { return f.NeededFrom == "" }},
		{"expert", func(f Facts) bool { return f.ProposedExpert != "" }}, {"expert-open", func(f Facts) bool { return f.ProposedExpert == "" }},
		{key: "background"}, {"contact", func(f Facts) bool { return f.Contact != "" }}, {key: "thanks"},
	},
	Acknowledgement: {{key: "thanks"}, {key: "next"}, {"number", func(f Facts) bool { return f.Reference != "" }}, {"officer", hasOfficer}},
	Approval:        {{key: "thanks"}, {key: "decision"}, {key: "next"}, {"officer", hasOfficer}, {key: "agreement"}},
	Declining: {
		{key: "thanks"}, {key: "decision"}, {"reasons", func(f Facts) bool { return f.Reasons != "" }},
		{"referral", func(f Facts) bool { return len(f.ReferTo) > 0 }}, {key: "open"}, {"officer", hasOfficer},
	},
	Closing: {
		{key: "thanks"}, {key: "evaluation"}, {"remarks", func(f Facts) bool { return f.Remarks != "" }},
		{key: "open"}, {key: "wishes"},
	},
	EvaluationReport: {{key: "purpose"}, {"without", func(f Facts) bool { return len(f.Silent) > 0 }}},
}

type planned struct {
	key  string
	when func(Facts) bool
}

func hasOfficer(f Facts) bool { return f.Officer != "" && f.OfficerContact != "" }

// Texts are the paragraphs that a letter of this kind has by default, for the drafter to edit.
func Texts(kind Kind, language string, f Facts) []Paragraph {
	w := words.In(language)
	values := f.values(w)
	var texts []Paragraph
	for _, p := range plan[kind] {
		if p.when == nil || p.when(f) {
			texts = append(texts, Paragraph{Key: p.key, Text: w.T("letter."+string(kind)+"."+p.key, values)})
		}
	}
	return texts
}

// With are paragraphs that a drafter wrote, and among them the one of that key: before the first that is as it was proposed
// of those behind it, else at the end.
func With(own []string, key string, proposed []Paragraph) []string {
	at := slices.IndexFunc(proposed, func(p Paragraph) bool { return p.Key == key })
	if at < 0 {
		return own
	}
	for _, behind := range proposed[at+1:] {
		if i := slices.Index(own, behind.Text); i >= 0 {
			return slices.Insert(slices.Clone(own), i, proposed[at].Text)
		}
	}
	return append(slices.Clone(own), proposed[at].Text)
}

// Compose is the whole letter by default: all but its date, its sender and who signs. What a drafter changed replaces
// its paragraphs and conditions.
func Compose(kind Kind, language string, f Facts) Letter {
	w := words.In(language)
	l := Letter{
		Kind: kind, Language: w.Language(), Reference: f.Reference, Institution: f.Institution, Contact: f.Contact,
		Subject: w.T("letter."+string(kind)+".subject", f.values(w)), Conditions: f.Conditions,
	}
	for _, p := range Texts(kind, language, f) {
		l.Paragraphs = append(l.Paragraphs, p.Text)
	}
	if kind != EvaluationReport {
		l.Salutation, l.Closing = salutation(kind, w, f), w.T("letter.formula.yours")
	}
	return l
}

func salutation(kind Kind, w *words.Words, f Facts) string {
	switch {
	case kind == RequestLetter:
		return w.T("letter.formula.dear-secretariat")
	case f.Addressee != "":
		return w.T("letter.formula.dear", "Name", f.Addressee)
	}
	return w.T("letter.formula.dear-unnamed")
}

// values are the facts as the catalogue's texts name them.
func (f Facts) values(w *words.Words) map[string]any {
	return map[string]any{
		"Reference": string(f.Reference), "Government": f.Government, "Institution": f.Institution, "Contact": f.Contact,
		"Matter": cmp.Or(f.Matter, f.Resource), "Resource": f.Resource, "Negotiation": f.negotiation(w), "Scope": f.Scope,
		"From": day(w, f.NeededFrom), "Until": day(w, f.NeededUntil), "Expert": f.ProposedExpert,
		"LetterDate": day(w, f.LetterDate), "ReceivedOn": day(w, f.ReceivedOn), "ApprovalDate": day(w, f.ApprovalDate),
		"Officer": f.Officer, "OfficerContact": f.OfficerContact, "Reasons": f.Reasons, "Remarks": f.Remarks,
		"ReferTo": w.List(f.ReferTo), "Activity": f.Activity, "Answers": w.List(f.Answered), "Silent": w.List(f.Silent),
	}
}

func (f Facts) negotiation(w *words.Words) string {
	key := "letter.request-letter.negotiation."
	switch {
	case f.Renegotiation:
		return w.T(key + "again")
	case w.Has(key + f.NegotiationStage):
		return w.T(key + f.NegotiationStage)
	}
	return w.T(key + "open")
}

func day(w *words.Words, given string) string {
	if strings.TrimSpace(given) == "" {
		return ""
	}
	return w.Day(given)
}
