package casework_test

import (
	"errors"
	"maps"
	"testing"

	"connex/casework"
)

func TestWhatAFirstInterestLacksIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	const summary = "A lease is on the table."
	for name, tt := range map[string]struct {
		sent  casework.Values
		wrong map[string]string // by field, the sentence's ID
	}{
		"an address is enough":                    {casework.Values{"channel": "web", "summary": summary, "contactEmail": "a@b.example"}, nil},
		"so is a telephone":                       {casework.Values{"channel": "phone", "summary": summary, "contactPhone": "+264 61 1"}, nil},
		"nobody to answer":                        {casework.Values{"channel": "web", "summary": summary, "contactPhone": "  "}, map[string]string{"contactEmail": "invalid.unreachable"}},
		"a telephone without a number":            {casework.Values{"channel": "web", "summary": summary, "contactPhone": "call me"}, map[string]string{"contactPhone": "invalid.no-phone"}},
		"nothing at all":                          {casework.Values{}, map[string]string{"channel": "invalid.choose", "summary": "invalid.missing", "contactEmail": "invalid.unreachable"}},
		"a step of another stage, and no summary": {casework.Values{"channel": "web", "contactPhone": "1", "negotiationStage": "pre", "negotiationStep": "renegotiation"}, map[string]string{"summary": "invalid.missing", "negotiationStep": "invalid.other-stage"}},
		"an address that is none":                 {casework.Values{"channel": "web", "contactEmail": "nobody"}, map[string]string{"contactEmail": "invalid.no-email", "summary": "invalid.missing"}},
		"a step of another stage":                 {casework.Values{"channel": "web", "summary": summary, "negotiationStage": "pre", "negotiationStep": "renegotiation"}, map[string]string{"contactEmail": "invalid.unreachable", "negotiationStep": "invalid.other-stage"}},
		"a step that nobody knows stays":          {casework.Values{"channel": "web", "summary": summary, "contactPhone": "1", "negotiationStage": "pre", "negotiationStep": "x"}, map[string]string{"negotiationStep": "invalid.unknown-option"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := casework.DecodeFirstInterest(casework.FirstInterestForm(false), tt.sent)
			faulty := &casework.FormError{}
			if err != nil && !errors.As(err, &faulty) {
				t.Fatal(err)
			}
			said := map[string]string{}
			for field, sentence := range faulty.Fields {
				said[field] = sentence.ID
			}
			if !maps.Equal(said, tt.wrong) {
				t.Errorf("%v is wrong, want %v", said, tt.wrong)
			}
		})
	}
}
