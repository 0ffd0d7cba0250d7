// The program screenshots makes a picture of every page of a running system, as everybody who may open it, wide and
// narrow, in light and dark.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"connex/e2e/tour"
)

func main() {
	base := flag.String("base", "http://127.0.0.1:8080", "address of the system")
	mails := flag.String("mails", "http://127.0.0.1:1080", "address of the mail catcher, for personal links")
	into := flag.String("into", "data/screenshots", "folder for the pictures")
	flag.Parse()
	if err := run(*base, *mails, *into); err != nil {
		log.Fatal(err)
	}
}

func run(base, mails, into string) error {
	if err := os.MkdirAll(into, 0o755); err != nil {
		return err
	}
	at, links, err := stops(base, mails)
	if err != nil {
		return err
	}
	browser, closeBrowser, err := open()
	if err != nil {
		return err
	}
	defer closeBrowser()
	tabs := map[string]context.Context{}
	states := []tour.State{}
	for _, page := range tour.Pages(at) {
		states = append(states, tour.State{Page: page})
	}
	for i, page := range append(states, tour.States(at)...) {
		tab := tabs[page.As]
		if tab == nil {
			var closeTab context.CancelFunc
			if tab, closeTab, err = signedIn(browser, base, page.Page); err != nil {
				return err
			}
			defer closeTab()
			tabs[page.As] = tab
		}
		name := fmt.Sprintf("%02d-%s%s", i+1, page.As, unusable.ReplaceAllString(page.Path+" "+page.Name, "-"))
		if err := pictures(tab, base+links[page.As]+page.Path, page, filepath.Join(into, name)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fmt.Println(name)
	}
	return nil
}

var unusable = regexp.MustCompile(`[^A-Za-z0-9]+`)

func open() (context.Context, context.CancelFunc, error) {
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && program == "" {
			program = found
		}
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("hide-scrollbars", true))
	allocated, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	browser, stop := chromedp.NewContext(allocated)
	return browser, func() { stop(); stopAllocator() }, chromedp.Do(browser)
}

// signedIn is a tab with cookies of its own.
func signedIn(browser context.Context, base string, page tour.Page) (context.Context, context.CancelFunc, error) {
	tab, closeTab := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	if err := chromedp.Do(tab); err != nil || page.Guest() {
		return tab, closeTab, err
	}
	fill := fmt.Sprintf(`email.value = %q; password.value = "connex"; email.form.submit()`, page.As+"@connex.test")
	err := chromedp.Do(tab, chromedp.Navigate(base+"/login"))
	if err == nil {
		_, err = chromedp.RunResponse(tab, chromedp.Evaluate[chromedp.Void](fill))
	}
	return tab, closeTab, err
}

// pictures are those of one page in one state: full length, at both widths, in both lights.
func pictures(tab context.Context, address string, state tour.State, name string) error {
	if err := comeTo(tab, address, state); err != nil {
		return err
	}
	for _, theme := range []string{"light", "dark"} {
		lit := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme},
			{Name: "prefers-reduced-motion", Value: "reduce"}}} // else a picture may show colours halfway from one to the other
		if _, err := chromedp.Call(tab, emulation.SetEmulatedMedia, lit); err != nil {
			return err
		}
		for _, width := range []int64{1440, 390} {
			sized := emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1, Mobile: width < 500}
			if _, err := chromedp.Call(tab, emulation.SetDeviceMetricsOverride, sized); err != nil {
				return err
			}
			if state.Name == "" { // a page draws itself for its width; a state is not to be brought about again
				if err := chromedp.Do(tab, chromedp.Navigate(address)); err != nil {
					return err
				}
			}
			picture, err := chromedp.Run(tab, chromedp.FullScreenshot(100))
			if err != nil {
				return err
			}
			if err := os.WriteFile(fmt.Sprintf("%s-%d-%s.png", name, width, theme), picture, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

func comeTo(tab context.Context, address string, state tour.State) error {
	err := chromedp.Do(tab, chromedp.Navigate(address))
	if err == nil && state.Send != "" {
		_, err = chromedp.RunResponse(tab, chromedp.Evaluate[chromedp.Void](state.Send))
	}
	if err == nil && state.Open != "" {
		err = chromedp.Do(tab, chromedp.Evaluate[chromedp.Void](state.Open))
	}
	return err
}

// stops finds among the samples what the pages are about, and the guests' newest links.
func stops(base, mails string) (at tour.Stops, links map[string]string, err error) {
	officer := &client{&http.Client{Jar: newJar(), Timeout: 30 * time.Second}, base}
	if err := officer.signIn("officer@connex.test"); err != nil {
		return at, nil, err
	}
	var cases struct {
		Items []struct{ CaseNumber, Country, Phase string }
	}
	if err := officer.get("/api/v1/requests?limit=50", &cases); err != nil {
		return at, nil, err
	}
	links = map[string]string{}
	for _, c := range cases.Items {
		switch c.Country {
		case "MZ":
			at.Case = c.CaseNumber
		case "TG":
			at.Paused = c.CaseNumber
		case "MR":
			err = officer.openTasks(c.CaseNumber, map[string]*string{"discuss-scope": &at.Task, "ask-us": &at.GuestTask})
		}
		if err != nil {
			return at, nil, err
		}
	}
	if err := officer.openTasks(at.Case, map[string]*string{"ask-us": &at.GuestTask}); err != nil {
		return at, nil, err
	}
	if at.LongTask, err = officer.aCheck(); err != nil {
		return at, nil, err
	}
	admin := &client{&http.Client{Jar: newJar(), Timeout: 30 * time.Second}, base}
	if err := admin.signIn("admin@connex.test"); err != nil {
		return at, nil, err
	}
	at.Expert, at.Mail, at.Person = officer.firstLink("/experts", "/experts/"), officer.firstLink("/mails", "/mails/"), admin.firstLink("/admin", "/admin/people/")
	links["government"], links["expert"], err = guests(mails, at.Case)
	return at, links, err
}

type client struct {
	*http.Client
	base string
}

func newJar() *cookiejar.Jar {
	jar, _ := cookiejar.New(nil) // it never fails
	return jar
}

// firstLink is the ID in the first link of a page that begins so; empty where there is none.
func (c *client) firstLink(page, link string) string {
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

func (c *client) signIn(email string) error {
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

func (c *client) get(path string, into any) error {
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

// openTasks fills in the IDs of a request's tasks by their kinds.
func (c *client) openTasks(number string, wanted map[string]*string) error {
	var now struct{ OpenTasks, StandingTasks []struct{ ID, Kind string } }
	if err := c.get("/api/v1/requests/"+number, &now); err != nil {
		return err
	}
	for _, t := range append(now.OpenTasks, now.StandingTasks...) {
		if id := wanted[t.Kind]; id != nil {
			*id = t.ID
		}
	}
	return nil
}

// aCheck is a due-diligence check that waits somewhere, or the longest form that does.
func (c *client) aCheck() (string, error) {
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

// guests are the newest links in what the catcher holds for a case: of its government and of an expert.
func guests(mails, number string) (government, expert string, err error) {
	catcher := &client{&http.Client{Timeout: 30 * time.Second}, mails}
	var caught []struct {
		Subject, Text string
		To            []struct{ Address string }
	}
	if err := catcher.get("/api/email", &caught); err != nil {
		return "", "", err
	}
	for _, m := range caught {
		found := link.FindStringSubmatch(m.Text)
		switch {
		case found == nil || !strings.Contains(m.Subject, number) || len(m.To) == 0:
		case strings.Contains(m.To[0].Address, "experts.example"):
			expert = found[1]
		default:
			government = found[1]
		}
	}
	return government, expert, nil
}
