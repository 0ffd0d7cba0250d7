package mail

import (
	"errors"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
)

func aMission(changes ...func(*Invitation)) Invitation {
	i := Invitation{
		UID: "CNX-2026-0007-mission@connex.test", At: time.Date(2027, 3, 1, 8, 0, 0, 0, time.UTC), Summary: "Scoping mission; Windhoek, Namibia",
		Description: "To clarify what kind of expertise is needed.\nEND:VEVENT\r\nX-EVIL:1", Location: "Ministère, «Windhoek» " + strings.Repeat("ä", 80),
		From: "2027-03-29", To: "2027-04-02", Organizer: "CONNEX Support Unit <secretariat@connex.test>",
		Attendees: []string{`"Nguyễn; Đặng, \"the\" expert" <dang@experts.example>`, "b@experts.example"},
	}
	for _, change := range changes {
		change(&i)
	}
	return i
}

func TestAnInvitationIsReadAsItWasMeant(t *testing.T) {
	got, event := readBack(t, aMission())
	if got.Method != "REQUEST" || !strings.Contains(got.Text, "\r\nMETHOD:REQUEST\r\n") {
		t.Errorf("the method is %q in\n%s", got.Method, got.Text)
	}
	for property, want := range map[ics.ComponentProperty]string{
		ics.ComponentPropertyUniqueId: "CNX-2026-0007-mission@connex.test", ics.ComponentPropertyDtstamp: "20270301T080000Z",
		ics.ComponentPropertyDtStart: "20270329", ics.ComponentPropertyDtEnd: "20270403", ics.ComponentPropertySequence: "0",
		ics.ComponentPropertySummary: "Scoping mission; Windhoek, Namibia", ics.ComponentPropertyLocation: aMission().Location,
		ics.ComponentPropertyStatus: "CONFIRMED", ics.ComponentPropertyOrganizer: "mailto:secretariat@connex.test",
	} {
		if p := event.GetProperty(property); p == nil || ics.FromText(p.Value) != want {
			t.Errorf("%s is %+v, want %q", property, p, want)
		}
	}
	if attendees := event.Attendees(); len(attendees) != 2 || attendees[0].Email() != "dang@experts.example" || attendees[0].ICalParameters["CN"][0] != "Nguyễn; Đặng, 'the' expert" {
		t.Errorf("attendees %+v", attendees)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(got.Text, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.HasPrefix(line, "X-EVIL") {
			t.Errorf("the line %q", line)
		}
	}
	if again, _ := readBack(t, aMission()); again.Text != got.Text {
		t.Error("the second time another text")
	}
}

func TestACancellationIsOfTheSameInvitation(t *testing.T) {
	got, event := readBack(t, aMission(func(i *Invitation) { i.Cancelled, i.Sequence = true, 2 }))
	if got.Method != "CANCEL" || event.Id() != aMission().UID || event.GetProperty(ics.ComponentPropertySequence).Value != "2" ||
		event.GetProperty(ics.ComponentPropertyStatus).Value != "CANCELLED" {
		t.Errorf("reads\n%s", got.Text)
	}
}

func TestWhatIsNoInvitationIsRefused(t *testing.T) {
	for name, change := range map[string]func(*Invitation){
		"backwards":    func(i *Invitation) { i.To = "2027-03-28" },
		"no day":       func(i *Invitation) { i.From = "soon" },
		"no UID":       func(i *Invitation) { i.UID = "" },
		"two lines":    func(i *Invitation) { i.UID = "a\r\nX:y" },
		"no organizer": func(i *Invitation) { i.Organizer = "" },
		"an attendee":  func(i *Invitation) { i.Attendees = []string{"a@b.example\r\nX:y"} },
		"no time":      func(i *Invitation) { i.At = time.Time{} },
	} {
		var failed *Error
		if _, err := aMission(change).Calendar(); !errors.As(err, &failed) || !failed.Permanent {
			t.Errorf("%s: %v, want it refused", name, err)
		}
	}
}

func readBack(t *testing.T, i Invitation) (*Calendar, *ics.VEvent) {
	t.Helper()
	written, err := i.Calendar()
	if err != nil {
		t.Fatal(err)
	}
	calendar, err := ics.ParseCalendar(strings.NewReader(written.Text))
	if err != nil || len(calendar.Events()) != 1 {
		t.Fatalf("%v in\n%s", err, written.Text)
	}
	return written, calendar.Events()[0]
}
