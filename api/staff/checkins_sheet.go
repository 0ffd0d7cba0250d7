package staff

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/store"
	"connex/words"
)

// checkInSheet is the table of check-ins with what somebody typed into it.
type checkInSheet struct {
	list    []store.CheckIn
	at      map[casework.TaskID]*checkInTyped
	refusal string
	lost    []lostCheckIn
}

// checkInTyped is what was typed into a row, and what is wrong with it by field; what it says of its putting off is kept beside.
type checkInTyped struct {
	values, later casework.Values
	wrong         casework.Faults
	key, laterKey string
	renew         bool // its keys are spent
	mark          drawnFrom
	kept, newer   bool // it is a draft now; it is none, since something newer is
}

// drawnFrom is what a row of the page was drawn from: the draft with this mark, and what that, or else a report, said.
type drawnFrom struct{ draft, said string }

func (d drawnFrom) String() string { return d.draft + "/" + d.said }

func drawnFromMark(text string) drawnFrom {
	draft, said, _ := strings.Cut(text, "/")
	return drawnFrom{draft, said}
}

// untouched tells that nobody has typed into the row since it was drawn.
func (t checkInTyped) untouched() bool { return t.mark.said == digestOf(t.said()) }

// putOffAsks are the fields of move-deadline that a row has.
var putOffAsks = []string{"dueOn", "reason"}

// said is all that a row says, of its putting off also what is empty: else what was kept of that would stay.
func (t checkInTyped) said() casework.Values {
	all := casework.Values{}
	maps.Copy(all, t.values)
	for _, name := range putOffAsks {
		all[casework.Beside+name] = t.later[name]
	}
	return all
}

// parted are a row's answers, and what it says of its putting off.
func parted(said casework.Values) (values, later casework.Values) {
	values, later = casework.Values{}, casework.Values{}
	for name, value := range said {
		if own, of := strings.CutPrefix(name, casework.Beside); of {
			later[own] = value
		} else {
			values[name] = value
		}
	}
	return values, later
}

// digestOf what a row says. Browsers end lines in their own way.
func digestOf(values casework.Values) string {
	said := casework.Values{}
	for name, value := range values {
		if text, is := value.(string); is {
			value = strings.ReplaceAll(text, "\r\n", "\n")
		}
		if !casework.Empty(value) {
			said[name] = value
		}
	}
	raw, _ := json.Marshal(said) // what was read from a form can be written
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:8])
}

func checkInForm() casework.Form {
	return casework.FormFor(casework.FormContext{Kind: casework.CheckIn})
}

// laterForm is what putting off asks: the date and the reason of move-deadline.
func laterForm() casework.Form {
	form := casework.FormFor(casework.FormContext{Kind: casework.MoveDeadline})
	form.Fields = slices.DeleteFunc(form.Fields, func(f casework.Field) bool { return !slices.Contains(putOffAsks, f.Name) })
	return form
}

// offeredFor is how a row looks before anybody typed: a draft, else what reports and the last check-in say.
func offeredFor(row store.CheckIn) casework.Values {
	values, later := parted(row.Draft)
	if casework.SameAnswers(values, nil) {
		values = casework.CheckInFrom(row.Last, row.Reports)
	}
	if row.DueAt != nil && casework.DateOf(casework.DueOn(later.String("dueOn"))) == casework.DateOf(*row.DueAt) {
		later = nil // it was put off to that day
	}
	return checkInTyped{values: values, later: later}.said()
}

// draftFor is what is to be kept of what was typed into a row: not what reports fill in by themselves.
func draftFor(row store.CheckIn, typed checkInTyped) casework.Values {
	if casework.SameAnswers(typed.values, casework.CheckInFrom(row.Last, row.Reports)) {
		typed.values = nil
	}
	return typed.said()
}

// read takes over what was posted for the rows that are still open, and for one that is not any more.
func (s *checkInSheet) read(w *words.Words, post url.Values) {
	ids := map[string]bool{post.Get("save"): true}
	for name := range post {
		if id, _, of := strings.Cut(name, "."); of {
			ids[id] = true
		}
	}
	for id := range ids {
		row := partOf(post, id+".")
		s.at[casework.TaskID(id)] = &checkInTyped{values: web.ReadForm(w, checkInForm(), row, nil), later: web.ReadForm(w, laterForm(), partOf(row, casework.Beside), nil),
			key: row.Get("_key"), laterKey: row.Get("_later"), mark: drawnFromMark(row.Get("_draft"))}
	}
}

// partOf are the values whose names begin so, without it.
func partOf(post url.Values, prefix string) url.Values {
	part := url.Values{}
	for name, values := range post {
		if own, of := strings.CutPrefix(name, prefix); of {
			part[own] = values
		}
	}
	return part
}

func (s *checkInSheet) row(id casework.TaskID) *store.CheckIn {
	i := slices.IndexFunc(s.list, func(r store.CheckIn) bool { return r.ID == id })
	if i < 0 {
		return nil
	}
	return &s.list[i]
}

func (s *checkInSheet) typed(id casework.TaskID) *checkInTyped {
	if s.at[id] == nil {
		s.at[id] = &checkInTyped{}
	}
	return s.at[id]
}

// marks are those of the rows that were kept just now, by their fields.
func (s *checkInSheet) marks() map[string]string {
	marks := map[string]string{}
	for id, typed := range s.at {
		if row := s.row(id); typed.kept && row != nil {
			marks[string(id)+"._draft"] = markOf(*row).String()
		} else if typed.kept {
			marks[string(id)+"._draft"] = typed.mark.String()
		}
	}
	return marks
}

func markOf(row store.CheckIn) drawnFrom {
	return drawnFrom{row.DraftMark, digestOf(offeredFor(row))}
}

func (s *checkInSheet) fillAsLast(id casework.TaskID) {
	if row := s.row(id); row != nil {
		typed := s.typed(id)
		typed.values = casework.AsLastTime(typed.values, row.Last)
	}
}

// checkInsPage is the table as it is drawn.
type checkInsPage struct {
	Result  *web.Result
	Refusal string
	Lost    []lostCheckIn
	Kept    bool
	Newer   []checkInRow // for which something newer is kept
	Faults  []web.HTMLFault
	Rows    []checkInRow
}

type checkInRow struct {
	store.CheckIn
	LastWord, LastMark string
	Fields, Later      map[string]web.HTMLField
	Key, LaterKey      string
	Mark               drawnFrom
	Newer              bool
	LaterOpen          bool
}

// Name tells the row from others, for whoever hears the page.
func (r checkInRow) Name() string { return string(r.CaseNumber) + " " + r.Title }

func (s room) showCheckIns(c *gin.Context, status int, sheet checkInSheet) (err error) {
	w := web.Words(c)
	page := checkInsPage{Refusal: sheet.refusal, Lost: sheet.lost, Kept: c.Query("kept") != ""}
	if page.Result, err = s.resultWithCause(c); err != nil {
		return err
	}
	if len(sheet.list) > 0 {
		page.Result.Stay(c)
	}
	for _, row := range sheet.list {
		drawn, faults := sheet.draw(w, row)
		page.Rows = append(page.Rows, drawn)
		page.Faults = append(page.Faults, faults...)
		if drawn.Newer {
			page.Newer = append(page.Newer, drawn)
		}
	}
	return s.show(c, status, "checkins", w.T("page.check-ins.title"), "check-ins", page)
}

func (s *checkInSheet) draw(w *words.Words, row store.CheckIn) (checkInRow, []web.HTMLFault) {
	typed := checkInTyped{key: web.NewKey(), laterKey: web.NewKey()}
	typed.values, typed.later = parted(offeredFor(row))
	if known := s.at[row.ID]; known != nil {
		typed = *known
		if typed.key == "" || typed.renew {
			typed.key, typed.laterKey = web.NewKey(), web.NewKey()
		}
	}
	drawn := checkInRow{CheckIn: row, Key: typed.key, LaterKey: typed.laterKey, Mark: markOf(row), Newer: typed.newer}
	if outcome := row.Last.String("outcome"); outcome != "" {
		drawn.LastMark, drawn.LastWord = outcome, w.T("form.check-in.outcome.option."+outcome)
	}
	fields, faults := drawFields(w, string(casework.CheckIn), checkInForm(), string(row.ID)+".", typed.values, typed.wrong)
	later, more := drawFields(w, string(casework.MoveDeadline), laterForm(), string(row.ID)+"."+casework.Beside, typed.later, partOfFaults(typed.wrong, casework.Beside))
	drawn.Fields, drawn.Later = fields, later
	drawn.LaterOpen = len(more) > 0 || !casework.SameAnswers(typed.later, nil)
	return drawn, append(faults, more...)
}

// drawFields draws a row's fields, each by its name in the form, and under names that tell the rows apart.
func drawFields(w *words.Words, kind string, form casework.Form, prefix string, values casework.Values, wrong casework.Faults) (map[string]web.HTMLField, []web.HTMLFault) {
	w.FillForm(&form, kind)
	names := form.Names()
	for i := range form.Fields {
		form.Fields[i].Name = prefix + form.Fields[i].Name
		form.Fields[i].RequiredWhen = nil // the table's head says it once for all rows
	}
	typed := casework.Values{}
	for name, value := range values {
		typed[prefix+name] = value
	}
	html := web.Filling{Form: form, Typed: typed, Wrong: prefixed(prefix, wrong), Words: w}.HTML("", "")
	fields := map[string]web.HTMLField{}
	for i, name := range names {
		fields[name] = html.Fields[i]
	}
	return fields, html.Faults
}

func prefixed(prefix string, wrong casework.Faults) casework.Faults {
	all := casework.Faults{}
	for name, fault := range wrong {
		all[prefix+name] = fault
	}
	return all
}

func partOfFaults(wrong casework.Faults, prefix string) casework.Faults {
	part := casework.Faults{}
	for name, fault := range wrong {
		if own, of := strings.CutPrefix(name, prefix); of {
			part[own] = fault
		}
	}
	return part
}
