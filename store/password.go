package store

import (
	"context"
	"fmt"
	"sync"

	"github.com/alexedwards/argon2id"
)

// How passwords are hashed: the least that OWASP asks for, since each try takes 19 MiB.
var hashing = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// hashers keeps many tries at once from taking all memory.
var hashers = make(chan struct{}, 4)

// nobodys is compared with where there is no account, so that an unknown address takes as long as a known one.
var nobodys = sync.OnceValues(func() (string, error) { return argon2id.CreateHash("nobody", hashing) })

func hashPassword(password string) (string, error) {
	if password == "" {
		return "", fmt.Errorf("a password cannot be empty")
	}
	return argon2id.CreateHash(password, hashing)
}

// PasswordHash is a password as it is kept.
type PasswordHash string

// HashPassword makes one, at its leisure: outside of the transaction that keeps it.
func HashPassword(ctx context.Context, password string) (PasswordHash, error) {
	select {
	case hashers <- struct{}{}:
		defer func() { <-hashers }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	hash, err := hashPassword(password)
	return PasswordHash(hash), err
}

// fits tells whether the password is the one of the hash; with an empty hash it works as long and says no.
func fits(ctx context.Context, password, hash string) (bool, error) {
	select {
	case hashers <- struct{}{}:
		defer func() { <-hashers }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	known := hash != ""
	if !known {
		var err error
		if hash, err = nobodys(); err != nil {
			return false, err
		}
	}
	match, err := argon2id.ComparePasswordAndHash(password, hash)
	return match && known, err
}
