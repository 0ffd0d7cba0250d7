package store

import (
	"slices"
	"time"

	"connex/casework"

	"github.com/google/uuid"
)

// setFacts copies facts from the JSON object $2 into the request's row; a fact that is not in it stays as it is. The
// columns are named like the fields.
const setFacts = `
	country           = COALESCE($2::jsonb->>'country', country),
	institution       = COALESCE($2::jsonb->>'institution', institution),
	sector            = COALESCE($2::jsonb->>'sector', sector),
	resource          = COALESCE($2::jsonb->>'resource', resource),
	negotiation_stage = COALESCE($2::jsonb->>'negotiationStage', negotiation_stage),
	negotiation_step  = COALESCE($2::jsonb->>'negotiationStep', negotiation_step),
	renegotiation     = COALESCE(($2::jsonb->>'renegotiation')::boolean, renegotiation),
	language          = COALESCE($2::jsonb->>'language', language),
	channel           = COALESCE($2::jsonb->>'channel', channel),
	summary           = COALESCE($2::jsonb->>'summary', summary),
	contact_name      = COALESCE($2::jsonb->>'contactName', contact_name),
	contact_email     = COALESCE($2::jsonb->>'contactEmail', contact_email),
	contact_phone     = COALESCE($2::jsonb->>'contactPhone', contact_phone),
	scope             = COALESCE($2::jsonb->>'scope', scope),
	disciplines       = CASE WHEN $2::jsonb ? 'disciplines' THEN ARRAY(SELECT jsonb_array_elements_text($2::jsonb->'disciplines')) ELSE disciplines END,
	needed_from       = COALESCE(($2::jsonb->>'neededFrom')::date, needed_from),
	needed_until      = COALESCE(($2::jsonb->>'neededUntil')::date, needed_until),
	letter_document   = COALESCE(($2::jsonb->>'letterDocument')::uuid, letter_document),
	letter_date       = COALESCE(($2::jsonb->>'letterDate')::date, letter_date),
	signatory         = COALESCE($2::jsonb->>'signatory', signatory),
	signatory_office  = COALESCE($2::jsonb->>'signatoryOffice', signatory_office),
	background        = COALESCE($2::jsonb->>'background', background),
	proposed_expert   = COALESCE($2::jsonb->>'proposedExpert', proposed_expert)`

// factNames are the fields that setFacts knows, each with what a value must be so that no hostile one stops the
// statement; a test holds them against the fields that casework marks as facts.
var factNames = map[string]func(any) bool{
	"country": isText, "institution": isText, "sector": isText, "resource": isText, "negotiationStage": isText,
	"negotiationStep": isText, "renegotiation": isBool, "language": isText, "channel": isText, "summary": isText,
	"contactName": isText, "contactEmail": isText, "contactPhone": isText, "scope": isText, "disciplines": isTexts,
	"neededFrom": isDate, "neededUntil": isDate, "letterDocument": isUUID, "letterDate": isDate, "signatory": isText,
	"signatoryOffice": isText, "background": isText, "proposedExpert": isText,
}

func isText(value any) bool { _, ok := value.(string); return ok }
func isBool(value any) bool { _, ok := value.(bool); return ok }

func isTexts(value any) bool {
	list, ok := value.([]any)
	return ok && !slices.ContainsFunc(list, func(item any) bool { return !isText(item) })
}

func isDate(value any) bool {
	text, ok := value.(string)
	day, err := time.Parse(casework.DateLayout, text)
	return ok && err == nil && day.Year() > 0
}

func isUUID(value any) bool {
	text, ok := value.(string)
	return ok && len(text) == 36 && uuid.Validate(text) == nil
}

// factsOf are the values of an action's form that become the request's own: all that a first interest says, else the
// fields that are marked so.
func factsOf(a Action) casework.Values {
	facts := casework.Values{}
	for name, value := range a.Form {
		if is, known := factNames[name]; known && is(value) && !casework.Empty(value) && isFact(a.Kind, name) {
			facts[name] = value
		}
	}
	if a.Kind == casework.ChangeContact && facts["contactPhone"] == nil {
		facts["contactPhone"] = "" // the one on file is the former contact's
	}
	return facts
}

func isFact(kind casework.TaskKind, name string) bool {
	return kind == casework.StartRequest || slices.ContainsFunc(casework.FieldsOf(kind), func(f casework.Field) bool {
		return f.Name == name && f.Fact
	})
}
