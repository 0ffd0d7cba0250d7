package web

import (
	"connex/casework"
	"connex/store"
)

// NavItem is an entry of the staff's navigation; its name is its word in the catalogue.
type NavItem struct{ Name, Href string }

// readers are the roles that see requests: all but an administrator who is nothing else.
var readers = []casework.Role{casework.CaseOfficer, casework.Reviewer, casework.BoardMember, casework.Head, casework.Evaluator, casework.Auditor}

// navFor shows what somebody may open, and nothing that would refuse them.
func navFor(p store.Person) (items []NavItem) {
	show := func(name, href string, roles ...casework.Role) {
		if p.Has(roles...) {
			items = append(items, NavItem{name, href})
		}
	}
	show("inbox", "/", readers...)
	show("requests", "/requests", readers...)
	show("experts", "/experts", casework.CaseOfficer, casework.Administrator)
	show("reports", "/reports", readers...)
	show("admin", "/admin", casework.Administrator)
	return items
}
