package activities

import (
	"context"
	"errors"
	"slices"

	"connex/casework"
	"connex/drafts"
	"connex/letters"
	"connex/store"
	"connex/words"
)

// gatherLetter finds all that a letter is made of.
func gatherLetter(ctx context.Context, tx *store.Tx, order casework.LetterOrder) (*known, error) {
	k := &known{order: order, request: tx.Request, experts: map[casework.PersonID]string{}}
	for _, step := range []func(context.Context, *store.Tx) error{k.findDeeds, k.findOfficer, k.findSigner, k.findConditions, k.findApproval,
		k.findActivities, k.findAnswers, k.findSecretariat} {
		if err := step(ctx, tx); err != nil {
			return nil, err
		}
	}
	return k, nil
}

// findDeeds reads the forms that hold the letter's texts. What is being applied is not in the request's row yet.
func (k *known) findDeeds(ctx context.Context, tx *store.Tx) error {
	ids := slices.Clone(k.order.Letter.Actions)
	if d := k.order.Decision; d != nil && !slices.Contains(ids, d.Action) {
		ids = append(ids, d.Action)
	}
	for _, id := range ids {
		a, err := tx.Action(ctx, id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		k.actions = append(k.actions, a)
		k.deeds = append(k.deeds, deed{Kind: a.Kind, Outcome: a.Outcome, Actor: a.ActorName, Form: a.Form})
		if a.Kind == casework.SubmitRequestLetter {
			k.request = submitted(k.request, a.Form)
		}
	}
	return nil
}

// submitted is the request as the government's letter makes it.
func submitted(r store.Request, form casework.Values) store.Request {
	for into, field := range map[*string]string{&r.LetterDate: "letterDate", &r.Signatory: "signatory", &r.SignatoryOffice: "signatoryOffice",
		&r.NeededFrom: "neededFrom", &r.NeededUntil: "neededUntil", &r.ProposedExpert: "proposedExpert"} {
		if value := form.String(field); value != "" {
			*into = value
		}
	}
	return r
}

func (k *known) findOfficer(ctx context.Context, tx *store.Tx) error {
	a, err := tx.Staff(ctx, k.request.Officer)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	k.officer = drafts.Officer{Name: a.Name, Phone: a.Phone, Email: a.Email}
	k.signer = staff(a, casework.CaseOfficer)
	return err
}

// findSecretariat finds the letterhead. A letter that is rendered again after it has changed is another document; the one that
// its mail names goes out.
func (k *known) findSecretariat(ctx context.Context, tx *store.Tx) error {
	settings, err := tx.Settings(ctx)
	k.secretariat = settings.Letterhead()
	return err
}

// signers says whose deed makes somebody the one who signs a letter; without one the case officer signs.
var signers = []casework.TaskKind{casework.SignApproval, casework.SignDeclining, casework.CloseRequest, casework.WriteEvaluation, casework.ClosingEvaluation}

// findSigner takes the first of the letter's deeds that is one of signing.
func (k *known) findSigner(context.Context, *store.Tx) error {
	for _, a := range k.actions {
		if slices.Contains(signers, a.Kind) && slices.Contains(k.order.Letter.Actions, a.ID) {
			k.signer = person{ID: a.Actor, Role: a.Role, Name: a.ActorName}
			return nil
		}
	}
	return nil
}

// findConditions merges those of the board's decision, for a draft that has none of its own.
func (k *known) findConditions(ctx context.Context, tx *store.Tx) error {
	if k.order.Letter.Kind != string(letters.Approval) || k.request.Decision == nil {
		return nil
	}
	var decisive []casework.Values
	for _, id := range k.request.Decision.Actions {
		a, err := tx.Action(ctx, id)
		if err != nil {
			return err
		}
		decisive = append(decisive, a.Form)
	}
	k.conditions = casework.MergedConditions(decisive)
	return nil
}

func (k *known) findApproval(ctx context.Context, tx *store.Tx) error {
	d, err := tx.Letter(ctx, string(letters.Approval))
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	k.approvedOn = casework.DateOf(d.AddedAt)
	return err
}

func (k *known) findActivities(ctx context.Context, tx *store.Tx) error {
	activities, err := tx.Activities(ctx)
	if err != nil {
		return err
	}
	for _, a := range activities {
		k.activities = append(k.activities, done{Number: a.Number, Title: a.Title, Start: a.Start, End: a.End, Experts: a.Experts})
		for _, id := range a.Experts {
			found, err := tx.Recipients(ctx, casework.Expert, id)
			if err != nil {
				return err
			}
			for _, e := range found {
				k.experts[e.ID] = e.Name
			}
		}
	}
	return nil
}

// asked says which questionnaires an evaluation draws on.
var asked = map[bool][]casework.TaskKind{true: {casework.EvaluateSupport, casework.SelfAssess}, false: {casework.ClosingQuestionnaire}}

// findAnswers finds who answered the questionnaires that the letter speaks of, and who was given up on: of an evaluation
// its own, of the closing letter all of the request's.
func (k *known) findAnswers(ctx context.Context, tx *store.Tx) error {
	switch letters.Kind(k.order.Letter.Kind) {
	case letters.EvaluationReport:
		return k.findAnswersOf(ctx, tx, k.order.Letter.Activity)
	case letters.Closing:
		for _, a := range k.activities {
			if err := k.findAnswersOf(ctx, tx, a.Number); err != nil {
				return err
			}
		}
		return k.findAnswersOf(ctx, tx, 0)
	}
	return nil
}

func (k *known) findAnswersOf(ctx context.Context, tx *store.Tx, activity int) error {
	for _, kind := range asked[activity > 0] {
		rule, _ := casework.KindOf(kind)
		statuses, err := tx.TaskStatuses(ctx, kind, activity)
		if err != nil {
			return err
		}
		q := questioned{role: rule.Role}
		for _, status := range statuses {
			switch status {
			case store.TaskDone:
				q.answered++
			case store.TaskGivenUp:
				q.silent++
			}
		}
		k.questioned = append(k.questioned, q)
	}
	return nil
}

// title names the letter among a request's documents.
func (k *known) title() string {
	title := words.In(words.Default).T("letter.kind." + k.order.Letter.Kind)
	if a := k.activity(); a.Title != "" {
		title += ": " + a.Title
	}
	if k.order.Letter.Draft {
		return words.In(words.Default).T("draft.title", "Letter", title)
	}
	return title
}

func (k *known) fileName() string {
	if k.order.Letter.Draft {
		return k.order.Letter.Kind + "-draft.pdf"
	}
	return k.order.Letter.Key + ".pdf"
}

// documentKind: a draft is shown to whoever signs it, and is no letter yet.
func (k *known) documentKind() store.DocumentKind {
	if k.order.Letter.Draft {
		return store.Draft
	}
	return store.Letter
}
