package workflows

import (
	"testing"

	"connex/casework"
)

func TestADraftedLetterIsShownBeforeItIsSigned(t *testing.T) {
	r := aRequest(t).toAgreement()
	r.does(officer, casework.DraftApproval, casework.Ready)
	drafted := r.all[len(r.all)-1]
	if len(drafted.Letters) != 1 || !drafted.Letters[0].Draft || drafted.Letters[0].Key != casework.DraftKey(drafted.Decision.Action) {
		t.Fatalf("drafting renders %+v", drafted.Letters)
	}
	if len(drafted.Mails) > 0 && r.mails("approval") > 0 {
		t.Error("a draft goes out")
	}
	r.does(head, casework.SignApproval, casework.Return)
	r.does(officer, casework.DraftApproval, casework.Ready)
	if again := r.all[len(r.all)-1]; len(again.Letters) != 1 || again.Letters[0].Key == drafted.Letters[0].Key {
		t.Errorf("drafting anew renders %+v", again.Letters)
	}
	r.does(head, casework.SignApproval, casework.Sign)
	if signed := r.all[len(r.all)-1]; len(signed.Letters) != 1 || signed.Letters[0].Draft {
		t.Errorf("signing renders %+v", signed.Letters)
	}
}

// What is rendered for whoever signs is no letter of the case, and the trail says nothing of it.
func TestADraftIsNotRecordedAsALetter(t *testing.T) {
	h := newHouse(t)
	h.run()
	drafts := 0
	for _, order := range h.rendered {
		if order.Letter.Draft {
			drafts++
		}
	}
	recorded := 0
	for _, each := range h.order {
		for _, l := range each.Letters {
			if recorded++; l.Draft {
				t.Errorf("%s records the draft %s", each.ID, l.Key)
			}
		}
	}
	if drafts != 1 || h.count(casework.TrailLetterRendered) != recorded {
		t.Errorf("%d drafts were rendered; the trail tells of %d letters, and %d were recorded", drafts, h.count(casework.TrailLetterRendered), recorded)
	}
}
