package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"connex/casework"
	"connex/store"

	"pgregory.net/rapid"
)

// aTrail is a sealed one of some length, and its head.
func aTrail(t *testing.T, options ...store.Option) (c request, entries []store.Entry) {
	c = aRoom(t, options...).aRequest()
	for _, what := range []string{"one <&>", "two", "three \u2028"} {
		c.enters(c.officer(), store.Entry{What: what, Reason: "Grüße, " + what})
	}
	return c, c.trailFor(c.staff("auditor", casework.Auditor))
}

// enters in the trail what changes nothing in the process.
func (c request) enters(by store.Person, e store.Entry) {
	c.t.Helper()
	e.ActorID, e.ActorName, e.ActorRole = by.ID, by.Name, by.Roles[0]
	c.must(c.InCase(c.t.Context(), c.number, func(tx *store.Tx) error {
		tx.Note(e)
		return nil
	}))
}

func TestTamperingShows(t *testing.T) {
	c, entries := aTrail(t)
	head := c.row()
	check := func(entries []store.Entry) error {
		return store.Verify(c.number, entries, head.TrailSeq, head.TrailHash, nil)
	}
	c.must(check(entries))
	for name, tampered := range map[string]func([]store.Entry) []store.Entry{
		"a changed reason": func(e []store.Entry) []store.Entry { e[1].Reason = "another"; return e },
		"a changed actor":  func(e []store.Entry) []store.Entry { e[1].ActorID = "another"; return e },
		"a changed time":   func(e []store.Entry) []store.Entry { e[2].At = e[2].At.Add(time.Hour); return e },
		"a changed entry with a hash to match": func(e []store.Entry) []store.Entry {
			e[1].Outcome = "approve"
			e[1].Hash = e[1].Seal(nil)
			return e
		},
		"a removed entry": func(e []store.Entry) []store.Entry { return slices.Delete(e, 1, 2) },
		"a cut tail":      func(e []store.Entry) []store.Entry { return e[:2] },
		"swapped entries": func(e []store.Entry) []store.Entry { e[1], e[2] = e[2], e[1]; return e },
		"another case's":  func(e []store.Entry) []store.Entry { e[0].CaseNumber = "CNX-2026-9999"; return e },
		"an invented end": func(e []store.Entry) []store.Entry { return append(e, e[len(e)-1]) },
	} {
		var shown *store.Tampered
		if err := check(tampered(slices.Clone(entries))); !errors.As(err, &shown) {
			t.Errorf("%s does not show: %v", name, err)
		}
	}
}

func TestTamperingInTheDatabaseShows(t *testing.T) {
	c, _ := aTrail(t)
	c.must(c.CheckTrail(t.Context(), c.number))
	_, err := c.DB().ExecContext(t.Context(), `ALTER TABLE trail DISABLE TRIGGER USER; UPDATE trail SET actor_name = 'nobody' WHERE seq = 2`)
	c.must(err)
	var shown *store.Tampered
	if err := c.CheckTrail(t.Context(), c.number); !errors.As(err, &shown) || shown.Seq != 2 {
		t.Errorf("who may do everything in the database changed an entry: %v", err)
	}
}

func TestWithAKeyNobodyCanForge(t *testing.T) {
	c, entries := aTrail(t, store.SealedWith([]byte("a key that is not in the database")))
	c.must(c.CheckTrail(t.Context(), c.number))
	// Whoever can write the database writes the whole chain anew, with plain hashes or with a key of their own.
	for name, version := range map[string]int{"plain": 1, "keyed": 2} {
		forged, hash := slices.Clone(entries), ""
		for i := range forged {
			if i > 0 {
				forged[i].Version = version
			}
			forged[i].Reason, forged[i].PrevHash = "forged", hash
			forged[i].Hash = forged[i].Seal([]byte("another key"))
			hash = forged[i].Hash
		}
		if err := store.Verify(c.number, forged, int64(len(forged)), hash, []byte("a key that is not in the database")); err == nil {
			t.Errorf("a chain forged with %s hashes passes", name)
		}
	}
}

func TestASealIsOfEveryField(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := store.Entry{CaseNumber: "CNX-2026-0001", Seq: rapid.Int64Min(1).Draw(t, "seq"), What: rapid.String().Draw(t, "what"), Reason: rapid.String().Draw(t, "reason"),
			ActorName: rapid.String().Draw(t, "name"), Version: 1, At: time.UnixMicro(rapid.Int64Range(0, 1<<50).Draw(t, "at"))}
		for _, change := range []func(*store.Entry){func(e *store.Entry) { e.Seq++ }, func(e *store.Entry) { e.What += "x" }, func(e *store.Entry) { e.Reason += "x" },
			func(e *store.Entry) { e.ActorName += "x" }, func(e *store.Entry) { e.ActorID += "x" }, func(e *store.Entry) { e.ActorRole += "x" }, func(e *store.Entry) { e.OnBehalf = !e.OnBehalf },
			func(e *store.Entry) { e.Task += "x" }, func(e *store.Entry) { e.TaskKind += "x" }, func(e *store.Entry) { e.Activity++ }, func(e *store.Entry) { e.Outcome += "x" },
			func(e *store.Entry) { e.Person += "x" }, func(e *store.Entry) { e.About += "x" }, func(e *store.Entry) { e.PrevHash += "x" }, func(e *store.Entry) { e.At = e.At.Add(time.Microsecond) },
			func(e *store.Entry) { e.RecordedAt = e.RecordedAt.Add(time.Microsecond) }, func(e *store.Entry) { e.CaseNumber += "0" }} {
			other := e
			change(&other)
			if other.Seal(nil) == e.Seal(nil) {
				t.Fatalf("%+v and %+v have the same seal", e, other)
			}
		}
	})
}

func TestTheTrailGoesOnAfterTheEnd(t *testing.T) {
	c := aRoom(t).aRequest(ending(casework.Void))
	c.enters(c.officer(), store.Entry{What: "note"})
	c.must(c.CheckTrail(t.Context(), c.number))
	same(t, "trail", c.what(), []string{"request-started", "note"})
}

func TestWhoHasYetToVoteDoesNotSeeHowOthersVoted(t *testing.T) {
	c := aRoom(t).aRequest()
	first, second, auditor := c.staff("board1", casework.BoardMember), c.staff("board2", casework.BoardMember), c.staff("auditor", casework.Auditor)
	vote, other := c.aTask(casework.CastVote, first.ID), c.aTask(casework.CastVote, second.ID)
	c.asks(vote, other)
	c.applied(c.transition(completing(c.does(first, vote, casework.Decline, casework.Values{"reasons": "Too early."}))))
	c.enters(auditor, store.Entry{What: "note"})

	said := func(p store.Person) string {
		var text []string
		for _, e := range c.trailFor(p) {
			text = append(text, e.What+" "+e.Outcome+" "+e.Reason)
			if e.What == "cast-vote" || e.What == "note" {
				text = append(text, e.Hash, e.PrevHash)
			}
		}
		return strings.Join(text, "\n")
	}
	for p, sees := range map[*store.Person]bool{&first: true, &auditor: true, &second: false} {
		text := said(*p)
		if strings.Contains(text, "decline Too early.") != sees {
			t.Errorf("%s sees:\n%s", p.Name, text)
		}
		file, err := c.CaseFile(t.Context(), *p, c.number, "")
		c.must(err)
		if votes := slices.ContainsFunc(file.Decided, func(d store.Decided) bool { return d.Kind == casework.CastVote }); votes != sees {
			t.Errorf("%s reads the votes' forms in the file: %t", p.Name, votes)
		}
		same(t, "the story of "+p.Name, file.Story, c.trailFor(*p))
		if file.Broken != nil {
			t.Errorf("%s sees a broken trail: %v", p.Name, file.Broken)
		}
		if hash := c.trailFor(auditor)[1].Hash; strings.Contains(text, hash) != sees {
			t.Errorf("%s could try the outcomes against the hash:\n%s", p.Name, text)
		}
	}
	c.applied(c.transition(completing(c.does(second, other, casework.Approve, nil))))
	if text := said(second); !strings.Contains(text, "decline Too early.") {
		t.Errorf("having voted, %s sees:\n%s", second.Name, text)
	}
}
