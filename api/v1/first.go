package v1

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"connex/api/dispatch"
	"connex/api/web"
	"connex/casework"
)

type verdictJSON struct {
	Verdict   string             `json:"verdict"`
	Reasons   []selfCheckJSON    `json:"reasons"`
	NextStep  selfCheckJSON      `json:"nextStep"`
	Referrals []casework.Partner `json:"referrals,omitempty"`
}

type selfCheckJSON struct {
	Criterion string `json:"criterion,omitempty"`
	Key       string `json:"key"`
	Text      string `json:"text"`
}

// eligibility is the self-check. It stores nothing.
func (s server) eligibility(c *gin.Context) error {
	var answers casework.EligibilityAnswers
	if err := web.ReadJSON(c, &answers); err != nil {
		return err
	}
	said := func(r casework.Reason) selfCheckJSON {
		return selfCheckJSON{Criterion: r.Criterion, Key: r.Key, Text: web.Words(c).Say(r.Sentence())}
	}
	verdict := casework.Eligibility(answers)
	j := verdictJSON{Verdict: verdict.Verdict, NextStep: said(verdict.NextStep), Referrals: verdict.Referrals}
	for _, reason := range verdict.Reasons {
		j.Reasons = append(j.Reasons, said(reason))
	}
	c.JSON(http.StatusOK, j)
	return nil
}

// firstInterest starts a request; with question, somebody only asks whether it would make sense. Without a key each
// call is one of its own.
func (s server) firstInterest(c *gin.Context) error {
	p := web.PersonOf(c)
	if p.ID == "" {
		if err := s.Limits.FirstInterest(c.ClientIP()); err != nil {
			return err
		}
	}
	body := casework.Values{}
	if err := web.ReadJSON(c, &body); err != nil {
		return err
	}
	question, err := takeQuestion(body)
	if err != nil {
		return err
	}
	key := c.GetHeader(keyHeader)
	if len(key) > longestKey {
		return web.Unreadable(casework.Say("problem.unreadable.key"))
	}
	if key == "" {
		key = uuid.NewString()
	}
	number, err := s.Dispatch.Start(c.Request.Context(), dispatch.FirstInterest{Person: p, Key: key, Values: body, Question: question})
	if err != nil {
		return err
	}
	c.JSON(http.StatusCreated, gin.H{"caseNumber": number})
	return nil
}

const longestKey = 200

// takeQuestion takes out what is no field of the form.
func takeQuestion(body casework.Values) (question bool, err error) {
	value, there := body["question"]
	delete(body, "question")
	if question, is := value.(bool); is || !there {
		return question, nil
	}
	return false, web.Invalid(casework.Faults{"question": casework.Say("invalid.wrong-type")})
}
