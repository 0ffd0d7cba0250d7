package casework

import (
	"slices"
	"time"
)

// checkTogether holds the answers of a form against each other; what one field alone shows is already right. The
// answers are sentences by field.
func checkTogether(c FormContext, v Values) map[string]string {
	wrong := map[string]string{}
	if _, asked := QuestionnaireOf(c.Kind); asked {
		wrong = CheckQuestionnaire(c.Kind, v)
	}
	if c.OnBehalf && Empty(v["document"]) && Empty(v["noteOfCall"]) {
		wrong["noteOfCall"] = "Please add the government's document, or note who said what when."
	}
	if check, ok := together[c.Kind]; ok {
		check(c, v, wrong)
	}
	return wrong
}

var together = map[TaskKind]func(FormContext, Values, map[string]string){
	AssessEligibility:   eligibleOnlyIfAllYes,
	SubmitRequestLetter: letterDates,
	ProposeSupport:      wholeProposal,
	ReviseSupport:       wholeProposal,
	PlanActivity:        oneActivity,
	MoveDeadline:        rightDeadline,
	CorrectFacts:        onlyWhatDiffers,
	ProposeChange:       oneActivity,
	PlanMission: func(_ FormContext, v Values, wrong map[string]string) {
		if v.String("to") < v.String("from") {
			wrong["to"] = "The mission cannot end before it begins."
		}
	},
	ReportMission: func(_ FormContext, v Values, wrong map[string]string) {
		if Empty(v["findings"]) && Empty(v["reportDocument"]) {
			wrong["findings"] = "Please write what was found, or add the report as a file."
		}
	},
	ReplaceExpert: func(_ FormContext, v Values, wrong map[string]string) {
		if v.String("expert") == v.String("by") {
			wrong["by"] = "Please choose somebody else than the expert who leaves."
		}
	},
	ChangeContact: func(c FormContext, v Values, wrong map[string]string) {
		if c.OnBehalf && Empty(v["document"]) {
			wrong["document"] = "Please add the institution's letter or mail that names the new contact: the old one cannot confirm it here."
		}
	},
	SignCodeOfConduct: func(_ FormContext, v Values, wrong map[string]string) {
		if v.Outcome() == Sign && Empty(v["version"]) {
			v["version"] = CurrentCode().Version // what was shown
		}
		if v.Outcome() == Sign && v.String("version") != CurrentCode().Version {
			wrong["version"] = "The Code of Conduct has a newer version. Please read and sign that one."
		}
	},
}

func eligibleOnlyIfAllYes(_ FormContext, v Values, wrong map[string]string) {
	if v.Outcome() != Eligible {
		return
	}
	for _, name := range Criteria {
		if v.String(name) != "yes" {
			wrong[name] = "A request is eligible only if all four answers are yes."
		}
	}
}

func letterDates(c FormContext, v Values, wrong map[string]string) {
	today, err := time.Parse(DateLayout, c.Today)
	if err == nil && v.String("letterDate") > today.AddDate(0, 0, 1).Format(DateLayout) {
		wrong["letterDate"] = "The letter's date lies in the future."
	}
	from, until := v.String("neededFrom"), v.String("neededUntil")
	if from != "" && until != "" && until < from {
		wrong["neededUntil"] = "This cannot be before the day from which support is needed."
	}
}

// activityOrder says what is wrong with an activity's dates and rhythm, "" where nothing is.
func activityOrder(v Values) string {
	if v.String("start") != "" && v.String("end") != "" && v.String("end") < v.String("start") {
		return "An activity cannot end before it starts."
	}
	if every, there := v["checkInEveryDays"].(float64); there && (every < 1 || every > 366 || every != float64(int(every))) {
		return "Check-ins come every 1 to 366 days."
	}
	return ""
}

func oneActivity(_ FormContext, v Values, wrong map[string]string) {
	if sentence := activityOrder(v); sentence != "" {
		wrong["end"] = sentence
	}
}

func wholeProposal(c FormContext, v Values, wrong map[string]string) {
	if o := v.Outcome(); o != Propose && o != Change {
		return
	}
	var plans []ActivityPlan
	if err := v.Into("activities", &plans); err != nil {
		wrong["activities"] = "The activities cannot be read."
		return
	}
	if len(plans) == 0 && (c.Kind == ReviseSupport || !v.Bool("scopingMission")) {
		wrong["activities"] = "Please plan at least one activity, unless a scoping mission comes first."
	}
	if c.NamedExpert != "" && Empty(v["namedExpertAnswer"]) && !c.proposes(c.NamedExpert, v.Strings("experts")) {
		wrong["namedExpertAnswer"] = "The government named " + c.NamedExpert + ": please propose this expert, or say why not."
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
