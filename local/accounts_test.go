package main

import (
	"strings"
	"testing"
)

// Mails name the telephone of whoever runs a request, on a development machine as well.
func TestEverybodyHasATelephone(t *testing.T) {
	whose := map[string]string{}
	for _, a := range accounts {
		if !strings.HasPrefix(a.phone, "+49 30 23125 ") || whose[a.phone] != "" {
			t.Errorf("%s has %q, and so has %q", a.name, a.phone, whose[a.phone])
		}
		whose[a.phone] = a.name
	}
}
