// Package wordstest is what tests ask of the texts that somebody outside the house reads.
package wordstest

import (
	"regexp"
	"strings"

	"connex/casework"
	"connex/words"
)

// Blunt finds what no government reads: verdicts, flags, haste, and the names by which we call things among ourselves.
var Blunt = regexp.MustCompile(`(?i)not eligible|eligib|declin|refus|\blaps|overdue|deadline|escalat|reminder|due diligence|\brisk|` +
	`integrity|fragile|with conditions|replaced|conflict|developing country|\bcase\b|ticket|applicant|\buser|withdraw|\brating|\bvot(e|ing)|\bhint|` +
	`disclos|case officer|workflow|temporal\b|⟦`)

// OfTheHouse finds the names by which we call things among ourselves; experts do not know them either.
var OfTheHouse = regexp.MustCompile(`(?i)case officer|\bcase file|ticket|applicant|\buser|overdue|escalat|reminder|workflow|temporal\b|⟦`)

// guestRooms begin the IDs of texts that stand on guests' pages and in what they are sent.
var guestRooms = []string{"guest.", "self-check.", "live.", "page.name-for-guests", "page.tag", "page.form.", "form.first-interest.", "form.expert-message.",
	"letter.", "mail.subject", "mail.greeting.named", "mail.greeting.unnamed", "mail.signature.guest", "mail.code.", "mail.plan.", "mail.refer-to", "mail.team",
	"mail.calendar", "mail.answer-subject", "problem.confirmation-required", "problem.not-found", "problem.away", "problem.fault", "problem.too-", "problem.invalid",
	"problem.media-type", "invalid.missing", "invalid.choose", "invalid.no-", "invalid.too-", "invalid.characters", "invalid.unknown-option", "invalid.one-line",
	"refusal.ended", "refusal.task-", "refusal.not-yours", "refusal.no-longer-yours", "refusal.questions-open", "refusal.not-offered"}

// notForGuests begin the IDs below those rooms that are the staff's: reports, checks of due diligence.
var notForGuests = []string{"letter.evaluation-report.", "page.form.raises.", "page.form.activities.", "page.form.nobody", "invalid.no-measure",
	"invalid.no-scores", "invalid.no-grade"}

// forExperts begin the IDs below those rooms that no government reads.
var forExperts = []string{"guest.code.", "guest.conduct.", "guest.work.", "guest.write.", "form.expert-message."}

// ForGovernments tells whether a government reads the text.
func ForGovernments(id string) bool { return reads(id, casework.Government) && !begins(id, forExperts) }

// ForGuests tells whether an expert, a government or anybody on the public page reads it.
func ForGuests(id string) bool { return reads(id, casework.Government) || reads(id, casework.Expert) }

func reads(id string, guest casework.Role) bool {
	if begins(id, notForGuests) {
		return false
	}
	if begins(id, guestRooms) || strings.HasPrefix(id, "mail.") && strings.Contains(id+".", "."+string(guest)+".") {
		return true
	}
	for _, k := range casework.AllKinds() {
		kind, _ := casework.KindOf(k)
		own := []string{"kind." + string(k) + ".title", "kind." + string(k) + ".help", "form." + string(k) + ".", "mail.ask." + string(k) + "."}
		if kind.Role == guest && begins(id, own) {
			return true
		}
	}
	return false
}

func begins(id string, beginnings []string) bool {
	for _, b := range beginnings {
		if strings.HasPrefix(id, b) {
			return true
		}
	}
	return false
}

// FormsOf are the forms that a guest fills, as they read them.
func FormsOf(guest casework.Role) map[casework.TaskKind]casework.Form {
	forms := map[casework.TaskKind]casework.Form{}
	for _, k := range casework.AllKinds() {
		if kind, _ := casework.KindOf(k); kind.Role == guest {
			form := casework.FormFor(casework.FormContext{Kind: k})
			words.In(words.Default).FillForm(&form, string(k))
			forms[k] = form
		}
	}
	return forms
}
