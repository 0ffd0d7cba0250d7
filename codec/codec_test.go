package codec_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"google.golang.org/protobuf/proto"

	"connex/codec"
	"connex/settings"
)

const secret = "not-eligible"

func key(letter string) settings.Key { return settings.Key(strings.Repeat(letter, settings.KeyLength)) }

func with(t *testing.T, keys ...settings.Key) client.Options {
	t.Helper()
	c, err := codec.New(keys)
	if err != nil {
		t.Fatal(err)
	}
	var options client.Options
	c.Use(&options)
	return options
}

func payload(t *testing.T, o client.Options) *common.Payload {
	t.Helper()
	p, err := o.DataConverter.ToPayload(map[string]string{"outcome": secret})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func wire(t *testing.T, m proto.Message) []byte {
	t.Helper()
	raw, err := proto.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestNothingOfItCanBeRead(t *testing.T) {
	t.Parallel()
	o := with(t, key("a"))
	first, second := payload(t, o), payload(t, o)
	for _, p := range []*common.Payload{first, second} {
		if raw := wire(t, p); bytes.Contains(raw, []byte(secret)) || bytes.Contains(raw, []byte("json")) || bytes.Contains(raw, []byte("aaaa")) {
			t.Errorf("it says %q", raw)
		}
		var got map[string]string
		if err := o.DataConverter.FromPayload(p, &got); err != nil || got["outcome"] != secret {
			t.Errorf("read as %v, %v", got, err)
		}
	}
	if bytes.Equal(first.Data, second.Data) {
		t.Error("the same is kept in the same bytes: whoever knows one knows the other")
	}
}

func TestWhoReadsWhat(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		wrote, reads []settings.Key
		sealed       bool
	}{
		"kept before there was a key":    {nil, []settings.Key{key("a")}, false},
		"there is no key at all":         {nil, nil, false},
		"the key is new":                 {[]settings.Key{key("a")}, []settings.Key{key("b"), key("a")}, false},
		"the new key is only known":      {[]settings.Key{key("b"), key("a")}, []settings.Key{key("a"), key("b")}, false},
		"the key was taken away":         {[]settings.Key{key("a")}, nil, true},
		"the old key was taken away":     {[]settings.Key{key("a")}, []settings.Key{key("b")}, true},
		"the second key encrypts nought": {[]settings.Key{key("b"), key("a")}, []settings.Key{key("a")}, true},
	} {
		var got map[string]string
		err := with(t, tt.reads...).DataConverter.FromPayload(payload(t, with(t, tt.wrote...)), &got)
		if errors.Is(err, codec.ErrSealed) != tt.sealed || (err == nil) != (got["outcome"] == secret) || err != nil && strings.Contains(err.Error(), "aaaa") {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func TestWhatWasChangedIsNotRead(t *testing.T) {
	t.Parallel()
	o := with(t, key("a"))
	for name, change := range map[string]func(*common.Payload){
		"a bit":         func(p *common.Payload) { p.Data[len(p.Data)-1] ^= 1 },
		"the beginning": func(p *common.Payload) { p.Data[0] ^= 1 },
		"cut off":       func(p *common.Payload) { p.Data = p.Data[:5] },
		"all of it":     func(p *common.Payload) { p.Data = nil },
		"another key":   func(p *common.Payload) { p.Metadata["encryption-key-id"] = []byte("00000000") },
		"no key":        func(p *common.Payload) { delete(p.Metadata, "encryption-key-id") },
	} {
		p := payload(t, o)
		change(p)
		var got any
		if err := o.DataConverter.FromPayload(p, &got); !errors.Is(err, codec.ErrSealed) || got != nil {
			t.Errorf("%s: read as %v, %v", name, got, err)
		}
	}
}

// The SDK drops a signal whose payload gives an error, and gives a task out again that panics.
func TestAWorkerWithoutTheKeyInsists(t *testing.T) {
	t.Parallel()
	c, err := codec.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	var o client.Options
	c.UseInWorker(&o)
	var raw converter.RawValue
	fault := func(p *common.Payload) (fault any) {
		defer func() { fault = recover() }()
		return o.DataConverter.FromPayload(p, &raw)
	}
	said, _ := fault(payload(t, with(t, key("a")))).(error)
	if !errors.Is(said, codec.ErrSealed) || raw.Payload() != nil {
		t.Errorf("it read %v, %v", raw, said)
	}
	if was := fault(payload(t, with(t))); was != nil || raw.Payload() == nil {
		t.Errorf("what is not encrypted: %v", was)
	}
}

func TestFailuresSayNothing(t *testing.T) {
	t.Parallel()
	o := with(t, key("a"))
	failure := o.FailureConverter.ErrorToFailure(temporal.NewApplicationError("it is "+secret, "refused", secret))
	if raw := wire(t, failure); bytes.Contains(raw, []byte(secret)) {
		t.Errorf("it says %q", raw)
	}
	if back := o.FailureConverter.FailureToError(failure); !strings.Contains(back.Error(), secret) {
		t.Errorf("it is read as %v", back)
	}
	plain := with(t)
	if failure := plain.FailureConverter.ErrorToFailure(errors.New(secret)); failure.Message != secret {
		t.Errorf("without a key operators read %q", failure.Message)
	}
	if back := o.FailureConverter.FailureToError(plain.FailureConverter.ErrorToFailure(errors.New(secret))); !strings.Contains(back.Error(), secret) {
		t.Errorf("a failure of before is read as %v", back)
	}
}
