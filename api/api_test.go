package main

import (
	"os/exec"
	"strings"
	"testing"
)

// The api hands decisions over by name and links no workflow; what only tests need stays out of the program.
func TestWhatTheProgramLinks(t *testing.T) {
	list, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "connex/api").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Fields(string(list)) {
		for _, barred := range []string{"connex/workflows", "connex/activities", "connex/worker", "connex/api/apitest", "connex/store/storetest",
			"github.com/pb33f", "go.temporal.io/sdk/worker"} {
			if name == barred || strings.HasPrefix(name, barred+"/") {
				t.Errorf("the api links %s", name)
			}
		}
	}
}
