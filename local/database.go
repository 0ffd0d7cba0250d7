package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"connex/store"
)

// prepareDatabase brings the schema up to date and sees to it that the accounts of a development machine are there.
func (s *system) prepareDatabase(ctx context.Context) error {
	begun := time.Now()
	defer s.console.meanwhile("database", "still migrating")()
	if err := store.Migrate(ctx, s.Database); err != nil {
		return err
	}
	db, err := store.Open(ctx, s.Database)
	if err != nil {
		return err
	}
	if err := errors.Join(createAccounts(ctx, db), db.Close()); err != nil {
		return err
	}
	s.console.say("database", "schema and accounts are up to date (%s)", took(begun))
	return nil
}

func createAccounts(ctx context.Context, db *store.Store) error {
	for _, a := range accounts {
		account := store.Account{Email: a.email(), Name: a.fullName, Phone: a.phone, Password: accountPassword, Roles: a.roles}
		if _, err := db.CreateAccount(ctx, account); err != nil {
			return fmt.Errorf("account %s: %w", account.Email, err)
		}
	}
	return nil
}
