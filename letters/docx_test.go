package letters

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

func TestTheDraftAsEditableText(t *testing.T) {
	draft := letter(RequestLetter, func(l *Letter) {
		l.Paragraphs = append(l.Paragraphs, "السيد الوزير محمد", "<w:p> & \"quoted\"\nnext line")
	})
	first, err := renderer.Docx(context.Background(), draft)
	if err != nil {
		t.Fatal(err)
	}
	parts := entries(t, first)
	read := textOf(t, parts["word/document.xml"])
	for _, want := range []string{"This is a draft", "CONNEX Support Unit Secretariat", "Potsdamer Platz 10", "Nguyễn Thị Hồng Đặng", "السيد الوزير محمد", `<w:p> & "quoted"`} {
		if !strings.Contains(read, want) {
			t.Errorf("%q is not in %s", want, read)
		}
	}
	if !strings.Contains(parts["word/document.xml"], "<w:bidi") {
		t.Error("Arabic runs from left to right")
	}
	if core := parts["docProps/core.xml"]; !strings.Contains(core, "2027-04-12T00:00:00Z") {
		t.Errorf("not dated as the letter: %s", core)
	}
	time.Sleep(2100 * time.Millisecond) // the times in a zip archive are good to two seconds
	if second, err := renderer.Docx(context.Background(), draft); err != nil || !bytes.Equal(first, second) {
		t.Errorf("the second time another file (%v)", err)
	}
}

func TestATextThatCannotBeWrittenIsAFault(t *testing.T) {
	_, err := renderer.Docx(context.Background(), letter(RequestLetter, func(l *Letter) { l.Date = "" }))
	var fault *Fault
	if !errors.As(err, &fault) {
		t.Errorf("%v, want a fault", err)
	}
}

func entries(t *testing.T, file []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, entry := range archive.File {
		content, err := unpack(entry)
		if err != nil {
			t.Fatal(err)
		}
		parts[entry.Name] = string(content)
		wellFormed(t, entry.Name, content)
	}
	return parts
}

func wellFormed(t *testing.T, name string, content []byte) {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader(content))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

// textOf is the text between the tags.
func textOf(t *testing.T, document string) string {
	t.Helper()
	var text strings.Builder
	decoder := xml.NewDecoder(strings.NewReader(document))
	for {
		token, err := decoder.Token()
		if err != nil {
			return text.String()
		}
		if letters, ok := token.(xml.CharData); ok {
			text.Write(letters)
		}
	}
}
