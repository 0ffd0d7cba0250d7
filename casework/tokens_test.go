package casework

import (
	"bytes"
	"regexp"
	"testing"
)

func TestTokensHangOnSecretAndID(t *testing.T) {
	one, other := []byte("secret"), []byte("Secret")
	tokens := map[string]bool{LinkToken(one, "a"): true, LinkToken(one, "b"): true, LinkToken(other, "a"): true}
	if len(tokens) != 3 || len(LinkToken(one, "a")) != 43 || LinkToken(one, "a") != LinkToken(one, "a") {
		t.Errorf("tokens %v", tokens)
	}
	if code := ConfirmationCode(one, "a"); !regexp.MustCompile(`^\d{6}$`).MatchString(code) || code == ConfirmationCode(one, "b") {
		t.Errorf("code %q", code)
	}
	if bytes.Equal(TokenHash("a"), TokenHash("b")) || bytes.Equal(SealKey(one), SealKey(other)) {
		t.Error("hashes or keys are equal")
	}
}
