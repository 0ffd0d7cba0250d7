package main

import (
	"fmt"
	"regexp"
	"testing"
)

// TestSamplesCanBePlayed reads them as the command does: kinds, fields and first interests are held against the rules.
func TestSamplesCanBePlayed(t *testing.T) {
	scripts, err := readScripts(samples)
	if err != nil {
		t.Fatal(err)
	}
	if len(scripts) != 19 {
		t.Errorf("%d samples", len(scripts))
	}
	fictitious := regexp.MustCompile(`\.example$`)
	for _, s := range scripts {
		if address := s.FirstInterest.String("contactEmail"); s.Mail == "" && !fictitious.MatchString(address) {
			t.Errorf("%s writes to %s", s.Name, address)
		}
		for _, step := range append(s.Steps, step{File: s.Mail}) {
			if step.File == "" {
				continue
			}
			if _, err := samples.ReadFile("samples/" + step.File); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestAMisspeltSampleIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"an unknown task":   "firstInterest: {channel: web, contactPhone: '1', summary: x}\nsteps:\n  - {as: officer, do: assess}",
		"an unknown field":  "firstInterest: {channel: web, contactPhone: '1', summary: x}\nsteps:\n  - {as: officer, do: cast-vote, form: {vote: yes}}",
		"an unknown key":    "firstInterest: {channel: web, contactPhone: '1', summary: x}\nstep: []",
		"no first interest": "steps: []",
	} {
		if _, err := readScript([]byte(text)); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func TestDaysAndPeopleAreResolved(t *testing.T) {
	f := filler{play: &play{stage: newStage(&samplesCommand{})}, today: "2026-11-23"}
	f.roster["a@experts.example"] = "id-of-a"
	for said, want := range map[string]any{"+10d": "2026-12-03", "-23d": "2026-10-31", "expert:a@experts.example": "id-of-a", "10d": "10d", "a word": "a word"} {
		if got, err := f.resolve("x", said); err != nil || got != want {
			t.Errorf("%s becomes %v, %v", said, got, err)
		}
	}
	s, err := readScript([]byte("firstInterest: {channel: web, contactPhone: '1', summary: x}\nsteps: [{as: officer, do: propose-support, form: {activities: [{start: +1d, experts: [\"expert:a@experts.example\"]}]}}]"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := f.resolve("activities", s.Steps[0].Form["activities"]); err != nil || fmt.Sprint(got) != "[map[experts:[id-of-a] start:2026-11-24]]" {
		t.Errorf("activities become %v, %v", got, err)
	}
	if _, err := f.resolve("x", "expert:nobody@experts.example"); err == nil {
		t.Error("nobody was found")
	}
}

func TestHowFarARequestHasCome(t *testing.T) {
	for name, tt := range map[string]struct {
		v      view
		wanted map[string]string
		want   bool
	}{
		"there":                {view{Phase: "implementation"}, map[string]string{"phase": "implementation"}, true},
		"not yet":              {view{Phase: "agreement"}, map[string]string{"phase": "implementation"}, false},
		"further":              {view{Phase: "closing"}, map[string]string{"phase": "implementation"}, true},
		"ended":                {view{Phase: "first-interest", Ending: "void"}, map[string]string{"phase": "agreement"}, true},
		"ended otherwise":      {view{Ending: "void"}, map[string]string{"ending": "closed"}, false},
		"suspended":            {view{Suspended: true}, map[string]string{"suspended": "true"}, true},
		"there, but suspended": {view{Phase: "closing", Suspended: true}, map[string]string{"phase": "closing", "suspended": "false"}, false},
	} {
		if got := tt.v.is(tt.wanted); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
