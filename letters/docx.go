package letters

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"time"
)

// mostUnpacked bounds what a text of ours can be when unpacked; the child made it, but of what people typed.
const mostUnpacked = 16 << 20

// repack takes the clock out of a file that the docx library made: the times of its entries and its core properties.
// All else in it depends on the letter alone.
func repack(file []byte, l Letter) ([]byte, error) {
	from, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, fmt.Errorf("unpack text of letter: %w", err)
	}
	day, err := l.day()
	if err != nil {
		return nil, err
	}
	var packed bytes.Buffer
	to := zip.NewWriter(&packed)
	for _, entry := range from.File {
		content, err := unpack(entry)
		if err != nil {
			return nil, fmt.Errorf("unpack text of letter: %s: %w", entry.Name, err)
		}
		if entry.Name == "docProps/core.xml" {
			content = coreProperties(dataOf(l), day)
		}
		if err := pack(to, entry.Name, content, day); err != nil {
			return nil, err
		}
	}
	err = to.Close()
	return packed.Bytes(), err
}

func unpack(entry *zip.File) ([]byte, error) {
	r, err := entry.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	content, err := io.ReadAll(io.LimitReader(r, mostUnpacked+1))
	if len(content) > mostUnpacked {
		return nil, fmt.Errorf("larger than %d bytes", mostUnpacked)
	}
	return content, err
}

func pack(to *zip.Writer, name string, content []byte, day time.Time) error {
	w, err := to.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: day})
	if err != nil {
		return err
	}
	_, err = w.Write(content)
	return err
}

func coreProperties(d data, day time.Time) []byte {
	at := day.Format(time.RFC3339)
	return []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"` +
		` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escape(d.Title) + `</dc:title><dc:creator>` + escape(d.Author) + `</dc:creator>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + at + `</dcterms:created>` +
		`<dcterms:modified xsi:type="dcterms:W3CDTF">` + at + `</dcterms:modified></cp:coreProperties>`)
}

func escape(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer takes everything
	return b.String()
}
