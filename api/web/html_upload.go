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
}

// inMemory is how much of a form's files is held in memory; what is more waits on the disk while it is read.
const inMemory = 4 << 20

// ReadPost reads a posted form, with files or without.
func ReadPost(c *gin.Context) (Post, error) {
	post := Post{Files: map[string][]Upload{}, Wrong: casework.Faults{}}
	if mediaType(c.Request) != "multipart/form-data" {
		err := c.Request.ParseForm()
		post.Values = c.Request.PostForm
		return post, orUnreadable(err)
	}
	if err := c.Request.ParseMultipartForm(inMemory); err != nil {
		return post, orUnreadable(err)
	}
	defer c.Request.MultipartForm.RemoveAll() //nolint:errcheck // temporary files, which the system removes as well
	post.Values = c.Request.MultipartForm.Value
	for field, files := range c.Request.MultipartForm.File {
		for _, file := range files {
			if err := post.take(field, file); err != nil {
				return post, err
			}
		}
	}
	return post, nil
}

// take keeps one file; one of a kind that is not kept is the field's fault, and the form comes back.
func (p *Post) take(field string, file *multipart.FileHeader) error {
	if file.Size == 0 {
		return nil // browsers send an empty file where none was chosen
	}
	body, err := bytesOf(file)
	if err != nil {
		return err
	}
	media, err := Sniff(body)
	if problem := asProblem(err); problem != nil {
		p.Wrong[field] = problem.Detail
		return nil
	}
	p.Files[field] = append(p.Files[field], Upload{Name: harmless(file.Filename), MediaType: media, Body: body})
	return err
}

func bytesOf(file *multipart.FileHeader) ([]byte, error) {
	opened, err := file.Open()
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(opened)
	return body, errors.Join(err, opened.Close())
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
