package main

import "connex/casework"

const accountPassword = "connex"

// devAccount is somebody who can sign in on a development machine. The names are invented.
type devAccount struct {
	name, fullName string
	roles          []casework.Role
}

func (a devAccount) email() string { return a.name + "@connex.test" }

var accounts = []devAccount{
	{"officer", "Amara Lindqvist", roles(casework.CaseOfficer)},
	{"officer2", "Tomasz Okafor", roles(casework.CaseOfficer)},
	{"reviewer", "Ines Halvorsen", roles(casework.Reviewer)},
	{"reviewer2", "Kofi Brandauer", roles(casework.Reviewer)},
	{"board1", "Miriam Castellane", roles(casework.BoardMember)},
	{"board2", "Jonas Adeyemi", roles(casework.BoardMember)},
	{"board3", "Leila Vandermeer", roles(casework.BoardMember, casework.Reviewer)},
	{"head", "Ruth Sandoval-Meyer", roles(casework.Head, casework.CaseOfficer)},
	{"deputy", "Henrik Mbeki-Larsen", roles(casework.Head)},
	{"evaluator", "Sofia Tarkowska", roles(casework.Evaluator)},
	{"auditor", "Emeka Rosenthal", roles(casework.Auditor)},
	{"admin", "Nora Kaplan-Osei", roles(casework.Administrator)},
}

func roles(list ...casework.Role) []casework.Role { return list }

func roleNames(list []casework.Role) []string {
	names := make([]string, len(list))
	for i, role := range list {
		names[i] = string(role)
	}
	return names
}
