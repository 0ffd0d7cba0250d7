package e2e

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
)

//go:embed scenarios/*.json
var scenarioFiles embed.FS

// scenario is one request's way, step by step, as a file tells it. A step waits for a task, fills its form with what the
// scenario says and what the form says itself, and completes it.
type scenario struct {
	About         string           `json:"about"`
	FirstInterest map[string]any   `json:"firstInterest"`
	Experts       []map[string]any `json:"experts"` // entered into the roster where missing
	Steps         []step           `json:"steps"`
	Whenever      []step           `json:"whenever"` // done while waiting for the next step
	Within        int              `json:"within"`   // seconds to wait for a step
	End           end              `json:"end"`
}

type step struct {
	As       string         `json:"as"` // a staff account's name, "government", or "expert:ADDRESS"
	Kind     string         `json:"kind"`
	Form     map[string]any `json:"form"` // "+10d": a date from the case's today; "expert:ADDRESS": a roster ID; "deadline:KIND": an open task; "@upload": a new document
	Activity *int           `json:"activity"`
	Standing bool           `json:"standing"`
	Within   int            `json:"within"`
	Of       string         `json:"of"`     // somebody else (as) tries the task of this person …
	Status   statuses       `json:"status"` // … and must get one of these answers
	Twice    bool           `json:"twice"`  // completed a second time: the same key changes nothing, another is refused
	Expect   map[string]any `json:"expect"` // no task, but values that the request comes to have
	Trail    []string       `json:"trail"`  // no task, but entries that the trail comes to hold, in this order
}

type end struct {
	Ending string       `json:"ending"`
	Within int          `json:"within"`
	Trail  []string     `json:"trail"` // these entries in this order: "what" or "what outcome"
	Never  []string     `json:"never"`
	Mails  []wantedMail `json:"mails"`
}

type wantedMail struct {
	To         string `json:"to"`
	Subject    string `json:"subject"` // a pattern, in any case
	Attachment string `json:"attachment"`
	AtLeast    int    `json:"atLeast"`
	Exactly    *int   `json:"exactly"`
}

// statuses are one or several in a file.
type statuses []int

func (s *statuses) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(text, []byte("[")) {
		return json.Unmarshal(text, (*[]int)(s))
	}
	*s = make(statuses, 1)
	return json.Unmarshal(text, &(*s)[0])
}

// readScenario refuses what it does not know: a misspelt word would be a check that is never made.
func readScenario(name string) (s scenario, err error) {
	text, err := scenarioFiles.ReadFile("scenarios/" + name + ".json")
	if err != nil {
		return s, err
	}
	reader := json.NewDecoder(bytes.NewReader(text))
	reader.DisallowUnknownFields()
	if err := reader.Decode(&s); err != nil {
		return s, fmt.Errorf("scenarios/%s.json: %w", name, err)
	}
	return s, nil
}
