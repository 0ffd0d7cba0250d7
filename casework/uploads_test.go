package casework_test

import (
	"testing"

	"connex/casework"
)

// What goes out is a PDF; a letter that comes in may be a picture of it; every other field takes whatever is kept.
func TestWhatFilesAFieldTakes(t *testing.T) {
	for name, tt := range map[string]struct {
		kind         casework.TaskKind
		field, media string
		wrong        string
	}{
		"a letter as PDF":       {casework.SubmitRequestLetter, "letterDocument", casework.PDF, ""},
		"a photograph of it":    {casework.SubmitRequestLetter, "letterDocument", "image/jpeg", ""},
		"a letter as text":      {casework.SubmitRequestLetter, "letterDocument", "text/plain", "invalid.no-letter"},
		"a letter as a table":   {casework.CorrectFacts, "letterDocument", "text/csv", "invalid.no-letter"},
		"background as a table": {casework.SubmitRequestLetter, "backgroundDocuments", "text/csv", ""},
		"what goes out, drawn":  {casework.SignApproval, "signedDocument", "image/png", "invalid.no-pdf"},
		"what goes out, as PDF": {casework.SignApproval, "signedDocument", casework.PDF, ""},
	} {
		form := casework.Form{Fields: casework.FieldsOf(tt.kind)}
		if got := form.Field(tt.field).WrongFile(tt.media); got.ID != tt.wrong {
			t.Errorf("%s: %q, want %q", name, got.ID, tt.wrong)
		}
	}
}

func TestWhatAGuestMayAdd(t *testing.T) {
	for name, tt := range map[string]struct {
		there casework.Added
		size  int64
		why   string
	}{
		"the first":           {casework.Added{}, 25 << 20, ""},
		"the last one":        {casework.Added{Files: 199, Bytes: 199}, 1, ""},
		"one more":            {casework.Added{Files: 200, Bytes: 200}, 1, "invalid.too-many-files"},
		"many more":           {casework.Added{Files: 1000, Bytes: 2 << 30}, 1, "invalid.too-many-files"},
		"to the last byte":    {casework.Added{Files: 40, Bytes: 1<<30 - 5}, 5, ""},
		"a byte over":         {casework.Added{Files: 40, Bytes: 1<<30 - 5}, 6, "invalid.too-heavy"},
		"over before already": {casework.Added{Files: 40, Bytes: 2 << 30}, 1, "invalid.too-heavy"},
	} {
		if got := tt.there.NoRoomFor(tt.size); got.ID != tt.why {
			t.Errorf("%s: %q, want %q", name, got.ID, tt.why)
		}
	}
}
