package main

import (
	"bytes"
	"errors"
	"fmt"

	"connex/casework"

	"go.yaml.in/yaml/v3"
)

// script is a sample: a first interest, and what people then do, in order.
type script struct {
	Name          string          `yaml:"-"`
	About         string          `yaml:"about"`
	Fast          bool            `yaml:"fast"` // in a calendar whose days are very short
	Mail          string          `yaml:"mail"` // it begins with a mail and nothing else
	FirstInterest casework.Values `yaml:"firstInterest"`
	Experts       []rosterEntry   `yaml:"experts"`
	Steps         []step          `yaml:"steps"`
	Meanwhile     []step          `yaml:"meanwhile"` // done whenever it is asked, while the next step is waited for
}

// step is one thing that happens: somebody does a task, a mail comes in, or the request gets somewhere by itself.
type step struct {
	As       string            `yaml:"as"` // an account's name, government, or expert:ADDRESS
	Do       casework.TaskKind `yaml:"do"`
	Activity *int              `yaml:"activity"`
	Form     casework.Values   `yaml:"form"`
	Maybe    bool              `yaml:"maybe"` // left out where the task does not come within moments

	File string            `yaml:"file"` // a mail, with @case@ where the case number will stand
	Wait map[string]string `yaml:"wait"` // phase, ending or suspended
}

type rosterEntry struct {
	Name        string   `yaml:"name" json:"name"`
	Email       string   `yaml:"email" json:"email"`
	Disciplines []string `yaml:"disciplines" json:"disciplines"`
	Languages   []string `yaml:"languages" json:"languages"`
	Countries   []string `yaml:"countries" json:"countries"`
	Commodities []string `yaml:"commodities" json:"commodities"`
	Available   bool     `yaml:"-" json:"available"`
}

// readScript refuses what it does not understand: a misspelt field would be a step that is silently left out.
func readScript(raw []byte) (*script, error) {
	var s script
	d := yaml.NewDecoder(bytes.NewReader(raw))
	d.KnownFields(true)
	if err := d.Decode(&s); err != nil {
		return nil, err
	}
	for i := range s.Experts {
		s.Experts[i].Available = true
	}
	return &s, s.check()
}

func (s *script) check() error {
	if s.Mail == "" {
		if _, err := casework.DecodeFirstInterest(casework.FirstInterestForm(false), s.FirstInterest); err != nil {
			return err
		}
	}
	var wrong []error
	for i, step := range append(append([]step{}, s.Steps...), s.Meanwhile...) {
		if err := step.check(); err != nil {
			wrong = append(wrong, fmt.Errorf("step %d: %w", i+1, err))
		}
	}
	return errors.Join(wrong...)
}

// officer is who runs the request: whoever assesses its eligibility. Only they act on behalf of its government.
func (s *script) officer() string {
	for _, step := range s.Steps {
		if step.Do == casework.AssessEligibility {
			return step.As
		}
	}
	return "officer"
}

func (s step) check() error {
	if s.File != "" || len(s.Wait) > 0 {
		return nil
	}
	if _, known := casework.KindOf(s.Do); !known {
		return fmt.Errorf("there is no task %q", s.Do)
	}
	if s.As == "" {
		return fmt.Errorf("nobody does %s", s.Do)
	}
	form := casework.FormFor(casework.FormContext{Kind: s.Do, OnBehalf: true})
	for name := range s.Form {
		if form.Field(name) == nil && s.Do != casework.ProposeChange {
			return fmt.Errorf("%s has no field %s", s.Do, name)
		}
	}
	return nil
}
