package web

import (
	"fmt"
	"net/url"
	"strings"

	"connex/casework"
	"connex/words"
)

// slotLimit is how many activities are looked for in a post; more than a form takes, so that it can say «too many».
const slotLimit = 60

// ReadForm makes of what a browser posted the values that the form's definition takes. What cannot be read stays as it
// was typed: it is refused by name and comes back into its field. Numbers are as the reader of w writes them. Uploaded are
// new documents by field.
func ReadForm(w *words.Words, form casework.Form, post url.Values, uploaded map[string][]string) casework.Values {
	values := casework.Values{}
	for _, field := range form.Fields {
		if value := readField(w, field, field.Name, post, uploaded[field.Name]); value != nil {
			values[field.Name] = value
		}
	}
	return values
}

// readField is nil where nothing was given.
func readField(w *words.Words, field casework.Field, name string, post url.Values, uploaded []string) any {
	switch field.Type {
	case casework.Bool:
		return post.Get(name) == "true"
	case casework.Number:
		return readNumber(w, post.Get(name))
	case casework.Texts:
		return readTexts(field, name, post)
	case casework.Choices, casework.Experts, casework.Team:
		return listOrNil(post[name])
	case casework.Documents:
		return listOrNil(append(post[name+".kept"], uploaded...))
	case casework.Document:
		return textOrNil(lastOf(append(post[name+".kept"], uploaded...)))
	case casework.Activities:
		return readActivities(w, name, post)
	case casework.Scores:
		return readScores(w, field, name, post)
	}
	return textOrNil(post.Get(name))
}

// readTexts tells a letter that was emptied from one that nobody proposed.
func readTexts(field casework.Field, name string, post url.Values) any {
	texts := listOrNil(strings.Split(strings.ReplaceAll(post.Get(name), "\r\n", "\n"), "\n"))
	if texts == nil && field.Letter && !casework.Empty(field.Value) && post.Has(name) {
		return []any{}
	}
	return texts
}

func readNumber(w *words.Words, text string) any {
	if number, readable := w.ReadNumber(text); readable {
		return number
	}
	return textOrNil(text)
}

func readActivities(w *words.Words, name string, post url.Values) any {
	var plans []any
	for i := range slotLimit {
		if plan := readActivity(w, fmt.Sprintf("%s.%d.", name, i), post); len(plan) > 0 {
			plans = append(plans, plan)
		}
	}
	if plans == nil {
		return nil
	}
	return plans
}

func readActivity(w *words.Words, prefix string, post url.Values) map[string]any {
	plan := map[string]any{}
	for _, field := range planFields() {
		if value := readField(w, field, prefix+field.Name, post, nil); value != nil {
			plan[field.Name] = value
		}
	}
	return plan
}

func readScores(w *words.Words, field casework.Field, name string, post url.Values) any {
	scores := map[string]any{}
	for _, criterion := range field.Options {
		switch given := post.Get(name + "." + criterion.Value); given {
		case "":
		case casework.CannotSay:
			scores[criterion.Value] = nil
		default:
			scores[criterion.Value] = readNumber(w, given)
		}
	}
	if len(scores) == 0 {
		return nil
	}
	return scores
}

func textOrNil(text string) any {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return text
}

func listOrNil(texts []string) any {
	var list []any
	for _, text := range texts {
		if strings.TrimSpace(text) != "" {
			list = append(list, text)
		}
	}
	if list == nil {
		return nil
	}
	return list
}

func lastOf(texts []string) string {
	for i := len(texts) - 1; i >= 0; i-- {
		if texts[i] != "" {
			return texts[i]
		}
	}
	return ""
}
