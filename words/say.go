package words

import (
	"strings"

	"connex/casework"
)

// Say writes a sentence in this language; of none it writes nothing.
func (w *Words) Say(s casework.Sentence) string {
	if s.ID == "" {
		return ""
	}
	values := make(map[string]any, len(s.With))
	for name, value := range s.With {
		values[name] = w.written(name, value)
	}
	return w.T(s.ID, values)
}

// SayAll writes what is wrong with a form, by field.
func (w *Words) SayAll(wrong casework.Faults) map[string]string {
	said := make(map[string]string, len(wrong))
	for field, fault := range wrong {
		said[field] = w.Say(fault)
	}
	return said
}

// written is what stands in a sentence, as this language writes it. The count stays a number: it selects the form.
func (w *Words) written(name string, value any) any {
	switch v := value.(type) {
	case casework.Sentence:
		return w.Say(v)
	case []casework.Sentence:
		said := make([]string, len(v))
		for i, s := range v {
			said[i] = w.Say(s)
		}
		return strings.Join(said, " ")
	case casework.Day:
		return w.Day(string(v))
	case casework.Minutes:
		return w.Minutes(int(v))
	case int, float64:
		if name != "Count" {
			return w.Number(v)
		}
	}
	return value
}

// Refusal writes why a rule says no. The oldest refusals have no ID, and stay as they were written.
func (w *Words) Refusal(r casework.Refusal) string {
	if r.Why.ID == "" {
		return r.English
	}
	return w.Say(r.Why)
}
