package settings_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"connex/settings"
)

type some struct {
	Database string        `env:"DATABASE_URL"`
	Listen   string        `env:"LISTEN_ADDR"`
	Secret   settings.Key  `env:"CONNEX_SECRET"`
	Keys     settings.Keys `env:"CONNEX_HISTORY_KEYS"`
}

const key = "c3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3M="

func TestRead(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		program settings.Program
		environ []string
		wrong   []string
	}{
		"what is needed":           {settings.API, []string{"DATABASE_URL=x", "CONNEX_SECRET=" + key}, nil},
		"nothing, where it may be": {settings.Local, nil, nil},
		"nothing":                  {settings.API, nil, []string{"DATABASE_URL is not set", "CONNEX_SECRET is not set"}},
		"empty":                    {settings.API, []string{"DATABASE_URL=", "CONNEX_SECRET="}, []string{"DATABASE_URL is not set"}},
		"another program's":        {settings.Local, []string{"CONNEX_MAIL_TOKEN=x", "CONNEX_CONSOLE_URL=http://x"}, nil},
		"of the tests":             {settings.Local, []string{"TEST_DATABASE_URL=x"}, nil},
		"a misspelt one":           {settings.Local, []string{"CONNEX_SECRT=x"}, []string{"CONNEX_SECRT is no setting", "CONNEX_CONSOLE_URL"}},
		"a short key":              {settings.Local, []string{"CONNEX_SECRET=AAAA"}, []string{"32 random bytes"}},
		"two keys":                 {settings.API, []string{"DATABASE_URL=x", "CONNEX_SECRET=" + key, "CONNEX_HISTORY_KEYS=" + key + ", " + key}, nil},
		"a key and nothing":        {settings.API, []string{"DATABASE_URL=x", "CONNEX_SECRET=" + key, "CONNEX_HISTORY_KEYS=" + key + ","}, []string{"CONNEX_HISTORY_KEYS", "32 random bytes"}},
		"what it does not read":    {settings.Worker, nil, []string{`worker reads "LISTEN_ADDR"`}},
	} {
		err := settings.Read(tt.program, tt.environ, &some{})
		if (err == nil) != (tt.wrong == nil) {
			t.Errorf("%s: %v", name, err)
		}
		for _, wrong := range tt.wrong {
			if err != nil && !strings.Contains(err.Error(), wrong) {
				t.Errorf("%s: %v does not say %q", name, err, wrong)
			}
		}
	}
}

func TestWhatHoldsWhereNothingIsSet(t *testing.T) {
	t.Parallel()
	var api, local some
	if err := settings.Read(settings.API, []string{"DATABASE_URL=x", "CONNEX_SECRET=" + key, "LISTEN_ADDR="}, &api); err != nil || api.Listen != "127.0.0.1:8080" {
		t.Errorf("the api listens on %q, %v", api.Listen, err)
	}
	if err := settings.Read(settings.Local, nil, &local); err != nil || local.Listen != "" {
		t.Errorf("local settles its address itself, not on %q, %v", local.Listen, err)
	}
}

func TestAKeyIsNotShown(t *testing.T) {
	t.Parallel()
	secret := []byte("do not show me, I am a secret !!")
	c := some{Secret: secret, Keys: settings.Keys{secret}}
	for _, format := range []string{"%v", "%+v", "%s", "%#v"} {
		if shown := fmt.Sprintf(format, c); strings.Contains(shown, "do not show") || strings.Contains(shown, "100 111") || strings.Contains(shown, "0x64, 0x6f") {
			t.Errorf("%s shows %s", format, shown)
		}
	}
}

func TestTheExampleHasNoSecret(t *testing.T) {
	t.Parallel()
	example, err := os.ReadFile("../.env.example")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range settings.Variables {
		if v.Secret && regexp.MustCompile(`(?m)^`+v.Name+`=.`).Match(example) {
			t.Errorf(".env.example gives %s a value", v.Name)
		}
	}
}
