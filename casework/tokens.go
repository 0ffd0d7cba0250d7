package casework

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
)

// A personal link's token, a calendar feed's and a confirmation code are made of their IDs and the installation's secret,
// so that none is ever stored: who delivers a mail makes them again, and who gets one compares its hash.

// LinkToken is the token of a personal link.
func LinkToken(secret []byte, link string) string {
	return base64.RawURLEncoding.EncodeToString(derived(secret, "link:"+link))
}

// AccountToken is the token of a link with which somebody of the staff chooses a password.
func AccountToken(secret []byte, link string) string {
	return base64.RawURLEncoding.EncodeToString(derived(secret, "account:"+link))
}

// FeedToken is the token of a calendar feed.
func FeedToken(secret []byte, feed string) string {
	return base64.RawURLEncoding.EncodeToString(derived(secret, "calendar:"+feed))
}

// BrowserMark is what a browser keeps of whose session was the last in it. It names nobody.
func BrowserMark(secret []byte, account PersonID) string {
	return base64.RawURLEncoding.EncodeToString(derived(secret, "browser:"+string(account)))
}

// ConfirmationCode is the six-digit code of an ID.
func ConfirmationCode(secret []byte, code string) string {
	return fmt.Sprintf("%06d", binary.BigEndian.Uint64(derived(secret, "code:"+code))%1_000_000)
}

// SealKey is the key that seals the trail.
func SealKey(secret []byte) []byte { return derived(secret, "trail") }

// CodeHash is what is kept of a code that was mailed for a task: six digits are soon tried, so that who has read the
// database and not the secret must not know when they have hit it.
func CodeHash(secret []byte, link string, task TaskID, code string) []byte {
	return derived(secret, "confirmation:"+link+":"+string(task)+":"+code)
}

// TokenHash is what is kept of a token, which nobody can guess.
func TokenHash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

func derived(secret []byte, of string) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(of))
	return mac.Sum(nil)
}
