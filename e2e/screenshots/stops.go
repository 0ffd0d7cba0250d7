package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"connex/e2e/tour"
)

// here is what the pages are about, found among the samples.
type here struct {
	tour.Stops
	stages []tour.Stage
}

// of are the samples that the pages are about, by the countries that ask.
const (
	farAlong, paused, begun, planned = "MZ", "TG", "MR", "LR"
)

// stageOf are the samples that wait at a stage, by their countries.
var stageOf = map[string]string{"MR": "first interest", "LA": "formal request", "SL": "due diligence", "TZ": "governance decision", "BF": "agreement", "LR": "support design", "MG": "scoping mission",
	"MZ": "implementation", "ZM": "implementation, to be evaluated", "UG": "closing"}

// stops finds them, and the guests' newest links.
func stops(base, mails string) (at here, links map[string]string, err error) {
	officer, err := signedIn(base, "officer")
	if err != nil {
		return at, nil, err
	}
	admin, err := signedIn(base, "admin")
	if err != nil {
		return at, nil, err
	}
	var cases struct {
		Items []struct{ CaseNumber, Country, Phase string }
	}
	if err := officer.get("/api/v1/requests?limit=50", &cases); err != nil {
		return at, nil, err
	}
	numbers := map[string]string{}
	for _, c := range cases.Items {
		numbers[c.Country] = c.CaseNumber
	}
	at.Case, at.Paused = numbers[farAlong], numbers[paused]
	wanted := map[string]map[string]*string{
		numbers[begun]:   {"discuss-scope": &at.Task},
		numbers[planned]: {"propose-support": &at.Copies},
		at.Case:          {"ask-us": &at.GuestTask, "change-contact": &at.PassOn, "withdraw": &at.Withdraw},
		at.Paused:        {"resume": &at.Resume, "ask-us": &at.PausedTask},
	}
	for number, kinds := range wanted {
		tasks, err := officer.tasks(number)
		if err != nil {
			return at, nil, err
		}
		for kind, id := range kinds {
			*id = tasks[kind]
		}
	}
	if at.LongTask, err = officer.aCheck(); err != nil {
		return at, nil, err
	}
	at.Expert, at.Mail, at.Person = officer.firstLink("/experts", "/experts/"), officer.firstLink("/mails", "/mails/"), admin.firstLink("/admin", "/admin/people/")
	box, err := caught(mails)
	if err != nil {
		return at, nil, err
	}
	if at.AnyTime, err = officer.tasks(at.Case); err != nil {
		return at, nil, err
	}
	if at.Password, err = officer.forgets(mails); err != nil {
		return at, nil, err
	}
	links = map[string]string{}
	links["government"], links["expert"] = box.links(at.Case)
	at.PausedLink, _ = box.links(at.Paused)
	for country, name := range stageOf {
		stage := tour.Stage{Name: name, Case: numbers[country]}
		stage.Link, _ = box.links(stage.Case)
		if stage.Tasks, err = officer.tasks(stage.Case); err != nil {
			return at, nil, err
		}
		at.stages = append(at.stages, stage)
	}
	slices.SortFunc(at.stages, func(a, b tour.Stage) int { return strings.Compare(a.Case, b.Case) })
	return at, links, nil
}

// outsider is a program that asks as one of the staff, or as nobody.
type outsider struct {
	*http.Client
	base string
}

func newJar() *cookiejar.Jar {
	jar, _ := cookiejar.New(nil) // it never fails
	return jar
}

// firstLink is the ID in the first link of a page that begins so; empty where there is none.
func (c *outsider) firstLink(page, link string) string {
	answer, err := c.Get(c.base + page)
	if err != nil {
		return ""
	}
	defer answer.Body.Close()
	text, _ := io.ReadAll(answer.Body)
	if found := regexp.MustCompile(`href="` + link + `([0-9a-f-]{36})"`).FindSubmatch(text); found != nil {
		return string(found[1])
	}
	return ""
}

func signedIn(base, name string) (*outsider, error) {
	c := &outsider{&http.Client{Jar: newJar(), Timeout: 30 * time.Second}, base}
	return c, c.signIn(name + "@connex.test")
}

func (c *outsider) signIn(email string) error {
	body, err := json.Marshal(map[string]string{"email": email, "password": "connex"})
	if err != nil {
		return err
	}
	answer, err := c.Post(c.base+"/api/v1/session", "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("sign in: %s", answer.Status)
	}
	return nil
}

func (c *outsider) get(path string, into any) error {
	answer, err := c.Get(c.base + path)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", path, answer.Status)
	}
	return json.NewDecoder(answer.Body).Decode(into)
}

// tasks are the IDs of a request's tasks by their kinds; of the board's votes, of the one who looks at them.
func (c *outsider) tasks(number string) (map[string]string, error) {
	type task struct {
		ID, Kind string
		Holder   struct{ Email string }
	}
	var now struct{ OpenTasks, StandingTasks []task }
	if err := c.get("/api/v1/requests/"+number, &now); err != nil {
		return nil, err
	}
	tasks := map[string]string{}
	for _, t := range append(now.OpenTasks, now.StandingTasks...) {
		if t.Kind != "cast-vote" || t.Holder.Email == "board1@connex.test" {
			tasks[t.Kind] = t.ID
		}
	}
	return tasks, nil
}

// aCheck is a due-diligence check that waits somewhere, or the longest form that does.
func (c *outsider) aCheck() (string, error) {
	var tasks struct{ Items []struct{ ID, Kind string } }
	if err := c.get("/api/v1/tasks?limit=200", &tasks); err != nil {
		return "", err
	}
	id := ""
	for _, t := range tasks.Items {
		if id == "" || t.Kind == "check-conflict" {
			id = t.ID
		}
	}
	return id, nil
}

var link = regexp.MustCompile(`(?m)^https?://[^/\s]+(/p/\S+)$`)

// mails are what the catcher holds.
type mails []struct {
	Subject, Text string
	To            []struct{ Address string }
}

func caught(address string) (box mails, err error) {
	err = (&outsider{&http.Client{Timeout: 30 * time.Second}, address}).get("/api/email", &box)
	return box, err
}

var passwordLink = regexp.MustCompile(`(?m)^https?://[^/\s]+(/password/\S+)$`)

var errNoPasswordLink = errors.New("a minute after a password was forgotten no mail brings a link to set one")

// forgets the password, and gets a link to set one, by mail as everybody does.
func (c *outsider) forgets(mails string) (path string, err error) {
	answer, err := c.PostForm(c.base+"/forgotten", url.Values{"email": {"auditor@connex.test"}})
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return "", fmt.Errorf("forget a password: %s", answer.Status)
	}
	for begun := time.Now(); time.Since(begun) < time.Minute; time.Sleep(200 * time.Millisecond) { // the catcher tells nobody of what came
		box, err := caught(mails)
		if err != nil {
			return "", err
		}
		if path := box.passwordLink(); path != "" {
			return path, nil
		}
	}
	return "", errNoPasswordLink
}

// passwordLink is the newest one to set a password.
func (box mails) passwordLink() (path string) {
	for _, m := range box {
		if found := passwordLink.FindStringSubmatch(m.Text); found != nil {
			path = found[1]
		}
	}
	return path
}

// links are the newest ones for a case: its government's and an expert's.
func (box mails) links(number string) (government, expert string) {
	for _, m := range box {
		found := link.FindStringSubmatch(m.Text)
		switch {
		case found == nil || !strings.Contains(m.Subject, number) || len(m.To) == 0:
		case strings.Contains(m.To[0].Address, "experts.example"):
			expert = found[1]
		default:
			government = found[1]
		}
	}
	return government, expert
}
