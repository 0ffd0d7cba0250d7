package main

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestAFolderBelongsToOneSystemAtATime(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data")
	first := aFolder(t, path)
	if _, err := openFolder(path); err == nil || !strings.Contains(err.Error(), "process "+strconv.Itoa(os.Getpid())) {
		t.Errorf("a second system got the folder, or does not say who has it: %v", err)
	}
	first.close()
	aFolder(t, path).close()
}

func TestTheSecretStaysTheSame(t *testing.T) {
	t.Parallel()
	f := aFolder(t, t.TempDir())
	defer f.close()
	first, err := f.secret()
	if err != nil {
		t.Fatal(err)
	}
	second, err := f.secret()
	if err != nil || first != second {
		t.Errorf("the secret was %q and is %q, %v", first, second, err)
	}
	if key, err := base64.StdEncoding.DecodeString(first); err != nil || len(key) != secretLength {
		t.Errorf("the secret is %d bytes (%v), want %d", len(key), err, secretLength)
	}
	if info, err := os.Stat(f.file("secret")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the secret's file is %v (%v), want it closed to others", info.Mode(), err)
	}
}

func aFolder(t *testing.T, path string) *folder {
	t.Helper()
	f, err := openFolder(path)
	if err != nil {
		t.Fatal(err)
	}
	return f
}
