package activities

import (
	"context"
	"errors"
	"fmt"

	"connex/casework"
	"connex/letters"
	"connex/store"
)

// Scribe renders letters and keeps them.
type Scribe struct {
	Store    *store.Store
	Renderer *letters.Renderer
}

// RenderLetter makes a letter of what is known and keeps it as a document. The same order makes the same bytes, and the
// same bytes under the same key are the same document, so it may be run again. A letter that cannot be rendered as it
// is, is refused: a person has to change its text.
func (s *Scribe) RenderLetter(ctx context.Context, order casework.LetterOrder) (casework.LetterMade, error) {
	var k *known
	err := s.Store.InCase(ctx, order.CaseNumber, func(tx *store.Tx) (err error) {
		k, err = gatherLetter(ctx, tx, order)
		return err
	})
	if err != nil {
		return casework.LetterMade{}, fmt.Errorf("letter %s of %s: %w", order.Letter.Key, order.CaseNumber, err)
	}
	if order.Letter.Scan {
		return s.scan(ctx, k)
	}
	made, err := s.made(ctx, k)
	var unfit *letters.Fault
	if errors.As(err, &unfit) {
		return casework.LetterMade{Refusal: &casework.Refusal{Rule: casework.RuleLetterUnfit, Why: unfit.Why}}, nil
	}
	if err != nil {
		return casework.LetterMade{}, fmt.Errorf("letter %s of %s: %w", order.Letter.Key, order.CaseNumber, err)
	}
	return made, nil
}

// scan takes the signed paper that goes out instead. One that is not of this case is none.
func (s *Scribe) scan(ctx context.Context, k *known) (casework.LetterMade, error) {
	id := k.said(casework.SignApproval, casework.SignDeclining).String("signedDocument")
	d, err := s.Store.DocumentOf(ctx, k.order.CaseNumber, id)
	if errors.Is(err, store.ErrNotFound) {
		return casework.LetterMade{Refusal: casework.RefusedBy(casework.RuleLetterUnfit, "refusal.letter.no-scan")}, nil
	}
	if err == nil && d.MediaType != casework.PDF {
		return casework.LetterMade{Refusal: casework.RefusedBy(casework.RuleLetterUnfit, "refusal.letter.no-pdf")}, nil
	}
	return casework.LetterMade{Document: d.ID}, err
}

// made renders the PDF, and of the government's own letter a text to edit.
func (s *Scribe) made(ctx context.Context, k *known) (casework.LetterMade, error) {
	letter := k.letter()
	pdf, err := s.Renderer.Render(ctx, letter)
	if err != nil {
		return casework.LetterMade{}, err
	}
	key := k.order.Letter.Key
	if letter.Kind == letters.RequestLetter {
		text, err := s.Renderer.Docx(ctx, letter)
		if err != nil {
			return casework.LetterMade{}, err
		}
		if _, err := s.keep(ctx, k, textOf(key), key+".docx", docx, text); err != nil {
			return casework.LetterMade{}, err
		}
	}
	d, err := s.keep(ctx, k, key, k.fileName(), casework.PDF, pdf)
	return casework.LetterMade{Document: d.ID}, err
}

const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

func (s *Scribe) keep(ctx context.Context, k *known, key, name, mediaType string, body []byte) (store.Document, error) {
	return s.Store.AddDocument(ctx, store.NewDocument{CaseNumber: k.order.CaseNumber, Kind: k.documentKind(), Key: key, Title: k.title(),
		Name: name, MediaType: mediaType, Body: body, By: store.Person{ID: k.signer.ID, Name: k.signer.Name}, Role: k.signer.Role})
}
