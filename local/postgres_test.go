package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestClosedFolder(t *testing.T) {
	t.Parallel()
	top := t.TempDir()
	inner := filepath.Join(top, "closed", "data")
	if err := os.MkdirAll(inner, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Chmod(filepath.Dir(top), 0o755), os.Chmod(top, 0o755), os.Chmod(filepath.Dir(inner), 0o700)); err != nil {
		t.Fatal(err)
	}
	if got := closedFolder(inner); got != filepath.Dir(inner) {
		t.Errorf("closed to others is %q, want %q", got, filepath.Dir(inner))
	}
}

func TestCapabilities(t *testing.T) {
	t.Parallel()
	status := "Name:\tlocal\nCapPrm:\t00000000a80425fb\nCapBnd:\t0000000000000004\n"
	if !has(status, "CapPrm:", dacOverride) || has(status, "CapPrm:", dacReadSearch) || !has(status, "CapBnd:", dacReadSearch) {
		t.Errorf("misread the capabilities of\n%s", status)
	}
}
