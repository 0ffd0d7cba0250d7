package casework

import (
	"slices"
	"time"
)

// checkTogether holds the answers of a form against each other, and against what is known of who answers; what one field alone shows is already right.
func checkTogether(c FormContext, v Values) Faults {
	wrong := Faults{}
	if _, asked := QuestionnaireOf(c.Kind); asked {
		wrong = CheckQuestionnaire(c.Kind, v)
	}
	if check, ok := together[c.Kind]; ok {
		check(c, v, wrong)
	}
	return wrong
}

var together = map[TaskKind]func(FormContext, Values, Faults){
	AssessEligibility:   eligibleOnlyIfAllYes,
	SubmitRequestLetter: letterDates,
	ProposeSupport:      wholeProposal,
	ReviseSupport:       wholeProposal,
	PlanActivity:        oneActivity,
	MoveDeadline:        rightDeadline,
	CorrectFacts:        onlyWhatDiffers,
	ProposeChange:       oneActivity,
	PlanMission: func(_ FormContext, v Values, wrong Faults) {
		if v.String("to") < v.String("from") {
			wrong["to"] = Say("invalid.mission-order")
		}
	},
	ReplaceExpert: func(_ FormContext, v Values, wrong Faults) {
		if v.String("expert") == v.String("by") {
			wrong["by"] = Say("invalid.same-expert")
		}
	},
	SignCodeOfConduct: checkSignature,
	ChangeContact:     checkContact,
	ReportActivity:    checkReport,
}

func eligibleOnlyIfAllYes(_ FormContext, v Values, wrong Faults) {
	if v.Outcome() != Eligible {
		return
	}
	for _, name := range Criteria {
		if v.String(name) != "yes" {
			wrong[name] = Say("invalid.not-all-yes")
		}
	}
}

func letterDates(c FormContext, v Values, wrong Faults) {
	today, err := time.Parse(DateLayout, c.Today)
	if err == nil && v.String("letterDate") > today.AddDate(0, 0, 1).Format(DateLayout) {
		wrong["letterDate"] = Say("invalid.letter-in-future")
	}
	from, until := v.String("neededFrom"), v.String("neededUntil")
	if from != "" && until != "" && until < from {
		wrong["neededUntil"] = Say("invalid.needed-order")
	}
}

func wholeProposal(c FormContext, v Values, wrong Faults) {
	if o := v.Outcome(); o != Propose && o != Change {
		return
	}
	var plans []ActivityPlan
	if err := v.Into("activities", &plans); err != nil {
		wrong["activities"] = Say("invalid.unreadable-activities")
		return
	}
	if len(plans) == 0 && (c.Kind == ReviseSupport || !v.Bool("scopingMission")) {
		wrong["activities"] = Say("invalid.no-activity")
	}
	onlyRecommended(plans, v.Strings("experts"), wrong)
	if c.NamedExpert != "" && Empty(v["namedExpertAnswer"]) && !c.proposes(c.NamedExpert, v.Strings("experts")) {
		wrong["namedExpertAnswer"] = Say("invalid.named-expert", "Name", c.NamedExpert)
	}
}

// proposes tells whether an expert of that name is among the IDs.
func (c FormContext) proposes(name string, ids []string) bool {
	return slices.ContainsFunc(c.Experts, func(o Option) bool {
		return slices.Contains(ids, o.Value) && SameName(o.Label, name)
	})
}

// Named are the experts and documents that a form names, for the caller to look up: nobody may name what is not there.
func Named(form Form, v Values) (experts []PersonID, documents []string) {
	for _, f := range form.Fields {
		switch f.Type {
		case OneExpert, Document:
			documentsOrExperts(f.Type == Document, []string{v.String(f.Name)}, &experts, &documents)
		case Experts, Team, Documents:
			documentsOrExperts(f.Type == Documents, v.Strings(f.Name), &experts, &documents)
		case Activities:
			var plans []ActivityPlan
			if v.Into(f.Name, &plans) == nil {
				for _, p := range plans {
					experts = append(experts, p.Experts...)
				}
			}
		}
	}
	return experts, documents
}

func documentsOrExperts(document bool, ids []string, experts *[]PersonID, documents *[]string) {
	for _, id := range ids {
		switch {
		case id == "":
		case document:
			*documents = append(*documents, id)
		default:
			*experts = append(*experts, PersonID(id))
		}
	}
}
