package words_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"connex/casework"
	"connex/words"
	"connex/words/wordstest"
)

// raw are the texts of the catalogue as they are written, templates and all.
func raw(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("en/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files of texts: %v", err)
	}
	texts := map[string]string{}
	for _, name := range files {
		var room map[string]any
		text, err := os.ReadFile(name)
		if err == nil {
			err = yaml.Unmarshal(text, &room)
		}
		if err != nil {
			t.Fatal(err)
		}
		flatten(texts, "", room)
	}
	return texts
}

func flatten(into map[string]string, id string, node any) {
	switch node := node.(type) {
	case map[string]any:
		for key, below := range node {
			flatten(into, id+"."+key, below)
		}
	case map[any]any:
		for key, below := range node {
			if name, ok := key.(string); ok {
				flatten(into, id+"."+name, below)
			}
		}
	case string:
		into[id[1:]] = node
	}
}

// putIn is what a template puts in: the name of a value is no word that anybody reads.
var putIn = regexp.MustCompile(`\{\{[^}]*\}\}|\{[a-z]+\}`)

// What a government reads says the same thing as one would say it to a guest; an expert reads no words of our house.
func TestNobodyOutsideReadsBluntWords(t *testing.T) {
	var governments, guests int
	for id, text := range raw(t) {
		said := putIn.ReplaceAllString(text, "")
		if wordstest.ForGovernments(id) {
			governments++
			if found := wordstest.Blunt.FindString(said); found != "" {
				t.Errorf("a government reads «%s» in %s: %s", found, id, text)
			}
		}
		if wordstest.ForGuests(id) {
			guests++
			if found := wordstest.OfTheHouse.FindString(said); found != "" {
				t.Errorf("a guest reads «%s» in %s: %s", found, id, text)
			}
		}
	}
	if governments < 250 || guests < governments+50 {
		t.Errorf("only %d texts for governments and %d for guests were looked at", governments, guests)
	}
}

func TestNobodyOutsideIsAskedInBluntWords(t *testing.T) {
	for _, guest := range []casework.Role{casework.Government, casework.Expert} {
		blunt := wordstest.OfTheHouse
		if guest == casework.Government {
			blunt = wordstest.Blunt
		}
		for kind, form := range wordstest.FormsOf(guest) {
			for _, f := range form.Fields {
				said := []string{f.Label, f.Help}
				for _, o := range f.Options {
					said = append(said, o.Label)
				}
				for _, text := range said {
					if found := blunt.FindString(text); found != "" {
						t.Errorf("the %s reads «%s» in %s of %s: %s", guest, found, f.Name, kind, text)
					}
				}
			}
		}
	}
}

func TestAnArticleStandsOnce(t *testing.T) {
	for name, want := range map[string]string{
		"CONNEX Support Unit Secretariat": "the CONNEX Support Unit Secretariat", "The Unit": "The Unit", "the Unit": "the Unit",
		"Theatre Support": "the Theatre Support", "The": "the The", "": "",
	} {
		if got := words.In("en").The(name); got != want {
			t.Errorf("%q reads %q, want %q", name, got, want)
		}
	}
}

// What a government grades from «very successful» to «very unsuccessful» is asked in words that such an answer fits.
func TestQuestionsFitTheirGrades(t *testing.T) {
	w, asked := words.In("en"), 0
	for _, kind := range []casework.TaskKind{casework.EvaluateSupport, casework.ClosingQuestionnaire} {
		q, _ := casework.QuestionnaireOf(kind)
		for _, question := range q.Questions {
			if question.Type != "grade" {
				continue
			}
			asked++
			if label := w.T("form." + string(kind) + "." + question.Key + ".label"); !strings.HasPrefix(label, "How successful ") {
				t.Errorf("%s asks %q", question.Key, label)
			}
		}
	}
	if asked != 14 {
		t.Errorf("%d questions are graded", asked)
	}
}
