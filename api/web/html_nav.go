package web

import (
	"connex/casework"
	"connex/store"
)

// NavItem is an entry of the staff's navigation; its name is its word in the catalogue. After the key g, Key leads there.
type NavItem struct{ Name, Icon, Href, Key string }

// readers are the roles that see requests: all but an administrator who is nothing else.
var readers = []casework.Role{casework.CaseOfficer, casework.Reviewer, casework.BoardMember, casework.Head, casework.Evaluator, casework.Auditor}

// Reads tells whether somebody has a role that sees requests.
func Reads(p store.Person) bool { return p.Has(readers...) }

// navFor shows what somebody may open, and nothing that would refuse them.
func navFor(p store.Person) (items []NavItem) {
	show := func(name, key, icon, href string, roles ...casework.Role) {
		if p.Has(roles...) {
			items = append(items, NavItem{Name: name, Icon: icon, Href: href, Key: key})
		}
	}
	show("inbox", "i", "inbox", "/", readers...)
	show("morning", "m", "morning", "/morning", casework.Head)
	show("check-ins", "c", "check", "/check-ins", casework.CaseOfficer)
	show("requests", "r", "requests", "/requests", readers...)
	show("experts", "e", "expert", "/experts", casework.CaseOfficer, casework.Administrator, casework.Auditor)
	show("reports", "f", "chart", "/reports", readers...)
	show("admin", "a", "settings", "/admin", casework.Administrator)
	return items
}
