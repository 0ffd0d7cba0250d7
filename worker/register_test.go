package main

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"connex/casework"

	"github.com/nexus-rpc/sdk-go/nexus"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/workflow"
)

// register keeps the names that it is given.
type names struct{ workflows, activities map[string]bool }

func (n names) RegisterWorkflow(any) { panic("a workflow without a name") }
func (n names) RegisterWorkflowWithOptions(_ any, o workflow.RegisterOptions) {
	n.workflows[o.Name] = true
}
func (n names) RegisterDynamicWorkflow(any, workflow.DynamicRegisterOptions) { panic("dynamic") }
func (n names) RegisterActivity(any)                                         { panic("an activity without a name") }
func (n names) RegisterActivityWithOptions(_ any, o activity.RegisterOptions) {
	n.activities[o.Name] = true
}
func (n names) RegisterDynamicActivity(any, activity.DynamicRegisterOptions) { panic("dynamic") }
func (n names) RegisterNexusService(*nexus.Service)                          { panic("nexus") }

// TestNames holds what runs against the names that workflows and api use.
func TestNames(t *testing.T) {
	n := names{map[string]bool{}, map[string]bool{}}
	register(n, hands{})
	for what, tt := range map[string]struct {
		got  map[string]bool
		want []string
	}{
		"workflows": {n.workflows, []string{casework.SupportRequestWorkflow, casework.SupportActivityWorkflow, casework.DeliverWorkflow, casework.DigestWorkflow}},
		"activities": {n.activities, []string{casework.RecordActivity, casework.LookUpActivity, casework.RenderLetterActivity,
			casework.SendMailActivity, casework.MailRefusedActivity, casework.PrepareDigestsActivity}},
	} {
		slices.Sort(tt.want)
		if got := slices.Sorted(maps.Keys(tt.got)); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v are registered, want %v", what, got, tt.want)
		}
	}
}

func TestConfig(t *testing.T) {
	right := []string{"DATABASE_URL=postgres://x", "SMTP_ADDR=127.0.0.1:25", "CONNEX_SECRET=" + strings.Repeat("A", 43) + "="}
	for name, tt := range map[string]struct {
		environ []string
		wrong   string
	}{
		"right":              {right, ""},
		"no database":        {right[1:], "DATABASE_URL"},
		"a misspelt setting": {append(slices.Clone(right), "CONNEX_SECRT=x"), "CONNEX_SECRT is no setting"},
		"a short secret":     {append(slices.Clone(right[:2]), "CONNEX_SECRET=AAAA"), "32 random bytes"},
		"no address":         {append(slices.Clone(right), "PUBLIC_URL=casework"), "PUBLIC_URL"},
	} {
		c, err := readConfig(tt.environ)
		if tt.wrong == "" && (err != nil || c.PublicURL != "http://127.0.0.1:8080") || tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wrong)) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
