package casework

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Every kind of form stands here, so that a new field is copied by decision and not by chance.
func TestWhatMayBeCopiedFromAnotherCase(t *testing.T) {
	plan := []string{"title", "form", "stage", "experts", "deliverable", "checkInEveryDays"}
	copied := map[TaskKind][]string{
		DiscussScope: {"scope", "disciplines"}, PrepareRequestLetter: {"paragraphs"}, PlanMission: {"purpose"},
		ProposeSupport: {"suggestions", "experts", "activities"}, ReviseSupport: {"suggestions", "experts", "activities"},
		PlanActivity: plan, ProposeChange: plan,
	}
	for _, kind := range AllKinds() {
		if got := CopiedFields(kind); !slices.Equal(got, copied[kind]) {
			t.Errorf("of %s may be copied %v, want %v", kind, got, copied[kind])
		}
		if kinds, by := PrecedentsOf(kind); (len(kinds) > 0) != (len(copied[kind]) > 0) || len(kinds) > 0 && len(by) == 0 {
			t.Errorf("%s is looked for in %v by %v", kind, kinds, by)
		}
	}
}

// never are fields about persons, decisions, judgements and reasons, and facts of a case.
var never = []string{"outcome", "rating", "reasons", "reason", "answer", "comment", "conditions", "mitigation", "summary", "synergies", "scores", "lessons",
	"namedExpertAnswer", "contactEmail", "contactName", "signatory", "language", "country", "institution", "place", "scopingMission", "referTo"}

func TestNoFactOfAnotherCaseIsCopied(t *testing.T) {
	for _, kind := range AllKinds() {
		form := FormFor(FormContext{Kind: kind})
		for _, name := range CopiedFields(kind) {
			f := form.Field(name)
			if f == nil {
				t.Errorf("%s has no field %s to copy", kind, name)
				continue
			}
			if slices.Contains([]FieldType{Date, Document, Documents, Email, OneExpert, Team, Scores, Bool}, f.Type) || slices.Contains(never, name) {
				t.Errorf("%s copies %s, a %s", kind, name, f.Type)
			}
		}
		kinds, _ := PrecedentsOf(kind)
		for _, from := range kinds {
			if k, known := KindOf(from); !known || !k.Role.Staff() {
				t.Errorf("%s is copied from %s, which no member of the staff wrote", kind, from)
			}
		}
	}
}

func TestOriginals(t *testing.T) {
	works := func(id PersonID) bool { return id != "gone" }
	fiscal := map[string]any{"title": "Fiscal model", "form": "advice", "stage": "during", "experts": []any{"leila", "gone"}, "start": "2026-01-05", "end": "2026-03-01",
		"deliverable": "A model", "checkInEveryDays": 14.0}
	copiedPlan := map[string]any{"title": "Fiscal model", "form": "advice", "stage": "during", "experts": []any{"leila"}, "deliverable": "A model", "checkInEveryDays": 14.0}
	proposal := Values{"outcome": "propose", "suggestions": "A model first.", "experts": []any{"leila", "gone"}, "activities": []any{fiscal, map[string]any{"title": "Training", "end": "2026-04-01"}},
		"scopingMission": true, "namedExpertAnswer": "She has no time."}
	for name, tt := range map[string]struct {
		kind    TaskKind
		written []Values
		want    []Values
		left    []PersonID
	}{
		"a proposal, the newest of two": {ProposeSupport, []Values{proposal, {"suggestions": "Older."}}, []Values{{"suggestions": "A model first.", "experts": []any{"leila"},
			"activities": []any{copiedPlan, map[string]any{"title": "Training"}}}}, []PersonID{"gone"}},
		"its activities, for a single one":        {PlanActivity, []Values{proposal}, []Values{copiedPlan, {"title": "Training"}}, []PersonID{"gone"}},
		"a single one, and those of the proposal": {PlanActivity, []Values{fiscal, proposal}, []Values{copiedPlan, {"title": "Training"}}, []PersonID{"gone"}},
		"a scope":                  {DiscussScope, []Values{{"outcome": "proceed", "scope": "Fiscal terms", "neededFrom": "2026-05-01", "language": "fr", "contactEmail": "a@b.example"}}, []Values{{"scope": "Fiscal terms"}}, nil},
		"a mission":                {PlanMission, []Values{{"place": "Thimphu", "from": "2026-05-01", "team": []any{"leila"}, "purpose": "See the plant"}}, []Values{{"purpose": "See the plant"}}, nil},
		"a scope that was dropped": {DiscussScope, []Values{{"outcome": "drop", "reasons": "No mandate", "answer": "Thank you"}}, nil, nil},
		"a proposal without activities, for a single one": {PlanActivity, []Values{{"suggestions": "Look first.", "experts": []any{"leila"}}}, nil, nil},
		"a vote": {CastVote, []Values{{"reasons": "Clear need", "conditions": []any{"Water"}}}, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var values []Values
			var left []PersonID
			for _, o := range Originals(tt.kind, tt.written, works) {
				values, left = append(values, o.Values), append(left, o.Left...)
			}
			if !reflect.DeepEqual(values, tt.want) || !slices.Equal(left, tt.left) {
				t.Errorf("offers %v without %v, want %v without %v", values, left, tt.want, tt.left)
			}
		})
	}
}

func TestWhatTakingOverDoes(t *testing.T) {
	original := Values{"suggestions": "A model first.", "experts": []any{"leila", "noor"}, "activities": []any{
		map[string]any{"title": "Fiscal model", "deliverable": "A model"}, map[string]any{"title": "Training"}}}
	form := FormFor(FormContext{Kind: ProposeSupport})
	mine := map[string]any{"title": "Fiscal model", "deliverable": "A model\r\n", "start": "2027-01-01"}
	for name, tt := range map[string]struct {
		now     Values
		effects map[string]Effect
		after   Values // of everything
	}{
		"into an empty form": {Values{"outcome": "propose", "scopingMission": false}, map[string]Effect{"suggestions": Fills, "experts": Fills, "activities.0": Fills, "activities.1": Fills},
			Values{"outcome": "propose", "scopingMission": false, "suggestions": original["suggestions"], "experts": original["experts"], "activities": original["activities"]}},
		"over what was written": {Values{"suggestions": "Mine", "experts": []any{"noor"}, "activities": []any{mine}},
			map[string]Effect{"suggestions": Replaces, "experts": Adds, "activities.1": Adds},
			Values{"suggestions": "A model first.", "experts": []any{"noor", "leila"}, "activities": []any{mine, map[string]any{"title": "Training"}}}},
		"a second time": {Values{"suggestions": "A model first.\r\n", "experts": []any{"noor", "leila"}, "activities": original["activities"]}, map[string]Effect{}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			pieces, effects := Pieces(form, tt.now, original), map[string]Effect{}
			for _, p := range pieces {
				effects[p.Name] = p.Effect
			}
			if !reflect.DeepEqual(effects, tt.effects) {
				t.Errorf("does %v, want %v", effects, tt.effects)
			}
			if got := TakeOver(tt.now, pieces); tt.after != nil && !reflect.DeepEqual(got, tt.after) {
				t.Errorf("makes of it %v, want %v", got, tt.after)
			}
			before := Values{}
			for field, value := range tt.now {
				before[field] = value
			}
			TakeOver(tt.now, pieces)
			if !reflect.DeepEqual(tt.now, before) {
				t.Errorf("what stood there became %v", tt.now)
			}
		})
	}
}

func TestAFormWithoutTheFieldHasNothingToCopy(t *testing.T) {
	if !Copies(ProposeChange, FormFor(FormContext{Kind: ProposeChange})) || Copies(ProposeChange, FormFor(FormContext{Kind: ProposeChange, Replacing: true})) ||
		Copies(CastVote, FormFor(FormContext{Kind: CastVote})) {
		t.Error("an activity is proposed anew from another one, an expert and a vote are not")
	}
}

func TestTheWayBack(t *testing.T) {
	before := Values{"suggestions": "Mine", "comment": "kept"}
	after := Values{"suggestions": "Theirs", "experts": []any{"leila"}, "activities": []any{map[string]any{"title": "Training", "checkInEveryDays": 14.0}}, "comment": "kept"}
	taken := TakenFrom("CNX-2026-0001", before, after, nil)
	for name, tt := range map[string]struct{ now, want Values }{
		"at once": {after, before},
		"as a browser sends it": {Values{"suggestions": "Theirs\r\n", "experts": []any{"leila"}, "comment": "kept",
			"activities": []any{map[string]any{"title": "Training", "checkInEveryDays": 14.0, "experts": []any{}}}}, before},
		"after work on it": {Values{"suggestions": "Theirs, and mine", "experts": []any{"leila"}, "comment": "new",
			"activities": []any{map[string]any{"title": "Training", "checkInEveryDays": 14.0, "start": "2027-01-01"}}},
			Values{"suggestions": "Theirs, and mine", "comment": "new", "activities": []any{map[string]any{"title": "Training", "checkInEveryDays": 14.0, "start": "2027-01-01"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := taken.Back(tt.now); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("leads back to %v, want %v", got, tt.want)
			}
		})
	}
}

func TestNamesOfTheOtherCase(t *testing.T) {
	theirs := []string{"Guinea", "Guinée", "Ministère des Mines", "Fatou Example", "", "CNX-2026-0001", "Guinea"}
	names := OnlyTheirs(theirs, []string{"Niger", "Ministere des  mines", "CNX-2026-0002"})
	if !slices.Equal(names, []string{"Guinea", "Guinée", "Fatou Example", "CNX-2026-0001"}) {
		t.Errorf("only theirs are %q", names)
	}
	for text, want := range map[string][]string{
		"As in GUINEA, see CNX-2026-0001.": {"Guinea", "CNX-2026-0001"}, "La Guinee": {"Guinée"}, "Guinean law": nil, "fatou\nexample said so": {"Fatou Example"}, "": nil,
		"CNX-2026-00011": nil,
	} {
		if got := NamesIn(map[string]any{"activities": []any{map[string]any{"title": text}}}, names); !slices.Equal(got, want) {
			t.Errorf("%q names %q, want %q", text, got, want)
		}
	}
}

// What is proposed by itself fills and adds; nothing that somebody wrote is lost by it, and the way back leads back.
func TestWhatIsProposedOverwritesNothing(t *testing.T) {
	form := FormFor(FormContext{Kind: ProposeSupport})
	text := rapid.SampledFrom([]string{"", "a", "b\n", "b\r\n"})
	people := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"leila", "noor", "luca"}), 0, 3, rapid.ID)
	draw := func(t *rapid.T, name string) Values {
		v := Values{"suggestions": text.Draw(t, name+" suggestions")}
		for _, id := range people.Draw(t, name+" experts") {
			v["experts"] = append(entriesOf(v["experts"]), id)
		}
		for _, title := range rapid.SliceOfN(text, 0, 3).Draw(t, name+" activities") {
			v["activities"] = append(entriesOf(v["activities"]), map[string]any{"title": title, "form": "advice"})
		}
		return v
	}
	rapid.Check(t, func(t *rapid.T) {
		now, original := draw(t, "now"), draw(t, "original")
		proposed := slices.DeleteFunc(Pieces(form, now, original), func(p Piece) bool { return p.Effect == Replaces })
		then := TakeOver(now, proposed)
		if !Empty(now["suggestions"]) && then["suggestions"] != now["suggestions"] {
			t.Fatalf("%q became %q", now["suggestions"], then["suggestions"])
		}
		for _, list := range []string{"experts", "activities"} {
			mine := entriesOf(now[list])
			if got := entriesOf(then[list]); len(got) < len(mine) || !reflect.DeepEqual(got[:len(mine)], mine) && len(mine) > 0 {
				t.Fatalf("%v became %v", mine, got)
			}
		}
		if back := TakenFrom("CNX-2026-0001", now, then, nil).Back(then); !sameFieldsOf(back, now) || !sameFieldsOf(now, back) {
			t.Fatalf("%v leads back to %v, not to %v", then, back, now)
		}
	})
}
