package staff_test

import (
	"testing"

	"connex/api/apitest"
	"connex/casework"
	"connex/store"
	"connex/words"
)

func TestEveryTaskSaysWhyOneSeesIt(t *testing.T) {
	for _, kind := range casework.AllKinds() {
		if id := "kind." + string(kind) + ".why"; !words.In(words.Default).Has(id) {
			t.Errorf("nothing says why one sees %s (%s)", kind, id)
		}
	}
	h := aHouse(t)
	n := h.Request()
	as(t, h, "officer").Get(waiting(h, n, casework.AssessEligibility)).Says("Why do I see this?", "Before anything else it is clear whether CONNEX can help",
		"It waits for your role: Case officer.")
}

func TestTheFirstVisitLeadsToARealTask(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	task := waiting(h, n, casework.CheckEnvironment)
	first := as(t, h, "reviewer").Get("/").Says("Welcome, The reviewer", "You complete due-diligence checks.", "Begin with this one: ")
	if first.Link("Begin with this one") != task {
		t.Errorf("the first visit leads to %s, want %s", first.Link("Begin with this one"), task)
	}
	anHourPasses(t, h)
	as(t, h, "reviewer").Get("/").SaysNot("Welcome, The reviewer")
}

func TestASecondRoleHasAFirstVisit(t *testing.T) {
	h := aHouse(t)
	officer, n := h.Account("officer"), h.Request()
	waiting(h, n, casework.AssessEligibility)
	b := as(t, h, "officer")
	b.Get("/").Says("This is your first visit.")
	anHourPasses(t, h)
	b.Get("/").SaysNot("Welcome, The officer")
	task := waiting(h, n, casework.CheckEnvironment)
	if err := h.Store.ChangeAccount(t.Context(), store.Account{ID: officer.ID, Name: officer.Name, Roles: []casework.Role{casework.CaseOfficer, casework.Reviewer}, Active: true}); err != nil {
		t.Fatal(err)
	}
	page := b.Get("/").Says("Welcome, The officer", "for the first time in this role", "You complete due-diligence checks.").SaysNot("You run requests")
	if page.Link("Begin with this one") != task {
		t.Errorf("it leads to %s, want %s", page.Link("Begin with this one"), task)
	}
	anHourPasses(t, h)
	b.Get("/").SaysNot("Welcome, The officer")
}

func TestNobodyTellsAnAuditorToWaitForTasks(t *testing.T) {
	h := aHouse(t)
	as(t, h, "auditor").Get("/").Says("Nothing is asked of an auditor.").SaysNot("You hear by mail")
	as(t, h, "board1").Get("/").Says("You hear by mail when that changes.").SaysNot("auditor")
	as(t, h, "reviewer").Get("/").Says("you hear by mail when one is due").SaysNot("when that changes")
}

// anHourPasses, so that a visit ends.
func anHourPasses(t *testing.T, h *apitest.House) {
	t.Helper()
	if _, err := h.Store.DB().ExecContext(t.Context(), `UPDATE visits SET seen_at = seen_at - interval '1 hour'`); err != nil {
		t.Fatal(err)
	}
}

func TestAnAdministratorIsWelcomedWhereTheyBegin(t *testing.T) {
	h := aHouse(t)
	h.Request()
	as(t, h, "admin").Get("/").Answers(200).Says("Welcome, The admin", "You look after people").Link("Keyboard")
	anHourPasses(t, h)
	as(t, h, "admin").Get("/admin").SaysNot("Welcome")
	as(t, h, "admin").Get("/keys").Answers(200)
}

func TestAnAuditorIsLedToTheExperts(t *testing.T) {
	h := aHouse(t)
	b := as(t, h, "auditor")
	b.Get(b.Get("/").Link("Experts")).Answers(200).SaysNot("New expert")
}

func TestHelpBeginsWithWhatOneDoes(t *testing.T) {
	h := aHouse(t)
	h.Request()
	for name, first := range map[string]string{"officer": "What you do here Case officer", "board1": "What you do here Board member", "admin": "What you do here Administrator"} {
		as(t, h, name).Get("/help").Answers(200).Says(first, "Quorum How many votes")
	}
}

// Numbers that an administrator can change are told as they are set.
func TestWhyOneSeesATaskTellsWhatIsSet(t *testing.T) {
	h := aHouse(t)
	n := h.Request()
	task := waiting(h, n, casework.SubmitRequestLetter)
	b := as(t, h, "officer")
	b.Get(task).Says("After 14, 30 and 60 days it is asked for again; after 180 days without it")
	b.Get("/help").Says("good for 2 years")
	h.Sets(casework.GroupCode, casework.Settings{casework.CodeYears: "1"})
	b.Get("/help").Says("good for one year")
	h.Sets(casework.SettingGroup(casework.SubmitRequestLetter), casework.Settings{casework.LetterLapses: "200"})
	b.Get(task).Says("after 200 days without it")
}
