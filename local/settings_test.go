package main

import (
	"strings"
	"testing"
	"time"
)

func TestSettings(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		environ []string
		wrong   string
	}{
		"none":                  {},
		"empty ones":            {environ: []string{"DAY=", "CONNEX_DATA=", "LISTEN_ADDR="}},
		"of another program":    {environ: []string{"CONNEX_MAIL_TOKEN=x"}},
		"a console elsewhere":   {environ: []string{"CONNEX_CONSOLE_URL=https://console.example"}},
		"a misspelt one":        {[]string{"CONNEX_SAMPLE=0"}, "CONNEX_SAMPLE is no setting"},
		"a day that is no time": {[]string{"DAY=soon"}, "Day"},
		"a day of no length":    {[]string{"DAY=0s"}, "DAY=0s"},
		"an address alone":      {[]string{"LISTEN_ADDR=8080"}, "LISTEN_ADDR=8080: want host:port"},
		"a page, not a site":    {[]string{"PUBLIC_URL=/casework"}, "PUBLIC_URL=/casework"},
		"a short secret":        {[]string{"CONNEX_SECRET=c2hvcnQ="}, "CONNEX_SECRET"},
		"samples, perhaps":      {[]string{"CONNEX_SAMPLES=perhaps"}, "Samples"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := readSettings(tt.environ)
			if tt.wrong == "" && err != nil || tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wrong)) {
				t.Errorf("%v is answered with %v, want %q", tt.environ, err, tt.wrong)
			}
		})
	}
}

func TestSettingsWithoutAnyAreADevelopmentMachine(t *testing.T) {
	t.Parallel()
	s, err := readSettings(nil)
	if err != nil || s.Day != 24*time.Hour || !s.Samples || s.Namespace != "default" || s.Listen != "" {
		t.Errorf("no settings at all mean %+v, %v", s, err)
	}
}
