package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"connex/casework"
)

// view is a request as its page shows it.
type view struct {
	Phase         string
	Ending        string
	Suspended     bool
	Clock         struct{ Today string }
	OpenTasks     []task
	StandingTasks []task
}

// task is one of its tasks.
type task struct {
	ID       string
	Kind     casework.TaskKind
	Activity *int
	Holder   struct{ Role, Email string }
	Form     casework.Form
}

func (p *play) look(ctx context.Context) (*view, error) {
	officer, err := p.staff(ctx, "officer")
	if err != nil {
		return nil, err
	}
	var v view
	return &v, officer.get(ctx, "/requests/"+p.number, &v)
}

// is tells whether the request has come that far; a phase that it has left, or a request that has ended, is further.
func (v *view) is(wanted map[string]string) bool {
	have := map[string]string{"phase": v.Phase, "ending": v.Ending, "suspended": fmt.Sprint(v.Suspended)}
	for name, value := range wanted {
		further := name == "phase" && (v.Ending != "" || phaseAt(v.Phase) > phaseAt(value))
		if have[name] != value && !further {
			return false
		}
	}
	return true
}

func phaseAt(phase string) int { return slices.Index(casework.Phases, casework.Phase(phase)) }

// find is the step's task, if it waits or stands; somebody else's own task is not it.
func (v *view) find(s step, account string) *task {
	for _, list := range [][]task{v.OpenTasks, v.StandingTasks} {
		for i, t := range list {
			own := account == "" || t.Holder.Email == "" || strings.EqualFold(t.Holder.Email, account)
			if t.Kind == s.Do && own && (s.Activity == nil || t.Activity != nil && *t.Activity == *s.Activity) {
				return &list[i]
			}
		}
	}
	return nil
}

func (v *view) openKinds() string {
	var kinds []string
	for _, t := range v.OpenTasks {
		kinds = append(kinds, string(t.Kind))
	}
	return strings.Join(kinds, ", ")
}
