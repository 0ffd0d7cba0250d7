package dispatch

import (
	"cmp"
	"context"
	"errors"
	"log/slog"

	"connex/casework"
	"connex/mail"
	"connex/store"
)

// FilesOf are the attachments of a mail as documents of a case.
func FilesOf(in mail.Incoming, n casework.CaseNumber) (files []store.NewDocument) {
	for _, f := range in.Attachments {
		name := cmp.Or(f.Name, "attachment")
		files = append(files, store.NewDocument{CaseNumber: n, Title: name, Name: name, MediaType: f.MediaType, Body: f.Bytes})
	}
	return files
}

// FileMail files a mail that waited to be triaged to a case, with its attachments. Whoever files it may see the case.
func (d *Dispatch) FileMail(ctx context.Context, p store.Person, m store.InboundMail, n casework.CaseNumber) error {
	capacity, err := actingRole(p)
	if err != nil {
		return err
	}
	if _, err := d.store.Request(ctx, p, n); err != nil {
		return err
	}
	return d.file(ctx, p, capacity.Role, m, n)
}

// file: what cannot be read as a mail has no attachments, and is filed all the same.
func (d *Dispatch) file(ctx context.Context, p store.Person, role casework.Role, m store.InboundMail, n casework.CaseNumber) error {
	in, err := mail.Read(m.Raw)
	if bad := (*mail.Unreadable)(nil); err != nil && !errors.As(err, &bad) {
		return err
	}
	return d.store.MailBecame(ctx, p, role, m.ID, n, FilesOf(in, n))
}

// fileTied files a mail to the request that was just started from it. Where that is not there yet, the relay does it.
func (d *Dispatch) fileTied(ctx context.Context, p store.Person, n casework.CaseNumber, id string) {
	m, err := d.store.InboundMail(ctx, p, id)
	if err == nil {
		err = d.FileMail(ctx, p, m, n)
	}
	if err != nil && !errors.Is(err, store.ErrNotFound) && !errors.Is(err, store.ErrMailTaken) {
		d.logRelay(ctx, "a mail waits to be filed", err, slog.String("case", string(n)))
	}
}

// relayTied files the mails of which requests were started that have come to be since.
func (d *Dispatch) relayTied(ctx context.Context) {
	tied, err := d.store.MailsTied(ctx, tiedAtOnce)
	if err != nil {
		d.logRelay(ctx, "the relay cannot read which mails became requests", err)
	}
	for _, m := range tied {
		err := d.file(ctx, store.Person{Name: m.From}, casework.MailRole, m, m.CaseNumber)
		if err != nil && !errors.Is(err, store.ErrMailTaken) {
			d.logRelay(ctx, "a mail waits to be filed", err, slog.String("case", string(m.CaseNumber)))
		}
	}
}

const tiedAtOnce = 5 // they come with all their attachments
