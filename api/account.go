package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"connex/api/people"
	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

// createAdmin is how the first administrator gets in: it makes an account without a password, prints the link with which
// one is chosen, and mails it as soon as an api and a worker run. Asked for again before that, it makes another link.
func createAdmin(ctx context.Context, config web.Config, email, name string, out io.Writer) (err error) {
	s, err := store.Open(ctx, config.DatabaseURL)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	house := people.People{Store: s, Secret: config.Secret, PublicURL: config.PublicURL}
	commandLine := store.Person{}
	link := ""
	name = cmp.Or(name, email)
	there, err := s.AccountByEmail(ctx, email)
	switch {
	case errors.Is(err, store.ErrNotFound):
		_, link, err = house.Invite(ctx, commandLine, store.Account{Email: email, Name: name, Roles: []casework.Role{casework.Administrator}})
	case err == nil && there.State() == store.AccountInvited && slices.Contains(there.Roles, casework.Administrator):
		link, err = house.InviteAgain(ctx, commandLine, there.ID)
	case err == nil:
		err = fmt.Errorf("there is an account %s already; nothing was changed", email)
	}
	if err == nil {
		_, err = fmt.Fprintf(out, "%s chooses a password here, once, within seven days:\n\n  %s\n\nThe same link is in a mail that goes out as soon as the system runs.\n", email, link)
	}
	return err
}

// addAccount adds an account with a password, where no mail goes out.
func addAccount(ctx context.Context, config web.Config, email, name, roles string) (err error) {
	if !casework.ValidEmail(email) {
		return fmt.Errorf("%q is no e-mail address", email)
	}
	account := store.Account{Email: email, Name: name, Active: true}
	for role := range strings.SplitSeq(roles, ",") {
		if !slices.Contains(casework.StaffRoles, casework.Role(role)) {
			return fmt.Errorf("%q is no role; there are %v", role, casework.StaffRoles)
		}
		account.Roles = append(account.Roles, casework.Role(role))
	}
	if account.Password, err = readPassword(); err != nil {
		return err
	}
	s, err := store.Open(ctx, config.DatabaseURL)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if _, err := s.AccountByEmail(ctx, email); !errors.Is(err, store.ErrNotFound) {
		return errors.Join(fmt.Errorf("there is an account %s already; nothing was changed", email), err)
	}
	_, err = s.CreateAccount(ctx, account)
	return err
}

func readPassword() (string, error) {
	fmt.Fprint(os.Stderr, "password: ")
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	password := strings.TrimRight(line, "\r\n")
	if why := casework.WeakPassword(password); why != "" {
		return "", errors.Join(errors.New(words.In(words.Default).T("problem.password."+why)), err)
	}
	return password, nil
}
