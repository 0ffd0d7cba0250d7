package apitest

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/errors"

	v1 "connex/api/v1"
)

// contract holds what goes over the wire against its description.
type contract struct{ validator.Validator }

var read = sync.OnceValues(func() (*contract, error) {
	raw, err := v1.Description()
	if err != nil {
		return nil, err
	}
	document, err := libopenapi.NewDocument(raw)
	if err != nil {
		return nil, err
	}
	v, faults := validator.NewValidator(document)
	for _, fault := range faults {
		return nil, fault
	}
	return &contract{v}, nil
})

func theContract(t testing.TB) *contract {
	t.Helper()
	c, err := read()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// CheckDescription tells what is wrong with the description itself.
func CheckDescription(t testing.TB) {
	t.Helper()
	if sound, faults := theContract(t).ValidateDocument(); !sound {
		report(t, "the description", faults)
	}
}

// hold checks every answer, and every request that was not refused. Bytes of files are not described any further.
func (c *contract) hold(t testing.TB, request *http.Request, body []byte, a Answer) {
	t.Helper()
	where := request.Method + " " + request.URL.Path
	if json := strings.Contains(a.Header.Get("Content-Type"), "json"); json || len(a.Raw) == 0 {
		response := &http.Response{StatusCode: a.Status, Header: a.Header, Body: io.NopCloser(bytes.NewReader(a.Raw)), Request: request}
		if sound, faults := c.ValidateHttpResponse(request, response); !sound {
			report(t, "the answer to "+where, faults)
		}
	}
	if a.Status < 300 && request.Header.Get("Content-Type") == "application/json" {
		request.Body = io.NopCloser(bytes.NewReader(body))
		if sound, faults := c.GetRequestBodyValidator().ValidateRequestBody(request); !sound {
			report(t, "the request "+where, faults)
		}
	}
}

func report(t testing.TB, what string, faults []*errors.ValidationError) {
	t.Helper()
	for _, fault := range faults {
		if fault.IsPathMissingError() || fault.IsOperationMissingError() {
			continue // what there is no route for has no answer to describe; another test compares the routes
		}
		t.Errorf("%s does not keep to the contract: %s: %s", what, fault.Message, fault.Reason)
		for _, schema := range fault.SchemaValidationErrors {
			t.Errorf("  at %s: %s", schema.FieldPath, schema.Reason)
		}
	}
}
