package casework

import (
	"maps"
	"testing"
)

func TestReportsFillACheckIn(t *testing.T) {
	reports := []ExpertReport{{"Leila", Values{"progress": "The model stands.", "daysSpent": 3.0}}, {"Tomas", Values{"daysSpent": 1.5}}, {"Ruth", Values{}}}
	last := Values{"outcome": "at-risk", "progress": "Slow.", "negotiationStage": "during"}
	for name, tt := range map[string]struct {
		last    Values
		reports []ExpertReport
		want    Values
	}{
		"three reports":         {last, reports, Values{"progress": "Leila: The model stands.", "daysSpent": 4.5, "negotiationStage": "during"}},
		"none":                  {last, nil, Values{"negotiationStage": "during"}},
		"the first of its kind": {nil, nil, Values{}},
	} {
		if got := CheckInFrom(tt.last, tt.reports); !maps.Equal(got, tt.want) {
			t.Errorf("%s: filled with %v, want %v", name, got, tt.want)
		}
	}
}

func TestAsLastTimeKeepsWhatWasTyped(t *testing.T) {
	typed := Values{"progress": "Faster now.", "problems": " "}
	got := AsLastTime(typed, Values{"outcome": "at-risk", "progress": "Slow.", "problems": "The data room is shut.", "daysSpent": 4.0})
	want := Values{"outcome": "at-risk", "progress": "Faster now.", "problems": "The data room is shut."}
	if !maps.Equal(got, want) {
		t.Errorf("filled with %v, want %v", got, want)
	}
	if typed["outcome"] != nil {
		t.Error("what was typed is changed")
	}
	if got := AsLastTime(nil, nil); len(got) != 0 {
		t.Errorf("nothing and nothing are %v", got)
	}
}

func TestWhatSaysTheSame(t *testing.T) {
	if !SameAnswers(Values{"a": "x", "b": ""}, Values{"a": "x"}) || SameAnswers(Values{"a": "x"}, Values{"a": "y"}) || SameAnswers(Values{}, Values{"n": 0.0}) {
		t.Error("answers are compared wrongly")
	}
}
