package casework

import (
	"bytes"
	"regexp"
	"testing"
)

func TestTokensHangOnSecretAndID(t *testing.T) {
	one, other := []byte("secret"), []byte("Secret")
	tokens := map[string]bool{LinkToken(one, "a"): true, LinkToken(one, "b"): true, LinkToken(other, "a"): true}
	again := LinkToken(one, "a")
	if len(tokens) != 3 || len(again) != 43 || !tokens[again] {
		t.Errorf("tokens %v", tokens)
	}
	if code := ConfirmationCode(one, "a"); !regexp.MustCompile(`^\d{6}$`).MatchString(code) || code == ConfirmationCode(one, "b") {
		t.Errorf("code %q", code)
	}
	hash := CodeHash(one, "link", "task", "123456")
	for what, other := range map[string][]byte{"another secret": CodeHash(other, "link", "task", "123456"), "another link": CodeHash(one, "knil", "task", "123456"),
		"another task": CodeHash(one, "link", "kast", "123456"), "another code": CodeHash(one, "link", "task", "123457")} {
		if bytes.Equal(hash, other) || len(hash) != 32 {
			t.Errorf("a code's hash is the same with %s", what)
		}
	}
	if bytes.Equal(TokenHash("a"), TokenHash("b")) || bytes.Equal(SealKey(one), SealKey(other)) {
		t.Error("hashes or keys are equal")
	}
}
