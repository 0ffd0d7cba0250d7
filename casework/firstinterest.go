package casework

import (
	"errors"
	"strings"
)

// A first interest is no task: it starts a request. Its form is asked on the public page, by programs and by the
// Secretariat; what it says becomes the request's own, field by field.

// reach is how whoever writes can be answered: one of the two is enough.
var reach = oneOf(Say("invalid.unreachable"), field("contactEmail", Email), field("contactPhone", Text))

var firstInterest = []Field{
	field("country", Choice).from(Countries), field("institution", Text), field("contactName", Text), reach[0], reach[1],
	field("channel", Choice).from(Channels).need(), field("language", Choice).of(LetterLanguages...),
	field("sector", Choice).from(Sectors), field("resource", Choice).from(Resources),
	field("negotiationStage", Choice).of("pre", "during", "post"), field("negotiationStep", Choice).from(Steps),
	field("renegotiation", Bool), field("summary", LongText).need(),
}

// asksOnly are the fields for somebody who only has a question about eligibility.
var asksOnly = map[string]bool{"country": true, "institution": true, "contactName": true, "contactEmail": true, "contactPhone": true,
	"channel": true, "language": true, "summary": true}

// FirstInterestForm is what a first interest asks; question: only what a question about eligibility needs.
func FirstInterestForm(question bool) Form {
	var form Form
	for _, f := range firstInterest {
		if !question || asksOnly[f.Name] {
			form.Fields = append(form.Fields, FormContext{Kind: StartRequest}.made(f))
		}
	}
	return form
}

// DecodeFirstInterest checks what was sent like any other form; the error is a *FormError, which names everything at once.
func DecodeFirstInterest(form Form, sent Values) (Values, error) {
	values, err := Decode(FormContext{Kind: StartRequest}, form, sent)
	wrong := Faults{}
	if faulty := (*FormError)(nil); errors.As(err, &faulty) {
		values, wrong = sent, faulty.Fields
	} else if err != nil {
		return nil, err
	}
	for name, fault := range faultsOfInterest(values) {
		if _, said := wrong[name]; !said {
			wrong[name] = fault
		}
	}
	if len(wrong) > 0 {
		return nil, &FormError{Fields: wrong}
	}
	return values, nil
}

// faultsOfInterest are what types and offers cannot say; each is said whatever else is wrong.
func faultsOfInterest(v Values) Faults {
	wrong := Faults{}
	wrongStep(v, wrong)
	if phone := strings.TrimSpace(v.String("contactPhone")); phone != "" && !strings.ContainsAny(phone, "0123456789") {
		wrong["contactPhone"] = Say("invalid.no-phone")
	}
	return wrong
}
