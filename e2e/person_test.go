package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
)

// person is an outside program in the hands of a member of the staff, or of the holder of a personal link.
type person struct {
	base    string
	address string // of mails; for the staff that of the account
	link    string // "/p/{token}", empty for the staff
	cookie  string
}

// answer is what the system said to a call. Without a status nobody knows what became of it, and fault says why.
type answer struct {
	status int
	header http.Header
	text   string
	fault  error
}

// known tells whether the caller was told yes or no: after a broken line, a time-out or a fault of the server they must
// ask again with the same key.
func (a answer) known() bool {
	return a.status != 0 && a.status < 500 && a.status != http.StatusTooManyRequests
}

func (a answer) String() string {
	if a.fault != nil {
		return a.fault.Error()
	}
	return fmt.Sprintf("%d %s", a.status, a.text)
}

// into reads the JSON of an answer.
func (a answer) into(target any) error {
	if a.fault != nil {
		return a.fault
	}
	if err := json.Unmarshal([]byte(a.text), target); err != nil {
		return fmt.Errorf("%w in %s", err, a)
	}
	return nil
}

// problem is what RFC 9457 calls one.
type problem struct {
	Type   string            `json:"type"`
	Title  string            `json:"title"`
	Status int               `json:"status"`
	Detail string            `json:"detail"`
	Fields map[string]string `json:"fields"`
}

func (a answer) problem() (p problem) {
	_ = json.Unmarshal([]byte(a.text), &p) // what is no problem has no sentence
	return p
}

// line is how all programs call: each call may take as long as the system waits for an effect, and a little more.
var line = &http.Client{Timeout: 30 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

func (p *person) get(ctx context.Context, path string) answer {
	return p.call(ctx, http.MethodGet, path, nil, nil)
}

// post sends JSON; headers come in pairs.
func (p *person) post(ctx context.Context, path string, body any, headers ...string) answer {
	text, err := json.Marshal(body)
	if err != nil {
		return answer{fault: err}
	}
	return p.call(ctx, http.MethodPost, path, bytes.NewReader(text), append([]string{"Content-Type", "application/json"}, headers...))
}

func (p *person) call(ctx context.Context, method, path string, body io.Reader, headers []string) (a answer) {
	request, err := http.NewRequestWithContext(ctx, method, p.base+path, body)
	if err != nil {
		return answer{fault: err}
	}
	request.Header.Set("Accept", "application/json")
	if p.cookie != "" {
		request.Header.Set("Cookie", p.cookie)
	}
	for pair := range slices.Chunk(headers, 2) {
		request.Header.Set(pair[0], pair[1])
	}
	response, err := line.Do(request)
	if err != nil {
		return answer{fault: err}
	}
	text, err := io.ReadAll(response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return answer{fault: err}
	}
	p.keepCookie(response)
	return answer{status: response.StatusCode, header: response.Header, text: string(text)}
}

// sessionCookie is the cookie of whoever is signed in.
const sessionCookie = "connex"

func (p *person) keepCookie(response *http.Response) {
	for _, c := range response.Cookies() {
		if c.Name == sessionCookie {
			p.cookie = c.Name + "=" + c.Value
		}
	}
}

// api is where this person's part of the JSON interface begins.
func (p *person) api() string { return "/api/v1" + p.link }

// sessions are those of the staff: each signs in once.
var sessions = struct {
	sync.Mutex
	of map[string]*person
}{of: map[string]*person{}}

// staff signs in somebody of the development accounts.
func (s *system) staff(ctx context.Context, name string) (*person, error) {
	sessions.Lock()
	defer sessions.Unlock()
	if p := sessions.of[s.base+name]; p != nil {
		return p, nil
	}
	p := &person{base: s.base, address: name + "@connex.test"}
	a := patiently(ctx, func() answer {
		return p.post(ctx, "/api/v1/session", map[string]string{"email": p.address, "password": "connex"})
	})
	if a.status != http.StatusOK {
		return nil, fmt.Errorf("%s cannot sign in: %s", p.address, a)
	}
	sessions.of[s.base+name] = p
	return p, nil
}

// as is staff for a test that cannot go on without.
func (s *system) as(t testing.TB, name string) *person {
	t.Helper()
	p, err := s.staff(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// linked is the holder of the newest personal link for a case that was mailed to an address, nil as long as there is none.
func (s *system) linked(address, caseNumber string) *person {
	link := s.mails.link(address, caseNumber)
	if link == "" {
		return nil
	}
	return &person{base: s.base, address: address, link: link}
}

const patience = time.Minute

// patiently asks again while servers are away; what it asks must not matter if it is asked twice.
func patiently(ctx context.Context, ask func() answer) (a answer) {
	for begun := time.Now(); ; {
		if a = ask(); a.known() || time.Since(begun) > patience {
			return a
		}
		select {
		case <-ctx.Done():
			return a
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// see reads a page of JSON, patiently.
func (p *person) see(ctx context.Context, path string, target any) error {
	a := patiently(ctx, func() answer { return p.get(ctx, path) })
	if a.status != http.StatusOK {
		return fmt.Errorf("GET %s for %s: %s", path, p.address, a)
	}
	return a.into(target)
}

// aPDF is small, and no two of them are the same.
func aPDF() []byte {
	return []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj " +
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Size 4/Root 1 0 R>>\n%%EOF\n%" + uuid.NewString() + "\n")
}

// upload adds a document to a case.
func (p *person) upload(ctx context.Context, caseNumber, title string) (id string, err error) {
	file := aPDF()
	a := patiently(ctx, func() answer {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		err := errors.Join(form.WriteField("request", caseNumber), form.WriteField("title", title), addFile(form, title+".pdf", file), form.Close())
		if err != nil {
			return answer{fault: err}
		}
		return p.call(ctx, http.MethodPost, p.api()+"/documents", &body, []string{"Content-Type", form.FormDataContentType()})
	})
	if a.status != http.StatusCreated {
		return "", fmt.Errorf("upload by %s: %s", p.address, a)
	}
	var made struct{ ID string }
	return made.ID, a.into(&made)
}

func addFile(form *multipart.Writer, name string, body []byte) error {
	part, err := form.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {fmt.Sprintf("form-data; name=%q; filename=%q", "file", name)}, "Content-Type": {"application/pdf"}})
	if err != nil {
		return err
	}
	_, err = part.Write(body)
	return err
}

// isLink tells a personal link from a session.
func (p *person) isLink() bool { return strings.HasPrefix(p.link, "/p/") }
