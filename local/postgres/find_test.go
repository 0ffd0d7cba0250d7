package postgres

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFindTakesTheNewestOnPath(t *testing.T) {
	bin := fakePostgres(t, "99.1")
	t.Setenv("PATH", bin+":/usr/bin:/bin")
	if got, err := Find(filepath.Join(t.TempDir(), "none")); err != nil || got != bin {
		t.Errorf("found %s, %v, want %s", got, err, bin)
	}
}

func TestFindKeepsToTheVersionThatMadeTheData(t *testing.T) {
	bin, data := fakePostgres(t, "98.3"), t.TempDir()
	t.Setenv("PATH", bin+":/usr/bin:/bin")
	write(t, filepath.Join(data, "PG_VERSION"), "98\n", 0o600)
	if got, err := Find(data); err != nil || got != bin {
		t.Errorf("found %s, %v, want %s", got, err, bin)
	}
	write(t, filepath.Join(data, "PG_VERSION"), "97\n", 0o600)
	if _, err := Find(data); err == nil || !strings.Contains(err.Error(), "install 97") {
		t.Errorf("data of a version that is not here is answered with %v, want its remedy", err)
	}
}

func TestFindIsNotContentWithAnOldOne(t *testing.T) {
	bin := fakePostgres(t, "9.6.24")
	if v := serverVersion(filepath.Join(bin, "postgres")); v != 9 {
		t.Errorf("9.6.24 is version %d, want 9", v)
	}
	if !strings.Contains(ErrNone.Error(), "apt-get install postgresql") {
		t.Error("without PostgreSQL, nobody is told how to install it")
	}
}

// fakePostgres is a folder whose programs only know their version.
func fakePostgres(t *testing.T, version string) string {
	t.Helper()
	bin, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"initdb", "postgres"} {
		write(t, filepath.Join(bin, name), "#!/bin/sh\necho '"+name+" (PostgreSQL) "+version+" (Debian)'\n", 0o755)
	}
	return bin
}

func write(t *testing.T, path, text string, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
}
