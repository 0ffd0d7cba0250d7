package casework

// Sentence is what a person is told, before it has words: where the catalogue has it, and what stands in it. Package
// words writes it in the reader's language. What stands in it may itself be a sentence, or several ([]Sentence).
type Sentence struct {
	ID   string         `json:"id"`
	With map[string]any `json:"with,omitempty"`
}

// Say makes a sentence, with names and values in turn: Say("invalid.too-long", "Limit", 500). The ID stands there as it
// is written in the catalogue, so that a test finds it.
func Say(id string, with ...any) Sentence {
	s := Sentence{ID: id}
	for i := 0; i+1 < len(with); i += 2 {
		if s.With == nil {
			s.With = map[string]any{}
		}
		s.With[with[i].(string)] = with[i+1] //nolint:forcetypeassert // a name that is none shows in any test
	}
	return s
}

// Day is a date that stands in a sentence, to be written as the reader's language writes it.
type Day string

// Minutes are a time that stands in a sentence, to be written in hours where they are whole.
type Minutes int

// Faults are what is wrong with a form, by field.
type Faults map[string]Sentence
