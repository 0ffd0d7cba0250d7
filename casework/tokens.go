package casework

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
)

// A personal link's token and a confirmation code are made of their IDs and the installation's secret, so that neither
// is ever stored: who delivers a mail makes them again, and who gets one compares its hash.

// LinkToken is the token of a personal link.
func LinkToken(secret []byte, link string) string {
	return base64.RawURLEncoding.EncodeToString(derived(secret, "link:"+link))
}

// ConfirmationCode is the six-digit code of an ID.
func ConfirmationCode(secret []byte, code string) string {
	return fmt.Sprintf("%06d", binary.BigEndian.Uint64(derived(secret, "code:"+code))%1_000_000)
}

// SealKey is the key that seals the trail.
func SealKey(secret []byte) []byte { return derived(secret, "trail") }

// TokenHash is what is kept of a token or a code.
func TokenHash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

func derived(secret []byte, of string) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(of))
	return mac.Sum(nil)
}
