package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"connex/casework"
	"connex/store"

	"pgregory.net/rapid"
)

// aRequestOf is started with these facts instead of the usual ones.
func (r room) aRequestOf(facts casework.Values, change ...func(*casework.Transition)) request {
	r.t.Helper()
	form := casework.Values{"country": "NA", "institution": "Ministry of Mines", "contactName": "Ndapewa Shikongo", "contactEmail": "ndapewa@ministry.example",
		"channel": "email", "language": "en", "sector": "mining", "summary": "A lithium agreement"}
	for name, value := range facts {
		form[name] = value
	}
	a, err := r.StartRequest(r.t.Context(), store.NewRequest{ID: newAction(), Role: casework.Anyone, Calendar: casework.Calendar{Start: begin, DayLength: 24 * 3600e9}, Form: form})
	r.must(err)
	c := request{room: r, number: a.CaseNumber}
	c.applied(c.transition(append([]func(*casework.Transition){by(a.Decision()), entry(casework.TrailRequestStarted)}, change...)...))
	return c
}

// found are the numbers of a list, the last four digits of each.
func (r room) found(p store.Person, f store.PortfolioFilter) (numbers []string) {
	r.t.Helper()
	for {
		page, err := r.Requests(r.t.Context(), p, f)
		r.must(err)
		for _, line := range page.Items {
			numbers = append(numbers, string(line.CaseNumber)[9:])
		}
		if f.After = page.Next; f.After == "" {
			return numbers
		}
	}
}

func TestWordsAreFoundInAnyScript(t *testing.T) {
	r := aRoom(t)
	officer := r.staff("Zoë Müller", casework.CaseOfficer)
	r.aRequestOf(casework.Values{"country": "CI", "institution": "Ministère des Mines et de l’Énergie", "contactName": "Nguyễn Thị Hồng Đặng"})
	r.aRequestOf(casework.Values{"country": "MN", "institution": "Уул уурхайн яам", "contactName": "Владимир Щербаков-Ёлкин"})
	r.aRequestOf(casework.Values{"country": "ET", "institution": "የማዕድን ሚኒስቴር", "contactName": "ዶክተር አበበ ወልደማርያም"})
	r.aRequestOf(casework.Values{"country": "SD", "institution": "وزارة المعادن", "contactName": "مُحَمَّد عبد الله الأحمدي"})
	r.aRequestOf(casework.Values{"country": "LA", "institution": "国家矿业部", "contactName": "ສົມພອນ", "summary": "O'Brien’s copy of CNX-2019-0001"},
		func(t *casework.Transition) { t.Request.Officer = officer.ID })
	for typed, want := range map[string][]string{
		"ministere": {"0001"}, "MINISTÈRE énergie": {"0001"}, "energ minist": {"0001"}, "energie lithium gold": nil,
		"cote d'ivoire": {"0001"}, "Côte d’Ivoire": {"0001"}, "ivoire": {"0001"}, "nguyen dang": {"0001"}, "Hồng": {"0001"}, "inistere": nil,
		"щербаков": {"0002"}, "ВЛАДИМИР елкин": {"0002"}, "уурхай": {"0002"}, "mongolia": {"0002"},
		"አበበ": {"0003"}, "ወልደ": {"0003"}, "ማርያም": nil,
		"محمد الاحمدي": {"0004"}, "مُحَمَّد": {"0004"}, "الأحمدي": {"0004"}, "وزاره": {"0004"},
		"矿业": {"0005"}, "国家": {"0005"}, "业矿": nil, "พอน": nil, "ພອນ": {"0005"}, "o'brien": {"0005"},
		"CNX-2026-0003": {"0003"}, "2026-0003": {"0003"}, "cnx 2019": {"0005"}, "0004": {"0004"},
		"ndapewa@ministry.example lithium": {"0004", "0003", "0002", "0001"}, "muller": {"0005"}, "zoe laos": {"0005"}, "lao zoë": {"0005"},
		"'); DROP TABLE requests; --": nil, "a' | !b & c:*": nil, "…!?": {"0005", "0004", "0003", "0002", "0001"}, "\x00\xff": nil,
	} {
		if got := r.found(officer, store.PortfolioFilter{Text: typed}); !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", typed, got, want)
		}
	}
}

func TestExpertsLeadToTheirCases(t *testing.T) {
	r := aRoom(t)
	c, _ := r.aRequest(), r.aRequest()
	tomas := r.expert("Tomás Ibáñez")
	c.asks(c.aTask(casework.DeclareInterests, tomas.ID))
	same(t, "while interests are asked for", r.found(r.officer(), store.PortfolioFilter{Text: "ibanez lithium"}), []string{"0001"})
	c.applied(c.transition(func(t *casework.Transition) {
		t.Cancel = nil
		t.Binding = []casework.Binding{{Expert: tomas.ID, State: "none"}}
	}))
	same(t, "once they are declared", r.found(r.officer(), store.PortfolioFilter{Text: "tomas"}), []string{"0001"})
}

// aPortfolio has requests of many kinds, two of which the board member must not see.
func aPortfolio(t *testing.T) (r room, officer, recused store.Person) {
	r = aRoom(t)
	officer, recused = r.officer(), r.staff("recused", casework.BoardMember)
	yes := true
	for i := range 12 {
		i := i
		c := r.aRequestOf(casework.Values{"country": []string{"NA", "ZM", "PE"}[i%3], "sector": []string{"mining", "oil-and-gas"}[i%2],
			"institution": []string{"Ñandú", "Nation", "äther", "Zebra", "Östlich"}[i%5]}, func(t *casework.Transition) {
			t.Request.Phase = casework.Phases[i%4]
			t.Request.Risk = []casework.Rating{"", casework.Low, casework.Medium, casework.High}[i%4]
			if i%2 == 0 {
				t.Request.Officer = officer.ID
			}
			if i > 9 {
				t.Request.Recused = []casework.PersonID{recused.ID}
			}
		})
		switch i % 4 {
		case 0:
			c.applied(c.transition(ending(casework.Withdrawn)))
		case 1:
			c.asks(c.aTask(casework.AssessEligibility), c.aTask(casework.SubmitRequestLetter))
		case 2:
			c.asks(c.aTask(casework.CheckConflict))
			c.applied(c.transition(func(t *casework.Transition) { t.Request.Suspended = &yes }))
		}
	}
	return r, officer, recused
}

// someFilter asks for things that there are, and for some that there are not.
func someFilter(t *rapid.T, officer store.Person) store.PortfolioFilter {
	f := store.PortfolioFilter{
		Phase:      rapid.SampledFrom([]casework.Phase{"", "", "first-interest", "due-diligence", "closing"}).Draw(t, "phase"),
		Country:    rapid.SampledFrom([]string{"", "", "NA", "ZM", "KE"}).Draw(t, "country"),
		Officer:    rapid.SampledFrom([]string{"", "", string(officer.ID), officer.Email, store.Nobody}).Draw(t, "officer"),
		WaitingFor: rapid.SampledFrom([]string{"", "", "case_officer", "government", "check-conflict"}).Draw(t, "waiting for"),
		Sector:     rapid.SampledFrom([]string{"", "", "mining"}).Draw(t, "sector"),
		Risk:       rapid.SampledFrom([]casework.Rating{"", "", "low", "high"}).Draw(t, "risk"),
		Text:       rapid.SampledFrom([]string{"", "", "na", "zambia"}).Draw(t, "text"),
		Limit:      rapid.IntRange(1, 5).Draw(t, "limit"),
	}
	for _, flag := range []**bool{&f.Overdue, &f.Ended} {
		if rapid.Bool().Draw(t, "asks") {
			value := rapid.Bool().Draw(t, "value")
			*flag = &value
		}
	}
	return f
}

func TestCountsAgreeWithTheList(t *testing.T) {
	r, officer, recused := aPortfolio(t)
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom([]store.Person{officer, recused}).Draw(t, "reader")
		f := someFilter(t, officer)
		list, err := r.Portfolio(context.Background(), p, f)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(r.found(p, f)); n != list.Counts.All {
			t.Errorf("the list has %d, counted are %d", n, list.Counts.All)
		}
		rows, err := r.AllRequests(context.Background(), p, f)
		if err != nil || len(rows) != list.Counts.All {
			t.Errorf("the file has %d, counted are %d, %v", len(rows), list.Counts.All, err)
		}
		columns, counts, err := r.Board(context.Background(), p, f, 2)
		sum := 0
		for _, column := range columns {
			sum += column.All
			if len(column.Lines) != min(column.All, 2) {
				t.Errorf("column %q shows %d of %d", column.Phase, len(column.Lines), column.All)
			}
		}
		if err != nil || sum != list.Counts.All || counts.All != sum {
			t.Errorf("the board has %d, counted are %d, %v", sum, list.Counts.All, err)
		}
		for value, n := range list.Counts.By["phase"] {
			g := f
			if g.Phase = casework.Phase(value); g.Ended == nil {
				g.Ended = new(bool)
			}
			if got := len(r.found(p, g)); got != n {
				t.Errorf("in %s there are %d, promised were %d", value, got, n)
			}
		}
		for value, n := range list.Counts.By["country"] {
			g := f
			g.Country = value
			if got := len(r.found(p, g)); got != n && value != "" {
				t.Errorf("of %s there are %d, promised were %d", value, got, n)
			}
		}
		for value, n := range list.Counts.By["waitingFor"] {
			g := f
			g.WaitingFor = value
			if got := len(r.found(p, g)); got != n {
				t.Errorf("waiting for %s are %d, promised were %d", value, got, n)
			}
		}
		for value, n := range list.Counts.By["officer"] {
			g := f
			g.Officer = value
			if got := len(r.found(p, g)); got != n {
				t.Errorf("of officer %s are %d, promised were %d", value, got, n)
			}
		}
	})
}

func TestEachOrderPagesThroughAll(t *testing.T) {
	r, officer, _ := aPortfolio(t)
	for _, name := range store.PortfolioOrders() {
		f := store.PortfolioFilter{Sort: name, Limit: 3, Ranks: []string{"PE", "NA", "ZM", "mining"}}
		up := r.found(officer, f)
		sorted := slices.Clone(up)
		slices.Sort(sorted)
		if len(slices.Compact(sorted)) != 12 {
			t.Errorf("%s: pages have %v", name, up)
		}
		rows, err := r.AllRequests(t.Context(), officer, f)
		r.must(err)
		for i, row := range rows {
			if string(row.CaseNumber)[9:] != up[i] {
				t.Errorf("%s: the file has another order than the pages", name)
				break
			}
		}
		f.Sort = "-" + name
		if down := r.found(officer, f); len(down) != 12 {
			t.Errorf("%s downwards: %v", name, down)
		}
	}
	institutions := r.listed(officer, store.PortfolioFilter{Sort: "institution"}, func(l store.PortfolioLine) string { return l.Institution })
	same(t, "without accents", slices.Compact(institutions), []string{"äther", "Ñandú", "Nation", "Östlich", "Zebra"})
	countries := r.listed(officer, store.PortfolioFilter{Sort: "-country", Ranks: []string{"PE", "NA"}}, func(l store.PortfolioLine) string { return l.Country })
	same(t, "by the ranks given, others last", slices.Compact(countries), []string{"NA", "PE", "ZM"})
	risks := r.listed(officer, store.PortfolioFilter{Sort: "-risk"}, func(l store.PortfolioLine) string { return string(l.Risk) })
	same(t, "the highest first, none last", slices.Compact(risks), []string{"high", "medium", "low", ""})
	ends := r.listed(officer, store.PortfolioFilter{Sort: "phase"}, func(l store.PortfolioLine) string { return string(l.Phase + " " + casework.Phase(l.Ending)) })
	same(t, "the ended ones after all phases", slices.Compact(ends), []string{"formal-request ", "due-diligence ", "governance-decision ", "first-interest withdrawn"})
}

func (r room) listed(p store.Person, f store.PortfolioFilter, of func(store.PortfolioLine) string) (values []string) {
	r.t.Helper()
	rows, err := r.AllRequests(r.t.Context(), p, f)
	r.must(err)
	for _, row := range rows {
		values = append(values, of(row))
	}
	return values
}

func TestAForeignCursorBeginsAnew(t *testing.T) {
	r, officer, _ := aPortfolio(t)
	page, err := r.Requests(t.Context(), officer, store.PortfolioFilter{Sort: "institution", Limit: 2})
	r.must(err)
	for _, sort := range append(store.PortfolioOrders(), "", "nonsense", "-due", "case; DROP TABLE requests") {
		got := r.found(officer, store.PortfolioFilter{Sort: sort, After: page.Next})
		if want := 12; sort != "institution" && len(got) != want {
			t.Errorf("sorted by %q, a cursor of another order leaves %d of %d", sort, len(got), want)
		}
	}
}

func TestViewsAreTheirOwners(t *testing.T) {
	r := aRoom(t)
	mine, other := r.officer(), r.staff("other", casework.Head)
	kept, err := r.SaveView(t.Context(), mine, "Overdue", "overdue=yes")
	r.must(err)
	again, err := r.SaveView(t.Context(), mine, "Overdue", "overdue=yes&phase=closing")
	r.must(err)
	if again.ID != kept.ID || again.Query != "overdue=yes&phase=closing" {
		t.Errorf("saved again under its name: %+v", again)
	}
	_, err = r.SaveView(t.Context(), other, "Overdue", "x=1")
	r.must(err)
	_, err = r.SaveView(t.Context(), mine, "Ärmel", "")
	r.must(err)
	names := func(p store.Person) (all string) {
		views, err := r.PortfolioViews(t.Context(), p)
		r.must(err)
		for _, v := range views {
			all += v.Name + " "
		}
		return all
	}
	same(t, "mine", names(mine), "Ärmel Overdue ")
	for _, id := range []string{kept.ID, "no uuid", ""} {
		if err := r.RenameView(t.Context(), other, id, "Stolen"); err != store.ErrNotFound {
			t.Errorf("another renames %q: %v", id, err)
		}
		if err := r.DeleteView(t.Context(), other, id); err != store.ErrNotFound {
			t.Errorf("another deletes %q: %v", id, err)
		}
	}
	if err := r.RenameView(t.Context(), mine, kept.ID, "Ärmel"); err != store.ErrViewNamed {
		t.Errorf("two of one name: %v", err)
	}
	r.must(r.RenameView(t.Context(), mine, kept.ID, "Late"))
	same(t, "renamed", names(mine), "Ärmel Late ")
	r.must(r.DeleteView(t.Context(), mine, kept.ID))
	same(t, "deleted", names(mine), "Ärmel ")
	same(t, "another's stays", names(other), "Overdue ")
	for i := range 29 {
		_, err := r.SaveView(t.Context(), mine, fmt.Sprint("View ", i), "")
		r.must(err)
	}
	if _, err := r.SaveView(t.Context(), mine, "One more", ""); err != store.ErrTooManyViews {
		t.Errorf("the 31st: %v", err)
	}
	if _, err := r.SaveView(t.Context(), mine, "View 3", "x"); err != nil {
		t.Errorf("one of thirty, changed: %v", err)
	}
}

func TestColumnsAreKept(t *testing.T) {
	r := aRoom(t)
	p := r.officer()
	for _, columns := range [][]string{nil, {"case", "due"}, {"country"}, nil} {
		r.must(r.KeepColumns(t.Context(), p, columns))
		got, err := r.PortfolioColumns(t.Context(), p)
		r.must(err)
		same(t, "columns", got, columns)
	}
}

func TestAFeedIsReadByItsTokenAlone(t *testing.T) {
	r := aRoom(t)
	p := r.officer()
	first, second := casework.TokenHash("first"), casework.TokenHash("second")
	reads := func(hash []byte) bool {
		got, err := r.FeedReader(t.Context(), hash)
		if err != nil && err != store.ErrNotFound {
			t.Fatal(err)
		}
		return err == nil && got.ID == p.ID
	}
	if _, err := r.FeedOf(t.Context(), p); err != store.ErrNotFound {
		t.Errorf("before there is one: %v", err)
	}
	r.must(r.RenewFeed(t.Context(), p, string(newAction()), first))
	same(t, "made", []bool{reads(first), reads(second)}, []bool{true, false})
	r.must(r.RenewFeed(t.Context(), p, string(newAction()), second))
	same(t, "renewed", []bool{reads(first), reads(second)}, []bool{false, true})
	r.must(r.ChangeAccount(t.Context(), store.Account{ID: p.ID, Name: p.Name, Roles: p.Roles}))
	same(t, "account closed", reads(second), false)
	r.must(r.ChangeAccount(t.Context(), store.Account{ID: p.ID, Name: p.Name, Roles: p.Roles, Active: true}))
	r.must(r.RevokeFeed(t.Context(), p))
	same(t, "revoked", reads(second), false)
}

func TestSearchUsesItsIndexes(t *testing.T) {
	r := aRoom(t)
	rows, err := r.DB().QueryContext(t.Context(), `SELECT indexname FROM pg_indexes WHERE indexname LIKE '%searched'`)
	r.must(err)
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		r.must(rows.Scan(&name))
		names = append(names, name)
	}
	r.must(rows.Err())
	for index, of := range store.SearchedWords {
		var plan, lines string
		tx, err := r.DB().BeginTx(t.Context(), nil)
		r.must(err)
		_, err = tx.Exec(`SET LOCAL enable_seqscan = off`)
		r.must(err)
		explained, err := tx.Query(`EXPLAIN SELECT FROM ` + of.Table + ` WHERE ` + of.Words + ` @@ search_query('gold')`)
		r.must(err)
		for explained.Next() {
			r.must(explained.Scan(&plan))
			lines += plan + "\n"
		}
		r.must(explained.Err())
		r.must(tx.Rollback())
		if !strings.Contains(lines, index+"_searched") || !slices.Contains(names, index+"_searched") {
			t.Errorf("words of %s are not looked up in their index:\n%s", index, lines)
		}
	}
}

// Programs write addresses and codes of countries as they like.
func TestFiltersTakeLargeAndSmallLetters(t *testing.T) {
	r, officer, _ := aPortfolio(t)
	for name, f := range map[string]struct{ typed, known store.PortfolioFilter }{
		"country": {store.PortfolioFilter{Country: "na"}, store.PortfolioFilter{Country: "NA"}},
		"officer": {store.PortfolioFilter{Officer: " " + strings.ToUpper(officer.Email)}, store.PortfolioFilter{Officer: string(officer.ID)}},
	} {
		want := r.found(officer, f.known)
		if got := r.found(officer, f.typed); len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%s: finds %v, want %v", name, got, want)
		}
	}
}
