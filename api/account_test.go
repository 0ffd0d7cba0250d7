package main

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"connex/api/web"
	"connex/casework"
	"connex/settings"
	"connex/store"
	"connex/store/storetest"
)

var printed = regexp.MustCompile(`https://casework\.example/password/([\w-]{43})\n`)

func TestTheFirstAdministrator(t *testing.T) {
	config := web.Config{DatabaseURL: storetest.URL(t), PublicURL: "https://casework.example", Secret: settings.Key(bytes.Repeat([]byte("s"), 32))}
	s, err := store.Open(t.Context(), config.DatabaseURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	create := func(email string) (link, fault string) {
		var out strings.Builder
		if err := createAdmin(t.Context(), config, email, "Ada Example", &out); err != nil {
			return "", err.Error()
		}
		found := printed.FindStringSubmatch(out.String())
		if found == nil {
			t.Fatalf("no link in %q", out.String())
		}
		return found[1], ""
	}
	first, _ := create("ada@example.org")
	again, _ := create("ada@example.org") // the link was lost
	for name, link := range map[string]string{"the first link": first, "the second link": again} {
		whose, err := s.LinkedAccount(t.Context(), casework.TokenHash(link))
		if err != nil || whose.Email != "ada@example.org" || whose.State() != store.AccountInvited || len(whose.Roles) != 1 || whose.Roles[0] != casework.Administrator {
			t.Errorf("%s is for %+v, %v", name, whose, err)
		}
	}
	if mails, err := s.MailsUndelivered(t.Context(), 0, 10); err != nil || len(mails) != 2 {
		t.Errorf("%d mails wait, %v", len(mails), err)
	}
	if _, err := s.CreateAccount(t.Context(), store.Account{Email: "officer@example.org", Name: "Officer", Password: "x", Roles: []casework.Role{casework.CaseOfficer}}); err != nil {
		t.Fatal(err)
	}
	for _, email := range []string{"officer@example.org", "no address"} {
		if _, fault := create(email); fault == "" {
			t.Errorf("%s became an administrator", email)
		}
	}
	if officer, err := s.AccountByEmail(t.Context(), "officer@example.org"); err != nil || officer.Roles[0] != casework.CaseOfficer {
		t.Errorf("%+v, %v", officer, err)
	}
}
