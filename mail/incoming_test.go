package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// expected is what testdata/expected.json says of a mail, as far as the mail alone tells it: who is known and which
// thread is ours, the store knows.
type expected struct {
	Filed         string
	CaseNumber    string
	FromAddress   string
	FromName      string
	Subject       string
	Without       string `json:"subjectWithoutPrefix"`
	InReplyTo     string
	TextContains  string
	TextLacks     string
	Kind          Sort
	Bounced       string
	Permanent     bool
	Attachments   []expectedFile
	Deep          []expectedFile `json:"attachmentsDeep"`
	UnknownSender bool
}

type expectedFile struct{ Name, MediaType, SHA256 string }

func TestMailsAsTheyCome(t *testing.T) {
	raw, err := os.ReadFile("testdata/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]expected
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob("testdata/*.eml")
	if len(files) != len(all) || len(files) != 18 {
		t.Fatalf("%d mails and %d expectations", len(files), len(all))
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) { compare(t, file, all[filepath.Base(file)]) })
	}
}

func compare(t *testing.T, file string, want expected) {
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	in, err := Read(raw)
	if want.Filed == "raw" {
		var unreadable *Unreadable
		if !errors.As(err, &unreadable) || unreadable.Reason == "" {
			t.Errorf("%v, want it unreadable, with the reason", err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	number, found := CaseOf(in)
	if string(number) != want.CaseNumber || found != (want.Filed == "case") {
		t.Errorf("case %q, want %q", number, want.CaseNumber)
	}
	for what, pair := range map[string][2]string{
		"from": {want.FromAddress, in.FromAddress}, "name": {want.FromName, in.FromName}, "subject": {want.Subject, in.Subject},
		"subject without prefix": {want.Without, WithoutPrefixes(in.Subject)}, "in reply to": {want.InReplyTo, in.InReplyTo},
		"bounced": {want.Bounced, in.Returned.Address}, "sort": {string(want.Kind), string(in.Sort)},
	} {
		if pair[0] != "" && pair[0] != pair[1] {
			t.Errorf("%s %q, want %q", what, pair[1], pair[0])
		}
	}
	if in.Sort != want.Kind || in.Returned.Permanent != want.Permanent {
		t.Errorf("%q, permanent %v", in.Sort, in.Returned.Permanent)
	}
	if !strings.Contains(in.Text, want.TextContains) || want.TextLacks != "" && strings.Contains(in.Text, want.TextLacks) {
		t.Errorf("the text is %q", in.Text)
	}
	if want.Filed == "thread" && (len(in.Threads()) == 0 || in.Threads()[0] != want.InReplyTo) {
		t.Errorf("threads %q", in.Threads())
	}
	if want.Attachments != nil {
		compareFiles(t, own(in.Attachments), want.Attachments)
	}
	if want.Deep != nil {
		compareFiles(t, in.Attachments, want.Deep)
	}
	if in.MessageID == "" || len(in.Faults) > 0 {
		t.Errorf("Message-ID %q, faults %q", in.MessageID, in.Faults)
	}
}

func own(files []File) (list []File) {
	for _, f := range files {
		if f.Within == "" {
			list = append(list, f)
		}
	}
	return list
}

func compareFiles(t *testing.T, got []File, want []expectedFile) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d attachments, want %d", len(got), len(want))
	}
	for i, f := range got {
		sum := sha256.Sum256(f.Bytes)
		if f.Name != want[i].Name || hex.EncodeToString(sum[:]) != want[i].SHA256 || want[i].MediaType != "" && f.MediaType != want[i].MediaType {
			t.Errorf("%s %s %x, want %+v", f.Name, f.MediaType, sum, want[i])
		}
	}
}

func TestABounceNamesTheMailItReturns(t *testing.T) {
	in := read(t, "testdata/08-bounce.eml")
	if in.Returned.MessageID != "out-21@connex.test" || in.Threads()[0] != "out-21@connex.test" || len(in.Attachments) != 0 {
		t.Errorf("%+v with %d attachments", in.Returned, len(in.Attachments))
	}
}

func TestAnEnclosedMailIsReadToo(t *testing.T) {
	in := read(t, "testdata/09-forwarded-as-attachment.eml")
	if len(in.Enclosed) != 1 || in.Enclosed[0].FromAddress != "minister@ministry.example" || in.Enclosed[0].Text != "We request support." {
		t.Errorf("enclosed %+v", in.Enclosed)
	}
	if in.Attachments[0].Within != "Request for support" {
		t.Errorf("the letter was in %q", in.Attachments[0].Within)
	}
}

func TestAMailWithoutAnIDIsTheSameMailTwice(t *testing.T) {
	raw, err := os.ReadFile("testdata/11-no-message-id.eml")
	if err != nil {
		t.Fatal(err)
	}
	one, _ := Read(raw)
	two, _ := Read(bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n")))
	if one.MessageID != two.MessageID || !messageID.MatchString("<"+one.MessageID+">") {
		t.Errorf("%q and %q", one.MessageID, two.MessageID)
	}
}

func TestSorts(t *testing.T) {
	report := func(body string) string {
		return "From: x@y\nSubject: report\nContent-Type: multipart/report; boundary=B\n\n--B\nContent-Type: text/plain\n\nwords\n--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n" + body + "\n--B--\n"
	}
	for name, tt := range map[string]struct {
		raw  string
		want Sort
		to   string
		good bool
	}{
		"delayed":                {report("Final-Recipient: rfc822;a@b.example\nAction: delayed\nStatus: 4.4.1\n"), Bounce, "a@b.example", false},
		"failed for now":         {report("Final-Recipient: rfc822; <a@b.example>\nAction: failed\nStatus: 4.7.0\n"), Bounce, "a@b.example", false},
		"the second failed":      {report("Final-Recipient: rfc822; a@b.example\nAction: delivered\nStatus: 2.0.0\n\nFinal-Recipient: rfc822; c@b.example\nAction: failed\nStatus: 5.1.1\n"), Bounce, "c@b.example", true},
		"delivered":              {report("Final-Recipient: rfc822; a@b.example\nAction: delivered\nStatus: 2.0.0\n"), AutoReply, "", false},
		"nonsense":               {report("\x00\x01"), AutoReply, "", false},
		"in words only":          {"From: Mailer-Daemon@mx\nX-Failed-Recipients: a@b.example\nSubject: failed\n\nno", Bounce, "a@b.example", true},
		"an absence in Spanish":  {"From: a@b\nSubject: Respuesta automática: su carta\n\nno", AutoReply, "", false},
		"an answer to one":       {"From: a@b\nSubject: Re: Automatic reply: your letter\n\nyes", Written, "", false},
		"said to be no machine":  {"From: a@b\nAuto-Submitted: no\nSubject: Automatic reply: x\n\nyes", Written, "", false},
		"read receipt":           {"From: a@b\nSubject: Read: x\nContent-Type: multipart/report; boundary=B\n\n--B\n\nread\n--B\nContent-Type: message/disposition-notification\n\nDisposition: displayed\n--B--\n", AutoReply, "", false},
		"a newsletter's program": {"From: a@b\nAuto-Submitted: auto-generated\nSubject: x\n\nhello", AutoReply, "", false},
		"a scanner":              {"From: a@b\nAuto-Submitted: auto-generated\nSubject: scan\nContent-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: application/pdf; name=s.pdf\n\n%PDF-1.4 x\n--B--\n", Written, "", false},
	} {
		in, err := Read([]byte(strings.ReplaceAll(tt.raw, "\n", "\r\n")))
		if err != nil || in.Sort != tt.want || in.Returned.Address != tt.to || in.Returned.Permanent != tt.good {
			t.Errorf("%s: %v, %q returned %+v", name, err, in.Sort, in.Returned)
		}
	}
}

func TestPrefixes(t *testing.T) {
	for given, want := range map[string]string{
		"Re: Fwd: AW: hello": "hello", "RE[2]: hello": "hello", "TR : Votre demande": "Votre demande", "ENC: RES: Seu pedido": "Seu pedido",
		"[EXT] Re: hello": "hello", "رد: طلب دعم": "طلب دعم", "Отв: письмо": "письмо", "回复:你好": "你好", "Re:": "Re:", "": "",
		"Request: support": "Request: support", "Irony: x": "Irony: x", "RE: [CNX-2026-0007] Your letter": "[CNX-2026-0007] Your letter",
	} {
		if got := WithoutPrefixes(given); got != want {
			t.Errorf("%q became %q, want %q", given, got, want)
		}
	}
}

func TestHostileMails(t *testing.T) {
	deep := "From: a@b\nSubject: deep\n"
	for i := range 5000 {
		deep += fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	matryoshka := "From: a@b\nSubject: inmost\n\nhello"
	for i := range 30 {
		matryoshka = fmt.Sprintf("From: a@b\nSubject: %d\nContent-Type: multipart/mixed; boundary=m%d\n\n--m%d\nContent-Type: message/rfc822\n\n%s\n--m%d--\n", i, i, i, matryoshka, i)
	}
	for name, raw := range map[string]string{
		"nested":         deep,
		"many parts":     "From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\nContent-Type: application/pdf\n\nx\n", 5000) + "--b--\n",
		"a flood":        "From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\n", 100_000),
		"too large":      "From: a@b\n\n" + strings.Repeat("x", largest),
		"nothing":        "",
		"no header":      "\n\nhello",
		"some PDF":       "%PDF-1.4\nhello: world\n\n",
		"only a comment": "X-Something: y\n\nhello",
	} {
		began := time.Now()
		var unreadable *Unreadable
		if _, err := Read([]byte(raw)); !errors.As(err, &unreadable) || time.Since(began) > 5*time.Second {
			t.Errorf("%s: %v after %v, want it unreadable at once", name, err, time.Since(began))
		}
	}
	in, err := Read([]byte(matryoshka))
	if err != nil || len(in.Enclosed) > deepest || len(in.Faults) == 0 {
		t.Errorf("mails within mails: %v, %d opened, faults %q", err, len(in.Enclosed), in.Faults)
	}
}

func TestNothingThatADatabaseOrAReaderChokesOn(t *testing.T) {
	in, err := Read([]byte("From: \"a\x00b\u202Ec\" <a@b.example>\r\nSubject: =?utf-8?q?a=00b=0D=0Ac?=\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n\r\nte\x00xt \xff\u202Eevil\r\n--B\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"../../etc/.pass\x01wd\"\r\n\r\nx\r\n--B\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4\r\n--B--\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{in.Subject, in.FromName, in.Text, in.Attachments[0].Name} {
		if strings.ContainsAny(text, "\x00\x01\r\u202e") {
			t.Errorf("%q", text)
		}
	}
	if in.Attachments[0].Name != "passwd" || in.Attachments[1].Name != "attachment-2.pdf" || in.Attachments[1].MediaType != "application/pdf" {
		t.Errorf("attachments %q, %q", in.Attachments[0].Name, in.Attachments[1].Name)
	}
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.eml")
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		in, err := Read(raw)
		var unreadable *Unreadable
		if err != nil && !errors.As(err, &unreadable) {
			t.Errorf("an error of another kind: %v", err)
		}
		if err == nil && (in.MessageID == "" || strings.Contains(in.Text+in.Subject+in.FromName, "\x00")) {
			t.Errorf("read as %+v", in)
		}
	})
}

func read(t *testing.T, file string) Incoming {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	in, err := Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	return in
}
