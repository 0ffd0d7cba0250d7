package web

import (
	"cmp"
	"fmt"
	"math"
	"net/http"
	"strings"
	"time"

	"connex/api/dispatch"
	"connex/casework"
	"connex/words"
)

// Problem is what a person is told of an error: RFC 9457 as JSON, or a page. It holds nothing internal.
type Problem struct {
	Name      string // by which a program tells problems apart; the catalogue has problem.<name>
	Status    int
	Detail    casework.Sentence
	Fields    casework.Faults
	Reference string // finds the cause in the log

	refusal    casework.Refusal // its sentence goes before Detail
	retryAfter time.Duration
}

func (p *Problem) Error() string { return fmt.Sprintf("%d %s: %s", p.Status, p.Name, p.Detail.ID) }

// problemTypes end in the problem's name.
const problemTypes = "urn:problem-type:connex:"

// problem takes its words from the catalogue, under problem.<name>.
func problem(status int, name string, about ...any) *Problem {
	return &Problem{Name: name, Status: status, Detail: casework.Say("problem."+name+".detail", about...)}
}

// problemJSON is a problem in the words of who reads it.
type problemJSON struct {
	Type      string            `json:"type"`
	Title     string            `json:"title"`
	Status    int               `json:"status"`
	Detail    string            `json:"detail,omitempty"`
	Fields    map[string]string `json:"fields,omitempty"`
	Reference string            `json:"reference,omitempty"`
}

func (p *Problem) in(w *words.Words) problemJSON {
	return problemJSON{Type: problemTypes + p.Name, Title: w.T("problem." + p.Name + ".title"), Status: p.Status, Detail: p.Said(w),
		Fields: w.SayAll(p.Fields), Reference: p.Reference}
}

// Said is what the reader is told of it in one sentence.
func (p *Problem) Said(w *words.Words) string { return cmp.Or(w.Refusal(p.refusal), w.Say(p.Detail)) }

func (p *Problem) saying(sentence casework.Sentence) *Problem {
	if sentence.ID != "" {
		p.Detail = sentence
	}
	return p
}

// NotFound is also the answer to who may not see: both read the same to the last byte.
func NotFound() *Problem { return problem(http.StatusNotFound, "not-found") }

// SignedOut asks for a session.
func SignedOut() *Problem { return problem(http.StatusUnauthorized, "signed-out") }

// Forbidden is for who may see something and not do it.
func Forbidden(sentence casework.Sentence) *Problem {
	return problem(http.StatusForbidden, "forbidden").saying(sentence)
}

// Conflict is what is not possible now: the sentence says why.
func Conflict(sentence casework.Sentence) *Problem {
	return problem(http.StatusConflict, "refused").saying(sentence)
}

// Refused is a rule's no.
func Refused(by casework.Refusal) *Problem {
	p := problem(http.StatusConflict, "refused")
	p.refusal = by
	return p
}

// Invalid names the fields that are wrong, each with a sentence.
func Invalid(fields casework.Faults) *Problem {
	p := problem(http.StatusUnprocessableEntity, "invalid")
	p.Fields = fields
	return p
}

// Unreadable is a request that makes no sense, where no field is to blame.
func Unreadable(sentence casework.Sentence) *Problem {
	return problem(http.StatusUnprocessableEntity, "unreadable").saying(sentence)
}

// TooMany asks to wait.
func TooMany(wait time.Duration) *Problem {
	p := problem(http.StatusTooManyRequests, "too-many")
	if seconds := int(math.Ceil(wait.Seconds())); seconds > 1 {
		p.Detail = casework.Say("problem.too-many.wait", "Seconds", seconds)
	}
	p.retryAfter = wait
	return p
}

// TooLarge is for bodies over their limit.
func TooLarge(limit int64) *Problem {
	return problem(http.StatusRequestEntityTooLarge, "too-large", "Limit", limit>>20)
}

// TooMuch is for a file that would be one too many, or too large beside those that are there.
func TooMuch(field string, why casework.Sentence) *Problem {
	p := problem(http.StatusRequestEntityTooLarge, "too-much").saying(why)
	p.Fields = casework.Faults{field: why}
	return p
}

// WrongMedia is for bodies and files of a kind that we do not take.
func WrongMedia(takes ...string) *Problem {
	return problem(http.StatusUnsupportedMediaType, "media-type", "Takes", strings.Join(takes, ", "))
}

// CodeWanted asks for the code that was mailed, and says it where one was given which is not good.
func CodeWanted(code dispatch.CodeRequired) *Problem {
	p := problem(http.StatusPreconditionRequired, "confirmation-required", "GoodFor", casework.Minutes(code.Minutes))
	if code.Wrong {
		p.Detail = wrongCode(code)
	}
	return p
}

func wrongCode(code dispatch.CodeRequired) casework.Sentence {
	return casework.Say("problem.confirmation-required.wrong", "GoodFor", casework.Minutes(code.Minutes))
}

// CrossOrigin is what a browser gets that acts for another site.
func CrossOrigin() *Problem { return problem(http.StatusForbidden, "cross-origin") }

// away is for a part of the system that does not answer now; nothing that was recorded is lost by it.
func away(reference string) *Problem {
	p := problem(http.StatusServiceUnavailable, "away", "Reference", reference)
	p.Reference, p.retryAfter = reference, awayFor
	return p
}

// awayFor is after what time to look again; a part that was restarted is back by then.
const awayFor = 10 * time.Second

// fault is all else: the person gets a number, the log the cause.
func fault(reference string) *Problem {
	p := problem(http.StatusInternalServerError, "fault", "Reference", reference)
	p.Reference = reference
	return p
}
