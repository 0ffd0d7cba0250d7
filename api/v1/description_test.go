package v1_test

import (
	"encoding/json"
	"regexp"
	"testing"

	"connex/api/apitest"
	v1 "connex/api/v1"
	"connex/casework"
)

func TestTheDescriptionIsSound(t *testing.T) { apitest.CheckDescription(t) }

var parameter = regexp.MustCompile(`:(\w+)`)

func TestTheDescriptionHasEveryRouteAndNoOther(t *testing.T) {
	t.Parallel()
	described := paths(t)
	for _, route := range apitest.New(t).Engine.Routes() {
		where := route.Method + " " + parameter.ReplaceAllString(route.Path, "{$1}")
		if !described[where] && route.Path != "/assets/:name" { // which are the pages'
			t.Errorf("%s is not described", where)
		}
		delete(described, where)
	}
	for where := range described {
		t.Errorf("%s is described and does not exist", where)
	}
}

func paths(t *testing.T) map[string]bool {
	t.Helper()
	var doc struct {
		Paths map[string]map[string]json.RawMessage
	}
	raw, err := v1.Description()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	for path, operations := range doc.Paths {
		for name, method := range map[string]string{"get": "GET", "post": "POST", "put": "PUT", "delete": "DELETE"} {
			if _, there := operations[name]; there {
				all[method+" "+path] = true
			}
		}
	}
	return all
}

func TestEveryFormIsDescribed(t *testing.T) {
	t.Parallel()
	var doc struct {
		Components struct {
			Schemas map[string]struct{ Properties map[string]any }
		}
	}
	raw, err := v1.Description()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	for _, kind := range casework.AllKinds() {
		schema := doc.Components.Schemas["Form."+string(kind)]
		for _, field := range casework.FieldsOf(kind) {
			if _, there := schema.Properties[field.Name]; !there {
				t.Errorf("the form of %s is described without %s", kind, field.Name)
			}
		}
	}
}
