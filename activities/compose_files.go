package activities

import (
	"connex/casework"
	"connex/mail"
	"connex/store"
)

// textOf is the key under which the editable text of a letter is kept beside its PDF.
func textOf(letter string) string { return letter + ".docx" }

// attachments are the letter that the mail brings, its editable text where it has one, and an invitation's calendar.
func (g *gatherer) attachments(m *material) (ids []string, err error) {
	if m.byPhone {
		return nil, nil
	}
	for _, l := range g.in.Transition.Letters {
		if l.Key == g.in.Letter && l.Document != "" {
			ids = append(ids, l.Document)
		}
	}
	if g.in.Letter != "" {
		texts, err := g.tx.DocumentsByKey(g.ctx, textOf(g.in.Letter))
		if err != nil {
			return nil, err
		}
		if len(texts) > 0 {
			ids = append(ids, texts[len(texts)-1].ID)
		}
	}
	if g.in.Template != "invitation" || m.deed == nil {
		return ids, nil
	}
	invitation, err := g.invitation(m)
	return append(ids, invitation...), err
}

// invitation keeps the mission's days as a file that calendars read. The same plan has the same UID.
func (g *gatherer) invitation(m *material) ([]string, error) {
	summary := m.words().T("mail.calendar.summary", "Case", string(m.request.CaseNumber))
	action := string(g.in.Mail.Action)
	calendar, err := mail.Invitation{
		UID: action + "@" + mail.Domain(g.publicURL), Summary: summary, Description: m.deed.Form.String("purpose"), Location: m.deed.Form.String("place"),
		From: m.deed.Form.String("from"), To: m.deed.Form.String("to"), Organizer: senderOf(m.secretariat.Name, g.publicURL), Attendees: []string{m.to.Address}, At: m.at,
	}.Calendar()
	if err != nil {
		return nil, nil // for an address that calendars do not know; the mail says it all
	}
	d, err := g.tx.AddDocument(g.ctx, store.NewDocument{
		CaseNumber: m.request.CaseNumber, Kind: store.Invitation, Key: "invitation/" + action + "/" + m.to.Address, Title: summary, Name: "mission.ics",
		MediaType: "text/calendar", Body: []byte(calendar.Text), By: store.Person{ID: m.officer.ID, Name: m.officer.Name}, Role: casework.CaseOfficer,
	})
	return []string{d.ID}, err
}
