package casework

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestWhatIsPutOffIsDueOnNoDayOfRest(t *testing.T) {
	for name, tt := range map[string]struct {
		kind      TaskKind
		due, want string
	}{
		"a working day":                       {ConcludeDueDiligence, "2027-03-19 11:30", "2027-03-19 11:30"},
		"a Saturday":                          {ConcludeDueDiligence, "2027-03-20 11:30", "2027-03-22 18:00"},
		"a Sunday night":                      {AgreeSupport, "2027-03-21 23:59", "2027-03-22 18:00"},
		"a holiday, for working days":         {ConcludeDueDiligence, "2027-03-26 18:00", "2027-03-30 18:00"},
		"a holiday, for days of the calendar": {AgreeSupport, "2027-03-26 18:00", "2027-03-26 18:00"},
	} {
		due, err := time.ParseInLocation("2006-01-02 15:04", tt.due, Berlin)
		if err != nil {
			t.Fatal(err)
		}
		if got := OffRest(tt.kind, due).In(Berlin).Format("2006-01-02 15:04"); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
	if !OffRest(AgreeSupport, time.Time{}).IsZero() {
		t.Error("what is never due is due")
	}
}

func TestADeadlinesNameIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Deadline{Task: NewTaskID(rapid.String().Draw(t, "workflow"), "key"), Activity: rapid.IntRange(0, 40).Draw(t, "activity")}
		if task, activity := NamedDeadline(d.Name()); task != d.Task || activity != d.Activity {
			t.Fatalf("%s is read as %s of %d", d.Name(), task, activity)
		}
	})
	if task, activity := NamedDeadline("activity-x/y"); task != "" || activity != 0 {
		t.Errorf("nonsense is read as %q of %d", task, activity)
	}
}

func TestWhereADeadlineMayMove(t *testing.T) {
	for to, want := range map[string]string{
		"2027-03-10": "", "2027-03-01": "", "2028-03-01": "",
		"2027-02-28": "invalid.day-passed",
		"2028-03-02": "invalid.day-too-far",
		"2027-03-05": "invalid.same-day",
		"2027-03-07": "", // a Sunday: Monday
	} {
		if got := WrongDeadline("2027-03-01", "2027-03-05", to).ID; got != want {
			t.Errorf("to %s: %q, want %q", to, got, want)
		}
	}
	if DateOf(DueOn("2027-03-06")) != "2027-03-08" {
		t.Error("a Saturday does not move on to Monday")
	}
}

// Whatever is moved whereto: each stage that lies ahead strikes in its order and no stage that lies behind strikes.
func TestAMovedClockStrikesWhatLiesAhead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.SampledFrom(slices.DeleteFunc(AllKinds(), func(k TaskKind) bool { return kinds[k].Due.Days == 0 })).Draw(t, "kind")
		rhythm := RhythmOf(nil, k, kinds[k].Role)
		start := time.Date(2027, 3, 1, 9, 0, 0, 0, time.UTC)
		c := NewClock(nil, k, start)
		now := start.AddDate(0, 0, rapid.IntRange(0, 70).Draw(t, "days"))
		c.StrikeUntil(rhythm, now)
		was := c
		due := DueOn(DateOf(now.AddDate(0, 0, rapid.IntRange(0, 366).Draw(t, "to"))))
		c.Move(due, rhythm, now)
		if !c.Due.Equal(due) || c.Start != was.Start {
			t.Fatalf("due %s, want %s", c.Due, due)
		}
		for _, stage := range rhythm[c.Struck:] {
			if !c.StageAt(stage).After(now) {
				t.Fatalf("%s strikes at %s, and it is %s", stage.Strike, c.StageAt(stage), now)
			}
			if apart := c.StageAt(stage).Sub(was.StageAt(stage)) - due.Sub(was.Due); apart > 7*day || apart < -7*day {
				t.Fatalf("%s moved by %s more than its date", stage.Strike, apart)
			}
		}
	})
}

func TestACorrectionKeepsWhatDiffers(t *testing.T) {
	known := Values{"institution": "Ministry of Mines", "country": "CG", "renegotiation": true, "disciplines": []any{"tax"}, "neededFrom": "2027-05-01"}
	for name, tt := range map[string]struct {
		sent  Values
		kept  []string
		wrong string
	}{
		"one fact":                {sent: Values{"institution": "Ministry of Energy", "country": "CG", "renegotiation": true}, kept: []string{"institution", "outcome", "reason"}},
		"a list":                  {sent: Values{"disciplines": []any{"law", "tax"}}, kept: []string{"disciplines", "outcome", "reason"}},
		"no longer renegotiated":  {sent: Values{"renegotiation": false}, kept: []string{"outcome", "reason", "renegotiation"}},
		"nothing":                 {sent: Values{"institution": "Ministry of Mines"}, wrong: "outcome"},
		"an emptied line":         {sent: Values{"institution": " "}, wrong: "outcome"},
		"a country that is none":  {sent: Values{"country": "XX"}, wrong: "country"},
		"what came by no letter":  {sent: Values{"signatory": "Dr A"}, wrong: "signatory"},
		"a step of another stage": {sent: Values{"negotiationStage": "pre", "negotiationStep": "renegotiation"}, wrong: "negotiationStep"},
	} {
		t.Run(name, func(t *testing.T) {
			c := FormContext{Kind: CorrectFacts, Today: "2027-03-01", Known: known}
			tt.sent["outcome"], tt.sent["reason"] = "correct", "A slip."
			kept, err := Decode(c, FormFor(c), tt.sent)
			if tt.wrong != "" {
				if form, ok := err.(*FormError); !ok || form.Fields[tt.wrong].ID == "" {
					t.Fatalf("%v, want something wrong with %s", err, tt.wrong)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for n := range kept {
				names = append(names, n)
			}
			slices.Sort(names)
			if !slices.Equal(names, tt.kept) {
				t.Errorf("kept %v, want %v", names, tt.kept)
			}
		})
	}
}

func TestAReasonIsNeeded(t *testing.T) {
	for _, kind := range []TaskKind{MoveDeadline, CorrectFacts} {
		c := FormContext{Kind: kind, Today: "2027-03-01", Known: Values{}}
		_, err := Decode(c, FormFor(c), Values{"outcome": string(kinds[kind].Outcomes[0])})
		if form, ok := err.(*FormError); !ok || form.Fields["reason"].ID == "" {
			t.Errorf("%s without a reason: %v", kind, err)
		}
	}
}

// Whatever becomes the request's own can be corrected, and nothing else.
func TestEveryFactCanBeCorrected(t *testing.T) {
	facts := map[string]bool{"outcome": true, "reason": true}
	for _, f := range firstInterest {
		facts[f.Name] = true
	}
	for _, k := range AllKinds() {
		for _, f := range FieldsOf(k) {
			if f.Fact {
				facts[f.Name] = true
			}
		}
	}
	all := FieldsOf(CorrectFacts)
	for _, f := range all {
		if !facts[f.Name] {
			t.Errorf("%s is no fact", f.Name)
		}
	}
	if len(all) != len(facts) {
		t.Errorf("%d facts can be corrected, of %d", len(all)-2, len(facts)-2)
	}
}
