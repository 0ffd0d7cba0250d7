package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/mail"
	"os"
	"slices"
	"strings"

	"connex/api/web"
	"connex/casework"
	"connex/store"
)

// shortestPassword is the least that people are asked for; development accounts are made elsewhere.
const shortestPassword = 12

// addAccount is how the first administrator gets in.
func addAccount(ctx context.Context, config web.Config, email, name, roles string) (err error) {
	if address, err := mail.ParseAddress(email); err != nil || address.Address != email {
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
	if len(password) < shortestPassword {
		return "", errors.Join(fmt.Errorf("a password has at least %d characters", shortestPassword), err)
	}
	return password, nil
}
