package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"slices"
	"time"

	"github.com/google/uuid"

	"connex/casework"
)

// complete fills the form of a task as this person gets it and sends it; where a code comes by mail first, with it.
func (p *play) complete(ctx context.Context, actor *client, key string, t *task, s step) error {
	form, err := p.formFor(ctx, actor, t)
	if err != nil {
		return fmt.Errorf("form of %s: %w", s.Do, err)
	}
	if !form.offers(s.Form.Outcome()) {
		return errNotOffered
	}
	filled, err := p.fill(ctx, actor, form, s)
	if err != nil {
		return err
	}
	body, err := json.Marshal(map[string]any{"form": filled})
	if err != nil {
		return err
	}
	send := call{method: http.MethodPost, path: "/tasks/" + t.ID + "/complete", body: body, mediaType: "application/json", key: key}
	since := time.Now()
	err = actor.send(ctx, send, nil)
	if statusOf(err) == http.StatusPreconditionRequired {
		if send.code, err = p.code(ctx, actor.name, since); err != nil {
			return err
		}
		err = actor.send(ctx, send, nil)
	}
	if err != nil {
		return err
	}
	return p.applied(ctx, actor, key)
}

var errNotOffered = errors.New("the task does not offer this outcome")

// offers tells whether an outcome can be chosen now: an activity, for one, is completed only once its end date is there.
func (t *task) offers(outcome casework.Outcome) bool {
	field := t.Form.Field("outcome")
	return field == nil || outcome == "" || slices.ContainsFunc(field.Options, func(o casework.Option) bool { return o.Value == string(outcome) })
}

// formFor is the task's form, made for who acts.
func (p *play) formFor(ctx context.Context, actor *client, t *task) (*task, error) {
	if actor.prefix == "/api/v1" {
		var whole task
		return &whole, actor.get(ctx, "/tasks/"+t.ID, &whole)
	}
	var page struct{ Tasks, StandingTasks []task }
	if err := actor.get(ctx, "", &page); err != nil {
		return nil, err
	}
	for _, each := range append(page.Tasks, page.StandingTasks...) {
		if each.ID == t.ID {
			return &each, nil
		}
	}
	return nil, fmt.Errorf("%s does not find the task on their page", actor.name)
}

// code is the newest that was mailed since then.
func (p *play) code(ctx context.Context, address string, since time.Time) (string, error) {
	for time.Since(since) < patience {
		mails, err := p.mailsTo(ctx, address, p.number)
		if err != nil {
			return "", err
		}
		var fresh []caught
		for _, m := range mails {
			if m.Date.After(since.Add(-time.Second)) {
				fresh = append(fresh, m)
			}
		}
		if code := newest(fresh, codeLine); code != "" {
			return code, nil
		}
		if err := wait(ctx, pause); err != nil {
			return "", err
		}
	}
	return "", fmt.Errorf("no code came to %s", address)
}

// applied waits until an action that was recorded has taken effect.
func (p *play) applied(ctx context.Context, actor *client, key string) error {
	for begun := time.Now(); time.Since(begun) < patience; {
		var action struct{ State, Reason string }
		if err := actor.get(ctx, "/actions/"+key, &action); err != nil {
			return err
		}
		switch action.State {
		case "applied":
			return nil
		case "refused":
			return fmt.Errorf("refused: %s", action.Reason)
		}
		if err := wait(ctx, pause); err != nil {
			return err
		}
	}
	return fmt.Errorf("it is still on its way")
}

// file hands in a mail as the mail gateway would.
func (p *play) file(ctx context.Context, name string) error {
	officer, err := p.staff(ctx, "officer")
	if err != nil {
		return err
	}
	raw, err := samples.ReadFile("samples/" + name)
	if err != nil {
		return err
	}
	raw = bytes.ReplaceAll(raw, []byte("@case@"), []byte(p.number))
	return officer.send(ctx, call{method: http.MethodPost, path: "/inbound-mail", body: raw, mediaType: "message/rfc822"}, nil)
}

// upload adds a one-page PDF in the place of what would really be there.
func (p *play) upload(ctx context.Context, actor *client, title string) (string, error) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	_ = w.SetBoundary(uuid.NewSHA1(ours, []byte(p.number+title)).String()) // the same again is the same file
	for name, value := range map[string]string{"request": p.number, "title": title} {
		_ = w.WriteField(name, value)
	}
	part, _ := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="file"; filename="sample.pdf"`}, "Content-Type": {"application/pdf"}})
	_, _ = part.Write(onePage(title + " · " + p.script.Name))
	_ = w.Close() // a buffer takes everything
	var made struct{ ID string }
	err := actor.send(ctx, call{method: http.MethodPost, path: "/documents", body: body.Bytes(), mediaType: w.FormDataContentType()}, &made)
	return made.ID, err
}
