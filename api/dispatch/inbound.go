package dispatch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"connex/casework"
	"connex/mail"
	"connex/store"
	"connex/words"
)

// How a mail is filed.
const (
	filedToCase    = "case"
	firstContact   = "first-interest"
	unreadableMail = "raw"
)

// TakeIn files a mail as it came, once: to the case that it names or answers, else to be triaged; what cannot be read is
// kept all the same. It decides nothing.
func (d *Dispatch) TakeIn(ctx context.Context, raw []byte) (filed store.InboundMail, isNew bool, err error) {
	m, files, err := d.sorted(ctx, raw)
	if err != nil {
		return m, false, err
	}
	return d.store.FileMail(ctx, m, files)
}

// TakeInHeader files what is known of a mail that is too large to be taken in, and says where the whole of it waits.
func (d *Dispatch) TakeInHeader(ctx context.Context, header []byte, size int64, waits string) error {
	m, _, err := d.sorted(ctx, header)
	if err != nil {
		return err
	}
	m.Text = words.In(words.Default).T("page.mails.too-large", "Size", size>>20, "Limit", mail.LargestArrived>>20, "Where", waits)
	_, _, err = d.store.FileMail(ctx, m, nil)
	return err
}

// sorted reads a mail and finds where it belongs.
func (d *Dispatch) sorted(ctx context.Context, raw []byte) (m store.InboundMail, files []store.NewDocument, err error) {
	in, err := mail.Read(raw)
	if bad := (*mail.Unreadable)(nil); errors.As(err, &bad) {
		sum := sha256.Sum256(raw)
		return store.InboundMail{MessageID: hex.EncodeToString(sum[:]) + "@unreadable.invalid", Raw: raw, FiledAs: unreadableMail, Text: bad.Reason}, nil, nil
	}
	if err != nil {
		return m, nil, err
	}
	m = store.InboundMail{MessageID: in.MessageID, Raw: raw, From: in.FromAddress, FromName: in.FromName, Subject: in.Subject, Text: in.Text,
		Kind: string(in.Sort), FiledAs: firstContact}
	if m.CaseNumber, err = d.caseOf(ctx, in); err != nil || m.CaseNumber == "" {
		return m, nil, err
	}
	m.FiledAs = filedToCase
	return m, FilesOf(in, m.CaseNumber), nil
}

// caseOf is the case that a mail names, if there is one, or that it answers; empty where neither.
func (d *Dispatch) caseOf(ctx context.Context, in mail.Incoming) (casework.CaseNumber, error) {
	if number, named := mail.CaseOf(in); named {
		if there, err := d.store.HasCase(ctx, number); err != nil || there {
			return number, err
		}
	}
	var ids []string
	for _, id := range in.Threads() {
		ids = append(ids, "<"+id+">", id) // our own are kept with brackets, received ones without
	}
	if len(ids) == 0 {
		return "", nil
	}
	number, err := d.store.CaseOfMails(ctx, ids)
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	return number, err
}
