package v1

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"go.yaml.in/yaml/v3"

	"connex/casework"
)

//go:embed openapi.yaml
var contract []byte

// Description is the contract as JSON, with the schemas of all forms: those are made of casework, so that they cannot say
// anything else than what is checked.
func Description() ([]byte, error) {
	var doc map[string]any
	if err := yaml.Unmarshal(contract, &doc); err != nil {
		return nil, err
	}
	components, _ := doc["components"].(map[string]any)
	schemas, _ := components["schemas"].(map[string]any)
	if schemas == nil {
		return nil, fmt.Errorf("openapi.yaml has no components.schemas")
	}
	var kinds, forms []any
	for _, kind := range casework.AllKinds() {
		kinds = append(kinds, string(kind))
		for i, form := range formsOf(kind) {
			name := formName(kind, i)
			schemas[name] = schemaOf(form)
			forms = append(forms, object{"$ref": "#/components/schemas/" + name})
		}
	}
	schemas["TaskKind"] = object{"enum": kinds}
	schemas["FilledForm"] = object{"description": "the form of the task's kind; two kinds may ask the same", "anyOf": forms}
	schemas["FirstInterest"] = firstInterestSchema()
	return json.Marshal(doc)
}

type object = map[string]any

// formsOf are the forms that a kind of task can have. Those of a government have what its case officer adds on its
// behalf.
func formsOf(kind casework.TaskKind) []casework.Form {
	rules, _ := casework.KindOf(kind)
	forms := []casework.Form{casework.FormFor(casework.FormContext{Kind: kind, OnBehalf: rules.Role == casework.Government})}
	if kind == casework.ProposeChange {
		forms = append(forms, casework.FormFor(casework.FormContext{Kind: kind, Replacing: true}))
	}
	return forms
}

func formName(kind casework.TaskKind, variant int) string {
	if variant == 0 {
		return "Form." + string(kind)
	}
	return fmt.Sprintf("Form.%s.%d", kind, variant+1)
}

func schemaOf(form casework.Form) object {
	properties, required := object{}, []any{}
	for _, f := range form.Fields {
		properties[f.Name] = valueOf(f)
		if f.Required {
			required = append(required, f.Name)
		}
	}
	return object{"type": "object", "additionalProperties": false, "properties": properties, "required": required}
}

func firstInterestSchema() object {
	schema := schemaOf(casework.FirstInterestForm(false))
	schema["properties"].(object)["question"] = object{"type": "boolean", "description": "it is only a question about eligibility"}
	return schema
}

// valueOf is what a field takes; null and "" say nothing and are taken by all that may say nothing.
func valueOf(f casework.Field) object {
	texts := object{"type": []any{"array", "null"}, "items": object{"type": "string"}}
	switch f.Type {
	case casework.Number:
		return object{"type": []any{"number", "null"}, "minimum": 0}
	case casework.Bool:
		return object{"type": []any{"boolean", "null"}}
	case casework.Choice:
		return choice(f)
	case casework.Choices:
		return object{"type": []any{"array", "null"}, "items": choice(f)}
	case casework.Documents, casework.Experts, casework.Team, casework.Texts:
		return texts
	case casework.Activities:
		return object{"type": []any{"array", "null"}, "items": activitySchema()}
	case casework.Scores:
		return object{"type": "object", "additionalProperties": object{"type": []any{"integer", "null"}, "minimum": 1, "maximum": 6}}
	}
	return object{"type": []any{"string", "null"}}
}

// choice lists its options, unless they are known only with the request.
func choice(f casework.Field) object {
	if len(f.Options) == 0 {
		return object{"type": []any{"string", "null"}}
	}
	values := []any{"", nil}
	for _, o := range f.Options {
		values = append(values, o.Value)
	}
	return object{"enum": values}
}

// activitySchema is one activity of a plan, as plan-activity asks for it.
func activitySchema() object {
	form := casework.FormFor(casework.FormContext{Kind: casework.PlanActivity})
	return schemaOf(casework.Form{Fields: form.Fields[1:]})
}
