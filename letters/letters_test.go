package letters

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"connex/casework"
	"connex/words"

	"golang.org/x/text/unicode/norm"
)

var renderer *Renderer

func TestMain(m *testing.M) {
	r, err := New(Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	renderer = r
	code := m.Run()
	_ = r.Close()
	os.Exit(code)
}

var known = Facts{
	Reference: "CNX-2027-0012", Country: "Namibia", Government: "the Government of Namibia", Institution: "Ministry of Mines (fictional)", Contact: "Владимир Щербаков",
	Matter: "lithium, first round", Addressee: "Minister Example", Resource: "lithium", NegotiationStage: "during",
	Scope: "benchmark the royalty", NeededFrom: "2027-05-01", NeededUntil: "2027-09-30", ProposedExpert: "Nguyễn Thị Hồng Đặng",
	LetterDate: "2027-03-01", ReceivedOn: "2027-03-02", ApprovalDate: "2027-04-11", Officer: "Ina Offiziell",
	OfficerContact: "+49 30 0000, officer@connex.test", Conditions: []string{"The draft contract is published.", "A second condition."},
	Reasons: "Another adviser has been engaged exclusively.", ReferTo: []string{"ALSF", "ISLP"}, Remarks: "We learned a lot.",
	Activity: "Royalty benchmark", Answered: []string{"the government", "one expert"}, Silent: []string{"one expert"},
}

func letter(kind Kind, changes ...func(*Letter)) Letter {
	l := Compose(kind, "en", known)
	l.Date, l.Signatory = "2027-04-12", Signatory{"Dr. Henriette Haupt", "Head of Secretariat"}
	if kind == EvaluationReport {
		l.Facts = []Fact{{"Country", "Namibia"}, {"Experts", "ዶክተር አበበ ወልደማርያም\nA. Second"}}
		l.Sections = []Section{{"Relevance", "very successful", []string{"It came at the right time.", "Twice."}}, {"Efficiency", "", nil}}
	}
	for _, change := range changes {
		change(&l)
	}
	return l
}

func TestEveryKindIsRenderedAsTaggedPDFA(t *testing.T) {
	for _, kind := range Kinds {
		t.Run(string(kind), func(t *testing.T) {
			file := save(t, render(t, letter(kind)))
			info := run(t, "pdfinfo", file)
			if !regexp.MustCompile(`Tagged:\s+yes`).MatchString(info) || !strings.Contains(info, letter(kind).Subject) {
				t.Errorf("neither tagged nor titled:\n%s", info)
			}
			if meta := run(t, "pdfinfo", "-meta", file); !strings.Contains(meta, "<pdfaid:part>2<") || !strings.Contains(meta, "<pdfaid:conformance>A<") {
				t.Errorf("no PDF/A-2a:\n%s", meta)
			}
			run(t, "qpdf", "--check", file)
			for line := range strings.Lines(run(t, "pdffonts", file)) {
				if !strings.Contains(line, "+Noto") && !strings.HasPrefix(line, "name") && !strings.HasPrefix(line, "---") {
					t.Errorf("a font that is not ours: %s", line)
				}
			}
			if _, err := renderer.pdf(context.Background(), letter(kind), "ua-1"); err != nil {
				t.Errorf("not accessible by PDF/UA-1: %v", err)
			}
		})
	}
}

func TestALetterSaysWhatItMust(t *testing.T) {
	for kind, wants := range map[Kind][]string{
		RequestLetter: {"This is a draft", "CONNEX Support Unit Secretariat", "Potsdamer Platz 10", "10785 Berlin", "Ministry of Mines (fictional)",
			"our ongoing negotiations on a large-scale contract (lithium)", "from 1 May 2027 until 30 September 2027", "Nguyễn Thị Hồng Đặng", "[Place, date]", "Your reference: CNX-2027-0012", "Владимир Щербаков"},
		Acknowledgement: {"your letter of 1 March 2027", "has reached us on 2 March 2027", "CNX-2027-0012", "officer@connex.test", "12 April 2027"},
		Approval: {"approved it", "Your letter of 1 March 2027 and this letter together are the agreement between the Government of Namibia (Ministry of Mines (fictional)), as support recipient, and the CONNEX Support Unit, as support provider.",
			"on the following understanding", "The draft contract is published.", "Dr. Henriette Haupt", "Head of Secretariat", "Владимир Щербаков", "Dear Minister Example,"},
		Declining:        {"not in a position to provide support", "engaged exclusively", "ALSF and ISLP"},
		Closing:          {"conclude the support", "your letter of 1 March 2027 and ours of 11 April 2027", "We learned a lot."},
		EvaluationReport: {"Royalty benchmark", "without the answers of one expert", "Relevance", "very successful", "Institution: Ministry of Mines (fictional)", "Contact: Владимир Щербаков", "Experts: ዶክተር አበበ ወልደማርያም"},
	} {
		got := text(t, render(t, letter(kind)))
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("%s does not say %q:\n%s", kind, want, got)
			}
		}
		for _, never := range []string{"declined", "risk", "overdue", "rejected", "⟦", "<no value>"} {
			if strings.Contains(strings.ToLower(got), never) {
				t.Errorf("%s says %q:\n%s", kind, never, got)
			}
		}
	}
}

func TestTheLetterheadIsTheOneThatIsGiven(t *testing.T) {
	house := casework.Letterhead{Name: "The Unit", Address: []string{"Neue Straße 1", "10115 Berlin"}, Telephone: "+49 30 77", Mail: "unit@connex.test"}
	given := func(l *Letter) { l.Secretariat = house }
	ours := text(t, render(t, letter(Acknowledgement, given)))
	for _, want := range []string{"The Unit", "Neue Straße 1", "10115 Berlin", "Telephone: +49 30 77", "unit@connex.test"} {
		if !strings.Contains(ours, want) {
			t.Errorf("our letter lacks %q:\n%s", want, ours)
		}
	}
	theirs := text(t, render(t, letter(RequestLetter, given)))
	if !strings.Contains(theirs, "The Unit Neue Straße 1 10115 Berlin") || strings.Contains(theirs+ours, "Potsdamer Platz") || strings.Contains(theirs, "+49 30 77") {
		t.Errorf("theirs goes elsewhere:\n%s", theirs)
	}
}

func TestNamesInAnyScript(t *testing.T) {
	names := []string{
		"Nguyễn Thị Hồng Đặng", "Владимир Щербаков", "Сарнай Жишээ", "Ғалым Өтеген", "Ελένη Παπαδοπούλου", "ዶክተር አበበ ወልደማርያም",
		"السيد الوزير محمد عبد الله الأحمدي", "محمد رضا پورکیان", "Gülşen Çağlayan", "Ọládélé Ṣàngó", "Łukasz Żółć", "Հայկ Օրինակ", "გიორგი ნიმუში",
		"דוד לדוגמה", "राम उदाहरण", "নমুনা রহমান", "ອຸດົມ", "ตัวอย่าง", "ߒߞߏ", "ⴰⵎⴰⵣⵉⵖ", "සමන්", "குமார்", "ސަމްޕަލް", "ខ្មែរ", "မြန်မာ", "𞤀𞤣𞤤𞤢𞤥",
	}
	got := text(t, render(t, letter(Approval, func(l *Letter) {
		l.Copies, l.Subject = names, "Support for "+strings.Join(names[5:7], ", ")
	})))
	for _, name := range names {
		if name = norm.NFKC.String(name); !strings.Contains(got, name) && !(outOfOrder.MatchString(name) && hasAll(got, name)) {
			t.Errorf("%s is not found in\n%s", name, got)
		}
	}
}

// pdftotext writes these scripts in the order of their glyphs, or repeats a letter; all that one can ask is that each is there.
var outOfOrder = regexp.MustCompile(`^[\p{Thaana}\p{Khmer}\p{Nko}\p{Adlam}]+$`)

func hasAll(text, letters string) bool {
	for _, r := range letters {
		if !strings.ContainsRune(text, r) {
			return false
		}
	}
	return true
}

func TestMarkupStaysLiteral(t *testing.T) {
	odd := `#read("/etc/passwd") $x^2$ *bold* _it_ = Head // no ` + "`raw`" + ` <label> @ref \ #[a] \u{41} &amp; <b> "quoted" 'it'`
	got := text(t, render(t, letter(Approval, func(l *Letter) { l.Paragraphs = append(l.Paragraphs, odd) })))
	if !strings.Contains(straight(got), straight(odd)) {
		t.Errorf("not literal:\n%s", got)
	}
}

func TestTheSameLetterIsTheSameBytes(t *testing.T) {
	other, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	for _, kind := range Kinds {
		first := render(t, letter(kind))
		second, err := other.Render(context.Background(), letter(kind))
		if err != nil || !bytes.Equal(first, second) {
			t.Errorf("%s: another child makes another file (%v)", kind, err)
		}
		if !bytes.Equal(first, render(t, letter(kind))) {
			t.Errorf("%s: the second time another file", kind)
		}
	}
}

func TestWhatCannotBeMendedIsAFault(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*Letter)
		reason string
	}{
		"no glyph":     {func(l *Letter) { l.Contact = "Aida 😀 漢" }, "no font has 😀漢"},
		"no kind":      {func(l *Letter) { l.Kind = "love" }, `there is no kind "love"`},
		"no date":      {func(l *Letter) { l.Date = "12.4.2027" }, `"12.4.2027" is no date`},
		"no case":      {func(l *Letter) { l.Reference = "7" }, `"7" is no case number`},
		"no signatory": {func(l *Letter) { l.Signatory.Name = " " }, "nobody signs it"},
		"no subject":   {func(l *Letter) { l.Subject = "\u200e" }, "it has no subject"},
		"no text":      {func(l *Letter) { l.Paragraphs = []string{" "} }, "it says nothing"},
		"too long":     {func(l *Letter) { l.Closing = strings.Repeat("x", 25_001) }, "a paragraph is longer than 25,000 characters"},
		"too many": {func(l *Letter) {
			l.Copies = make([]string, 0)
			for range 501 {
				l.Copies = append(l.Copies, "x")
			}
		}, "it has more than 500 paragraphs"},
	} {
		_, err := renderer.Render(context.Background(), letter(Approval, tt.change))
		var fault *Fault
		if !errors.As(err, &fault) || !strings.Contains(words.In("en").Say(fault.Why), tt.reason) {
			t.Errorf("%s: %v, want the fault %q", name, err, tt.reason)
		}
	}
	if len(render(t, letter(Approval))) == 0 {
		t.Error("after faults a good letter fails")
	}
}

// Whatever a form takes, a letter can say, in any script and with our words before and after.
func TestTheLongestTextOfAFormFits(t *testing.T) {
	for _, word := range []string{"ministry ", "وزارة ", "ក្រសួង ", "وزارة\n", "2027 وزارة، "} {
		f := known
		f.Scope = strings.TrimSpace(strings.Repeat(word, 20_000/utf8.RuneCountInString(word)))
		l := Compose(RequestLetter, "fr", f)
		l.Date = "2027-04-12"
		if got := text(t, render(t, l)); !strings.Contains(got, "CNX-2027-0012") {
			t.Errorf("a letter full of %q says\n%s", word, got)
		}
	}
}

func TestWhatPastingDragsAlongIsLeftOut(t *testing.T) {
	got := text(t, render(t, letter(Approval, func(l *Letter) {
		l.Paragraphs = []string{"one\u0000\u0007\u202Etwo\u200F\ufeffthree", "soft\u00adhyphen", "a\r\nb\u2028c", "\xff", "e\u0301", "Khmer \u200Bspace"}
	})))
	for _, want := range []string{"onetwothree", "softhyphen", "a b c", "é"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

func TestADeadChildIsReplaced(t *testing.T) {
	r, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	want, err := r.Render(context.Background(), letter(Approval))
	if err != nil {
		t.Fatal(err)
	}
	process := r.child.run.cmd.Process
	if err := process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-r.child.run.ended
	got, err := r.Render(context.Background(), letter(Approval))
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("the letter after it: %v", err)
	}
	if r.child.run.cmd.Process.Pid == process.Pid {
		t.Error("no other child")
	}
}

func TestAStalledChildIsGivenUp(t *testing.T) {
	r, err := New(Options{Limit: 300 * time.Millisecond, Node: stallingNode(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	began := time.Now()
	_, err = r.Render(context.Background(), letter(Approval))
	var fault *Fault
	if err == nil || errors.As(err, &fault) || time.Since(began) > 5*time.Second {
		t.Errorf("after %v: %v; want an error that one may retry", time.Since(began), err)
	}
	if !r.child.run.isGone() {
		t.Error("the stalled child lives on")
	}
}

func TestClosedIsClosed(t *testing.T) {
	r, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	run := r.child.run
	r.Close()
	if _, err := r.Render(context.Background(), letter(Approval)); err == nil {
		t.Error("a closed renderer renders")
	}
	select {
	case <-run.replies:
	case <-time.After(5 * time.Second):
		t.Error("its child lives on")
	}
}

func TestManyAtOnce(t *testing.T) {
	want := render(t, letter(Closing))
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if got, err := renderer.Render(context.Background(), letter(Closing)); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%v, or another file", err)
			}
		})
	}
	all.Wait()
}

func TestAMachineWithoutTheCompilersSaysSo(t *testing.T) {
	if _, err := New(Options{Home: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "npm ci") {
		t.Errorf("%v, want the remedy", err)
	}
	if _, err := New(Options{Node: "/no/such/node"}); err == nil || !strings.Contains(err.Error(), "install version 20") {
		t.Errorf("%v, want the remedy", err)
	}
}

func TestTextsFollowWhatIsKnown(t *testing.T) {
	keys := func(kind Kind, f Facts) string {
		var all []string
		for _, p := range Texts(kind, "en", f) {
			if strings.ContainsAny(p.Text, "⟦⟧") || strings.Contains(p.Text, "  ") {
				t.Errorf("%s.%s reads %q", kind, p.Key, p.Text)
			}
			all = append(all, p.Key)
		}
		return strings.Join(all, " ")
	}
	for _, tt := range []struct {
		kind        Kind
		full, empty string
	}{
		{RequestLetter, "request scope timing expert background contact thanks", "request scope-open timing-open expert-open background thanks"},
		{Acknowledgement, "thanks next number officer", "thanks next"},
		{Approval, "thanks decision next officer agreement", "thanks decision next agreement"},
		{Declining, "thanks decision reasons referral open officer", "thanks decision open"},
		{Closing, "thanks evaluation remarks open wishes", "thanks evaluation open wishes"},
		{EvaluationReport, "purpose without", "purpose"},
	} {
		if full, empty := keys(tt.kind, known), keys(tt.kind, Facts{}); full != tt.full || empty != tt.empty {
			t.Errorf("%s has %q, and when nothing is known %q", tt.kind, full, empty)
		}
		for _, p := range plan[tt.kind] {
			if !words.In("en").Has("letter." + string(tt.kind) + "." + p.key) {
				t.Errorf("no text for %s.%s", tt.kind, p.key)
			}
		}
	}
}

func render(t *testing.T, l Letter) []byte {
	t.Helper()
	file, err := renderer.Render(context.Background(), l)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func save(t *testing.T, file []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "letter.pdf")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// text is what a reader's search finds: without marks of direction, on one line.
func text(t *testing.T, file []byte) string {
	t.Helper()
	found := run(t, "pdftotext", save(t, file), "-")
	found = regexp.MustCompile("[\u200E\u200F\u202A-\u202E\u2066-\u2069]").ReplaceAllString(found, "")
	return strings.Join(strings.Fields(norm.NFKC.String(found)), " ")
}

func straight(text string) string {
	return strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'").Replace(text)
}

func run(t *testing.T, program string, args ...string) string {
	t.Helper()
	out, err := exec.Command(program, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", program, args, err, out)
	}
	return string(out)
}

func stallingNode(t *testing.T) string {
	name := filepath.Join(t.TempDir(), "node")
	if err := os.WriteFile(name, []byte("#!/bin/sh\nexec sleep 60\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return name
}
