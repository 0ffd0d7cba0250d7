package casework

import "slices"

// A form that is long to write may begin with what was written in another case. What is taken over is a draft, and is
// checked when it is sent like all else.

// precedent says in which forms of other cases the like of a form was written, by which fields one knows them, and which
// of them may be taken over: what is to be done, and how one puts it. What is a fact of the other case stays there; so does
// whatever is a person's, a date, a document, a decision or a judgement.
type precedent struct {
	kinds  []TaskKind
	by     []string
	fields []string
}

var (
	scopes    = precedent{[]TaskKind{DiscussScope}, []string{"scope"}, []string{"scope", "disciplines"}}
	drafted   = precedent{[]TaskKind{PrepareRequestLetter}, []string{"paragraphs"}, []string{"paragraphs"}}
	proposals = precedent{[]TaskKind{ProposeSupport, ReviseSupport}, []string{"suggestions"}, []string{"suggestions", "experts", "activities"}}
	missions  = precedent{[]TaskKind{PlanMission}, []string{"purpose"}, []string{"purpose"}}
	planned   = precedent{[]TaskKind{PlanActivity, ProposeChange, ProposeSupport, ReviseSupport}, []string{"title", "activities"}, planCopied}

	planCopied = []string{"title", "form", "stage", "experts", "deliverable", "checkInEveryDays"}
)

var precedents = map[TaskKind]precedent{
	DiscussScope: scopes, PrepareRequestLetter: drafted, ProposeSupport: proposals, ReviseSupport: proposals,
	PlanMission: missions, PlanActivity: planned, ProposeChange: planned,
}

// PrecedentsOf are the kinds of forms in which the like of this one was written, and the fields of which they hold one at
// least; none where nothing is copied.
func PrecedentsOf(k TaskKind) (kinds []TaskKind, by []string) {
	return slices.Clone(precedents[k].kinds), slices.Clone(precedents[k].by)
}

// CopiedFields are those fields of a kind's form that may be taken over from another case.
func CopiedFields(k TaskKind) []string { return slices.Clone(precedents[k].fields) }

// Copies tells whether anything may be taken over into a form: one that names another expert has nothing for it.
func Copies(k TaskKind, form Form) bool {
	return slices.ContainsFunc(precedents[k].fields, func(name string) bool { return form.Field(name) != nil })
}

// Original is what may be taken over of one form, or of one of its activities where a single one is planned.
type Original struct {
	Form, Entry int // its place among the forms, and within the form
	Values      Values
	Left        []PersonID // experts who stay behind
}

// Originals are what the forms of another case offer, the newest of them first. Later forms of a kind replace earlier ones, but
// each activity is one of its own. Works tells whether an expert can still be asked.
func Originals(k TaskKind, forms []Values, works func(PersonID) bool) (originals []Original) {
	rule := precedents[k]
	single := !slices.Contains(rule.fields, "activities") && slices.Contains(rule.by, "activities")
	for i, form := range forms {
		for j, part := range partsOf(form, single) {
			if !slices.ContainsFunc(rule.by, func(name string) bool { return !Empty(part[name]) }) {
				continue
			}
			o := originalOf(rule.fields, part, works)
			o.Form, o.Entry = i, j
			if !slices.ContainsFunc(originals, func(newer Original) bool { return sameEntry(map[string]any(newer.Values), map[string]any(o.Values)) }) {
				originals = append(originals, o)
			}
		}
		if !single && len(originals) > 0 {
			break
		}
	}
	return originals
}

// partsOf a form are its activities, where a single one is looked for and it has any.
func partsOf(form Values, single bool) (parts []Values) {
	plans := entriesOf(form["activities"])
	if !single || len(plans) == 0 {
		return []Values{form}
	}
	for _, plan := range plans {
		fields, _ := plan.(map[string]any)
		parts = append(parts, fields)
	}
	return parts
}

func originalOf(fields []string, written Values, works func(PersonID) bool) Original {
	o := Original{Values: Values{}}
	for _, name := range fields {
		value := written[name]
		switch name {
		case "experts":
			value = o.working(value, works)
		case "activities":
			value = o.plans(value, works)
		}
		if !Empty(value) {
			o.Values[name] = value
		}
	}
	return o
}

// working leaves out who cannot be asked any more.
func (o *Original) working(value any, works func(PersonID) bool) any {
	kept := []any{}
	for _, id := range (Values{"": value}).Strings("") {
		switch {
		case works(PersonID(id)):
			kept = append(kept, id)
		case !slices.Contains(o.Left, PersonID(id)):
			o.Left = append(o.Left, PersonID(id))
		}
	}
	return kept
}

func (o *Original) plans(value any, works func(PersonID) bool) any {
	kept := []any{}
	for _, entry := range entriesOf(value) {
		plan, _ := entry.(map[string]any)
		one := originalOf(planCopied, plan, works)
		for _, id := range one.Left {
			if !slices.Contains(o.Left, id) {
				o.Left = append(o.Left, id)
			}
		}
		if len(one.Values) > 0 {
			kept = append(kept, map[string]any(one.Values))
		}
	}
	return kept
}

func entriesOf(value any) []any {
	list, _ := value.([]any)
	return list
}
