package web

import (
	"connex/casework"
	"connex/store"
)

// NavItem is an entry of the staff's navigation; its name is its word in the catalogue.
type NavItem struct{ Name, Icon, Href string }

// readers are the roles that see requests: all but an administrator who is nothing else.
var readers = []casework.Role{casework.CaseOfficer, casework.Reviewer, casework.BoardMember, casework.Head, casework.Evaluator, casework.Auditor}

// Reads tells whether somebody has a role that sees requests.
func Reads(p store.Person) bool { return p.Has(readers...) }

// navFor shows what somebody may open, and nothing that would refuse them.
func navFor(p store.Person) (items []NavItem) {
	show := func(name, icon, href string, roles ...casework.Role) {
		if p.Has(roles...) {
			items = append(items, NavItem{name, icon, href})
		}
	}
	show("inbox", "inbox", "/", readers...)
	show("morning", "morning", "/morning", casework.Head)
	show("check-ins", "check", "/check-ins", casework.CaseOfficer)
	show("requests", "requests", "/requests", readers...)
	show("experts", "expert", "/experts", casework.CaseOfficer, casework.Administrator)
	show("reports", "chart", "/reports", readers...)
	show("admin", "settings", "/admin", casework.Administrator)
	return items
}
