package casework

import "slices"

// FormContext is what a form is made of beside its kind: what is known of the request, and for whom it is made.
type FormContext struct {
	Kind        TaskKind
	Offers      []Outcome  // fewer than the kind's, where the workflow offers fewer
	Today       string     // the case's date
	Known       Values     // values that are filled in, by field
	OnBehalf    bool       // a case officer answers for the government
	NamedExpert string     // whom the government asked for by name
	Experts     []Option   // roster IDs with names, for fields that take experts
	Members     []Option   // board members whose vote is out, for settle-vote
	Deadlines   []Deadline // that can be moved
	Signer      string     // whose name signs the Code of Conduct
	Contact     string     // the address to which the government is written,
	ContactName string     // and who answers there
	MostDays    int        // that an expert can have spent on an activity; 0: not known
	Replacing   bool       // propose-change: an expert is to be replaced, not an activity planned
}

// neverFilled are answers that only the person who decides may give.
func neverFilled(k TaskKind, name string) bool {
	if name == "outcome" || name == "rating" || slices.Contains(Criteria, name) || k == ChangeContact {
		return true
	}
	return slices.ContainsFunc(QuestionnaireFields(k), func(f Field) bool { return f.Name == name })
}

// FormFor makes the form that a person gets. Labels are the catalogue's to add.
func FormFor(c FormContext) Form {
	all := FieldsOf(c.Kind)
	switch c.Kind {
	case ProposeChange:
		all = append(all, changeFields(c.Replacing)...)
	case CorrectFacts:
		all = correctableIn(c, all)
	}
	if c.OnBehalf {
		all = append(all, behalf(c.Kind, all)...)
	}
	form := Form{Kind: c.Kind, Fields: make([]Field, len(all))}
	for i, f := range all {
		form.Fields[i] = c.made(f)
	}
	return form
}

// made is a field with its offers and what is known. Nothing of the package's own tables is shared with the caller.
func (c FormContext) made(f Field) Field {
	f.Options = slices.Clone(f.Options)
	switch {
	case f.Name == "outcome" && len(c.Offers) > 0:
		f.Options = slices.DeleteFunc(f.Options, func(o Option) bool { return !slices.Contains(c.Offers, Outcome(o.Value)) })
	case f.Name == "member":
		f.Options = slices.Clone(c.Members)
	case c.Kind == MoveDeadline && f.Name == "task":
		for _, d := range c.Deadlines {
			f.Options = append(f.Options, Option{Value: d.Name(), Says: d.says()})
		}
	case f.Type == OneExpert || f.Type == Experts || f.Type == Team || f.Type == Activities:
		f.Options = slices.Clone(c.Experts)
	case f.Name == "namedExpertAnswer" && c.NamedExpert != "":
		f.Required = true
	}
	if f.Name == "version" && c.Kind == SignCodeOfConduct {
		f.Value = CurrentCode().Version
	}
	if value, known := c.Known[f.Name]; known && !Empty(value) && !neverFilled(c.Kind, f.Name) {
		f.Value = value
	}
	return f
}

// changeFields are those of propose-change: the activity anew, or another expert.
func changeFields(replacing bool) (fields []Field) {
	if replacing {
		return []Field{field("by", OneExpert).carried().when(Propose), reason}
	}
	for _, f := range onePlan {
		if f.Required {
			f.Required = false
			f = f.when(Propose)
		} else {
			f = f.may(Propose)
		}
		fields = append(fields, f)
	}
	return append(fields, reason)
}
