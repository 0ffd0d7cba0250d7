package mail

import (
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"

	"connex/casework"
)

// Invitation is to something that lasts whole days, such as a scoping mission. The same UID with a higher sequence
// changes it in the calendars of those who have it; cancelled, it is struck out there.
type Invitation struct {
	UID         string // for good: CNX-2026-0007-mission@connex.test
	Sequence    int    // one higher with every change, the cancelling too
	At          time.Time
	Summary     string
	Description string
	Location    string
	From, To    string // the first day and the last, 2027-03-07
	Organizer   string // an address, with or without a name; so are the attendees
	Attendees   []string
	Cancelled   bool
}

// Calendar is the invitation as a part of a mail, the same text for the same invitation.
func (i Invitation) Calendar() (*Calendar, error) {
	first, last, err := i.days()
	if err != nil {
		return nil, err
	}
	if i.UID == "" || strings.ContainsFunc(i.UID, func(r rune) bool { return r <= ' ' || r > unicode.MaxASCII }) || i.At.IsZero() {
		return nil, refuse("an invitation without a UID or a time")
	}
	calendar := ics.NewCalendarFor("CONNEX casework")
	event := calendar.AddEvent(i.UID)
	event.SetDtStampTime(i.At.UTC())
	event.SetSequence(i.Sequence)
	event.SetAllDayStartAt(first)
	event.SetAllDayEndAt(last.AddDate(0, 0, 1)) // the end of a whole day is the day after
	event.SetSummary(casework.Plain(i.Summary))
	if i.Description != "" {
		event.SetDescription(casework.Plain(i.Description))
	}
	if i.Location != "" {
		event.SetLocation(casework.Plain(i.Location))
	}
	if err := i.people(event); err != nil {
		return nil, err
	}
	method, status := ics.MethodRequest, ics.ObjectStatusConfirmed
	if i.Cancelled {
		method, status = ics.MethodCancel, ics.ObjectStatusCancelled
	}
	calendar.SetMethod(method)
	event.SetStatus(status)
	return &Calendar{Method: string(method), Text: calendar.Serialize(ics.WithNewLineWindows)}, nil
}

func (i Invitation) days() (first, last time.Time, err error) {
	if first, err = time.Parse(time.DateOnly, i.From); err != nil {
		return first, last, refuse("an invitation from the day %q", i.From)
	}
	if last, err = time.Parse(time.DateOnly, i.To); err != nil || last.Before(first) {
		return first, last, refuse("an invitation from %s to the day %q", i.From, i.To)
	}
	return first, last, nil
}

func (i Invitation) people(event *ics.VEvent) error {
	organizer, err := address(i.Organizer)
	if err != nil {
		return err
	}
	event.SetOrganizer("mailto:"+organizer.Address, named(organizer.Name)...)
	for _, given := range i.Attendees {
		attendee, err := address(given)
		if err != nil {
			return err
		}
		event.AddAttendee("mailto:"+attendee.Address, append(named(attendee.Name),
			ics.CalendarUserTypeIndividual, ics.ParticipationStatusNeedsAction, ics.WithRSVP(true))...)
	}
	return nil
}

// named is nobody's name where there is none. A quote cannot stand in a parameter at all.
func named(name string) []ics.PropertyParameter {
	if name = strings.ReplaceAll(line(name), `"`, "'"); name == "" {
		return nil
	}
	return []ics.PropertyParameter{ics.WithCN(name)}
}
