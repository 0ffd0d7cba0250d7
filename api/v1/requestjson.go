package v1

import (
	"strconv"
	"strings"
	"time"

	"connex/casework"
	"connex/store"
)

type clockJSON struct {
	Today     string `json:"today"`
	DayLength string `json:"dayLength"`
}

func clockOf(r store.Request) clockJSON {
	return clockJSON{Today: casework.DateOf(r.Calendar().Process(time.Now())), DayLength: r.DayLength.String()}
}

type nextJSON struct {
	What *string    `json:"what"`
	When *time.Time `json:"when"`
	Who  *string    `json:"who"`
}

func nextOf(n casework.Next) nextJSON {
	return nextJSON{What: orNull(n.What), When: instant(&n.When), Who: orNull(string(n.Who))}
}

// instant shows times in UTC, and none as null.
func instant(t *time.Time) *time.Time {
	if t == nil || t.IsZero() {
		return nil
	}
	utc := t.UTC()
	return &utc
}

type officerJSON struct {
	ID    casework.PersonID `json:"id"`
	Name  string            `json:"name"`
	Email string            `json:"email"`
}

type personJSON struct {
	Role casework.Role `json:"role"`
	Name string        `json:"name"`
}

type documentJSON struct {
	ID        string             `json:"id"`
	Title     string             `json:"title"`
	Name      string             `json:"name"`
	Kind      store.DocumentKind `json:"kind"`
	MediaType string             `json:"mediaType"`
	Size      int64              `json:"size"`
	SHA256    string             `json:"sha256"`
	AddedAt   time.Time          `json:"addedAt"`
	AddedBy   personJSON         `json:"addedBy"`
}

func documentsOf(documents []store.Document) []documentJSON {
	all := make([]documentJSON, len(documents))
	for i, d := range documents {
		all[i] = documentJSON{ID: d.ID, Title: d.Title, Name: d.Name, Kind: d.Kind, MediaType: d.MediaType, Size: d.Size, SHA256: d.SHA256,
			AddedAt: d.AddedAt.UTC(), AddedBy: personJSON{Role: d.AddedRole, Name: d.AddedName}}
	}
	return all
}

type mailJSON struct {
	To      string          `json:"to"`
	Subject string          `json:"subject"`
	State   store.MailState `json:"state"`
	At      time.Time       `json:"at"`
}

func mailsOf(mails []store.Mail) []mailJSON {
	all := make([]mailJSON, len(mails))
	for i, m := range mails {
		all[i] = mailJSON{To: m.Address, Subject: m.Subject, State: m.State, At: m.At.UTC()}
	}
	return all
}

type receivedJSON struct {
	From          string    `json:"from"`
	Subject       string    `json:"subject"`
	Kind          string    `json:"kind"`
	UnknownSender bool      `json:"unknownSender"`
	ReceivedAt    time.Time `json:"receivedAt"`
	Documents     []string  `json:"documents"`
}

func receivedOf(mails []store.InboundMail) []receivedJSON {
	all := make([]receivedJSON, len(mails))
	for i, m := range mails {
		all[i] = receivedJSON{From: m.From, Subject: m.Subject, Kind: m.Kind, UnknownSender: m.UnknownSender, ReceivedAt: m.ReceivedAt.UTC(),
			Documents: list([]string(m.Attachments))}
	}
	return all
}

type checkInJSON struct {
	Outcome   casework.Outcome `json:"outcome"`
	Progress  string           `json:"progress"`
	Problems  string           `json:"problems"`
	Stage     *string          `json:"negotiationStage"`
	DaysSpent any              `json:"daysSpent"`
}

type activityJSON struct {
	Number      int                    `json:"number"`
	Title       string                 `json:"title"`
	Form        string                 `json:"form"`
	Stage       string                 `json:"stage"`
	State       casework.ActivityState `json:"state"`
	Start       *string                `json:"start"`
	End         *string                `json:"end"`
	Deliverable string                 `json:"deliverable"`
	Experts     []casework.PersonID    `json:"experts"`
	LastCheckIn *checkInJSON           `json:"lastCheckIn"`
}

func activitiesOf(activities []store.Activity) []activityJSON {
	all := make([]activityJSON, len(activities))
	for i, a := range activities {
		all[i] = activityJSON{Number: a.Number, Title: a.Title, Form: a.Form, Stage: a.Stage, State: a.State, Start: orNull(a.Start), End: orNull(a.End),
			Deliverable: a.Deliverable, Experts: list([]casework.PersonID(a.Experts))}
		if c := a.LastCheckIn; c != nil {
			all[i].LastCheckIn = &checkInJSON{Outcome: c.Outcome, Progress: c.Form.String("progress"), Problems: c.Form.String("problems"),
				Stage: orNull(c.Form.String("negotiationStage")), DaysSpent: c.Form["daysSpent"]}
		}
	}
	return all
}

type evaluationJSON struct {
	Kind     casework.TaskKind `json:"kind"`
	Activity *int              `json:"activity"`
	Scores   any               `json:"scores"`
	Overall  *float64          `json:"overall"`
	Success  string            `json:"success"`
	Lessons  string            `json:"lessons"`
}

func evaluationsOf(actions []store.Action) []evaluationJSON {
	all := make([]evaluationJSON, len(actions))
	for i, a := range actions {
		overall := casework.ScoreCardOf(a.Form["scores"]).Overall()
		all[i] = evaluationJSON{Kind: a.Kind, Activity: activityOf(a), Scores: a.Form["scores"], Overall: orNull(overall.Mean), Success: overall.Success,
			Lessons: a.Form.String("lessons")}
	}
	return all
}

// activityOf is the number of the activity in whose workflow something was done; null for the request itself.
func activityOf(a store.Action) *int {
	_, number, _ := strings.Cut(a.Workflow, "/activity-")
	n, _ := strconv.Atoi(number)
	return orNull(n)
}

type riskJSON struct {
	Check      casework.TaskKind `json:"check"`
	Rating     string            `json:"rating"`
	Outcome    casework.Outcome  `json:"outcome"`
	Mitigation string            `json:"mitigation"`
}

type risksJSON struct {
	Highest *casework.Rating `json:"highest"`
	Checks  []riskJSON       `json:"checks"`
}

func risksOf(v store.RequestView) risksJSON {
	risks := risksJSON{Highest: orNull(v.Risk), Checks: []riskJSON{}}
	for _, a := range v.Checks {
		risks.Checks = append(risks.Checks, riskJSON{Check: a.Kind, Rating: a.Form.String("rating"), Outcome: a.Outcome, Mitigation: a.Form.String("mitigation")})
	}
	return risks
}
