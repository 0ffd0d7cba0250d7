package words

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"connex/casework"
)

func TestTexts(t *testing.T) {
	w := wordsOf(t, map[string]string{"en/a.yaml": `
greeting: "Dear {{.Name}},"
tasks: {one: "{{.Count}} task", other: "{{.Count}} tasks"}
option: {yes: "Yes", no: "No", other: "Something else", 1: "very good"}
story: |
  First line.
  Second line.
`, "en/b.yaml": `field: {description: {label: Description}}`})
	for name, tt := range map[string]struct{ got, want string }{
		"a map":                 {w.T("greeting", map[string]any{"Name": "Aida"}), "Dear Aida,"},
		"a struct":              {w.T("greeting", struct{ Name string }{"Aida"}), "Dear Aida,"},
		"names and values":      {w.T("greeting", "Name", "Aida"), "Dear Aida,"},
		"one":                   {w.T("tasks", "Count", 1), "1 task"},
		"several":               {w.T("tasks", map[string]int{"Count": 3}), "3 tasks"},
		"a large count":         {w.T("tasks", "Count", 1234), "1,234 tasks"},
		"a count as Germans do": {w.As(Manner{Writing: "de"}).T("tasks", "Count", 1234), "1.234 tasks"},
		"a count from JSON":     {w.T("tasks", map[string]any{"Count": float64(1)}), "1 task"},
		"a count in a struct":   {w.T("tasks", &struct{ Count int64 }{1}), "1 task"},
		"an option named other": {w.T("option.other"), "Something else"},
		"yes is no boolean":     {w.T("option.yes") + w.T("option.no"), "YesNo"},
		"a number as key":       {w.T("option.1"), "very good"},
		"a reserved word":       {w.T("field.description.label"), "Description"},
		"several lines":         {w.T("story"), "First line.\nSecond line."},
		"a missing text":        {w.T("nothing.here"), "⟦nothing.here⟧"},
		"a missing value":       {w.T("greeting", "Nome", "Aida"), "⟦greeting⟧"},
		"no values at all":      {w.T("option"), "⟦option⟧"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %q, want %q", name, tt.got, tt.want)
		}
	}
}

func TestFaultsNameTheirPlace(t *testing.T) {
	for name, tt := range map[string]struct {
		files map[string]string
		want  string
	}{
		"twice in a file":   {map[string]string{"en/a.yaml": "a: {b: x}\na: {b: y}"}, "line 2: a stands here twice"},
		"twice in two":      {map[string]string{"en/a.yaml": "a: {b: x}", "en/b.yaml": "a: {b: y}"}, "b.yaml: a.b stands in another file"},
		"a list":            {map[string]string{"en/a.yaml": "a:\n  b: [x]"}, `line 2: "a.b" must be a text`},
		"nothing":           {map[string]string{"en/a.yaml": "a:\n  b:"}, `line 2: "a.b" must be a text`},
		"an empty plural":   {map[string]string{"en/a.yaml": "a: {one: '', other: x}"}, "a.one must be a text"},
		"a broken template": {map[string]string{"en/a.yaml": "a: '{{.Name'"}, "line 1: a: "},
	} {
		_, err := load(fsOf(tt.files))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}

func TestAnotherLanguageFallsBackToEnglish(t *testing.T) {
	l, err := load(fsOf(map[string]string{"en/a.yaml": "a: one\nb: two\nn: {one: x, other: y}", "fr/a.yaml": "a: un\nn: {one: u, many: m, other: v}"}))
	if err != nil {
		t.Fatal(err)
	}
	fr := l.words["fr"]
	if got := fr.T("a") + fr.T("b") + fr.T("n", "Count", 0) + fr.T("n", "Count", 1_000_000); got != "untwoum" {
		t.Errorf("French reads %q", got)
	}
}

func TestTheCatalogueItself(t *testing.T) {
	for _, lang := range Languages() {
		if missing := Missing(lang); len(missing) > 0 {
			t.Errorf("%s lacks %v", lang, missing)
		}
	}
	if In("xx").Language() != Default {
		t.Error("a language that we do not have is not English")
	}
}

func TestFormatting(t *testing.T) {
	w := In("en")
	late := time.Date(2027, 3, 6, 23, 30, 0, 0, time.UTC)
	for got, want := range map[string]string{
		w.Date(late): "7 March 2027", w.DateTime(late): "7 March 2027, 00:30", w.Day("2027-12-24"): "24 December 2027",
		w.Day("soon"): "soon", w.Number(12500): "12,500", w.Number(1234.5): "1,234.5",
		w.List(nil): "", w.List([]string{"Peru"}): "Peru", w.List([]string{"Malawi", "Peru", "Togo"}): "Malawi, Peru and Togo",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestEachReadsInTheirOwnManner(t *testing.T) {
	late := time.Date(2027, 3, 6, 23, 30, 0, 0, time.UTC) // the seventh in Berlin
	for _, tt := range []struct {
		manner                Manner
		day, instant, decimal string
	}{
		{Manner{}, "7 March 2027", "7 March 2027, 00:30", "1,234.5"},
		{Manner{"en-US", "America/New_York"}, "March 7, 2027", "March 6, 2027, 6:30 PM", "1,234.5"},
		{Manner{"de", "Asia/Tokyo"}, "07.03.2027", "07.03.2027, 08:30", "1.234,5"},
		{Manner{"fr", "UTC"}, "07/03/2027", "06/03/2027, 23:30", "1\u00a0234,5"},
		{Manner{"iso", "nowhere"}, "2027-03-07", "2027-03-07, 00:30", "1,234.5"},
		{Manner{"klingon", "../Berlin"}, "7 March 2027", "7 March 2027, 00:30", "1,234.5"},
	} {
		w := In("en").As(tt.manner)
		if w.Date(late) != tt.day || w.Day("2027-03-07") != tt.day || w.Instant(late) != tt.instant || w.Number(1234.5) != tt.decimal {
			t.Errorf("%v: %s, %s, %q", tt.manner, w.Date(late), w.Instant(late), w.Number(1234.5))
		}
	}
	if got := In("en").Date(late); got != "7 March 2027" {
		t.Errorf("everybody reads %s now", got)
	}
}

func TestNumbersAreReadAsTheirReaderWritesThem(t *testing.T) {
	for manner, typed := range map[string]map[string]float64{
		"en-GB": {"2.5": 2.5, "2,5": 2.5, "1,234": 1234, "1,234.5": 1234.5, "1.234": 1.234, " 12 500 ": 12500, "-3": -3, "1e3": 1000},
		"de":    {"2.5": 2.5, "2,5": 2.5, "1.234": 1234, "1.234,5": 1234.5, "1,234": 1.234, "1’234": 1234},
		"fr":    {"2,5": 2.5, "1\u00a0234,5": 1234.5, "1\u202f234": 1234},
	} {
		w := In("en").As(Manner{Writing: manner})
		for text, want := range typed {
			if got, readable := w.ReadNumber(text); !readable || got != want {
				t.Errorf("%s: %q is read as %v, want %v", manner, text, got, want)
			}
		}
		for _, wrong := range []string{"", "two", "1,2,3", "1.2.3", "1.234.56", "1,234,56", "NaN", "Inf", "0x", "--1", "1 2"} {
			if got, readable := w.ReadNumber(wrong); readable {
				t.Errorf("%s: %q is read as %v", manner, wrong, got)
			}
		}
		for _, n := range []float64{0, 2.5, -1.125, 12500, 1234.567, 1e9} {
			if got, readable := w.ReadNumber(w.TypedNumber(n)); !readable || got != n {
				t.Errorf("%s: %v, typed as %s, is read as %v", manner, n, w.TypedNumber(n), got)
			}
		}
	}
}

func TestHowFarADayIs(t *testing.T) {
	from := time.Date(2027, 3, 27, 22, 0, 0, 0, time.UTC) // before the night in which Berlin's clocks go forward
	for hours, want := range map[int]string{0: "today", 1: "tomorrow", 24: "in 2 days", 23: "tomorrow", 335: "in 14 days", 336: "in 15 days", -23: "today", -24: "yesterday", -72: "3 days ago"} {
		if got := In("en").Away(from.Add(time.Duration(hours)*time.Hour), from); got != want {
			t.Errorf("%d hours on it is %s, want %s", hours, got, want)
		}
	}
}

func TestFillForm(t *testing.T) {
	w := wordsOf(t, map[string]string{"en/a.yaml": `
form: {cast-vote: {reasons: {label: Your reasons, help: "Read by the Secretariat."}, outcome: {option: {defer: Ask first}}}}
field: {reasons: {label: Reasons}, outcome: {label: Decision, option: {approve: Approve}}}
option: {recuse: Step aside, approve: wrong}
`})
	form := &casework.Form{Fields: []casework.Field{
		{Name: "outcome", Options: []casework.Option{{Value: "defer"}, {Value: "approve"}, {Value: "recuse"}, {Value: "x", Label: "kept"}, {Value: "y"}}},
		{Name: "reasons"}, {Name: "own", Label: "Kept"}, {Name: "unknown"},
	}}
	w.FillForm(form, "cast-vote")
	var got []string
	for _, f := range form.Fields {
		got = append(got, f.Label, f.Help)
		for _, o := range f.Options {
			got = append(got, o.Label)
		}
	}
	want := "Decision||Ask first|Approve|Step aside|kept|⟦form.cast-vote.outcome.option.y⟧|Your reasons|Read by the Secretariat.|Kept||⟦form.cast-vote.unknown.label⟧|"
	if strings.Join(got, "|") != want {
		t.Errorf("filled\n %s, want\n %s", strings.Join(got, "|"), want)
	}
}

func fsOf(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func wordsOf(t *testing.T, files map[string]string) *Words {
	t.Helper()
	l, err := load(fsOf(files))
	if err != nil {
		t.Fatal(err)
	}
	return l.words[Default]
}

func TestCountriesStandByTheAlphabet(t *testing.T) {
	form := casework.Form{Fields: []casework.Field{{Name: "country", Options: casework.Options(casework.Countries)}, {Name: "language", Options: casework.Options(casework.Languages)}}}
	In("en").FillForm(&form, "first-interest")
	var names []string
	for _, o := range form.Fields[0].Options {
		names = append(names, o.Label)
	}
	for _, next := range [][2]string{{"Afghanistan", "Åland Islands"}, {"Botswana", "Burkina Faso"}, {"Uganda", "Zambia"}} {
		first, second := slices.Index(names, next[0]), slices.Index(names, next[1])
		if first < 0 || second < first {
			t.Errorf("%s is number %d, %s %d", next[0], first, next[1], second)
		}
	}
	if got := form.Fields[1].Options[0].Value; got != casework.ListValues(casework.Languages)[0] {
		t.Errorf("the first language is %s: another list than countries keeps its order", got)
	}
}

func TestAGovernmentInASentence(t *testing.T) {
	w := In("en")
	for country, want := range map[string]string{"NA": "the Government of Namibia", "PH": "the Government of the Philippines",
		"CD": "the Government of the Democratic Republic of the Congo", "": "", "??": ""} {
		if got := w.Government(country); got != want {
			t.Errorf("the government of %s is %q, not %q", country, got, want)
		}
	}
}
