package main

import "connex/casework"

const accountPassword = "connex"

// devAccount is somebody who can sign in on a development machine. The names are invented, and so are the telephones: in
// Berlin, nobody has a number that begins so.
type devAccount struct {
	name, fullName, phone string
	roles                 []casework.Role
}

func (a devAccount) email() string { return a.name + "@connex.test" }

var accounts = []devAccount{
	{"officer", "Amara Lindqvist", "+49 30 23125 001", roles(casework.CaseOfficer)},
	{"officer2", "Tomasz Okafor", "+49 30 23125 002", roles(casework.CaseOfficer)},
	{"reviewer", "Ines Halvorsen", "+49 30 23125 003", roles(casework.Reviewer)},
	{"reviewer2", "Kofi Brandauer", "+49 30 23125 004", roles(casework.Reviewer)},
	{"board1", "Miriam Castellane", "+49 30 23125 005", roles(casework.BoardMember)},
	{"board2", "Jonas Adeyemi", "+49 30 23125 006", roles(casework.BoardMember)},
	{"board3", "Leila Vandermeer", "+49 30 23125 007", roles(casework.BoardMember, casework.Reviewer)},
	{"head", "Ruth Sandoval-Meyer", "+49 30 23125 008", roles(casework.Head, casework.CaseOfficer)},
	{"deputy", "Henrik Mbeki-Larsen", "+49 30 23125 009", roles(casework.Head)},
	{"evaluator", "Sofia Tarkowska", "+49 30 23125 010", roles(casework.Evaluator)},
	{"auditor", "Emeka Rosenthal", "+49 30 23125 011", roles(casework.Auditor)},
	{"admin", "Nora Kaplan-Osei", "+49 30 23125 012", roles(casework.Administrator)},
}

func roles(list ...casework.Role) []casework.Role { return list }

func roleNames(list []casework.Role) []string {
	names := make([]string, len(list))
	for i, role := range list {
		names[i] = string(role)
	}
	return names
}
