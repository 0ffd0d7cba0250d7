package public

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"connex/api/web"
	"connex/casework"
	"connex/words"
)

type checkPage struct {
	Form    web.HTMLForm
	Verdict *verdict
	Query   string // what is known already, for the first interest
}

type verdict struct {
	Kind      string
	Reasons   []string
	NextStep  string
	Referrals []casework.Partner
}

// answered leads to the verdict. The answers stand in the address and nowhere else, so that going on and back loses none.
func (s room) answered(c *gin.Context) error {
	post, err := web.ReadPost(c)
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/check?"+known(post.Values, "answered").Encode()+"#verdict")
	return nil
}

// check asks five short questions, and answers them. Nothing is stored, and nothing is decided.
func (s room) check(c *gin.Context) error {
	if c.Query("answered") == "" {
		return s.showCheck(c, web.ReadForm(web.Words(c), checkForm(web.Words(c)), c.Request.URL.Query(), nil), nil)
	}
	typed := web.ReadForm(web.Words(c), checkForm(web.Words(c)), c.Request.URL.Query(), nil)
	v := casework.Eligibility(casework.EligibilityAnswers{Country: typed.String("country"), LargeContract: typed.String("largeContract"),
		SeeksAssistance: typed.String("seeksAssistance"), NegotiationPhase: typed.String("negotiationPhase"), Need: typed.String("need")})
	return s.showCheck(c, typed, &v)
}

func (s room) showCheck(c *gin.Context, typed casework.Values, v *casework.Verdict) error {
	w := web.Words(c)
	page := checkPage{Form: web.Filling{Form: checkForm(w), Typed: typed, Words: w}.HTML("/check", ""), Query: query(c)}
	page.Form.Submit = w.T("guest.check.button")
	if v != nil {
		page.Verdict = &verdict{Kind: v.Verdict, NextStep: w.Say(v.NextStep.Sentence()), Referrals: v.Referrals}
		for _, reason := range v.Reasons {
			page.Verdict.Reasons = append(page.Verdict.Reasons, w.Say(reason.Sentence()))
		}
	}
	return s.show(c, http.StatusOK, "check", w.T("guest.check.title"), page)
}

// checkForm has the questions of the self-check; a country answers the first by itself.
func checkForm(w *words.Words) casework.Form {
	ask := func(name string, help string, options ...string) casework.Field {
		f := casework.Field{Name: name, Label: w.T("guest.check." + name), Type: casework.Choice, Help: help}
		for _, value := range options {
			f.Options = append(f.Options, casework.Option{Value: value})
		}
		return f
	}
	yesNo := []string{casework.Yes, casework.No, casework.Unclear}
	form := casework.Form{Fields: []casework.Field{
		ask("country", w.T("guest.check.country-help"), casework.ListValues(casework.Countries)...),
		ask("largeContract", "", yesNo...), ask("seeksAssistance", "", yesNo...),
		ask("negotiationPhase", "", append(casework.ListValues(casework.Stages), casework.Unclear)...),
		ask("need", "", casework.ListValues(casework.SupportNeeds)...),
	}}
	w.FillForm(&form, "check")
	return form
}
