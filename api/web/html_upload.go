package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"connex/casework"
	"connex/store"
)

// Post is what a browser sent with a form: what was typed, and the files by field.
type Post struct {
	Values url.Values
	Files  map[string][]Upload
	Wrong  casework.Faults // files that cannot be taken, by field

	TooLarge bool // one of them is
}

// formFiles is how much one form may bring of files: what goes beyond is not taken.
const formFiles = 4 * FileLimit

// ReadPost reads a posted form, with files or without.
func ReadPost(c *gin.Context) (Post, error) {
	post := Post{Values: url.Values{}, Files: map[string][]Upload{}, Wrong: casework.Faults{}}
	if mediaType(c.Request) != "multipart/form-data" {
		err := c.Request.ParseForm()
		post.Values = c.Request.PostForm
		return post, orUnreadable(err)
	}
	parts, err := c.Request.MultipartReader()
	if err != nil {
		return post, orUnreadable(err)
	}
	room := partRoom{texts: bodyLimit}
	if PersonOf(c).ID != "" {
		room.files = formFiles // of strangers we keep none
	}
	for range mostParts {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return post, nil
		}
		if err == nil {
			err = post.take(part, &room)
		}
		if err != nil {
			return post, misformed(err)
		}
	}
	return post, Unreadable(casework.Say("problem.unreadable.form"))
}

// partRoom is how much more a form may bring.
type partRoom struct{ texts, files int64 }

// take keeps one part. A file that is too large, or of a kind that is not kept, is its field's fault: it is read past, and
// the form comes back with all the rest.
func (p *Post) take(part *multipart.Part, room *partRoom) error {
	field := part.FormName()
	if part.FileName() == "" {
		text, err := readPart(part, room.texts)
		room.texts -= int64(len(text))
		p.Values.Add(field, string(text))
		return err
	}
	body, err := readPart(part, min(FileLimit, room.files))
	if problem := asProblem(err); problem != nil {
		p.TooLarge, p.Wrong[field] = true, tooLargeFile(part.FileName(), room.files)
		_, err = io.Copy(io.Discard, part)
		return err
	}
	if err != nil || len(body) == 0 {
		return err // browsers send an empty file where none was chosen
	}
	media, err := Sniff(body)
	if problem := asProblem(err); problem != nil {
		p.Wrong[field] = problem.Detail
		return nil
	}
	room.files -= int64(len(body))
	p.Files[field] = append(p.Files[field], Upload{Name: harmless(part.FileName()), MediaType: media, Body: body})
	return err
}

// tooLargeFile names the file: there may be several in the field.
func tooLargeFile(name string, room int64) casework.Sentence {
	if room < FileLimit {
		return casework.Say("invalid.too-much-at-once", "Name", harmless(name), "Limit", formFiles>>20)
	}
	return casework.Say("invalid.file-too-large", "Name", harmless(name), "Limit", FileLimit>>20)
}

// Refuses is the status of an answer that says what is wrong with the files.
func (p Post) Refuses() int {
	if p.TooLarge {
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusUnprocessableEntity
}

func orUnreadable(err error) error {
	var large *http.MaxBytesError
	if err == nil || errors.As(err, &large) {
		return err
	}
	return Unreadable(casework.Say("problem.unreadable.form"))
}

// FileFault says why a file that was meant to be added was not taken.
func (p Post) FileFault() casework.Sentence {
	if fault := p.Wrong["file"]; fault.ID != "" {
		return fault
	}
	return casework.Say("page.document.none")
}

// MayAdd is the role in which somebody adds to a request that they see; whoever does not see it finds nothing.
func (d Deps) MayAdd(c *gin.Context, n casework.CaseNumber) (casework.Role, error) {
	p := PersonOf(c)
	if _, err := d.Store.Request(c.Request.Context(), p, n); err != nil {
		return "", err
	}
	return AddingRole(p)
}

// AddingRole is the role in which somebody adds a file: an auditor reads everything and changes nothing.
func AddingRole(p store.Person) (casework.Role, error) {
	for _, role := range p.Roles {
		if role != casework.Auditor && role != casework.Administrator {
			return role, nil
		}
	}
	return "", Forbidden(casework.Say("problem.forbidden.roles"))
}
