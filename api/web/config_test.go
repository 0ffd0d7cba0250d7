package web

import (
	"encoding/base64"
	"strings"
	"testing"

	"connex/settings"
)

func TestReadConfig(t *testing.T) {
	key := base64.StdEncoding.EncodeToString(make([]byte, settings.KeyLength))
	sound := []string{"DATABASE_URL=postgres://x", "CONNEX_SECRET=" + key}
	for name, tt := range map[string]struct {
		more  []string
		wrong []string
	}{
		"what is needed":      {nil, nil},
		"all":                 {[]string{"LISTEN_ADDR=0.0.0.0:80", "PUBLIC_URL=https://casework.example/", "DAY=2s", "CONNEX_MAIL_TOKEN=" + strings.Repeat("x", 24)}, nil},
		"empty":               {[]string{"PUBLIC_URL=", "DAY="}, nil},
		"another program's":   {[]string{"CONNEX_SAMPLES=0", "CONNEX_DATA=data"}, nil},
		"a misspelt one":      {[]string{"CONNEX_SECRETS=x"}, []string{"CONNEX_SECRETS is no setting"}},
		"a short token":       {[]string{"CONNEX_MAIL_TOKEN=x"}, []string{"CONNEX_MAIL_TOKEN"}},
		"several at once":     {[]string{"LISTEN_ADDR=x", "PUBLIC_URL=casework.example", "DAY=-1s"}, []string{"LISTEN_ADDR", "PUBLIC_URL", "DAY"}},
		"a path in the URL":   {[]string{"PUBLIC_URL=https://casework.example/app"}, []string{"PUBLIC_URL"}},
		"proxies":             {[]string{"CONNEX_PROXIES=127.0.0.1, 172.16.0.0/12"}, nil},
		"a proxy by its name": {[]string{"CONNEX_PROXIES=proxy"}, []string{"CONNEX_PROXIES"}},
		"no console":          {[]string{"CONNEX_CONSOLE_URL=yes"}, []string{"CONNEX_CONSOLE_URL"}},
		"a secret, too short": {[]string{"CONNEX_SECRET=eA=="}, []string{"openssl rand"}},
		"a day that is none":  {[]string{"DAY=soon"}, []string{`"Day"`}},
		"a mailbox":           {[]string{"CONNEX_IMAP_ADDR=imap.example:993", "CONNEX_IMAP_USER=u", "CONNEX_IMAP_PASSWORD=p"}, nil},
		"whose mailbox":       {[]string{"CONNEX_IMAP_ADDR=imap.example:993"}, []string{"CONNEX_IMAP_USER or CONNEX_IMAP_PASSWORD is not set"}},
		"where":               {[]string{"CONNEX_IMAP_USER=u"}, []string{"CONNEX_IMAP_ADDR is not set"}},
		"too often":           {[]string{"CONNEX_IMAP_ADDR=imap.example:993", "CONNEX_IMAP_USER=u", "CONNEX_IMAP_PASSWORD=p", "CONNEX_IMAP_EVERY=1s"}, []string{"CONNEX_IMAP_EVERY=1s"}},
		"no mailbox":          {[]string{"CONNEX_IMAP_ADDR=http://u:secret@imap.example", "CONNEX_IMAP_USER=u", "CONNEX_IMAP_PASSWORD=p"}, []string{"starttls://"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadConfig(append(sound, tt.more...))
			if (err != nil) != (len(tt.wrong) > 0) {
				t.Fatalf("%v", err)
			}
			for _, wanted := range tt.wrong {
				if !strings.Contains(err.Error(), wanted) || strings.Contains(err.Error(), "u:secret") {
					t.Errorf("%v does not name %s", err, wanted)
				}
			}
		})
	}
	if _, err := ReadConfig(nil); err == nil || !strings.Contains(err.Error(), "DATABASE_URL") {
		t.Errorf("without anything: %v", err)
	}
}

func TestWorkflowURL(t *testing.T) {
	if got := (Config{}).WorkflowURL("CNX-2026-0001"); got != "" {
		t.Errorf("without a console: %q", got)
	}
	got := Config{ConsoleURL: "http://127.0.0.1:8233", Namespace: "default"}.WorkflowURL("CNX-2026-0001/activity-1")
	if got != "http://127.0.0.1:8233/namespaces/default/workflows/CNX-2026-0001%2Factivity-1" {
		t.Errorf("it is %q", got)
	}
}
