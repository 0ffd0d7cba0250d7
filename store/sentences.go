package store

import (
	"encoding/json"
	"strings"

	"connex/casework"
)

// A sentence stands in a row as what it is made of, so that everybody can read it in their own language.

func sentenceText(s casework.Sentence) string {
	if s.ID == "" {
		return ""
	}
	text, _ := json.Marshal(s) // texts and numbers: it cannot fail
	return string(text)
}

// sentenceIn is the sentence that a text of a row holds; none where it is another text.
func sentenceIn(text string) (s casework.Sentence) {
	if !strings.HasPrefix(text, `{"id":`) || json.Unmarshal([]byte(text), &s) != nil {
		return casework.Sentence{}
	}
	return s
}

// whyOf is a refusal's reason as its row has it. The oldest rows have an English text.
func whyOf(r casework.Refusal) string {
	if r.Why.ID == "" {
		return r.English
	}
	return sentenceText(r.Why)
}

func refusalOf(rule, text string) casework.Refusal {
	if why := sentenceIn(text); why.ID != "" {
		return casework.Refusal{Rule: rule, Why: why}
	}
	return casework.Refusal{Rule: rule, English: text}
}

// Why is the rule's reason that an entry tells of, none where it tells of something else. Reason has it in English.
func (e Entry) Why() casework.Sentence { return sentenceIn(e.About) }
