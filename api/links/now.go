package links

import (
	"strings"

	"connex/casework"
	"connex/store"
	"connex/words"
)

// now is for whom a request waits, what happens, and what comes then, in the words that one uses to a guest.
type now struct{ Who, What, Then string }

// nowOf says nothing of a request that has ended.
func nowOf(w *words.Words, r store.Request, asked bool) *now {
	say := func(part, state string) string {
		if id := "guest." + part + "." + state; w.Has(id) {
			return w.T(id)
		}
		return ""
	}
	state := string(r.Phase)
	switch {
	case r.Ending != "":
		return nil
	case r.Withdrawn:
		state = "withdrawn"
	case r.Suspended:
		state = "suspended"
	}
	shown := &now{Who: say("who", state), What: say("happens", state), Then: say("then", state)}
	if asked {
		shown.Who, shown.What = w.T("guest.who.you"), w.T("guest.happens.asked")
	}
	return shown
}

func endedWords(w *words.Words, p store.Person, r store.Request) string {
	switch {
	case r.Ending == "":
		return ""
	case p.Link.Role == casework.Expert:
		return w.T("guest.ended.expert")
	}
	return w.T("guest.ended." + string(r.Ending))
}

// aboutRequest names whose request it is.
func aboutRequest(w *words.Words, institution, country string) string {
	var parts []string
	if institution != "" {
		parts = append(parts, institution)
	}
	if country != "" {
		parts = append(parts, w.T("option."+country))
	}
	return strings.Join(parts, ", ")
}
