package casework

import (
	"slices"
	"sync"
)

// lists is data/lists.yaml.
type lists struct {
	Version, Date, Source string
	Lists                 map[string][]string
	Groups                map[string]map[string][]string
	Order                 map[string][]string
}

var controlled = sync.OnceValue(func() (l lists) {
	readYAML("lists.yaml", &l)
	for group, order := range l.Order {
		l.Lists[group] = order
		for _, name := range order {
			l.Lists[group+"/"] = append(l.Lists[group+"/"], l.Groups[group][name]...)
		}
	}
	return l
})

// The controlled lists, by the names that Options takes.
const (
	Sectors          = "sectors"
	Resources        = "resources"
	Languages        = "languages" // of letters
	ContactLanguages = "contact-languages"
	Disciplines      = "disciplines"
	Channels         = "channels"
	Stages           = "stages"
	Steps            = "stages/"
	SupportForms     = "support"
	Deliverables     = "support/"
	Countries        = "countries"
	PartnerNames     = "partners"
	SupportNeeds     = "referrals" // the kinds of need for which somebody else may fit better
)

// ListValues are the values of a controlled list in their order, nil for a list that there is not.
func ListValues(list string) []string {
	switch list {
	case Countries:
		return countryCodes()
	case PartnerNames:
		return partnerKeys()
	case SupportNeeds:
		return supportNeeds()
	}
	return slices.Clone(controlled().Lists[list])
}

// Options are a controlled list as a choice offers it, made anew each time. Partners bear their names; all else gets
// its words from the catalogue.
func Options(list string) []Option {
	var options []Option
	for _, value := range ListValues(list) {
		option := Option{Value: value, Label: partnerName(list, value)}
		if list == Steps {
			option.Group = StageOf(value)
		}
		options = append(options, option)
	}
	return options
}

// InList tells whether a controlled list has the value.
func InList(list, value string) bool { return slices.Contains(ListValues(list), value) }

// StageOf is the stage to which a step of negotiation belongs, empty for what is no step.
func StageOf(step string) string { return groupOf(Stages, step) }

func groupOf(group, value string) string {
	for _, name := range controlled().Order[group] {
		if slices.Contains(controlled().Groups[group][name], value) {
			return name
		}
	}
	return ""
}
