package casework

import (
	"reflect"
	"slices"
)

// Facts are corrected with a reason (correct-facts): the trail keeps what was noted before and what is now.

// corrections are all facts of a request, as the forms ask for them that first noted them.
func corrections() (all []Field) {
	for _, f := range slices.Concat(firstInterest, fields[DiscussScope], fields[SubmitRequestLetter]) {
		if _, there := find(all, f.Name); there || !f.Fact && !asked(f.Name) {
			continue
		}
		f.Required, f.RequiredWhen, f.OneOf, f.For, f.Fact = false, nil, nil, nil, true
		f.Carried = f.Name == "country" || f.Name == "sector" // which the workflow must know
		all = append(all, f)
	}
	return append(all, reason.need())
}

// asked tells whether a first interest asks for it: all that it says becomes the request's own.
func asked(name string) bool { _, there := find(firstInterest, name); return there }

func find(fields []Field, name string) (Field, bool) {
	i := slices.IndexFunc(fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		return Field{}, false
	}
	return fields[i], true
}

// ofTheLetter are facts that the formal letter brings; before it came there is nothing to correct.
func ofTheLetter(name string) bool {
	f, there := find(fields[SubmitRequestLetter], name)
	return there && f.Fact && name != neededFrom.Name
}

// correctableIn leaves out what is not noted yet.
func correctableIn(c FormContext, all []Field) []Field {
	if c.Known == nil || !Empty(c.Known["letterDocument"]) {
		return all
	}
	return slices.DeleteFunc(all, func(f Field) bool { return ofTheLetter(f.Name) })
}

// onlyWhatDiffers keeps of a correction what is not as it was noted, and holds it against the rest.
func onlyWhatDiffers(c FormContext, v Values, wrong Faults) {
	whole := Values{}
	for name, value := range c.Known {
		whole[name] = value
	}
	corrected := false
	for name, value := range v {
		if name == "outcome" || name == "reason" {
			continue
		}
		whole[name] = value
		if reflect.DeepEqual(value, c.Known[name]) {
			delete(v, name)
			continue
		}
		corrected = true
	}
	if !corrected {
		wrong["outcome"] = Say("invalid.nothing-corrected")
	}
	if !Empty(whole["letterDocument"]) {
		letterDates(c, whole, wrong)
	}
	wrongStep(whole, wrong)
}

// wrongStep: a step belongs to a stage of the negotiation.
func wrongStep(v Values, wrong Faults) {
	if stage, step := v.String("negotiationStage"), v.String("negotiationStep"); step != "" && stage != "" && StageOf(step) != stage {
		wrong["negotiationStep"] = Say("invalid.other-stage")
	}
}
