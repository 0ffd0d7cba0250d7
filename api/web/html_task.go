package web

import (
	"cmp"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"github.com/gin-gonic/gin"

	"connex/api/dispatch"
	"connex/casework"
	"connex/store"
)

// TaskPage is a task's form on its way to the reader, or back to them with what was wrong.
type TaskPage struct {
	Sheet   dispatch.Sheet
	Form    HTMLForm
	Status  int
	Refusal string // why it was not done, although the form was right
	Next    string // where another step of it is shown; then nothing is shown here
}

// OpenTask draws a task's form for the first time.
func (d Deps) OpenTask(c *gin.Context, sheet dispatch.Sheet, post string) (TaskPage, error) {
	files, err := d.filesOf(c, sheet)
	if err != nil {
		return TaskPage{}, err
	}
	draft, err := d.draft(c, sheet.Task)
	Words(c).FillForm(&sheet.Form, string(sheet.Task.Kind))
	if err != nil {
		return TaskPage{}, err
	}
	filling := Filling{Form: sheet.Form, Typed: draft.Form, Files: files, Hints: hintsBeside(Words(c), sheet), Words: Words(c), Pace: paceOf(c),
		Context: sheet.Context}
	step, onTheWay := stepAsked(c.Query("step"))
	if !onTheWay {
		step = 1
	}
	filling.Step = min(step, len(filling.Pace.steps(sheet.Form))+1)
	page := TaskPage{Sheet: sheet, Form: filling.HTML(post, NewKey()).draftable(draft.Form != nil && !onTheWay), Status: http.StatusOK}
	page.Form.Mark, page.Form.Turned, page.Form.Copy = draft.Mark, onTheWay, copyOf(c, sheet, draft.Taken, draft.Form)
	page.Form.Code, err = d.codeMailed(c, sheet)
	return page, err
}

// codeMailed asks for a code that is still good: who went to look for the mail comes back to where it is to be entered.
func (d Deps) codeMailed(c *gin.Context, sheet dispatch.Sheet) (*HTMLCode, error) {
	link := PersonOf(c).Link
	if kind, _ := casework.KindOf(sheet.Task.Kind); link == nil || !kind.Code {
		return nil, nil
	}
	waits, err := d.Store.CodeWaits(c.Request.Context(), link.ID, sheet.Task.ID)
	if err != nil || !waits {
		return nil, err
	}
	return &HTMLCode{Asking: NewKey()}, nil
}

func paceOf(c *gin.Context) Pace {
	if PersonOf(c).Link != nil {
		return guestPace
	}
	return staffPace
}

// SendTask takes a posted form. Either the decision is recorded, and the action's ID says which it was, or the form comes
// back with everything that was typed and uploaded. What was sent before is not sent again: the same gets the answer of
// the first, and of something else its sender hears that it came too late.
func (d Deps) SendTask(c *gin.Context, id casework.TaskID, address string) (done casework.ActionID, again *TaskPage, err error) {
	post, err := ReadPost(c)
	if err != nil {
		return "", nil, err
	}
	key := post.Values.Get("_key")
	sheet, err := d.Dispatch.Sheet(c.Request.Context(), PersonOf(c), id)
	if err != nil {
		if first, none := d.Store.ActionOf(c.Request.Context(), PersonOf(c), casework.ActionID(key)); none == nil && first.Task == id {
			return first.ID, nil, nil // the second click of two, of which the first recused them
		}
		return d.sendLost(c, id, post, address, err)
	}
	page, err := d.sendingOf(c, sheet, post, address)
	if err != nil {
		return "", nil, err
	}
	return page.send()
}

func (d Deps) sendingOf(c *gin.Context, sheet dispatch.Sheet, post Post, address string) (*sending, error) {
	uploaded, err := d.Keep(c, sheet.Task.CaseNumber, sheet.Capacity.Role, post, string(sheet.Task.ID)+"/"+string(PersonOf(c).ID))
	if err != nil {
		return nil, err
	}
	return &sending{Deps: d, c: c, sheet: sheet, post: post, key: post.Values.Get("_key"), mark: post.Values.Get("_draft"), address: address,
		typed: ReadForm(Words(c), sheet.Form, post.Values, uploaded)}, nil
}

// sending is one posted form.
type sending struct {
	Deps
	c       *gin.Context
	sheet   dispatch.Sheet
	post    Post
	key     string
	mark    string // of the draft that the page was drawn from
	address string
	typed   casework.Values
}

func (s *sending) send() (casework.ActionID, *TaskPage, error) {
	step, goesOn := stepAsked(s.post.Values.Get("_go"))
	more, keeps, others := AskedForMore(s.post.Values), askedToKeep(s.post.Values), s.asksForOthers()
	if goesOn || more || keeps || others != "" {
		var late *dispatch.Refused
		if errors.As(s.sheet.May(), &late) {
			return s.refused(late.Refusal)
		}
		if err := s.catchUp(); err != nil {
			return "", nil, err
		}
	}
	switch {
	case more:
		return s.again(http.StatusOK, Filling{Slots: MoreActivities(s.typed), Wrong: s.post.Wrong}, nil, "")
	case keeps:
		kept := s.asItIs()
		kept.Wrong = s.post.Wrong
		return s.again(http.StatusOK, kept, nil, "")
	case goesOn:
		return s.toStep(step)
	case others == lookAtOthers:
		return s.toOthers()
	case others == takeItBack:
		return s.takesBack()
	case len(s.post.Wrong) > 0:
		return s.again(s.post.Refuses(), Filling{Wrong: s.allWrong(s.typed)}, nil, "")
	}
	code := dispatch.Confirmation{Code: asMailed(s.post.Values.Get("_code")), Asking: s.post.Values.Get("_asking")}
	outcome, err := s.Dispatch.CompleteSheet(s.c.Request.Context(), PersonOf(s.c), s.sheet, s.key, s.typed, code)
	var (
		form    *casework.FormError
		wanted  *dispatch.CodeRequired
		refused *dispatch.Refused
	)
	switch {
	case errors.As(err, &form):
		return s.again(http.StatusUnprocessableEntity, Filling{Wrong: form.All()}, nil, "")
	case errors.As(err, &wanted):
		return s.again(http.StatusPreconditionRequired, s.asItIs(), s.askForCode(code.Code, *wanted), "")
	case errors.Is(err, dispatch.ErrTooManyCodes):
		return s.again(http.StatusTooManyRequests, s.asItIs(), nil, HeldBack(s.c, err))
	case errors.As(err, &refused):
		return s.refused(refused.Refusal)
	case errors.Is(err, store.ErrKeyReused): // they went back and changed what they had sent
		return s.refused(*casework.RefusedBy(casework.RuleTaskDone, "refusal.task-done"))
	}
	return outcome.Action, nil, err
}

// asMailed is a code without the gaps with which it was typed: it is often copied in two groups. Anything else in it stays, and makes it a wrong one.
func asMailed(code string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Dash, r) {
			return -1
		}
		return r
	}, code)
}

// refused draws what was sent again, under a new key: this one is spent.
func (s *sending) refused(by casework.Refusal) (casework.ActionID, *TaskPage, error) {
	s.key = NewKey()
	return s.again(http.StatusConflict, s.asItIs(), nil, Words(s.c).Refusal(by))
}

// asItIs draws the same step again, or the whole page where there were none.
func (s *sending) asItIs() Filling {
	step, _ := stepAsked(s.post.Values.Get("_step"))
	return Filling{Pace: paceOf(s.c), Step: step}
}

// toStep goes on to another step of a long form, or back. Nobody goes on from a step in which something is wrong; what is
// missing or wrong in others is said where it stands.
func (s *sending) toStep(step int) (casework.ActionID, *TaskPage, error) {
	steps := paceOf(s.c).steps(s.sheet.Form)
	from, _ := stepAsked(s.post.Values.Get("_step"))
	if from == wholePage || from > len(steps) || step != wholePage && step <= from {
		return s.showStep(step)
	}
	if here := s.wrongIn(steps[from-1]); len(here) > 0 && step != wholePage {
		return s.again(s.post.Refuses(), Filling{Wrong: here, Pace: paceOf(s.c), Step: from}, nil, "")
	}
	return s.showStep(step)
}

// wrongIn is what is wrong in a step. A decision that is taken in another one holds nobody up here: it can still change.
func (s *sending) wrongIn(step []casework.Field) casework.Faults {
	typed := s.typed
	if !slices.ContainsFunc(step, func(f casework.Field) bool { return f.Name == "outcome" }) {
		typed = maps.Clone(s.typed)
		delete(typed, "outcome")
	}
	here := casework.Faults{}
	for name, fault := range s.allWrong(typed) {
		list, _, _ := strings.Cut(name, ".")
		if slices.ContainsFunc(step, func(f casework.Field) bool { return f.Name == list }) {
			here[name] = fault
		}
	}
	return here
}

func (s *sending) askForCode(typed string, wanted dispatch.CodeRequired) *HTMLCode {
	code := &HTMLCode{Typed: typed, GoodFor: Words(s.c).Minutes(wanted.Minutes), Asking: NewKey()}
	if wanted.Wrong {
		code.Sentence = Words(s.c).Say(wrongCode(wanted))
	}
	return code
}

// allWrong are the files that cannot be taken, and whatever else is wrong with the form, at once.
func (s *sending) allWrong(typed casework.Values) casework.Faults {
	wrong := maps.Clone(s.post.Wrong)
	var form *casework.FormError
	if _, err := casework.Decode(s.sheet.Context, s.sheet.Form, typed); errors.As(err, &form) {
		for name, fault := range form.All() {
			if wrong[name].ID == "" {
				wrong[name] = fault
			}
		}
	}
	return wrong
}

func (s *sending) again(status int, f Filling, code *HTMLCode, refusal string) (casework.ActionID, *TaskPage, error) {
	files, err := s.filesOf(s.c, s.sheet)
	if err != nil {
		return "", nil, err
	}
	mark, err := s.Store.SaveDraft(s.c.Request.Context(), PersonOf(s.c), s.sheet.Task.ID, s.mark, s.typed)
	newer := errors.Is(err, store.ErrNewerDraft)
	if newer || errors.Is(err, store.ErrNotFound) {
		err = nil // its sender has done it, and nothing is kept; the page has it all
	}
	Words(s.c).FillForm(&s.sheet.Form, string(s.sheet.Task.Kind))
	f.Form, f.Typed, f.Files, f.Hints, f.Words, f.Context = s.sheet.Form, s.typed, files, hintsBeside(Words(s.c), s.sheet), Words(s.c), s.sheet.Context
	page := &TaskPage{Sheet: s.sheet, Form: f.HTML(s.address, s.key).draftable(askedToKeep(s.post.Values) && !newer), Status: status, Refusal: refusal}
	if code == nil && err == nil {
		code, err = s.codeMailed(s.c, s.sheet)
	}
	if copies(s.sheet) && err == nil {
		var kept store.Unfinished
		kept, err = s.Store.Draft(s.c.Request.Context(), PersonOf(s.c), s.sheet.Task.ID)
		page.Form.Copy = copyOf(s.c, s.sheet, kept.Taken, s.typed)
	}
	page.Form.Code, page.Form.Mark, page.Form.Newer, page.Form.Here = code, mark, newer, stepAddress(s.address, f.Step)
	page.Form.Turned = status == http.StatusOK
	if code != nil && code.Sentence != "" {
		page.Form.Faults = append(page.Form.Faults, HTMLFault{Focus: "f-_code", Label: Words(s.c).T("page.form.code.label"), Sentence: code.Sentence})
	}
	return "", page, err
}

// Keep adds the files of a post to the case, each once for what it is added to: what was posted twice, or is chosen still
// where a browser leads back to its form, is there once. One for which there is no room is its field's fault.
func (d Deps) Keep(c *gin.Context, n casework.CaseNumber, as casework.Role, post Post, to string) (map[string][]string, error) {
	kept := map[string][]string{}
	for field, files := range post.Files {
		for _, file := range files {
			document, err := d.Store.AddDocument(c.Request.Context(), store.NewDocument{CaseNumber: n, Kind: store.Upload,
				Key: to + "/" + field, Title: cmp.Or(strings.TrimSpace(post.Values.Get("title")), file.Name), Name: file.Name,
				MediaType: file.MediaType, Body: file.Body, By: PersonOf(c), Role: as})
			if full := (*store.NoRoom)(nil); errors.As(err, &full) {
				post.Wrong[field] = full.Why
				continue
			}
			if err != nil {
				return nil, err
			}
			kept[field] = append(kept[field], document.ID)
		}
	}
	return kept, nil
}
