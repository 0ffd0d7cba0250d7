package web_test

import (
	"strings"
	"testing"

	"connex/api/web"
	"connex/casework"
	"connex/words"
)

// html/template takes data-on… for a script and would quote what stands in it twice: rules for the script must arrive as
// they are.
func TestTheScriptsRulesArriveAsTheyAre(t *testing.T) {
	form := formOf(casework.CheckHumanRights)
	page := drawn(t, web.Filling{Form: form, Words: words.In("en")}.HTML("/here", "key-1"))
	decline := drawn(t, web.Filling{Form: formOf(casework.DiscussScope), Words: words.In("en")}.HTML("/here", "key-1"))
	for body, want := range map[string]string{page.Body: `data-need="{&#34;hr-displaced-known&#34;:[&#34;unknown&#34;]}"`, decline.Body: `data-counts-with="{&#34;outcome&#34;:[&#34;drop&#34;]}"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page has no %s", want)
		}
	}
}
