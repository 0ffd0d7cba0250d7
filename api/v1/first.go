package v1

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"connex/api/dispatch"
	"connex/api/web"
	"connex/casework"
)

// eligibility is the self-check. It stores nothing.
func (s server) eligibility(c *gin.Context) error {
	var answers casework.EligibilityAnswers
	if err := web.ReadJSON(c, &answers); err != nil {
		return err
	}
	verdict := casework.Eligibility(answers)
	verdict.Referrals = list(verdict.Referrals)
	c.JSON(http.StatusOK, verdict)
	return nil
}

// firstInterest starts a request; with question, somebody only asks whether it would make sense. Without a key each
// call is one of its own.
func (s server) firstInterest(c *gin.Context) error {
	p := web.PersonOf(c)
	if p.ID == "" {
		if err := s.Limits.FirstInterest(c.RemoteIP()); err != nil {
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
		return web.Unreadable(say("problem.unreadable.key"))
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
	return false, web.Invalid(map[string]string{"question": say("problem.invalid.wrong-type")})
}
